import { type Adapter, type Conversation, type ConversationQuery, type Page, pagedOf } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createInbox } from '../src/index.ts'
import { conversation, fakeAccount } from './fake-account.ts'

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

/** Keeps every tenth conversation, as an adapter that filters for its vendor. */
const everyTenth = (page: Page<Conversation>): Page<Conversation> => ({
  ...page,
  items: page.items.filter(({ id }) => id.endsWith('0')),
})

describe('a page of an inbox whose accounts filter', () => {
  it('is filled up to the limit, and nothing is lost or repeated', async () => {
    const accounts = [fakeAccount('acme', 'a', some('a', 60)), fakeAccount('acme', 'b', some('b', 60))]
    const inbox = createInbox({ accounts: accounts.map(({ adapter }) => changed(adapter, everyTenth)) })
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

  it('asks each account at most ten times, and can be continued', async () => {
    const account = fakeAccount('acme', 'a', some('a', 100))
    const inbox = createInbox({ accounts: [changed(account.adapter, (page) => ({ ...page, items: [] }))] })
    const page = await inbox.conversations.list()
    expect([page.items, account.asked.length]).toEqual([[], 10])
    expect(page.next).not.toBeNull()
    expect((await inbox.conversations.list({ cursor: page.next })).accounts).toMatchObject([{ state: 'ok' }])
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

describe('a filter that an account cannot answer', () => {
  const cannotSay = (page: Page<Conversation>, query: ConversationQuery) =>
    query.status === undefined
      ? page
      : { ...page, items: query.unknown === 'exclude' ? [] : page.items, unapplied: ['status'] }
  const inbox = () =>
    createInbox({
      accounts: [
        fakeAccount('acme', 'a', some('a', 2)).adapter,
        changed(fakeAccount('acme', 'b', some('b', 2)).adapter, cannotSay),
      ],
    })

  it('is named by the page and by the account, and its conversations are kept', async () => {
    const page = await inbox().conversations.list({ status: 'open' })
    expect(page.items).toHaveLength(4)
    expect(page.unapplied).toEqual(['status'])
    expect(page.accounts[0]).not.toHaveProperty('unapplied')
    expect(page.accounts[1]).toMatchObject({ account: 'acme:b', state: 'ok', unapplied: ['status'] })
  })

  it('leaves them out on request, and says so all the same', async () => {
    const page = await inbox().conversations.list({ status: 'open', unknown: 'exclude' })
    expect(page.items.map(({ account }) => account)).toEqual(['a', 'a'])
    expect(page.unapplied).toEqual(['status'])
  })

  it('is not named where nothing asks for it', async () => {
    expect(await inbox().conversations.list()).not.toHaveProperty('unapplied')
  })
})

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
