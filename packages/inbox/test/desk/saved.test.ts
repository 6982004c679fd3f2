import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { deleteReply, deleteView, savedReplies, savedViews, saveReply, saveView } from '../../src/desk/saved.ts'
import { databaseOf } from '../../src/store/database.ts'
import { filledStore } from '../synced/filled.ts'

const filled = await filledStore()
const context = { db: databaseOf(filled.store) }
afterEach(() => filled.clear())
afterAll(() => filled.close())

const [ada, ben] = [{ id: 'ada', name: 'Ada' }, { id: 'ben' }]
const nothing = '00000000-0000-4000-8000-000000000000'
const failure = (code: string, path?: string) => ({ code, outcome: 'not-done', ...(path && { fields: [{ path }] }) })

describe('saved replies', () => {
  it('are created, replaced, deleted, and listed by title', async () => {
    const second = await saveReply(context, ada, { title: 'Thanks', text: 'Thank you,\n"friend" 返品', shortcut: 'ty' })
    const first = await saveReply(context, ben, { title: 'hello', text: 'Hello' })
    expect(second).toEqual({ ...second, title: 'Thanks', text: 'Thank you,\n"friend" 返品', shortcut: 'ty', by: ada })
    expect(await savedReplies(context)).toEqual([first, second])
    const replaced = await saveReply(context, ben, { id: second.id, title: 'A', text: 'B' })
    expect(replaced).toEqual({ id: second.id, title: 'A', text: 'B', by: ben, updatedAt: replaced.updatedAt })
    expect(replaced.updatedAt > second.updatedAt).toBe(true)
    await deleteReply(context, first.id)
    expect(await savedReplies(context)).toEqual([replaced])
  })

  it('are refused if they are wrong or missing', async () => {
    const valid = { title: 'a', text: 'b' }
    for (const [path, input] of [
      ['input', null],
      ['title', { text: 'b' }],
      ['title', { ...valid, title: 'x'.repeat(201) }],
      ['text', { ...valid, text: ' ' }],
      ['shortcut', { ...valid, shortcut: 5 }],
      ['titel', { ...valid, titel: 'a' }],
      ['text', { ...valid, text: 'nul \0' }],
      ['id', { ...valid, id: 5 }],
    ] as const)
      await expect(saveReply(context, ada, input as never)).rejects.toMatchObject(failure('invalid-request', path))
    for (const id of [nothing, 'nonsense']) {
      await expect(saveReply(context, ada, { ...valid, id })).rejects.toMatchObject(failure('not-found'))
      await expect(deleteReply(context, id)).rejects.toMatchObject(failure('not-found'))
    }
    expect(await savedReplies(context)).toEqual([])
  })
})

describe('saved views', () => {
  it('are of their authors, who may share them', async () => {
    const own = await saveView(context, ada, { name: 'mine', filter: { assignee: ['me', null], unread: true } })
    const shared = await saveView(context, ada, { name: 'All', filter: {}, isShared: true })
    expect(own).toEqual({
      ...own,
      name: 'mine',
      filter: { assignee: ['me', null], unread: true },
      isShared: false,
      by: ada,
    })
    expect(await savedViews(context, ada)).toEqual([shared, own])
    expect(await savedViews(context, ben)).toEqual([shared])
    const change = { name: 'x', filter: {} }
    await expect(saveView(context, ben, { ...change, id: shared.id })).rejects.toMatchObject(failure('permission'))
    await expect(deleteView(context, ben, shared.id)).rejects.toMatchObject(failure('permission'))
    for (const id of [own.id, nothing, 'nonsense']) {
      await expect(saveView(context, ben, { ...change, id })).rejects.toMatchObject(failure('not-found'))
      await expect(deleteView(context, ben, id)).rejects.toMatchObject(failure('not-found'))
    }
    const replaced = await saveView(context, ada, { ...change, id: shared.id })
    expect(replaced).toMatchObject({ id: shared.id, name: 'x', filter: {}, isShared: false })
    await deleteView(context, ada, own.id)
    expect(await savedViews(context, ada)).toEqual([replaced])
  })

  it('are refused if they are wrong', async () => {
    const valid = { name: 'a', filter: {} }
    for (const [path, input] of [
      ['filter', { name: 'a' }],
      ['status', { ...valid, filter: { status: 'new' } }],
      ['isShared', { ...valid, isShared: 1 }],
      ['name', { ...valid, name: '' }],
    ] as const)
      await expect(saveView(context, ada, input as never)).rejects.toMatchObject(failure('invalid-request', path))
  })

  it('name the one whose filter a newer version has saved', async () => {
    const { id } = await saveView(context, ada, { name: 'new', filter: {} })
    await filled.sql(`update parley.saved_views set filter = '{"mood":"bad"}'`)
    await expect(savedViews(context, ada)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        new RegExp(`^The saved view ${id} has a filter .*: mood is not a field of a filter\\. Update`),
      ),
    })
    await deleteView(context, ada, id)
    expect(await savedViews(context, ada)).toEqual([])
  })
})
