import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import {
  answer,
  assistantId,
  handoff,
  newThread,
  notFound,
  question,
  threadId,
  threadOf,
  toolCall,
  waitingThread,
} from '../fixtures/threads.ts'
import { account, entity, ownId, useOwnIds } from '../helpers/account.ts'
import { got, posted, sentence, serve } from '../helpers/vendor.ts'

useNock()
useOwnIds()

const at = `/threads/${threadId}`
const thread = threadOf([question, answer, toolCall])
const conversation = {
  ...entity('conversation', threadId, thread),
  agentId: assistantId,
  contact: { id: 'ada@example.com' },
  status: { value: 'open', native: 'idle' },
  control: { holder: 'agent', basis: 'vendor', native: 'idle' },
  customFields: { channel: 'web' },
  lastMessage: { text: 'Echo: When do you open?', author: 'agent' },
  lastActivityAt: '2026-11-28T09:18:39.117Z',
  createdAt: '2026-11-28T09:18:37.458Z',
  updatedAt: '2026-11-28T09:18:39.117Z',
}
const search = (threads: unknown, headers = {}): Exchange => ['POST', '/threads/search', 200, threads, headers]
const sorted = { sort_by: 'updated_at', sort_order: 'desc' }

describe('conversations.list', () => {
  it('searches the threads by the time of their last change', async () => {
    const seen = serve(search([thread]))
    const { items, next, warnings } = await account().adapter.conversations.list()
    expect(items).toStrictEqual([conversation])
    expect(next).toBeNull()
    expect(told(warnings)).toEqual([])
    expect(seen).toStrictEqual([posted('/threads/search', { ...sorted, limit: 50, offset: 0 })])
  })

  it('has no next page after an incomplete one, although x-pagination-total is more than it has', async () => {
    serve(search([thread], { 'x-pagination-total': '2' }))
    expect((await account().adapter.conversations.list({ limit: 2 })).next).toBeNull()
  })

  it('reads page after page until one is incomplete', async () => {
    const threads = Array.from({ length: 5 }, (_, n) => ({ ...newThread, thread_id: ownId(n) }))
    const pages = [threads.slice(0, 2), threads.slice(2, 4), threads.slice(4)]
    const seen = serve(...pages.map((page, n) => search(page, { 'x-pagination-total': String(2 * n + 3) })))
    const { adapter } = account()
    const found: string[] = []
    for await (const { id } of adapter.conversations.list({ limit: 2 })) found.push(id)
    expect(found).toEqual(threads.map(({ thread_id }) => thread_id))
    expect(seen.map(({ body }) => body)).toEqual([0, 2, 4].map((offset) => ({ ...sorted, limit: 2, offset })))
  })

  it('lets the server filter by assistant, contact, and the vendor’s own options', async () => {
    const seen = serve(search([]))
    const { warnings } = await account({ contactKey: 'customer' }).adapter.conversations.list({
      ...{ agentId: 'a-1', contactId: 'ada@example.com', order: 'asc', limit: 1_000 },
      vendor: { langgraph: { status: 'interrupted', metadata: { channel: 'web' }, values: { topic: 'x' } } },
    })
    expect(told(warnings)).toEqual([])
    expect(seen[0]?.body).toStrictEqual({
      ...{ status: 'interrupted', values: { topic: 'x' }, sort_by: 'updated_at', sort_order: 'asc' },
      metadata: { channel: 'web', assistant_id: 'a-1', customer: 'ada@example.com' },
      ...{ limit: 1_000, offset: 0 },
    })
  })

  it('filters the rest itself, and says so', async () => {
    serve(search([thread]), search([thread]))
    const { adapter } = account()
    const open = await adapter.conversations.list({ status: 'open' })
    expect([open.items.length, told(open.warnings)]).toEqual([1, ['local-filter']])
    const closed = await adapter.conversations.list({ status: 'closed' })
    expect([closed.items.length, told(closed.warnings)]).toEqual([0, ['local-filter']])
  })

  it('skips a thread that cannot be read, and warns', async () => {
    serve(search([{ ...thread, thread_id: undefined }, 7, thread]))
    const { items, warnings } = await account().adapter.conversations.list()
    expect(items.map(({ id }) => id)).toEqual([threadId])
    expect(warnings.map(({ code }) => code)).toEqual(['bad-item', 'bad-item'])
  })

  it.each([[{ items: [] }], ['<html>'], ['null'], [{}]])(
    'is an unreadable response if the server answers %j',
    async (body) => {
      serve(search(body))
      expect(await failure(account().adapter.conversations.list())).toMatchObject({ code: 'response' })
    },
  )
})

