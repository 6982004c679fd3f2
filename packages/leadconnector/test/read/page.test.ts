import { describe, expect, it } from 'vitest'
import { readMessagePage } from '../../src/message-list.ts'
import { reader } from '../helpers/account.ts'

/** The page that an answer is read as. */
const pageOf = (body: unknown) => {
  const client = { spec: (_family: string, spec: object) => spec }
  const call = {
    read: async (_spec: unknown, read: (body: unknown, reading: unknown) => unknown) => read(body, reader().reading),
  }
  return readMessagePage(client as never, call as never, { conversationId: 'cnv_1', limit: 20 })
}
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const message = (id: string, minute?: number) => ({ id, ...(minute !== undefined && { dateAdded: at(minute) }) })
const idsOf = async (...messages: object[]) => (await pageOf({ messages })).items.map(({ id }) => id)

describe('a page of messages', () => {
  it.each([null, [], 'x', {}, { messages: {} }, { messages: 7 }])('cannot be read from %j', async (body) => {
    await expect(pageOf(body)).rejects.toMatchObject({
      name: 'Error',
      path: body === null || typeof body !== 'object' || Array.isArray(body) ? '' : 'messages',
    })
  })

  it.each([
    [{ nextPage: true, lastMessageId: 'z' }, 'z'],
    [{ nextPage: true }, 'b'],
    [{ nextPage: true, lastMessageId: null }, 'b'],
    [{ nextPage: false, lastMessageId: 'z' }, null],
    [{ nextPage: 'true', lastMessageId: 'z' }, 'z'],
    [{ lastMessageId: 'z' }, 'z'],
  ])('has the next position %j after %j', async (fields, next) => {
    expect((await pageOf({ ...fields, messages: [message('a', 1), message('b', 1)] })).next).toBe(next)
  })

  it('continues after the last message that has an id', async () => {
    const messages = [message('a', 1), { id: 7 }, null, 'x']
    expect((await pageOf({ nextPage: true, messages })).next).toBe('a')
    expect((await pageOf({ nextPage: true, lastMessageId: 'z', messages: [] })).next).toBe('z')
    expect((await pageOf({ nextPage: true, messages: [] })).next).toBeNull()
  })

  it.each(['', 7, {}])('has no next position after %j', async (lastMessageId) => {
    await expect(pageOf({ nextPage: true, lastMessageId, messages: [message('a', 1)] })).rejects.toMatchObject({
      path: 'lastMessageId',
    })
  })

  it('is sorted newest first, and keeps the order of messages of one instant', async () => {
    expect(await idsOf(message('a', 1), message('b', 3), message('c', 3), message('d', 2))).toEqual([
      'b',
      'c',
      'd',
      'a',
    ])
    expect(await idsOf(message('a', 3), message('b', 3), message('c', 1))).toEqual(['a', 'b', 'c'])
  })

  it('keeps the vendor’s order if a message has no time', async () => {
    expect(await idsOf(message('a', 1), message('b'), message('c', 3))).toEqual(['a', 'b', 'c'])
    expect(await idsOf(message('a', 1), message('b', 2), message('c'))).toEqual(['a', 'b', 'c'])
  })
})
