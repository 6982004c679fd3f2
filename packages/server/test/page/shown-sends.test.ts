import { afterAll, expect, test, vi } from 'vitest'
import type { Message, Send } from '../../page/src/api.ts'
import { lastSeen, openSends, seenInConflict, withNotes } from '../../page/src/composer/shown-sends.ts'

// The client of the page knows its server by the address of the page.
vi.hoisted(() => vi.stubGlobal('location', { origin: 'http://inbox.test' }))
afterAll(() => void vi.unstubAllGlobals())

const conversation = 'acme:shop/conversation/1'
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString()
const now = Date.parse(at(30))

const messageOf = (id: string, minute: number | undefined, change: Partial<Message> = {}): Message =>
  ({
    ...{
      ref: `acme:shop/message/${id}`,
      vendor: 'acme',
      account: 'shop',
      id,
      conversationId: '1',
      sourcesState: 'inline',
    },
    ...{ type: { value: 'text', native: null }, direction: 'inbound', author: { kind: 'contact', basis: 'vendor' } },
    ...{ text: id, ...(minute !== undefined && { createdAt: at(minute) }) },
    ...change,
  }) as Message

const sendOf = (id: string, minute: number, change: Partial<Send> = {}): Send => ({
  ...{ id, kind: 'reply', place: 'vendor', state: 'sent', conversation, account: 'acme:shop', text: id },
  ...{ attachments: [], by: { id: 'ada' }, message: null, shownBy: null, recordedAt: at(minute), endedAt: at(minute) },
  ...{ retryOf: null, retriedBy: null, dismissedAt: null, warnings: [] },
  ...change,
})

const idsOf = (sends: readonly Send[]): string[] => sends.map(({ id }) => id)

test('a send that a message shows is not shown twice', () => {
  const messages = [
    messageOf('a', 1),
    messageOf('b', 10, { direction: 'outbound' }),
    messageOf('c', 11, { direction: 'outbound' }),
    messageOf('same text', 12, { direction: 'outbound' }),
  ]
  const sends = [
    sendOf('by its message', 9, { message: 'acme:shop/message/b' }),
    sendOf('by what it most likely is', 10, { shownBy: 'acme:shop/message/c', state: 'claimed' }),
    sendOf('by its text', 12, { text: 'same text' }),
  ]
  expect(openSends(messages, sends, { now })).toEqual([])
})

test('an older message with the same text is not taken for a send', () => {
  const messages = [messageOf('ok', 0, { direction: 'outbound' }), messageOf('question', 20)]
  expect(idsOf(openSends(messages, [sendOf('ok', 21)], { now }))).toEqual(['ok'])
})

test('sends that go on, that failed or of which nothing is known are shown as long as they are', () => {
  const sends = (['recorded', 'claimed', 'failed', 'unknown'] as const).map((state) => sendOf(state, 1, { state }))
  expect(idsOf(openSends([messageOf('a', 20)], sends, { now }))).toEqual(['recorded', 'claimed', 'failed', 'unknown'])
})

test('a send that was retried is shown by its retry', () => {
  const sends = [sendOf('first', 1, { state: 'failed', retriedBy: 'second' }), sendOf('second', 2, { state: 'failed' })]
  expect(idsOf(openSends([], sends, { now }))).toEqual(['second'])
})

test('an accepted send whose message is on an older page is not shown', () => {
  const sends = [
    sendOf('old', 1, { message: 'acme:shop/message/old' }),
    sendOf('new', 29, { message: 'acme:shop/message/new' }),
  ]
  expect(idsOf(openSends([messageOf('a', 20)], sends, { now }))).toEqual(['new'])
  // Without times of messages, only the age of the send tells.
  expect(idsOf(openSends([messageOf('a', undefined)], sends, { now }))).toEqual(['new'])
})

test('a person who has just sent something has seen it', () => {
  const messages = [messageOf('a', 1), messageOf('b', 20)]
  expect(lastSeen([], [])).toBeNull()
  expect(lastSeen(messages, [], now)).toBe('acme:shop/message/b')
  expect(lastSeen(messages, [sendOf('mine', 25, { message: 'acme:shop/message/c' })], now)).toBe('mine')
  const shown = [...messages, messageOf('c', 26, { direction: 'outbound' })]
  expect(lastSeen(shown, [sendOf('mine', 25, { message: 'acme:shop/message/c' })], now)).toBe('acme:shop/message/c')
})

test('neither a note nor a failed send nor an older send counts as what was seen last', () => {
  const messages = [messageOf('a', 20), messageOf('note', 22, { direction: 'internal' })]
  const sends = [
    sendOf('older', 10, { message: 'acme:shop/message/on-an-older-page' }),
    sendOf('failed', 25, { state: 'failed' }),
    sendOf('note', 26, { kind: 'note', place: 'overlay' }),
  ]
  expect(lastSeen(messages, sends, now)).toBe('acme:shop/message/a')
})

test('after a conflict, what the server has shown was seen', () => {
  expect(seenInConflict({ newer: [messageOf('a', 1), messageOf('b', 2)] })).toBe('acme:shop/message/b')
  expect(seenInConflict({ newer: [], sends: [sendOf('one', 1), sendOf('two', 2)] })).toBe('two')
  expect(seenInConflict({})).toBeNull()
})

test('notes that only the server has stand where they were written, and then not among the open sends', () => {
  const messages = [messageOf('a', 5), messageOf('b', 10), messageOf('c', 20)]
  const note = (id: string, minute: number) => sendOf(id, minute, { kind: 'note', place: 'overlay' })
  const notes = [note('before', 1), note('between', 12), note('last', 25)]
  const texts = (hasOlder: boolean) => withNotes(messages, notes, hasOlder).map(({ text }) => text)
  expect(texts(false)).toEqual(['before', 'a', 'b', 'between', 'c', 'last'])
  // Its place may be between messages that were not read yet.
  expect(texts(true)).toEqual(['a', 'b', 'between', 'c', 'last'])
  expect(idsOf(openSends(messages, notes, { now }))).toEqual(['before', 'between', 'last'])
  expect(openSends(withNotes(messages, notes, false), notes, { now })).toEqual([])
  expect(withNotes(messages, notes, false)[3]).toMatchObject({
    ...{ vendor: 'acme', account: 'shop', conversationId: '1', direction: 'internal' },
    author: { kind: 'operator', id: 'ada' },
  })
})
