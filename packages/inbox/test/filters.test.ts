import { type Adapter, type Conversation, type ConversationQuery, type Page, pagedOf } from '@parley/core'
import { createInbox, type InboxPage } from '@parley/inbox'
import { afterAll, describe, expect, it } from 'vitest'
import { conversation, fakeAccount } from './fake-account.ts'
import { waysOfInboxes } from './ways.ts'

const ways = await waysOfInboxes()
afterAll(() => Promise.all(ways.map((way) => way.close())))

const minutes = (count: number): string => new Date(Date.UTC(2026, 0, 1) - count * 60_000).toISOString()

const some = (account: string, count: number): Conversation[] =>
  Array.from({ length: count }, (_, index) => conversation('acme', account, `${account}-${index}`, minutes(index)))

/** An account whose pages go through this before they are given. */
function changed(
  adapter: Adapter,
  change: (page: Page<Conversation>, query: ConversationQuery) => Page<Conversation>,
): Adapter {
  const list = adapter.conversations?.list
  if (!list) return adapter
  return {
    ...adapter,
    conversations: {
      ...adapter.conversations,
      list: (query = {}, options) => {
        const listed = list(query, options)
        return pagedOf<Conversation>({
          first: () => listed.then((page) => change(page, query)),
          async *pages() {
            for await (const page of listed.pages()) yield change(page, query)
          },
          async *items() {
            for await (const page of listed.pages()) yield* change(page, query).items
          },
        })
      },
    },
  }
}

const nothing = (page: Page<Conversation>): Page<Conversation> => ({ ...page, items: [] })

async function readAll(list: { pages(): AsyncIterable<InboxPage<Conversation>> }): Promise<InboxPage<Conversation>[]> {
  const pages: InboxPage<Conversation>[] = []
  for await (const page of list.pages()) pages.push(page)
  return pages
}

/** Keeps every tenth conversation, as an adapter that filters for its vendor. */
const everyTenth = (page: Page<Conversation>): Page<Conversation> => ({
  ...page,
  items: page.items.filter(({ id }) => id.endsWith('0')),
})

describe.each(ways)('a page of $name whose accounts filter', (way) => {
  it('is filled up to the limit, and nothing is lost or repeated', async () => {
    const accounts = [fakeAccount('acme', 'a', some('a', 60)), fakeAccount('acme', 'b', some('b', 60))]
    const { inbox } = await way.make(accounts.map(({ adapter }) => changed(adapter, everyTenth)))
    const ids: string[] = []
    let pages = 0
    for (let cursor: string | null | undefined; cursor !== null && pages < 20; pages++) {
      const page = await inbox.conversations.list({ limit: 3, cursor })
      ids.push(...page.items.map(({ id }) => id))
      if (page.next !== null) expect(page.items).toHaveLength(3)
      cursor = page.next
    }
    const wanted = [0, 10, 20, 30, 40, 50].flatMap((index) => [`a-${index}`, `b-${index}`])
    expect(ids).toEqual(wanted)
    expect(pages).toBeLessThanOrEqual(5)
  })
})

