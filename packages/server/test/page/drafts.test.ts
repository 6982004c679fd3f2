import { expect, test } from 'vitest'
import { createDrafts } from '../../page/src/composer/drafts.ts'
import { storageOf } from './storage.ts'

const conversation = 'acme:shop/conversation/1'
const day = 86_400_000

test('a draft survives a reload, and belongs to one person and one conversation', () => {
  const storage = storageOf()
  createDrafts(storage, () => 5).change('ada', conversation, { reply: 'Hello' })
  const reloaded = createDrafts(storage, () => 6)
  expect(reloaded.get('ada', conversation)).toMatchObject({
    mode: 'reply',
    reply: 'Hello',
    note: '',
    subject: '',
    at: 5,
  })
  expect(reloaded.get('bob', conversation).reply).toBe('')
  expect(reloaded.get('ada', 'acme:shop/conversation/2').reply).toBe('')
  expect(reloaded.conversations('ada')).toEqual([conversation])
  expect(reloaded.conversations('bob')).toEqual([])
})

test('the id of a person can have any characters', () => {
  const drafts = createDrafts(storageOf())
  drafts.change('a:b', conversation, { reply: 'Hello' })
  expect(drafts.conversations('a:b')).toEqual([conversation])
  expect(drafts.conversations('a')).toEqual([])
})

test('an emptied draft is removed', () => {
  const storage = storageOf()
  const drafts = createDrafts(storage)
  drafts.change('ada', conversation, { reply: 'Hello' })
  drafts.change('ada', conversation, { reply: '' })
  expect(storage.values.size).toBe(0)
})

test('a text that comes back never replaces a newer one, and a note never becomes a reply', () => {
  const drafts = createDrafts(storageOf())
  drafts.change('ada', conversation, { reply: 'newer' })
  drafts.giveBack('ada', conversation, 'reply', 'refused')
  expect(drafts.get('ada', conversation).reply).toBe('refused\n\nnewer')
  drafts.giveBack('ada', conversation, 'note', 'internal')
  expect(drafts.get('ada', conversation)).toMatchObject({ mode: 'note', reply: 'refused\n\nnewer', note: 'internal' })
})

test('drafts that are 60 days old are removed', () => {
  const storage = storageOf()
  createDrafts(storage, () => 0).change('ada', 'acme:shop/conversation/old', { reply: 'old' })
  createDrafts(storage, () => 10 * day).change('ada', conversation, { reply: 'new' })
  expect(createDrafts(storage, () => 61 * day).conversations('ada')).toEqual([conversation])
  expect(storage.values.size).toBe(1)
})

test('what another tab writes is seen', () => {
  const storage = storageOf()
  const [one, other] = [createDrafts(storage), createDrafts(storage)]
  expect(other.get('ada', conversation).reply).toBe('')
  one.change('ada', conversation, { reply: 'Hello' })
  for (const key of storage.values.keys()) other.changedElsewhere(key)
  expect(other.get('ada', conversation).reply).toBe('Hello')
})

test('a stored draft that cannot be read is ignored', () => {
  const storage = storageOf()
  storage.setItem(`parley-draft:ada:${conversation}`, '{"reply":1}')
  storage.setItem(`parley-draft:bob:${conversation}`, 'no JSON')
  const drafts = createDrafts(storage)
  expect([drafts.get('ada', conversation).reply, drafts.get('bob', conversation).reply]).toEqual(['', ''])
})

test('drafts work while the browser keeps nothing', () => {
  const drafts = createDrafts(undefined)
  drafts.change('ada', conversation, { note: 'Hello' })
  expect(drafts.get('ada', conversation).note).toBe('Hello')
  expect(drafts.conversations('ada')).toEqual([conversation])
})

test('what a person has written is removed at once, and what another person has written stays', () => {
  const storage = storageOf()
  const drafts = createDrafts(storage)
  drafts.change('ada', conversation, { reply: 'Hello' })
  drafts.change('ada', 'acme:shop/conversation/2', { mode: 'note' })
  drafts.change('ad', conversation, { reply: 'Other' })
  drafts.removeAll('ada')
  expect([...storage.values.keys()]).toEqual([`parley-draft:ad:${conversation}`])
  expect(drafts.conversations('ada')).toEqual([])
})
