import { type Adapter, type Conversation, IncompleteError, isParleyError, paged, RateLimitError } from '@parley/core'
import { createInbox, type Inbox } from '@parley/inbox'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conversation, type FakeAccount, fakeAccount } from './fake-account.ts'
import { waysOfInboxes } from './ways.ts'

const ways = await waysOfInboxes()
afterAll(() => Promise.all(ways.map((way) => way.close())))

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const account = (name: string, minutes: number[], pageSize?: number): FakeAccount =>
  fakeAccount(
    'acme',
    name,
    minutes.map((minute, index) => conversation('acme', name, `${name}${index}`, at(minute))),
    pageSize,
  )

/** The items of an iteration, and what it ended in. */
async function iterate<Item>(list: AsyncIterable<Item>): Promise<{ items: Item[]; error?: unknown }> {
  const items: Item[] = []
  try {
    for await (const item of list) items.push(item)
  } catch (error) {
    return { items, error }
  }
  return { items }
}

function incomplete(error: unknown): IncompleteError {
  if (!isParleyError(error) || !(error instanceof IncompleteError)) throw error ?? new Error('nothing was thrown')
  return error
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id)

// Accounts that fail while a list is read. A synced list has the states of the sync: `synced/lists.test.ts`.
describe('iterating the conversations of a live inbox', () => {
  const good = (): FakeAccount => account('good', [9, 8, 7, 6, 5, 4, 3])

  it('yields all it can, then throws one error that names the failed account', async () => {
    const bad = account('bad', [10, 2])
    bad.behaviour.mode = 'fail'
    const inbox = createInbox({ accounts: [good().adapter, bad.adapter] })
    const { items, error } = await iterate(inbox.conversations.list({ limit: 3 }))
    expect(idsOf(items)).toEqual(['good0', 'good1', 'good2', 'good3', 'good4', 'good5', 'good6'])
    expect(incomplete(error)).toMatchObject({
      code: 'incomplete',
      name: 'IncompleteError',
      operation: 'conversations.list',
      retryable: true,
      accounts: [{ account: 'acme:bad', state: 'error', error: { code: 'network', retryable: true } }],
    })
    bad.behaviour.mode = 'ok'
    const rest = await iterate(inbox.conversations.list({ limit: 3, cursor: incomplete(error).cursor as string }))
    expect(rest.error).toBeUndefined()
    expect(idsOf(rest.items)).toEqual(['bad0', 'bad1'])
  })

  it('yields what was read of an account that fails in the middle, and can continue after it', async () => {
    const bad = account('bad', [20, 19, 18, 17, 16, 15], 2)
    const inbox = createInbox({ accounts: [good().adapter, bad.adapter] })
    const items: Conversation[] = []
    let thrown: unknown
    try {
      for await (const item of inbox.conversations.list({ limit: 2 })) {
        items.push(item)
        if (items.length === 2) bad.behaviour.mode = 'fail'
      }
    } catch (error) {
      thrown = error
    }
    const ofGood = ['good0', 'good1', 'good2', 'good3', 'good4', 'good5', 'good6']
    expect(idsOf(items)).toEqual(['bad0', 'bad1', 'bad2', 'bad3', ...ofGood])
    bad.behaviour.mode = 'ok'
    const rest = await iterate(inbox.conversations.list({ limit: 2, cursor: incomplete(thrown).cursor as string }))
    expect(idsOf(rest.items)).toEqual(['bad4', 'bad5'])
    expect(rest.error).toBeUndefined()
  })

  it('names an account that misses its deadline', async () => {
    const timers = new Set<() => void>()
    const clock = {
      now: () => 0,
      after: (_: number, callback: () => void) => {
        timers.add(callback)
        setImmediate(() => timers.has(callback) && callback())
        return () => timers.delete(callback)
      },
    }
    const slow = account('slow', [10])
    slow.behaviour.mode = 'hang'
    const inbox = createInbox({ accounts: [good().adapter, slow.adapter], deadline: 500, clock })
    const { items, error } = await iterate(inbox.conversations.list({ limit: 3 }))
    expect(items).toHaveLength(7)
    expect(incomplete(error).accounts).toMatchObject([{ account: 'acme:slow', state: 'timeout' }])
    expect(incomplete(error).retryable).toBe(true)
  })

  it('has the wait that an account asks for', async () => {
    const bad = account('bad', [])
    Object.assign(bad.adapter.conversations ?? {}, {
      list: () =>
        paged(() => Promise.reject(new RateLimitError({ message: 'too many', retryAfterMs: 7_000 })), undefined, {
          vendor: 'acme',
          account: 'bad',
          operation: 'conversations.list',
        }),
    })
    const { error } = await iterate(createInbox({ accounts: [bad.adapter] }).conversations.list())
    expect(incomplete(error)).toMatchObject({ retryable: true, retryAfterMs: 7_000 })
  })

  it('names an account whose vendor repeats a cursor, and delays no other account', async () => {
    const bad = account('bad', [20, 19, 18, 17, 16, 15], 2)
    bad.behaviour.mode = 'repeat'
    const inbox = createInbox({ accounts: [good().adapter, bad.adapter] })
    const { items, error } = await iterate(inbox.conversations.list({ limit: 2 }))
    expect(idsOf(items).toSorted()).toEqual([
      ...['bad0', 'bad1', 'bad2', 'bad3'],
      ...['good0', 'good1', 'good2', 'good3', 'good4', 'good5', 'good6'],
    ])
    expect(incomplete(error).accounts).toMatchObject([{ account: 'acme:bad', error: { code: 'response' } }])
  })

  it('throws no error if a failed account answered later', async () => {
    const bad = account('bad', [10, 2])
    bad.behaviour.mode = 'fail'
    const inbox = createInbox({ accounts: [good().adapter, bad.adapter] })
    const items: Conversation[] = []
    for await (const item of inbox.conversations.list({ limit: 2 })) {
      items.push(item)
      bad.behaviour.mode = 'ok'
    }
    expect(items).toHaveLength(9)
  })

  it('ends without an error with { partial: true }, which is sent to no vendor', async () => {
    const bad = account('bad', [10, 2])
    bad.behaviour.mode = 'fail'
    const inbox = createInbox({ accounts: [good().adapter, bad.adapter] })
    const { items, error } = await iterate(inbox.conversations.list({ limit: 9, partial: true }))
    expect(error).toBeUndefined()
    expect(items).toHaveLength(7)
    expect(bad.asked[0]).toEqual({ limit: 10 })
  })

  it('throws the reason of the caller’s signal, and nothing about accounts', async () => {
    const bad = account('bad', [])
    bad.behaviour.mode = 'hang'
    const reason = new Error('enough')
    const controller = new AbortController()
    const inbox = createInbox({ accounts: [bad.adapter] })
    const reading = iterate(inbox.conversations.list({}, { signal: controller.signal }))
    controller.abort(reason)
    expect((await reading).error).toBe(reason)
  })

  it('keeps the cursor out of logs', async () => {
    const bad = account('bad', [10])
    bad.behaviour.mode = 'fail'
    const { error } = await iterate(createInbox({ accounts: [bad.adapter] }).conversations.list())
    const { cursor } = incomplete(error)
    expect(cursor).toEqual(expect.any(String))
    expect(JSON.stringify(error)).not.toContain(cursor)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'incomplete', accounts: [{ account: 'acme:bad' }] })
  })

  it('returns every item exactly once when it continues from the error, whenever an account fails', async () => {
    const modes = fc.array(fc.constantFrom<'ok' | 'fail'>('ok', 'ok', 'fail'), { maxLength: 12 })
    const shape = fc.record({ minutes: fc.array(fc.nat(9), { maxLength: 9 }), modes })
    await fc.assert(
      fc.asyncProperty(
        fc.array(shape, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        async (shapes, limit) => {
          const fakes = shapes.map(({ minutes }, index) =>
            account(
              `a${index}-`,
              minutes.toSorted((one, other) => other - one),
              3,
            ),
          )
          for (const [index, { behaviour }] of fakes.entries()) {
            const left = [...(shapes[index]?.modes ?? [])]
            Object.defineProperty(behaviour, 'mode', { get: () => left.shift() ?? 'ok' })
          }
          const inbox = createInbox({ accounts: fakes.map(({ adapter }) => adapter) })
          const items: Conversation[] = []
          let cursor: string | null | undefined
          do {
            const read = await iterate(inbox.conversations.list({ limit, ...(cursor != null && { cursor }) }))
            items.push(...read.items)
            cursor = read.error === undefined ? null : incomplete(read.error).cursor
          } while (cursor !== null)
          expect(items.map(({ ref }) => ref).toSorted()).toEqual(
            fakes.flatMap(({ conversations }) => conversations.map(({ ref }) => ref)).toSorted(),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe.each(ways)('an account of $name without the requested list', (way) => {
  const contact = { ref: 'acme:has/contact/1', vendor: 'acme', account: 'has', id: '1', name: 'Ada' }
  const list = () =>
    paged(async () => ({ items: [contact], next: null, warnings: [] }), undefined, {
      vendor: 'acme',
      account: 'has',
      operation: 'contacts.list',
    })
  const has: Adapter = { ...account('has', []).adapter, contacts: { list, search: list } }
  const lacks = account('lacks', [])
  let inbox: Inbox
  beforeAll(async () => {
    ;({ inbox } = await way.make([has, lacks.adapter]))
  })
  const lists = {
    'contacts.list': () => inbox.contacts.list(),
    'contacts.search': () => inbox.contacts.search({ text: 'Ada' }),
  }

  it.each(Object.entries(lists))('is missing from %s for good, without a cursor to continue from', async (_, make) => {
    const { items, error } = await iterate(make())
    expect(items).toEqual([contact])
    expect(incomplete(error)).toMatchObject({
      accounts: [{ account: 'acme:lacks', state: 'unsupported', error: { code: 'unsupported' } }],
      cursor: null,
      retryable: false,
    })
  })

  it('is missing from agents.list too', async () => {
    const { error } = await iterate(inbox.agents.list())
    expect(incomplete(error).accounts.map((lost) => lost.account)).toEqual(['acme:has', 'acme:lacks'])
  })

  it('is not reported if it was not requested, or if partial lists are accepted', async () => {
    expect(await iterate(inbox.contacts.list({ accounts: ['acme:has'] }))).toEqual({ items: [contact] })
    expect(await iterate(inbox.contacts.list({ partial: true }))).toEqual({ items: [contact] })
  })
})
