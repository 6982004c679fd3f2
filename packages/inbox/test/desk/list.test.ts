import type { Conversation } from '@parley/core'
import { createDesk } from '@parley/inbox'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { DeskQuery } from '../../src/desk/desk.ts'
import type { DeskConversation } from '../../src/desk/desk-conversation.ts'
import { deskConversation, deskConversations } from '../../src/desk/list.ts'
import { changeOverlay } from '../../src/desk/overlay.ts'
import type { Person } from '../../src/desk/person.ts'
import type { InboxPage } from '../../src/inbox.ts'
import { databaseOf } from '../../src/store/database.ts'
import { conversation, fakeAccount } from '../fake-account.ts'
import { filledStore, silentAdapter, syncedAt } from '../synced/filled.ts'
import { contextFor } from './context.ts'

const filled = await filledStore()
const db = databaseOf(filled.store)
afterEach(() => filled.clear())
afterAll(() => filled.close())

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const names = ['one', 'two']
const contextOf = contextFor(filled.store)
const context = contextOf(names.map((name) => silentAdapter('acme', name)))
const me: Person = { id: 'me', operatorIds: { 'acme:one': 'x', 'acme:two': 'y' } }

/** `undefined`: the vendor does not say, or nobody has added it. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const id = fc.constantFrom('x', 'y')

const fields = fc.record({
  minute: maybe(fc.nat(8)),
  status: fc.constantFrom('open', 'closed', 'archived', 'unknown'),
  channel: maybe(fc.constantFrom('web', 'sms', 'unknown')),
  agentId: maybe(fc.option(id)),
  contact: maybe(fc.option(fc.record({ id }))),
  assignee: maybe(fc.option(fc.record({ id }))),
  unreadCount: maybe(fc.nat(2)),
  isStarred: maybe(fc.boolean()),
  control: fc.constantFrom('agent', 'operator', 'unknown'),
  title: maybe(fc.constantFrom('Refund', 'Opening')),
})

const added = fc.record({
  status: maybe(fc.constantFrom('open', 'closed')),
  vendor_status: fc.constantFrom('open', 'closed', 'unknown', null),
  assignee: maybe(fc.constantFrom('', 'me', 'x', 'other')),
  read: maybe(fc.nat(8)),
  snoozed: maybe(fc.constantFrom('past', 'future')),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'late', 'odd'), { maxLength: 2 }),
  sends: fc.array(fc.constantFrom('recorded', 'claimed', 'sent', 'failed', 'retried', 'unknown'), { maxLength: 2 }),
})

type Fields = typeof fields extends fc.Arbitrary<infer F> ? F : never
type Added = typeof added extends fc.Arbitrary<infer F> ? F : never
interface Item {
  conversation: Conversation
  added: Added | undefined
}

const defined = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

function conversationOf(account: string, index: number, { minute, ...given }: Fields): Conversation {
  const { lastActivityAt: _, ...plain } = conversation('acme', account, `c${index}`, null)
  const { status, channel, control, ...rest } = given
  return {
    ...plain,
    ...defined({
      ...rest,
      lastActivityAt: minute === undefined ? undefined : at(minute),
      status: { value: status, native: null },
      channel: channel === undefined ? undefined : { value: channel, native: null },
      control: { holder: control, basis: 'vendor', native: null },
    }),
  } as Conversation
}

const many = <T>(values: readonly T[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))

const query: fc.Arbitrary<DeskQuery> = fc
  .record(
    {
      status: many(['open', 'closed'] as const),
      channel: many(['web', 'sms'] as const),
      agentId: many(['x', 'y']),
      contactId: many(['x', 'y']),
      assignee: many(['me', null, 'x', 'other']),
      control: many(['agent', 'operator', 'unknown'] as const),
      unread: fc.boolean(),
      isStarred: fc.boolean(),
      snoozed: fc.constantFrom(true, false, 'any' as const),
      tag: many(['vip', 'late']),
      hasOpenSends: fc.boolean(),
      search: fc.constantFrom('refund', 'nobody'),
      since: fc.nat(8).map(at),
      until: fc.nat(8).map(at),
      accounts: fc.constantFrom(['acme:one'], ['acme:two', 'acme:one']),
      unknown: fc.constantFrom('include', 'exclude'),
    },
    { requiredKeys: [] },
  )
  .map((given) => {
    const { since, until } = given
    return since && until && since > until ? { ...given, since: until, until: since } : given
  }) as never

/** Writes what the database has for an item. */
async function store(account: number, items: readonly Item[]): Promise<void> {
  for (const { conversation: each, added: own } of items) {
    if (!own) continue
    await sql`insert into parley.overlays (conversation, account, status, vendor_status, assignee_id, assignee, read_until,
        snoozed_until, tags)
      values (${each.ref}, ${account}, ${own.status ?? null}, ${own.vendor_status}, ${own.assignee ?? null},
        ${own.assignee ? JSON.stringify({ id: own.assignee }) : null}::jsonb,
        ${own.read === undefined ? null : at(own.read)}::timestamptz,
        now() + ${own.snoozed === 'past' ? '-1 hour' : own.snoozed === 'future' ? '1 hour' : null}::interval,
        ${own.tags}::text[])`.execute(db)
    for (const state of own.sends) {
      const add = (name: string, of: string | null) =>
        sql<{ id: string }>`
        insert into parley.outbox (id, account, conversation, kind, place, state, input, person, retry_of)
        values (gen_random_uuid(), ${account}, ${each.ref}, 'reply', 'vendor', ${name}, '{}', '{}', ${of}::uuid)
        on conflict do nothing returning id`.execute(db)
      const { rows } = await add(state === 'retried' ? 'failed' : state, null)
      if (state === 'retried') await add('sent', rows[0]?.id ?? null)
    }
  }
}

