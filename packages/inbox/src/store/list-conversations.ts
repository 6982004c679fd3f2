import {
  type Conversation,
  type ConversationFilter,
  type ConversationQuery,
  decodeCursor,
  encodeCursor,
  filterSupport,
  readTimestamp,
  type Warning,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AccountState, InboxPage } from '../inbox.ts'
import type { Asked } from '../over-accounts.ts'
import { type StoredAccount, storedAccounts } from './account-states.ts'
import { isSortTime, isText } from './cursor-parts.ts'
import { idColumn } from './records.ts'
import type { Schema } from './schema.ts'
import { storable } from './search-words.ts'
import { scanInTime } from './transaction.ts'

type Condition = RawBuilder<unknown>

/** A filter in SQL. A row of which the vendor does not say whether it matches has the filter's bit in `unknowns`. */
interface Filter {
  name: ConversationFilter
  bit: number
  /** For the rows that do not have the bit. */
  condition: Condition
}

/** The bits of the column `unknowns`; the migration has the same. A search has an answer for every conversation. */
const bits: Readonly<Record<ConversationFilter, number>> = {
  ...{ status: 1, channel: 2, agentId: 4, contactId: 8, assigneeId: 16, unread: 32, isStarred: 64 },
  ...{ since: 128, until: 128, search: 0 },
}

const conditions: {
  [Name in ConversationFilter]: (wanted: NonNullable<ConversationQuery[Name]> | null) => Condition
} = {
  status: (wanted) => sql`status = ${wanted}`,
  channel: (wanted) => sql`channel = ${wanted}`,
  agentId: (wanted) => sql`agent_id = ${wanted}`,
  contactId: (wanted) => sql`contact_id = ${idColumn(wanted)}`,
  assigneeId: (wanted) => sql`assignee_id = ${idColumn(wanted)}`,
  unread: (wanted) => (wanted ? sql`unread > 0` : sql`unread <= 0`),
  isStarred: (wanted) => (wanted ? sql`is_starred` : sql`not is_starred`),
  search: (wanted) => sql`strpos(words, ${storable(String(wanted)).toLowerCase()}) > 0`,
  since: (wanted) => sql`sort_at >= ${readTimestamp(wanted)}::timestamptz`,
  until: (wanted) => sql`sort_at <= ${readTimestamp(wanted)}::timestamptz and sort_at > '-infinity'`,
}

const filtersIn = (query: ConversationQuery): Filter[] =>
  (Object.keys(bits) as ConversationFilter[]).flatMap((name) => {
    const wanted = query[name]
    return wanted === undefined ? [] : { name, bit: bits[name], condition: conditions[name](wanted as never) }
  })

/** The rows of one account with the same value in `unknowns`. */
interface Group {
  account: number
  unknowns: number
}

interface Row {
  account: number
  unknowns: number
  ref: string
  sort_at: string
  body: Conversation
  raw: unknown
}

/** No index finds a part of a text, so a rare one is looked for in every conversation that the other filters keep. */
const advice = 'Narrow it with "since", "accounts" or another filter, or search the messages with inbox.search.'

const usualLimit = 25
/** The most that one page holds. */
const mostItems = 1000

/**
 * One page of the conversations in the store, newest activity first, then by ref.
 *
 * @param milliseconds how long the filter `search` may take, in tests.
 * @throws TimeoutError if it takes longer.
 */
export async function conversationsPage(
  db: Kysely<Schema>,
  { accounts: chosen, options }: Pick<Asked, 'accounts' | 'options'>,
  query: ConversationQuery,
  cursor: string | undefined,
  milliseconds?: number,
): Promise<InboxPage<Conversation>> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readPlace)
  const accounts = await storedAccounts(db, chosen, 'conversations')
  const filters = filtersIn(query)
  const numbers = accounts.flatMap(({ no }) => no ?? [])
  const { groups, isEverything } = await groupsOf(db, numbers)
  const branches = branchesOf(groups, isEverything, filters, query.unknown === 'exclude')
  const readRows = (from: Kysely<Schema>) => read(from, branches, after, limit + 1, options.raw === true)
  const rows =
    query.search === undefined
      ? await readRows(db)
      : await scanInTime(
          db,
          { operation: 'conversations.list', advice, ...(milliseconds && { milliseconds }) },
          readRows,
        )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const unanswered = unansweredOf(accounts, filters, query.unknown === 'exclude' ? groups : shown)
  return {
    items: shown.map(({ body, raw }) => (raw == null ? body : { ...body, raw })),
    next: last && rows.length > limit ? encodeCursor([last.sort_at, last.ref]) : null,
    ...toldOf(accounts, unanswered, query),
  }
}

/**
 * The groups that the accounts have. There are few, and each costs one look into the index.
 *
 * @returns also whether these accounts are all that the store has.
 */
async function groupsOf(
  db: Kysely<Schema>,
  accounts: readonly number[],
): Promise<{ groups: Group[]; isEverything: boolean }> {
  const { rows } = await sql<{ account: number; unknowns: number[] | null; total: number }>`
    select given.account, (select count(*)::int from parley.accounts) as total, array(
      with recursive found as (
        (select unknowns from parley.conversations
          where account = given.account and deleted_at is null order by unknowns limit 1)
        union all
        select (select next.unknowns from parley.conversations as next
          where next.account = given.account and next.deleted_at is null and next.unknowns > found.unknowns
          order by next.unknowns limit 1)
        from found where found.unknowns is not null)
      select unknowns::int from found where unknowns is not null) as unknowns
    from unnest(${accounts}::smallint[]) as given (account)`.execute(db)
  return {
    groups: rows.flatMap(({ account, unknowns }) => (unknowns ?? []).map((mask) => ({ account, unknowns: mask }))),
    isEverything: rows.length > 0 && rows.length === rows[0]?.total,
  }
}