// A synced inbox sends no request for a page.
describe('a page of a live inbox whose accounts filter', () => {
  it('asks each account at most ten times, says so, and can be continued', async () => {
    const account = fakeAccount('acme', 'a', some('a', 100))
    const inbox = createInbox({ accounts: [changed(account.adapter, nothing)] })
    const page = await inbox.conversations.list()
    expect([page.items, account.asked.length]).toEqual([[], 10])
    expect(page.accounts).toMatchObject([{ state: 'ok', stoppedBy: 'requests' }])
    expect(page.next).not.toBeNull()
    const last = (await readAll(inbox.conversations.list({ cursor: page.next }))).at(-1)
    expect([last?.accounts[0]?.state, last?.accounts[0]?.stoppedBy]).toEqual(['ok', undefined])
    expect(account.asked).toHaveLength(25)
  })

  it('has what the others have if a bound stops an account before anything was found', async () => {
    const poor = fakeAccount('acme', 'a', some('a', 100))
    const rich = fakeAccount('acme', 'b', some('b', 9))
    const inbox = createInbox({ accounts: [changed(poor.adapter, nothing), rich.adapter] })
    const page = await inbox.conversations.list({ limit: 6 })
    expect(page.items.map(({ id }) => id)).toEqual(['b-0', 'b-1', 'b-2', 'b-3', 'b-4', 'b-5'])
    expect(page.accounts.map(({ state, stoppedBy }) => [state, stoppedBy])).toEqual([
      ['ok', 'requests'],
      ['ok', undefined],
    ])
  })

  it('ends early rather than have something older than what a stopped account has next', async () => {
    const sparse = fakeAccount('acme', 'a', some('a', 60))
    const old = fakeAccount('acme', 'b', some('b', 90).slice(50))
    const firstAndLast = (page: Page<Conversation>) => ({
      ...page,
      items: page.items.filter(({ id }) => id === 'a-0' || id === 'a-45'),
    })
    const inbox = createInbox({ accounts: [changed(sparse.adapter, firstAndLast), old.adapter] })
    const pages = await readAll(inbox.conversations.list({ limit: 3 }))
    expect(pages[0]?.items.map(({ id }) => id)).toEqual(['a-0'])
    expect(pages[0]?.accounts[0]).toMatchObject({ state: 'ok', stoppedBy: 'requests' })
    expect(pages[1]?.items.map(({ id }) => id)).toEqual(['a-45', 'b-50', 'b-51'])
  })

  it.each([
    ['of an adapter that ignores it', 'deaf'],
    ['of an adapter that obeys it', 'late'],
    ['that would have to wait longer for the vendor’s rate limit', 'limited'],
  ] as const)('is short, and its account has answered, if the deadline ends a later round %s', async (_, mode) => {
    let isDue = (): void => {}
    const clock = {
      now: () => 0,
      after: (_: number, callback: () => void) => {
        isDue = callback
        return () => {}
      },
    }
    const slow = fakeAccount('acme', 'a', some('a', 40))
    const late = changed(slow.adapter, (page) => {
      slow.behaviour.mode = mode
      setImmediate(() => isDue())
      return everyTenth(page)
    })
    const inbox = createInbox({ accounts: [late], deadline: 500, clock })
    const page = await inbox.conversations.list({ limit: 3 })
    expect(page.items.map(({ id }) => id)).toEqual(['a-0'])
    expect(page.accounts).toEqual([
      { account: 'acme:a', state: 'ok', asOf: '1970-01-01T00:00:00.000Z', stoppedBy: 'deadline' },
    ])
    const later: string[] = []
    for (let { next } = page; next !== null && later.length === 0; ) {
      slow.behaviour.mode = 'ok'
      const following = await inbox.conversations.list({ cursor: next })
      later.push(...following.items.map(({ id }) => id))
      next = following.next
    }
    expect(later).toEqual(['a-10'])
  })

  it('costs no request after the deadline', async () => {
    let now = 0
    const clock = { now: () => now, after: () => () => {} }
    const account = fakeAccount('acme', 'a', some('a', 40))
    const passing = changed(account.adapter, (page) => {
      now += 200
      return everyTenth(page)
    })
    const page = await createInbox({ accounts: [passing], deadline: 500, clock }).conversations.list({ limit: 30 })
    expect(page.items.map(({ id }) => id)).toEqual(['a-0', 'a-10'])
    expect(page.accounts).toMatchObject([{ state: 'ok', stoppedBy: 'deadline' }])
    expect(account.asked).toHaveLength(3)
  })

  it('asks a failing account once', async () => {
    const good = fakeAccount('acme', 'a', some('a', 40))
    const bad = fakeAccount('acme', 'b', [])
    bad.behaviour.mode = 'fail'
    const inbox = createInbox({ accounts: [changed(good.adapter, everyTenth), bad.adapter] })
    const page = await inbox.conversations.list({ limit: 3 })
    expect(page.items.map(({ id }) => id)).toEqual(['a-0', 'a-10', 'a-20'])
    expect(page.accounts).toMatchObject([{ state: 'ok' }, { state: 'error' }])
    expect(bad.asked).toHaveLength(1)
  })
})