const isOpen = (state: string): boolean => /recorded|claimed|failed|unknown/.test(state)

/** The same by plain rules. */
function expectedOf({ conversation: each, added: own }: Item): DeskConversation {
  const counts =
    own?.status === 'closed' || (own?.status === 'open' && (own.vendor_status ?? 'unknown') === each.status.value)
  const isRead = own?.read !== undefined && (each.lastActivityAt ?? '') <= at(own.read)
  const sends = own?.sends ?? []
  return {
    ...{ ref: each.ref, account: `acme:${each.account}`, conversation: each },
    status: counts ? { value: own?.status as 'open', place: 'overlay' } : { value: each.status.value, place: 'vendor' },
    ...(own?.assignee !== undefined
      ? { assignee: { value: own.assignee === '' ? null : { id: own.assignee }, place: 'overlay' as const } }
      : each.assignee !== undefined && {
          assignee: { value: each.assignee as { id: string } | null, place: 'vendor' as const },
        }),
    unreadCount: isRead ? { value: 0, place: 'overlay' } : { value: each.unreadCount ?? null, place: 'vendor' },
    snoozedUntil: own?.snoozed === 'future' ? expect.stringMatching(/^2\d{3}-/) : null,
    tags: own?.tags ?? [],
    // At most one send of a conversation is claimed.
    openSends: sends.filter((state, index) => isOpen(state) && !(state === 'claimed' && sends.indexOf(state) < index))
      .length,
  }
}

const listOf = <T>(wanted: T | readonly T[]): readonly T[] =>
  (Array.isArray(wanted) ? wanted : [wanted]) as readonly T[]

/** For each filter, whether an item matches. `undefined`: it is not known. */
const tests: {
  [Name in keyof DeskQuery]?: (item: Item, wanted: NonNullable<DeskQuery[Name]> | null) => boolean | undefined
} = {
  status: (item, wanted) => {
    const { value } = expectedOf(item).status
    return value === 'unknown' ? undefined : listOf(wanted).includes(value as 'open')
  },
  channel: ({ conversation: { channel } }, wanted) =>
    channel === undefined || channel.value === 'unknown' ? undefined : listOf(wanted).includes(channel.value),
  agentId: ({ conversation: { agentId } }, wanted) =>
    agentId === undefined ? undefined : listOf(wanted).includes(agentId as string),
  contactId: ({ conversation: { contact } }, wanted) =>
    contact === undefined ? undefined : listOf(wanted).includes(contact?.id as string),
  assignee: (item, wanted) => {
    const { assignee } = expectedOf(item)
    if (!assignee) return undefined
    const ids = listOf(wanted).flatMap((each) =>
      each === 'me' ? ['me', me.operatorIds?.[`acme:${item.conversation.account}`]] : [each],
    )
    return ids.includes(assignee.value?.id ?? null)
  },
  control: ({ conversation: { control } }, wanted) =>
    listOf(wanted).includes(control.holder) || (control.holder === 'unknown' ? undefined : false),
  unread: (item, wanted) => {
    const { value } = expectedOf(item).unreadCount
    return value === null ? undefined : value > 0 === wanted
  },
  isStarred: ({ conversation: { isStarred } }, wanted) => (isStarred === undefined ? undefined : isStarred === wanted),
  snoozed: (item, wanted) => wanted === 'any' || (item.added?.snoozed === 'future') === wanted,
  tag: ({ added: own }, wanted) => listOf(wanted).some((tag) => own?.tags.includes(tag as 'vip')),
  hasOpenSends: ({ added: own }, wanted) =>
    (own?.sends.some((state) => /failed|unknown/.test(state)) === true) === wanted,
  search: ({ conversation: { title } }, wanted) => (title ?? '').toLowerCase().includes(String(wanted)),
  since: ({ conversation: { lastActivityAt } }, wanted) =>
    lastActivityAt ? lastActivityAt >= String(wanted) : undefined,
  until: ({ conversation: { lastActivityAt } }, wanted) =>
    lastActivityAt ? lastActivityAt <= String(wanted) : undefined,
}

