import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { retrievedConversation, threadOf, wrapped } from '../fixtures/conversations.ts'
import { agentAnswer, image, question, teammateAnswer } from '../fixtures/messages.ts'
import { account, entity } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const read = (...messages: object[]): Exchange => ['GET', '/conversations/c-1', 200, threadOf(messages)]
const thread = [question, agentAnswer, teammateAnswer, image]
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id)

describe('messages.list', () => {
  it('returns the whole thread with the newest message first', async () => {
    const seen = serve(read(...thread))
    const page = await account().adapter.messages.list('c-1')
    expect(ids(page.items)).toEqual(['m-4', 'm-3', 'm-2', 'm-1'])
    expect(page.items[3]).toStrictEqual({
      ...entity('message', 'm-1', question),
      conversationId: 'c-1',
      type: { value: 'text', native: 'TEXT' },
      direction: 'inbound',
      author: { kind: 'contact', basis: 'vendor', native: 'user' },
      text: 'Where is my parcel?',
      sourcesState: 'inline',
      sources: [],
      createdAt: '2026-02-01T08:04:10.000Z',
    })
    expect(page).toMatchObject({ next: null, warnings: [], total: 4 })
    expect(seen).toStrictEqual([got('/conversations/c-1')])
  })

  it('sorts by time, and keeps the order of equal times and of messages without one', async () => {
    const twin = { ...question, id: 'm-1b' }
    const timeless = { ...question, id: 'm-2b', createdAt: null }
    serve(read(agentAnswer, timeless, question, twin))
    const page = await account().adapter.messages.list('c-1', { order: 'asc' })
    expect(ids(page.items)).toEqual(['m-1', 'm-1b', 'm-2', 'm-2b'])
  })

  it('is cut here with a limit, with a warning about the cost', async () => {
    const { adapter } = account()
    serve(read(...thread))
    const first = await adapter.messages.list('c-1', { limit: 2 })
    expect(ids(first.items)).toEqual(['m-4', 'm-3'])
    expect(told(first.warnings)).toEqual(['degraded'])
    // Somebody wrote in between: nothing is shown twice or left out.
    serve(read(...thread, { ...question, id: 'm-5', createdAt: '2026-02-01T08:05:00.000Z' }))
    const second = await adapter.messages.list('c-1', { limit: 2, cursor: first.next as string })
    expect(ids(second.items)).toEqual(['m-2', 'm-1'])
    expect(second).toMatchObject({ next: null, total: 5 })
  })

  it('finds its position by time if the message was deleted', async () => {
    const { adapter } = account()
    serve(read(...thread))
    const { next } = await adapter.messages.list('c-1', { limit: 2, order: 'asc' })
    serve(read(question, teammateAnswer, image))
    const page = await adapter.messages.list('c-1', { cursor: next as string, order: 'asc' })
    expect(ids(page.items)).toEqual(['m-3', 'm-4'])
  })

  it('cannot continue after a deleted message without a time', async () => {
    const { adapter } = account()
    serve(read({ ...question, createdAt: null }, image))
    const { next } = await adapter.messages.list('c-1', { limit: 1, order: 'asc' })
    serve(read(image))
    const error = await failure(adapter.messages.list('c-1', { cursor: next as string, order: 'asc' }))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'cursor' }] })
  })

  it('can be iterated to its end', async () => {
    serve(read(...thread), read(...thread))
    const found: string[] = []
    for await (const { id } of account().adapter.messages.list('c-1', { limit: 2 })) found.push(id)
    expect(found).toEqual(['m-4', 'm-3', 'm-2', 'm-1'])
  })

  it.each([null, undefined])('warns if the answer has no list of messages (%s)', async (messages) => {
    serve(['GET', '/conversations/c-1', 200, wrapped({ ...retrievedConversation, messages })])
    const page = await account().adapter.messages.list('c-1')
    expect(page).toMatchObject({ items: [], next: null, total: 0 })
    expect(told(page.warnings)).toEqual(['degraded'])
  })

  it('drops a message that cannot be read, and fails without a list', async () => {
    serve(read(question, { content: 'x' }))
    const page = await account().adapter.messages.list('c-1')
    expect(ids(page.items)).toEqual(['m-1'])
    expect(told(page.warnings)).toEqual(['bad-item data.messages[1].id'])
    serve(['GET', '/conversations/c-1', 200, wrapped({ ...retrievedConversation, messages: {} })])
    expect(await failure(account().adapter.messages.list('c-1'))).toMatchObject({
      code: 'response',
      fields: [{ path: 'data.messages' }],
    })
  })

  it.each([
    ['', {}, 'conversation'],
    ['views', {}, 'conversation'],
    ['c-1', { limit: -1 }, 'limit'],
    ['c-1', { order: 'up' }, 'order'],
    ['c-1', { cursor: 'forged' }, 'cursor'],
  ])('refuses "%s" with %o', async (id, query, path) => {
    const error = await failure(account().adapter.messages.list(id, query as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
