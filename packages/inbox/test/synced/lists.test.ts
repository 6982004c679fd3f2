import { type Conversation, type ConversationFilter, type ConversationQuery, IncompleteError } from '@parley/core'
import { createInbox, type InboxPage } from '@parley/inbox'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { filterLocally } from '../../../core/src/paging/filter.ts'
import { databaseOf } from '../../src/store/database.ts'
import { conversationsPage } from '../../src/store/list-conversations.ts'
import { foundContacts } from '../../src/store/list-records.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, silentAdapter, syncedAt } from './filled.ts'

const filled = await filledStore()
afterEach(() => filled.clear())
afterAll(() => filled.close())

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const names = ['one', 'two', 'three']
const inboxOf = (accounts: readonly string[] = names) =>
  createInbox({ store: filled.store, accounts: accounts.map((name) => silentAdapter('acme', name)) })

/** `undefined`: the vendor does not say. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const id = fc.constantFrom('x', 'y')

const fields = fc.record({
  minute: maybe(fc.option(fc.nat(8))),
  status: fc.constantFrom('open', 'closed', 'archived', 'unknown'),
  channel: maybe(fc.option(fc.constantFrom('web', 'sms', 'unknown'))),
  agentId: maybe(fc.option(id)),
  contact: maybe(fc.option(fc.record({ id: fc.option(id), name: maybe(fc.constantFrom('Ada Straße', 'Ben')) }))),
  assignee: maybe(fc.option(fc.record({ id: fc.option(id) }))),
  unreadCount: maybe(fc.nat(2)),
  isStarred: maybe(fc.boolean()),
  title: maybe(fc.constantFrom('Refund', 'Opening')),
})

const defined = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

const conversationOf = (
  account: string,
  index: number,
  { minute, ...given }: typeof fields extends fc.Arbitrary<infer F> ? F : never,
): Conversation => {
  const { lastActivityAt: _, ...plain } = conversation('acme', account, `c${index}`, null)
  const { status, channel, contact, ...rest } = given
  return {
    ...plain,
    ...defined({
      ...rest,
      lastActivityAt: minute == null ? minute : at(minute),
      status: { value: status, native: null },
      channel: channel == null ? channel : { value: channel, native: null },
      contact: contact && defined(contact),
    }),
  } as Conversation
}

const query: fc.Arbitrary<ConversationQuery> = fc
  .record({
    status: maybe(fc.constantFrom('open', 'closed')),
    channel: maybe(fc.constantFrom('web', 'sms')),
    agentId: maybe(id),
    contactId: maybe(id),
    assigneeId: maybe(fc.option(id)),
    unread: maybe(fc.boolean()),
    isStarred: maybe(fc.boolean()),
    search: maybe(fc.constantFrom('refund', 'ADA S', 'nobody')),
    since: maybe(fc.nat(8).map(at)),
    until: maybe(fc.nat(8).map(at)),
    unknown: maybe(fc.constantFrom('include', 'exclude')),
  })
  .map((given) => {
    const { since, until } = given
    return defined(since && until && since > until ? { ...given, since: until, until: since } : given)
  })

/** The same by a plain sort and filter. */
function expected(all: Conversation[], wanted: ConversationQuery): Conversation[] {
  const reading = { vendor: 'acme', warn() {}, warnings: [] }
  const { items } = filterLocally(all, wanted, new Set(), {}, reading as never)
  return items.toSorted((a, b) => {
    const [first, second] = [a.lastActivityAt ?? '', b.lastActivityAt ?? '']
    if (first !== second) return first < second ? 1 : -1
    return a.ref < b.ref ? -1 : 1
  })
}

const isUnknown: Partial<Record<ConversationFilter, (item: Conversation) => boolean>> = {
  status: ({ status }) => status.value === 'unknown',
  channel: ({ channel }) => channel === undefined || channel?.value === 'unknown',
  agentId: ({ agentId }) => agentId === undefined,
  contactId: ({ contact }) => contact === undefined,
  assigneeId: ({ assignee }) => assignee === undefined,
  unread: ({ unreadCount }) => unreadCount === undefined,
  isStarred: ({ isStarred }) => isStarred === undefined,
  since: ({ lastActivityAt }) => !lastActivityAt,
  until: ({ lastActivityAt }) => !lastActivityAt,
}

const pagesOf = async (list: { pages(): AsyncIterable<InboxPage<Conversation>> }) => {
  const pages: InboxPage<Conversation>[] = []
  for await (const page of list.pages()) pages.push(page)
  return pages
}

