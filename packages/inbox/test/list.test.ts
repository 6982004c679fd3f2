import { getEventListeners } from 'node:events'
import {
  type Conversation,
  type ConversationOperations,
  type ConversationQuery,
  createTransport,
  isParleyError,
  lazyGroup,
  type Message,
  type MessageOperations,
  paged,
} from '@parley/core'
import { createInbox, type InboxPage } from '@parley/inbox'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { conversation, fakeAccount } from './fake-account.ts'
import { waysOfInboxes } from './ways.ts'

const ways = await waysOfInboxes()
afterAll(() => Promise.all(ways.map((way) => way.close())))

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const many = (vendor: string, account: string, minutes: (number | null)[]): Conversation[] =>
  minutes.map((minute, index) => conversation(vendor, account, `c${index}`, minute === null ? null : at(minute)))

async function readAll(list: { pages(): AsyncIterable<InboxPage<Conversation>> }): Promise<InboxPage<Conversation>[]> {
  const pages: InboxPage<Conversation>[] = []
  for await (const page of list.pages()) pages.push(page)
  return pages
}

describe.each(ways)('the merged list of $name', (way) => {
  it('takes its query as it is at the call', async () => {
    const { adapter } = fakeAccount('acme', 'a', many('acme', 'a', [1]))
    const query: ConversationQuery = { status: 'open' }
    const { inbox } = await way.make([adapter])
    const list = inbox.conversations.list(query)
    query.status = 'closed'
    expect((await list).items).toHaveLength(1)
  })

  it('is a promise of its first page, as the cursor null is', async () => {
    const fake = fakeAccount('acme', 'a', many('acme', 'a', [5, 4, 3, 2, 1]), 3)
    const { conversations } = (await way.make([fake.adapter])).inbox
    const before = fake.asked.length
    const list = conversations.list({ limit: 2 })
    const [page, again] = await Promise.all([list, list.finally(() => {})])
    expect(again).toBe(page)
    if (way.isLive) expect(fake.asked.length - before).toBe(1)
    const items: Conversation[] = []
    for await (const item of list) items.push(item)
    expect(items).toHaveLength(5)
    let next: string | null = null
    const read: Conversation[] = []
    do {
      const { items: found, next: after }: InboxPage<Conversation> = await conversations.list({
        limit: 2,
        cursor: next,
      })
      read.push(...found)
      next = after
    } while (next !== null)
    expect(read).toEqual(items)
  })

  it('has every conversation of every account once, newest first, ties by ref, and those without a time last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.option(fc.nat(6)), { maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (accounts, limit, byCursor) => {
          const fakes = accounts.map((minutes, index) =>
            fakeAccount('acme', `a${index}`, many('acme', `a${index}`, minutes)),
          )
          const { inbox } = await way.make(fakes.map(({ adapter }) => adapter))
          const items: Conversation[] = []
          if (byCursor) {
            let cursor: string | undefined
            do {
              const page = await inbox.conversations.list({ limit, ...(cursor !== undefined && { cursor }) })
              expect(page.items.length).toBeLessThanOrEqual(limit)
              items.push(...page.items)
              cursor = page.next ?? undefined
            } while (cursor !== undefined)
          } else {
            for await (const item of inbox.conversations.list({ limit })) items.push(item)
          }
          const all = fakes.flatMap((fake) => fake.conversations)
          const dated = all
            .filter(({ lastActivityAt }) => lastActivityAt)
            .toSorted(
              (a, b) =>
                (b.lastActivityAt ?? '').localeCompare(a.lastActivityAt ?? '') ||
                (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0),
            )
          expect(items.slice(0, dated.length).map(({ ref }) => ref)).toEqual(dated.map(({ ref }) => ref))
          expect(items.map(({ ref }) => ref).toSorted()).toEqual(all.map(({ ref }) => ref).toSorted())
        },
      ),
      // Each run of a synced inbox is a sync.
      { numRuns: way.isLive ? 150 : 8 },
    )
  })

  it('puts an account without times after those with times, and loses none of its conversations', async () => {
    const dated = fakeAccount('acme', 'dated', many('acme', 'dated', [5, 4, 3, null, null]), 2)
    const undated = fakeAccount('acme', 'undated', many('acme', 'undated', [null, null, null, null, null]), 2)
    for (const { lastActivityAt: _, ...rest } of undated.conversations.splice(3)) undated.conversations.push(rest)
    const { inbox } = await way.make([undated.adapter, dated.adapter])
    const found = (await readAll(inbox.conversations.list({ limit: 2 }))).flatMap(({ items }) => items)
    expect(found.map(({ lastActivityAt }) => lastActivityAt ?? null)).toEqual([
      at(5),
      at(4),
      at(3),
      ...Array(7).fill(null),
    ])
    expect(new Set(found.map(({ ref }) => ref)).size).toBe(10)
  })

  it.each([7, 650])(
    'has each of 700 undated conversations of a page once with limit %i, in a short cursor',
    async (limit) => {
      const undated = many('acme', 'a', Array<null>(700).fill(null))
      const accounts = [fakeAccount('acme', 'a', undated, 700), fakeAccount('acme', 'b', many('acme', 'b', [1]))]
      const { inbox } = await way.make(accounts.map(({ adapter }) => adapter))
      const refs: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await inbox.conversations.list({ limit, cursor })
        refs.push(...page.items.map(({ ref }) => ref))
        cursor = page.next
        expect(cursor?.length ?? 0).toBeLessThan(300)
      }
      expect(refs).toHaveLength(701)
      expect(new Set(refs).size).toBe(701)
    },
  )

  it('lists the messages of a conversation in the vendor’s order, also those of the same time and without a time', async () => {
    const { adapter } = fakeAccount('acme', 'a', [conversation('acme', 'a', 'c-1', at(9))])
    const message = (id: string, createdAt?: string): Message => ({
      ...{ ref: `acme:a/message/${id}`, vendor: 'acme', account: 'a', id, conversationId: 'c-1', text: 'x' },
      ...{ type: { value: 'text', native: null }, direction: 'inbound', author: { kind: 'contact', basis: 'vendor' } },
      ...{ sourcesState: 'unavailable', ...(createdAt !== undefined && { createdAt }) },
    })
    const items = [
      message('b'),
      message('z'),
      message('a', at(9)),
      message('y', at(3)),
      message('x', at(3)),
      message('c'),
    ]
    const list: MessageOperations['list'] = (_, query) =>
      paged(
        async (cursor = '0') => {
          const from = Number(cursor)
          return {
            items: items.slice(from, from + 4),
            next: from + 4 < items.length ? String(from + 4) : null,
            warnings: [],
          }
        },
        query,
        { vendor: 'acme', account: 'a', operation: 'messages.list' },
      )
    const { inbox } = await way.make([{ ...adapter, messages: { list } }])
    const ids: string[] = []
    for await (const { id } of inbox.messages.list('acme:a/conversation/c-1')) ids.push(id)
    expect(ids).toEqual(['b', 'z', 'a', 'y', 'x', 'c'])
  })

  it.each([
    ['an item without a time', [[9, null], [8, 7], [6]]],
    [
      'an old item',
      [
        [9, 6],
        [8, 5],
      ],
    ],
    [
      'newer items of a page that is opened early for its equal times',
      [
        [20, 10],
        [30, 25, 10, 7],
        [7, 6],
      ],
    ],
    [
      'only items without a time',
      [
        [null, null],
        [null, 3],
      ],
    ],
  ])('keeps all later pages of a vendor that puts %s before newer ones', async (_, minutes) => {
    const fake = fakeAccount('acme', 'a', many('acme', 'a', minutes.flat()))
    const starts = minutes.map((_page, index) => minutes.slice(0, index).flat().length)
    const vendorPages = starts.map((from, index) => fake.conversations.slice(from, starts[index + 1]))
    const place = { vendor: 'acme', account: 'a', operation: 'conversations.list' }
    const list = (query: ConversationQuery = {}) =>
      paged(
        async (cursor = '0') => {
          const next = Number(cursor) + 1
          const items = vendorPages[Number(cursor)] ?? []
          return { items, next: next < vendorPages.length ? String(next) : null, warnings: [] }
        },
        query,
        place,
      )
    const other = fakeAccount('acme', 'b', many('acme', 'b', [7]))
    const all = [...fake.conversations, ...other.conversations].map(({ ref }) => ref).toSorted()
    const adapter = { ...fake.adapter, conversations: { list } }
    const { inbox } = await way.make([adapter, other.adapter])
    for (const limit of [1, 2, 25]) {
      const iterated = (await readAll(inbox.conversations.list({ limit }))).flatMap(({ items }) => items)
      expect(iterated.map(({ ref }) => ref).toSorted()).toEqual(all)
      const resumed: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await inbox.conversations.list({ limit, ...(cursor && { cursor }) })
        resumed.push(...page.items.map(({ ref }) => ref))
        cursor = page.next
      }
      expect(resumed.toSorted()).toEqual(all)
    }
  })

  it('continues without repeating or skipping an unchanged conversation if another one changed', async () => {
    const first = fakeAccount('acme', 'one', many('acme', 'one', [20, 18, 16, 14, 12, 10, 8, 6]))
    const second = fakeAccount('acme', 'two', many('acme', 'two', [19, 17, 15, 13, 11, 9, 7, 5]))
    const { inbox, refresh } = await way.make([first.adapter, second.adapter])
    const seen: string[] = []
    let page = await inbox.conversations.list({ limit: 5 })
    seen.push(...page.items.map(({ ref }) => ref))
    // New activity on an old conversation shifts every page of its account.
    first.conversations = first.conversations.map((item) =>
      item.id === 'c7' ? { ...item, lastActivityAt: at(59) } : item,
    )
    await refresh()
    while (page.next !== null) {
      page = await inbox.conversations.list({ limit: 5, cursor: page.next })
      seen.push(...page.items.map(({ ref }) => ref))
    }
    const unchanged = [...first.conversations, ...second.conversations].filter(
      ({ lastActivityAt }) => lastActivityAt !== at(59),
    )
    expect(seen.filter((ref) => unchanged.some((item) => item.ref === ref)).toSorted()).toEqual(
      unchanged.map(({ ref }) => ref).toSorted(),
    )
  })

  it('rejects with the reason of the caller’s signal', async () => {
    const { inbox } = await way.make([fakeAccount('acme', 'a', []).adapter])
    await expect(inbox.conversations.list({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })

  it('refuses a cursor of another list', async () => {
    const { inbox } = await way.make([fakeAccount('acme', 'a', []).adapter])
    for (const cursor of ['nonsense', btoa('[["acme:a",1,2,3,4]]'), btoa('{}'), btoa('null')]) {
      const error = await inbox.conversations.list({ cursor }).then(null, (reason: unknown) => reason)
      expect(isParleyError(error) && error.code).toBe('invalid-request')
    }
  })

  it('names the accounts that lack the operation', async () => {
    const { inbox } = await way.make([fakeAccount('acme', 'a', []).adapter])
    const page = await inbox.contacts.list()
    expect(page).toMatchObject({ items: [], next: null, accounts: [{ account: 'acme:a', state: 'unsupported' }] })
  })
})

/*
 * Of a synced inbox, the sync reads the accounts. Its list sends no request, so it has no deadline, passes nothing on to an
 * account, and does not wait for one. An account that fails has a state, which `synced/lists.test.ts` tests.
 */
describe('the merged list of a live inbox', () => {
  it('has the items of the others if the code of an account cannot be loaded', async () => {
    const good = fakeAccount('acme', 'good', many('acme', 'good', [1]))
    const bad = fakeAccount('acme', 'bad', [])
    const protocol = {
      vendor: 'acme',
      baseUrl: 'https://acme.example',
      authorize: () => ({}),
      readProblem: () => undefined,
    }
    const transport = createTransport(protocol, { account: 'bad', credential: 'key' })
    const missing = (): Promise<Pick<ConversationOperations, 'list'>> =>
      Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
    const conversations = lazyGroup(transport, 'conversations', missing, ['list'])
    const inbox = createInbox({ accounts: [good.adapter, { ...bad.adapter, conversations }] })
    const { items, accounts } = await inbox.conversations.list()
    expect(items).toHaveLength(1)
    expect(accounts).toMatchObject([
      { account: 'acme:good', state: 'ok' },
      { account: 'acme:bad', state: 'error', error: { code: 'network', retryable: true } },
    ])
  })

  it('passes the options of the operation to every account, with its own deadline and signal', async () => {
    const fakes = ['a', 'b'].map((name) => fakeAccount('acme', name, many('acme', name, [1])))
    const clock = { now: () => 0, after: () => () => {} }
    const inbox = createInbox({ accounts: fakes.map(({ adapter }) => adapter), deadline: 500, clock })
    const { signal } = new AbortController()
    await inbox.conversations.list({}, { raw: true, priority: 'catch-up', signal, timeout: 900 })
    for (const { options } of fakes)
      expect(options).toEqual([
        { raw: true, priority: 'catch-up', timeout: 500, signal: expect.not.objectContaining({ signal }) },
      ])
  })

  it('costs at most one page of each account for a page, and reads none twice while it is iterated', async () => {
    const busy = fakeAccount('acme', 'busy', many('acme', 'busy', [30, 29, 28, 27, 26, 25, 24, 23]))
    const quiet = fakeAccount('acme', 'quiet', many('acme', 'quiet', [3, 2, 1]))
    const inbox = createInbox({ accounts: [busy.adapter, quiet.adapter] })
    const pages = await readAll(inbox.conversations.list({ limit: 4 }))
    expect(pages.map((page) => page.items.length)).toEqual([4, 4, 3])
    expect(busy.asked).toHaveLength(2)
    expect(quiet.asked).toHaveLength(1)
  })

  it('keeps a bounded number of pages open for conversations of the same time, and has each once', async () => {
    const tied = fakeAccount('acme', 'a', many('acme', 'a', Array<number>(60).fill(1)))
    const inbox = createInbox({ accounts: [tied.adapter] })
    const refs: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const before = tied.asked.length
      const page = await inbox.conversations.list({ limit: 3, cursor })
      expect(tied.asked.length - before).toBeLessThanOrEqual(10)
      expect(page.items.length).toBeGreaterThan(0)
      refs.push(...page.items.map(({ ref }) => ref))
      cursor = page.next
    }
    expect([refs.length, new Set(refs).size]).toEqual([60, 60])
    tied.asked.length = 0
    const pages = await readAll(inbox.conversations.list({ limit: 3 }))
    expect([pages.length, tied.asked.length]).toEqual([20, 15])
  })

  it('reports a failed account as data, keeps its position, and continues when it works again', async () => {
    const good = fakeAccount('acme', 'good', many('acme', 'good', [9, 8, 7, 6, 5]))
    const bad = fakeAccount('acme', 'bad', many('acme', 'bad', [10, 4]))
    bad.behaviour.mode = 'fail'
    const inbox = createInbox({ accounts: [good.adapter, bad.adapter] })
    const page = await inbox.conversations.list({ limit: 3 })
    expect(page.items.map(({ id, account }) => `${account} ${id}`)).toEqual(['good c0', 'good c1', 'good c2'])
    expect(page.accounts).toEqual([
      { account: 'acme:good', state: 'ok', asOf: expect.stringMatching(/Z$/) },
      {
        account: 'acme:bad',
        state: 'error',
        asOf: null,
        error: { code: 'network', message: 'acme: the connection failed.', retryable: true },
      },
    ])
    bad.behaviour.mode = 'ok'
    const rest: string[] = []
    for await (const item of inbox.conversations.list({ limit: 3, cursor: page.next as string }))
      rest.push(`${item.account} ${item.id}`)
    expect(rest.toSorted()).toEqual(['bad c0', 'bad c1', 'good c3', 'good c4'])
  })

  it('ends even if the account never works again', async () => {
    const good = fakeAccount('acme', 'good', many('acme', 'good', [9, 8]))
    const bad = fakeAccount('acme', 'bad', [])
    bad.behaviour.mode = 'fail'
    const pages = await readAll(createInbox({ accounts: [good.adapter, bad.adapter] }).conversations.list())
    expect(pages.flatMap((page) => page.items)).toHaveLength(2)
    expect(pages.at(-1)?.next).toBeNull()
    expect(pages.at(-1)?.accounts.find(({ account }) => account === 'acme:bad')?.state).toBe('error')
  })

  it('waits for an account only until its deadline', async () => {
    const timers: (() => void)[] = []
    const clock = {
      now: () => 0,
      after: (_: number, callback: () => void) => {
        timers.push(callback)
        return () => {}
      },
    }
    const good = fakeAccount('acme', 'good', many('acme', 'good', [9]))
    const hanging = fakeAccount('acme', 'hanging', many('acme', 'hanging', [8]))
    hanging.behaviour.mode = 'hang'
    const inbox = createInbox({ accounts: [good.adapter, hanging.adapter], deadline: 500, clock })
    const reading = inbox.conversations.list().then((page) => page)
    await new Promise((resolve) => setImmediate(resolve))
    for (const fire of timers) fire()
    const page = await reading
    expect(page.items.map(({ id }) => id)).toEqual(['c0'])
    expect(page.accounts.map(({ state }) => state)).toEqual(['ok', 'timeout'])
  })

  it('rejects as soon as the caller aborts, even if an adapter ignores its signal', async () => {
    const deaf = fakeAccount('acme', 'deaf', [])
    deaf.behaviour.mode = 'deaf'
    const clock = { now: () => 0, after: () => () => {} }
    const inbox = createInbox({ accounts: [fakeAccount('acme', 'a', []).adapter, deaf.adapter], clock })
    const controller = new AbortController()
    const reading = inbox.conversations.list({}, { signal: controller.signal }).then(null, (reason: unknown) => reason)
    await new Promise((resolve) => setImmediate(resolve))
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await reading).toBe(reason)
    expect(deaf.options[0]?.signal?.aborted).toBe(true)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  it('passes filters to every account, and its cursor to none', async () => {
    const one = fakeAccount('acme', 'one', many('acme', 'one', [1, 2, 3, 4, 5, 6]))
    const page = await createInbox({ accounts: [one.adapter] }).conversations.list({ status: 'open', limit: 2 })
    expect(one.asked).toEqual([{ status: 'open', limit: 100 }])
    expect(page.next).toEqual(expect.any(String))
  })
})