const answerOf = (name: string, item: Item, wanted: unknown): boolean | undefined =>
  (tests as Record<string, (item: Item, wanted: unknown) => boolean | undefined>)[name]?.(item, wanted)

const filtersOf = (asked: DeskQuery) =>
  Object.entries({ snoozed: false, ...asked }).filter(([name]) => Object.hasOwn(tests, name))

/** The filters of which it is not known of one of the items whether it matches. */
const unansweredOf = (items: readonly Item[], asked: DeskQuery): string[] =>
  filtersOf(asked).flatMap(([name, wanted]) =>
    items.some((item) => answerOf(name, item, wanted) === undefined) ? name : [],
  )

function expectedList(items: readonly Item[], asked: DeskQuery): Item[] {
  const isWanted = (item: Item) =>
    filtersOf(asked).every(([name, wanted]) => answerOf(name, item, wanted) ?? asked.unknown !== 'exclude')
  const timeOf = ({ conversation: { lastActivityAt } }: Item) => lastActivityAt ?? ''
  return items
    .filter(isWanted)
    .toSorted((a, b) =>
      timeOf(a) === timeOf(b) ? (a.conversation.ref < b.conversation.ref ? -1 : 1) : timeOf(a) < timeOf(b) ? 1 : -1,
    )
}

const pagesOf = async (list: { pages(): AsyncIterable<InboxPage<DeskConversation>> }) => {
  const pages: InboxPage<DeskConversation>[] = []
  for await (const page of list.pages()) pages.push(page)
  return pages
}