describe('conversations.get', () => {
  it('reads a thread', async () => {
    const seen = serve(['GET', at, 200, thread])
    expect(await account().adapter.conversations.get(threadId)).toStrictEqual(conversation)
    expect(seen).toStrictEqual([got(at)])
  })

  it('reads a new thread, which has neither values nor interrupts', async () => {
    serve(['GET', at, 200, newThread])
    expect(await account({ raw: false }).adapter.conversations.get(threadId)).toStrictEqual({
      ...entity('conversation', threadId),
      contact: { id: 'ada@example.com' },
      status: { value: 'open', native: 'idle' },
      control: { holder: 'agent', basis: 'vendor', native: 'idle' },
      customFields: { channel: 'web' },
      lastMessage: null,
      ...{ lastActivityAt: '2026-11-28T09:18:37.458Z', createdAt: '2026-11-28T09:18:37.458Z' },
      updatedAt: '2026-11-28T09:18:37.458Z',
    })
  })

  it('is not found if the server says so, and refused if the id is no UUID', async () => {
    serve(sentence('GET', at, 404, notFound))
    expect(await failure(account().adapter.conversations.get(threadId))).toMatchObject({ code: 'not-found' })
  })

  it.each(['', '.', '..'])('refuses the id "%s", which would be another address', async (id) => {
    expect(await failure(account().adapter.conversations.get(id))).toMatchObject({ fields: [{ path: 'conversation' }] })
  })
})

describe('control.get', () => {
  it('says what the thread waits for', async () => {
    serve(['GET', at, 200, waitingThread([question])])
    expect(await account().adapter.control.get(threadId)).toStrictEqual({
      ...{ holder: 'operator', basis: 'vendor', native: 'interrupted' },
      inputRequests: [{ id: handoff.id, text: 'I want a human', raw: handoff.value }],
    })
  })
})

describe('conversations.create', () => {
  it('creates a thread with an id of its own, with what the contract knows in its metadata', async () => {
    const seen = serve(['POST', '/threads', 200, { ...newThread, thread_id: ownId(1) }])
    const found = await account().adapter.conversations.create({
      ...{ contact: 'ada@example.com', title: 'Parcel', agentId: 'a-1', customFields: { tier: 'gold' } },
      vendor: { langgraph: { metadata: { team: 'night' } } },
    })
    expect(found.id).toBe(ownId(1))
    const metadata = { team: 'night', tier: 'gold', title: 'Parcel', assistant_id: 'a-1', graph_id: 'desk' }
    expect(seen).toStrictEqual([
      posted('/threads', {
        ...{ thread_id: ownId(1), if_exists: 'do_nothing' },
        metadata: { ...metadata, contact: 'ada@example.com' },
      }),
    ])
  })

  it('has the graph of the vendor’s option, or none if the account knows none', async () => {
    const seen = serve(['POST', '/threads', 200, newThread], ['POST', '/threads', 200, newThread])
    const { adapter } = account({ assistantId, contactKey: 'customer' })
    await adapter.conversations.create({ contact: 'p-1' })
    await adapter.conversations.create({ contact: 'x', vendor: { langgraph: { graphId: 'night' } } })
    expect(seen.map(({ body }) => (body as { metadata: object }).metadata)).toStrictEqual([
      { customer: 'p-1' },
      { graph_id: 'night', customer: 'x' },
    ])
  })

  it('is repeated after a fault, because the id makes it one thread', async () => {
    const seen = serve(['POST', '/threads', 502, ''], ['POST', '/threads', 200, newThread])
    await account().adapter.conversations.create({ contact: 'p-1' })
    expect(seen[0]).toStrictEqual(seen[1])
  })

  it('is a conflict if the thread exists already', async () => {
    serve(sentence('POST', '/threads', 409, 'Thread already exists'))
    expect(await failure(account().adapter.conversations.create({ contact: 'p-1' }))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done', vendorCode: 'CONFLICT' },
    })
  })
})

describe('conversations.update', () => {
  it('changes the metadata', async () => {
    const seen = serve(['PATCH', at, 200, { ...thread, metadata: { ...thread.metadata, title: 'Parcel' } }])
    const change = { title: 'Parcel', vendor: { langgraph: { metadata: { label: 'vip' } } } }
    expect(await account().adapter.conversations.update(threadId, change)).toMatchObject({ title: 'Parcel' })
    expect(seen).toStrictEqual([posted(at, { metadata: { label: 'vip', title: 'Parcel' } }, 'PATCH')])
  })

  it.each(['context', 'status', 'stateId', 'unread', 'isStarred'])('refuses %s, which a thread lacks', async (name) => {
    const value = { context: 'x', status: 'closed', stateId: 's', unread: true, isStarred: true }[name]
    const error = await failure(account().adapter.conversations.update(threadId, { [name]: value }))
    expect(error).toMatchObject({ code: 'unsupported', fields: [{ path: name }] })
  })

  it('refuses a change of nothing', async () => {
    expect(await failure(account().adapter.conversations.update(threadId, {}))).toMatchObject({
      code: 'invalid-request',
    })
  })
})

describe('conversations.delete', () => {
  it('deletes the thread, and is not found the second time', async () => {
    const seen = serve(['DELETE', at, 204], sentence('DELETE', at, 404, notFound))
    const { adapter } = account()
    expect(await adapter.conversations.delete(threadId)).toStrictEqual({ id: threadId, confirmed: true })
    expect(await failure(adapter.conversations.delete(threadId))).toMatchObject({ code: 'not-found' })
    expect(seen[0]).toStrictEqual(got(at, 'DELETE'))
  })
})
