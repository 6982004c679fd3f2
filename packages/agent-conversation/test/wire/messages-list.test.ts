import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { missingRoute, notFound } from '../fixtures/errors.ts'
import { agentMessage, fullMessage, manualMessage, userMessage } from '../fixtures/messages.ts'
import { account } from '../helpers/account.ts'
import { auth, serve } from '../helpers/vendor.ts'

useNock()

const path = (order: string, more = '') => `/conversations/c-0001/messages?${more}orderDirection=${order}`
const oldestFirst = { messages: [userMessage, agentMessage, manualMessage] }
const newestFirst = { messages: [manualMessage, agentMessage, userMessage] }

describe('messages.list', () => {
  it('returns the whole thread with the newest message first', async () => {
    const seen = serve(['GET', path('DESC'), 200, newestFirst])
    const page = await account().adapter.messages.list('c-0001')
    expect(page.items.map(({ id }) => id)).toEqual(['m-13', 'm-12', 'm-11'])
    expect(page).toMatchObject({ next: null, warnings: [], total: 3 })
    expect(page.items[1]?.raw).toStrictEqual(agentMessage)
    expect(seen).toEqual([{ method: 'GET', uri: `/external${path('DESC')}`, headers: auth, body: undefined }])
  })

  it('returns the thread with the oldest message first, and feedback if asked for', async () => {
    const message = { ...fullMessage, conversationId: undefined }
    serve(['GET', path('ASC', 'shouldIncludeFeedbacks=true&'), 200, { messages: [message] }])
    const vendor = { 'agent-conversation': { withFeedbacks: true } }
    const page = await account().adapter.messages.list({ id: 'c-0001' } as never, { order: 'asc', vendor })
    expect(page.items).toMatchObject([{ id: 'm-20', conversationId: 'c-0001', feedback: [{ id: 'f-2' }] }])
  })

  it.each(['asc', 'desc'] as const)(
    'cuts the thread here if there is a limit (%s), without a gap or a repetition',
    async (order) => {
      const [direction, thread] = order === 'asc' ? ['ASC', oldestFirst] : ['DESC', newestFirst]
      serve(...[1, 2].map(() => ['GET', path(direction ?? ''), 200, thread] as ['GET', string, 200, object]))
      const { messages } = account().adapter
      const ids: string[][] = []
      for await (const page of messages.list('c-0001', { order, limit: 2 }).pages()) {
        ids.push(page.items.map(({ id }) => id))
        expect(told(page.warnings)).toEqual(['degraded'])
        expect(page.total).toBe(3)
      }
      expect(ids).toEqual(order === 'asc' ? [['m-11', 'm-12'], ['m-13']] : [['m-13', 'm-12'], ['m-11']])
    },
  )

  it('keeps its position if messages arrive in between', async () => {
    const newer = { ...manualMessage, id: 'm-14', createdAt: '2026-02-01T08:05:00Z' }
    serve(
      ['GET', path('DESC'), 200, newestFirst],
      ['GET', path('DESC'), 200, { messages: [newer, ...newestFirst.messages] }],
    )
    const { messages } = account().adapter
    const first = await messages.list('c-0001', { limit: 1 })
    const second = await messages.list('c-0001', { limit: 1, cursor: first.next ?? '' })
    expect(second.items.map(({ id }) => id)).toEqual(['m-12'])
  })

  it('keeps its position if the message at it was deleted', async () => {
    serve(
      ['GET', path('DESC'), 200, newestFirst],
      ['GET', path('DESC'), 200, { messages: [agentMessage, userMessage] }],
    )
    const { messages } = account().adapter
    const first = await messages.list('c-0001', { limit: 1 })
    const second = await messages.list('c-0001', { cursor: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ id: 'm-12' }] })
  })

  it('warns if the deleted message at its position had no time', async () => {
    const timeless = { ...manualMessage, createdAt: undefined }
    serve(
      ['GET', path('DESC'), 200, { messages: [timeless, userMessage] }],
      ['GET', path('DESC'), 200, { messages: [userMessage] }],
    )
    const { messages } = account().adapter
    const { next } = await messages.list('c-0001', { limit: 1 })
    const error = await failure(messages.list('c-0001', { limit: 1, cursor: next ?? '' }))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'cursor' }] })
  })

  it('ends where the vendor repeats a message', async () => {
    const thread = { messages: [userMessage, userMessage, userMessage] }
    serve(['GET', path('ASC'), 200, thread], ['GET', path('ASC'), 200, thread])
    const ids: string[] = []
    for await (const { id } of account().adapter.messages.list('c-0001', { order: 'asc', limit: 1 })) ids.push(id)
    expect(ids).toEqual(['m-11'])
  })

  it.each([
    ['asc', 'ASC', newestFirst, ['m-11', 'm-12', 'm-13']],
    ['desc', 'DESC', oldestFirst, ['m-13', 'm-12', 'm-11']],
  ] as const)('sorts a thread that comes in the other order (%s)', async (order, direction, thread, ids) => {
    serve(['GET', path(direction), 200, thread])
    const page = await account().adapter.messages.list('c-0001', { order })
    expect(page.items.map(({ id }) => id)).toEqual(ids)
  })

  it('drops a message that cannot be read with a warning and continues', async () => {
    serve(['GET', path('DESC'), 200, { messages: [{ message: 'no id' }, 'x', userMessage] }])
    const page = await account().adapter.messages.list('c-0001')
    expect(page.items.map(({ id }) => id)).toEqual(['m-11'])
    expect(told(page.warnings)).toEqual(['bad-item messages[0].id', 'bad-item messages[1]'])
  })

  it.each([
    ['no list', {}, { code: 'response', fields: [{ path: 'messages' }] }],
    ['no object', [], { code: 'response', fields: [{ path: 'messages' }] }],
  ])('fails if there is %s', async (_, answer, expected) => {
    serve(['GET', path('DESC'), 200, answer])
    expect(await failure(account().adapter.messages.list('c-0001'))).toMatchObject(expected)
  })

  it.each([notFound, { ...missingRoute, message: 'Cannot GET /external/x' }])(
    'fails with `not-found` after %o',
    async (answer) => {
      serve(['GET', path('DESC'), 404, answer])
      expect(await failure(account().adapter.messages.list('c-0001'))).toMatchObject({ code: 'not-found', status: 404 })
    },
  )

  it.each([
    ['conversation', '', {}],
    ['limit', 'c', { limit: -1 }],
    ['order', 'c', { order: 'newest' as never }],
    ['cursor', 'c', { cursor: 'e30' }],
  ])('refuses a wrong %s before a request is sent', async (field, id, query) => {
    const error = await failure(account().adapter.messages.list(id, query))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: field }] })
  })
})