describe('the conversations of a desk', () => {
  it('are, page by page, those that a plain filter keeps, each with what people have added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.tuple(fields, maybe(added)), { maxLength: 7 }), { minLength: 2, maxLength: 2 }),
        fc.array(query, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (accounts, queries, limit, isEarlier) => {
          await filled.clear()
          const all: Item[] = []
          for (const [index, given] of accounts.entries()) {
            const name = names[index] as string
            const no = await filled.account(`acme:${name}`)
            const own = given.map(([each, more], number) => ({
              conversation: conversationOf(name, number, each),
              added: more,
            }))
            const records = own.map(({ conversation: each }) => each)
            // As after a wipe, the conversations may come after what people have added.
            if (isEarlier) await store(no, own)
            await filled.write(
              no,
              'conversation',
              records.map((each) => ({ ...each, title: 'before' })),
            )
            if (!isEarlier) await store(no, own)
            await filled.write(no, 'conversation', records)
            all.push(...own)
          }
          for (const asked of queries) {
            const chosen = all.filter(({ conversation: { account } }) =>
              (asked.accounts ?? ['acme:one', 'acme:two']).includes(`acme:${account}`),
            )
            const pages = await pagesOf(deskConversations(context, me, { ...asked, limit }))
            expect(pages.flatMap(({ items }) => items)).toEqual(expectedList(chosen, asked).map(expectedOf))
            for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(limit)
            for (const { items, unapplied = [] } of pages) {
              const shown = chosen.filter(({ conversation: { ref } }) => items.some((item) => item.ref === ref))
              const unanswered = unansweredOf(asked.unknown === 'exclude' ? chosen : shown, asked)
              expect(unapplied.toSorted()).toEqual(unanswered.toSorted())
            }
            expect(pages[0]?.accounts.map(({ state, asOf }) => [state, asOf])).toEqual(
              (asked.accounts ?? names).map(() => ['ok', syncedAt]),
            )
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a conversation of a desk', () => {
  it('comes from its vendor if the store lacks it, with what people have added', async () => {
    const chat = conversation('acme', 'one', 'c1', at(1))
    const { adapter } = fakeAccount('acme', 'one', [chat])
    const from = contextOf([adapter])
    const added: Added = {
      status: 'closed',
      vendor_status: 'open',
      assignee: 'me',
      read: 1,
      snoozed: 'future',
      tags: ['vip'],
      sends: ['failed'],
    }
    await store(await filled.account('acme:one'), [{ conversation: chat, added }])
    expect(await deskConversation(from, chat.ref)).toEqual(expectedOf({ conversation: chat, added }))
    await filled.write(1, 'conversation', [chat])
    expect(await deskConversation(from, chat.ref)).toEqual(expectedOf({ conversation: chat, added }))
    // What the vendor says later does not end a closing, but a reopening.
    await filled.sql("update parley.overlays set status = 'open'")
    const closed: Conversation = { ...chat, status: { value: 'closed', native: null } }
    await filled.write(1, 'conversation', [closed])
    expect((await deskConversation(from, chat.ref)).status).toEqual({ value: 'closed', place: 'vendor' })
    await expect(deskConversation(from, 'acme:one/contact/x')).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('is read with the options of the call', async () => {
    const { adapter } = fakeAccount('acme', 'one', [conversation('acme', 'one', 'c1', at(1))])
    const desk = createDesk({ store: filled.store, accounts: [adapter] })
    const signal = AbortSignal.abort()
    await expect(desk.conversation('acme:one/conversation/c1', { signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('is found by the id of a person or an operator that refs must encode', async () => {
    const [ours, theirs] = ['ada@quill.example', 'op@acme.example']
    const [first, second] = [conversation('acme', 'one', 'c1', at(1)), conversation('acme', 'one', 'c2', at(2))]
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [first, { ...second, assignee: { id: theirs } }])
    await changeOverlay(db, no, first.ref, { assignee: { id: ours } })
    const ada: Person = { id: ours, operatorIds: { 'acme:one': theirs } }
    const found = async (assignee: string) =>
      (await deskConversations(context, ada, { assignee, unknown: 'exclude' })).items.map(({ ref }) => ref)
    expect(await found('me')).toEqual([second.ref, first.ref])
    expect(await found(ours)).toEqual([first.ref])
    expect(await found(theirs)).toEqual([second.ref])
    expect((await deskConversation(context, first.ref)).assignee).toEqual({ value: { id: ours }, place: 'overlay' })
  })

  it('shows an operator whom the vendor names without an id', async () => {
    const chat = { ...conversation('acme', 'one', 'c1', at(1)), assignee: { id: null, name: 'Kim' } }
    await filled.write(await filled.account('acme:one'), 'conversation', [chat])
    expect((await deskConversation(context, chat.ref)).assignee).toEqual({
      value: { id: '', name: 'Kim' },
      place: 'vendor',
    })
  })
})

describe('a list of a desk', () => {
  it('refuses what is no query, a cursor of another person, and "me" of nobody', async () => {
    await filled.write(
      await filled.account('acme:one'),
      'conversation',
      [1, 2].map((minute) => ({ ...conversation('acme', 'one', `c${minute}`, at(minute)), assignee: { id: 'x' } })),
    )
    const query: DeskQuery = { assignee: 'me', limit: 1, unknown: 'exclude' }
    const { next } = await deskConversations(context, me, query)
    expect((await deskConversations(context, me, { ...query, cursor: next })).items).toMatchObject([
      { ref: 'acme:one/conversation/c1' },
    ])
    const refused = { code: 'invalid-request', outcome: 'not-done' }
    const lists: [Person | undefined, object | null, string?][] = [
      [{ id: 'other', operatorIds: { 'acme:one': 'x' } }, { ...query, cursor: next }, 'cursor'],
      [undefined, query, 'assignee'],
      [me, { limit: 0 }, 'limit'],
      [me, { cursor: 'nonsense' }, 'cursor'],
      [me, { cursor: 5 }, 'cursor'],
      [me, { state: 'open' }, 'state'],
      [me, null, 'query'],
    ]
    for (const [person, asked, path] of lists)
      await expect(deskConversations(context, person, asked as never)).rejects.toMatchObject({
        ...refused,
        fields: [{ path }],
      })
    await expect(deskConversations(context, me, {}, { timeout: -1 })).rejects.toMatchObject(refused)
    await expect(deskConversations(context, me, { accounts: ['acme:none'] })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