/** Where the rows of a page are read from. Each branch is read in the order of an index, so none reads many rows. */
interface Branch {
  /** `undefined`: all groups. */
  groups: readonly Group[] | undefined
  conditions: Condition[]
}

/** With more branches, planning each with its own values takes longer than it saves. */
const mostBranches = 16

/**
 * A condition such as `status = 'open' or status is null` cannot be read in the order of an index. So the rows that are
 * known to match, and those of which the vendor does not say it, are read apart.
 */
function branchesOf(
  groups: readonly Group[],
  isEverything: boolean,
  filters: readonly Filter[],
  excludes: boolean,
): Branch[] {
  const all = filters.reduce((mask, { bit }) => mask | bit, 0)
  const unansweredIn = ({ unknowns }: Group): number => unknowns & all
  const kinds = [...new Set(groups.map(unansweredIn))].filter((unanswered) => unanswered === 0 || !excludes)
  return kinds.flatMap((unanswered): Branch[] => {
    const own = groups.filter((group) => unansweredIn(group) === unanswered)
    const known = filters.filter(({ bit }) => (bit & unanswered) === 0).map(({ condition }) => condition)
    if (unanswered === 0 && isEverything) return [{ groups: undefined, conditions: known }]
    if (groups.length > mostBranches) return [{ groups: own, conditions: known }]
    if (unanswered !== 0)
      return own.map(({ account, unknowns }) => ({
        groups: undefined,
        conditions: [sql`account = ${account} and unknowns = ${unknowns}`, ...known],
      }))
    const accounts = [...new Set(own.map(({ account }) => account))]
    return accounts.map((account) => ({ groups: undefined, conditions: [sql`account = ${account}`, ...known] }))
  })
}

async function read(
  db: Kysely<Schema>,
  branches: readonly Branch[],
  after: readonly [at: string, ref: string] | undefined,
  count: number,
  withRaw: boolean,
): Promise<Row[]> {
  if (branches.length === 0) return []
  const beyond = after
    ? [sql`sort_at <= ${after[0]}::timestamptz and (sort_at < ${after[0]}::timestamptz or ref > ${after[1]})`]
    : []
  // Only columns of the index, and the bodies afterwards.
  const parts = branches.map(({ groups, conditions: own }) => {
    const where = [sql`deleted_at is null`, ...own, ...beyond]
    const rowsOf = (more: Condition[]) => sql`(
      select account, unknowns, ref, sort_at from parley.conversations where ${sql.join([...more, ...where], sql` and `)}
      order by sort_at desc, ref limit ${count})`
    if (!groups) return rowsOf([])
    const rows = rowsOf([sql`account = given.no`, sql`unknowns = given.mask`])
    return sql`(
      select rows.* from unnest(${groups.map(({ account }) => account)}::smallint[],
        ${groups.map(({ unknowns }) => unknowns)}::smallint[]) as given (no, mask)
      cross join lateral ${rows} as rows order by sort_at desc, ref limit ${count})`
  })
  const { rows } = await sql<Row>`
    with found as materialized (
      select * from (${sql.join(parts, sql` union all `)}) as part order by sort_at desc, ref limit ${count})
    select found.*, whole.body, ${withRaw ? sql`whole.raw` : sql`null::json`} as raw
    from found join parley.conversations as whole on whole.ref = found.ref
    order by found.sort_at desc, found.ref`.execute(db)
  return rows
}

/** By account, the filters that are unanswered for any of the rows, and those that its vendor never answers. */
function unansweredOf(
  accounts: readonly StoredAccount[],
  filters: readonly Filter[],
  rows: readonly Group[],
): Map<string, ConversationFilter[]> {
  const masks = new Map<number, number>()
  for (const { account, unknowns } of rows) masks.set(account, (masks.get(account) ?? 0) | unknowns)
  return new Map(
    accounts.map(({ name, no, adapter }) => {
      const mask = no === undefined ? 0 : (masks.get(no) ?? 0)
      const isUnanswered = (filter: Filter): boolean =>
        (mask & filter.bit) !== 0 || (filter.bit !== 0 && filterSupport(adapter, filter.name) === 'unanswerable')
      return [name, filters.filter(isUnanswered).map((filter) => filter.name)]
    }),
  )
}

/** What the page says about its accounts. */
function toldOf(
  accounts: readonly StoredAccount[],
  unanswered: ReadonlyMap<string, ConversationFilter[]>,
  query: ConversationQuery,
): Pick<InboxPage<Conversation>, 'accounts' | 'warnings' | 'unapplied'> {
  const unapplied = [...new Set([...unanswered.values()].flat())]
  const whatHappens = query.unknown === 'exclude' ? 'left out' : 'kept'
  const states = accounts.map(({ name, state }): AccountState => {
    const names = unanswered.get(name) ?? []
    return {
      ...state,
      ...(names.length > 0 && { unapplied: names }),
      ...(query.search !== undefined && { searched: ['titles', 'names', 'previews'] }),
    }
  })
  const warnings = accounts.flatMap(({ name, adapter: { vendor, account } }) =>
    (unanswered.get(name) ?? []).map(
      (filter): Warning => ({
        code: 'local-filter',
        message: `Conversations of which ${vendor} does not say whether they match ${filter} were ${whatHappens}.`,
        ...{ vendor, account, operation: 'conversations.list' },
      }),
    ),
  )
  return { accounts: states, warnings, ...(unapplied.length > 0 && { unapplied }) }
}

function readPlace(state: unknown): [string, string] | undefined {
  if (!Array.isArray(state)) return undefined
  const [at, ref] = state as unknown[]
  return isSortTime(at) && isText(ref) ? [at, ref] : undefined
}