describe('the lists of a synced inbox', () => {
  it('have, page by page, what a plain sort and filter of the same conversations has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fields, { maxLength: 12 }), { minLength: 3, maxLength: 3 }),
        query,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(names, ['one'], ['two', 'three']),
        fc.boolean(),
        async (accounts, wanted, limit, chosen, isFewer) => {
          await filled.clear()
          const all: Conversation[] = []
          for (const [index, given] of accounts.entries()) {
            const name = names[index] as string
            const own = given.map((each, number) => conversationOf(name, number, each))
            await filled.write(await filled.account(`acme:${name}`), 'conversation', own)
            if (chosen.includes(name)) all.push(...own)
          }
          // Either the query chooses the accounts, or the inbox has no others.
          const inbox = inboxOf(isFewer ? chosen : names)
          const asked = { ...wanted, limit, accounts: chosen.map((name) => `acme:${name}`) }
          const pages = await pagesOf(inbox.conversations.list(asked))
          const want = expected(all, wanted)
          expect(pages.flatMap(({ items }) => items)).toEqual(want)
          for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(limit)
          const filterNames = Object.keys(isUnknown) as ConversationFilter[]
          for (const { items, unapplied = [], accounts: states } of pages) {
            const from = wanted.unknown === 'exclude' ? all : items
            const open = filterNames.filter((name) => name in wanted && from.some((item) => isUnknown[name]?.(item)))
            expect(unapplied.toSorted()).toEqual(open.toSorted())
            expect(states.map(({ account, state, asOf }) => ({ account, state, asOf }))).toEqual(
              asked.accounts.map((account) => ({ account, state: 'ok', asOf: syncedAt })),
            )
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('say which accounts were never read to their end, and the iteration does not end as if it had everything', async () => {
    const read = await filled.account('acme:one')
    await filled.write(read, 'conversation', [conversation('acme', 'one', 'c1', at(1))])
    await filled.account('acme:two')
    await filled.sql(`update parley.streams set caught_up_at = null where account <> ${read}`)
    const inbox = inboxOf()
    const { items, accounts } = await inbox.conversations.list()
    expect(items).toHaveLength(1)
    expect(accounts).toMatchObject([
      { account: 'acme:one', state: 'ok', asOf: syncedAt },
      { account: 'acme:two', state: 'unsynced', asOf: null, error: { code: 'unsynced', retryable: true } },
      { account: 'acme:three', state: 'unsynced', asOf: null, error: { code: 'unsynced', retryable: true } },
    ])
    const iterate = async (partial: boolean) => {
      for await (const _ of inbox.conversations.list({ partial }));
    }
    await expect(iterate(false)).rejects.toThrow(IncompleteError)
    await iterate(true)
  })

  it('show what is stored of an account whose sync has stopped, with its error', async () => {
    const read = await filled.account('acme:one')
    await filled.write(read, 'conversation', [conversation('acme', 'one', 'c1', at(1))])
    const error = { code: 'authentication', message: 'The key was refused.' }
    await filled.sql(`update parley.accounts set state = 'stopped', error = '${JSON.stringify(error)}'`)
    const { items, accounts } = await inboxOf(['one']).conversations.list()
    expect(items).toHaveLength(1)
    expect(accounts).toEqual([
      { account: 'acme:one', state: 'error', asOf: syncedAt, error: { ...error, retryable: false } },
    ])
  })

  it('fail if the filter search takes too long, with what to do', async ({ skip }) => {
    if (filled.isEmbedded) skip('PGlite has no timeout.')
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [conversation('acme', 'one', 'c1', at(1))])
    await filled.write(no, 'contact', [{ ref: 'acme:one/contact/a', vendor: 'acme', account: 'one', id: 'a' }])
    const db = databaseOf(filled.store)
    const accounts = [{ name: 'acme:one', adapter: silentAdapter('acme', 'one') }]
    for (const table of ['conversations', 'contacts'])
      await filled.sql(`
        alter table parley.${table} rename to ${table}_table;
        create view parley.${table} as select * from parley.${table}_table where pg_sleep(0.1) is not null`)
    try {
      const search = 'nobody'
      for (const [operation, read] of [
        ['conversations.list', () => conversationsPage(db, { accounts, options: {} }, { search }, undefined, 20)],
        ['contacts.search', () => foundContacts(db, no, { text: search }, undefined, false, 20)],
      ] as const)
        await expect(read()).rejects.toMatchObject({
          ...{ code: 'timeout', operation, retryable: true },
          message: expect.stringMatching(/took longer than 0.02 seconds and was stopped\. \w+/),
        })
    } finally {
      for (const table of ['conversations', 'contacts'])
        await filled.sql(`drop view parley.${table}; alter table parley.${table}_table rename to ${table}`)
    }
  })

  it('refuse a cursor of another list, and options of a vendor', async () => {
    const read = await filled.account('acme:one')
    await filled.write(
      read,
      'conversation',
      [1, 2, 3].map((minute) => conversation('acme', 'one', `c${minute}`, at(minute))),
    )
    const inbox = inboxOf(['one'])
    const { next } = await inbox.conversations.list({ limit: 1 })
    expect((await inbox.conversations.list({ limit: 1, cursor: next })).items).toMatchObject([{ id: 'c2' }])
    const refused = { code: 'invalid-request' }
    await expect(inbox.conversations.list({ limit: 1, status: 'open', cursor: next })).rejects.toMatchObject(refused)
    await expect(inboxOf(['one', 'two']).conversations.list({ limit: 1, cursor: next })).rejects.toMatchObject(refused)
    await expect(inbox.conversations.list({ vendor: { acme: {} } as never })).rejects.toMatchObject(refused)
    await expect(inbox.conversations.list({ state: 'open' } as never)).rejects.toMatchObject(refused)
  })

  it('do not have what was deleted', async () => {
    const read = await filled.account('acme:one')
    await filled.write(read, 'conversation', [conversation('acme', 'one', 'c1', at(1))])
    await filled.sql('update parley.conversations set deleted_at = now()')
    expect((await inboxOf(['one']).conversations.list()).items).toEqual([])
  })
})