// A synced inbox sends none.
describe('the requests of a filtered list', () => {
  const filters = { status: 'vendor', unread: 'unanswerable' } as const
  const account = (name: string, max?: number) => {
    const fake = fakeAccount('acme', name, some(name, 5))
    const pageSize = max === undefined ? {} : { 'conversations.list': { default: 10, max } }
    return { ...fake, adapter: { ...fake.adapter, limits: { ...fake.adapter.limits, filters, pageSize } } }
  }
  const limitsAsked = async (query: ConversationQuery, max?: number) => {
    const { adapter, asked } = account('a', max)
    await createInbox({ accounts: [adapter] }).conversations.list(query)
    return [...new Set(asked.map(({ limit }) => limit))]
  }

  it('list at least a hundred conversations where Parley filters', async () => {
    expect(await limitsAsked({ search: 'x', limit: 3 })).toEqual([100])
    expect(await limitsAsked({ search: 'x', limit: 300 })).toEqual([301])
    expect(await limitsAsked({ search: 'x', limit: 3 }, 50)).toEqual([50])
    expect(await limitsAsked({ status: 'open', unknown: 'exclude', limit: 3 })).toEqual([100])
  })

  it('list one more than the page has where nothing is left out', async () => {
    expect(await limitsAsked({ limit: 3 })).toEqual([4])
    expect(await limitsAsked({ status: 'open', search: undefined, limit: 3 } as never)).toEqual([4])
    expect(await limitsAsked({ unread: true, limit: 3 })).toEqual([4])
    expect(await limitsAsked({ unknown: 'exclude', limit: 3 })).toEqual([4])
  })

  it('are not made to an account of which a filter leaves nothing', async () => {
    const [one, other] = [account('a'), fakeAccount('acme', 'b', some('b', 5), 3)]
    const inbox = createInbox({ accounts: [one.adapter, other.adapter] })
    const pages = await readAll(inbox.conversations.list({ unread: true, unknown: 'exclude', limit: 3 }))
    expect(one.asked).toEqual([])
    expect(pages.map(({ accounts }) => accounts[0])).toEqual([
      { account: 'acme:a', state: 'ok', asOf: null, unapplied: ['unread'] },
      { account: 'acme:a', state: 'done', asOf: null },
    ])
    expect(pages[0]?.unapplied).toEqual(['unread'])
  })
})

describe.each(ways)('a filter that an account of $name cannot answer', (way) => {
  const cannotSay = (page: Page<Conversation>, query: ConversationQuery) =>
    query.status === undefined
      ? page
      : { ...page, items: query.unknown === 'exclude' ? [] : page.items, unapplied: ['status'] }
  const silent = some('b', 2).map((item): Conversation => ({ ...item, status: { value: 'unknown', native: null } }))
  const make = async () =>
    (
      await way.make([
        fakeAccount('acme', 'a', some('a', 2)).adapter,
        changed(fakeAccount('acme', 'b', silent).adapter, cannotSay),
      ])
    ).inbox

  it('is named by the page and by the account, and its conversations are kept', async () => {
    const page = await (await make()).conversations.list({ status: 'open' })
    expect(page.items).toHaveLength(4)
    expect(page.unapplied).toEqual(['status'])
    expect(page.accounts[0]).not.toHaveProperty('unapplied')
    expect(page.accounts[1]).toMatchObject({ account: 'acme:b', state: 'ok', unapplied: ['status'] })
  })

  it('leaves them out on request, and says so all the same', async () => {
    const page = await (await make()).conversations.list({ status: 'open', unknown: 'exclude' })
    expect(page.items.map(({ account }) => account)).toEqual(['a', 'a'])
    expect(page.unapplied).toEqual(['status'])
  })

  it('is not named where nothing asks for it', async () => {
    expect(await (await make()).conversations.list()).not.toHaveProperty('unapplied')
  })
})

// A synced inbox looks through the same fields of every account, as `synced/lists.test.ts` tests.
describe('a search', () => {
  it('says what each account looked through', async () => {
    const one = fakeAccount('acme', 'a', some('a', 1)).adapter
    const other = fakeAccount('acme', 'b', some('b', 1)).adapter
    const inbox = createInbox({
      accounts: [{ ...one, limits: { ...one.limits, search: ['titles', 'bodies'] } }, other],
    })
    const [first, second] = (await inbox.conversations.list({ search: 'hours' })).accounts
    expect(first?.searched).toEqual(['titles', 'bodies'])
    expect(second).not.toHaveProperty('searched')
    expect((await inbox.conversations.list()).accounts[0]).not.toHaveProperty('searched')
  })
})
