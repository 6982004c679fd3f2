import {
  type Conversation,
  type ConversationFilter,
  decodeCursor,
  encodeCursor,
  filterSupport,
  type Warning,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AccountState, InboxPage } from '../inbox.ts'
import type { Asked } from '../over-accounts.ts'
import { type StoredAccount, storedAccounts } from './account-states.ts'
import { isSortTime, isText } from './cursor-parts.ts'
import type { Schema } from './schema.ts'
import { scanInTime } from './transaction.ts'

export type Condition = RawBuilder<unknown>

/** A filter in SQL. A row of which it is not known whether it matches has the filter's bit in `unknowns`. */
export interface RowFilter {
  name: string
  /** The name in the contract, if an adapter may say that its vendor never answers it. */
  contract?: ConversationFilter
  /** 0: it is known of every row. */
  bit: number
  /**
   * For the rows that do not have the bit. Of several, one must hold. The rows of each are read apart, in the order of an
   * index, so no row may match two of them.
   */
  conditions: readonly Condition[]
}

/** What rows are wanted. */
export interface RowsQuery {
  /** For errors and warnings. */
  operation: string
  filters: readonly RowFilter[]
  limit?: number | undefined
  unknown?: 'include' | 'exclude' | undefined
  /** The column with the bits. */
  bits: 'unknowns' | 'desk_unknowns'
  /** Whether one of the filters is a search, which looks at every row. */
  isSearch: boolean
}

/** The rows of one account with the same value in `unknowns`. */
interface Group {
  account: number
  unknowns: number
}

export interface ConversationRow extends Group {
  ref: string
  /** `-infinity`: there is no time. */
  sort_at: string
  body: Conversation
  /** `null`: it was not asked for, or it is not stored. */
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
 * @param milliseconds how long a search may take, in tests.
 * @throws TimeoutError if it takes longer.
 */
export async function rowsPage(
  db: Kysely<Schema>,
  { accounts: chosen, options }: Pick<Asked, 'accounts' | 'options'>,
  query: RowsQuery,
  cursor: string | undefined,
  milliseconds?: number,
): Promise<InboxPage<ConversationRow>> {
  const { operation, filters, isSearch } = query
  const mask = sql.ref(query.bits)
  const excludes = query.unknown === 'exclude'
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readPlace)
  const accounts = await storedAccounts(db, chosen, 'conversations')
  const numbers = accounts.flatMap(({ no }) => no ?? [])
  const { groups, isEverything } = await groupsOf(db, numbers, mask)
  const branches = branchesOf(groups, isEverything, filters, excludes, mask)
  const readRows = (from: Kysely<Schema>) => read(from, branches, after, limit + 1, options.raw === true, mask)
  const rows = isSearch
    ? await scanInTime(db, { operation, advice, ...(milliseconds && { milliseconds }) }, readRows)
    : await readRows(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown,
    next: last && rows.length > limit ? encodeCursor([last.sort_at, last.ref]) : null,
    ...toldOf(accounts, unansweredOf(accounts, filters, excludes ? groups : shown), query),
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
  mask: Condition,
): Promise<{ groups: Group[]; isEverything: boolean }> {
  const { rows } = await sql<{ account: number; unknowns: number[] | null; total: number }>`
    select given.account, (select count(*)::int from parley.accounts) as total, array(
      with recursive found as (
        (select ${mask} as unknowns from parley.conversations
          where account = given.account and deleted_at is null order by ${mask} limit 1)
        union all
        select (select ${mask} from parley.conversations
          where account = given.account and deleted_at is null and ${mask} > found.unknowns order by ${mask} limit 1)
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
 * known to match, and those of which it is not known, are read apart.
 */
function branchesOf(
  groups: readonly Group[],
  isEverything: boolean,
  filters: readonly RowFilter[],
  excludes: boolean,
  mask: Condition,
): Branch[] {
  const all = filters.reduce((mask, { bit }) => mask | bit, 0)
  const unansweredIn = ({ unknowns }: Group): number => unknowns & all
  const kinds = [...new Set(groups.map(unansweredIn))].filter((unanswered) => unanswered === 0 || !excludes)
  return kinds.flatMap((unanswered): Branch[] => {
    const own = groups.filter((group) => unansweredIn(group) === unanswered)
    const known = choicesOf(filters.filter(({ bit }) => (bit & unanswered) === 0))
    // The conditions leave out the rows of other kinds by themselves.
    const accounts = [...new Set(own.map(({ account }) => account))].map((account) => sql`account = ${account}`)
    const isOfGroup = ({ account, unknowns }: Group) => sql`account = ${account} and ${mask} = ${unknowns}`
    const places: Condition[][] =
      unanswered !== 0 ? own.map((group) => [isOfGroup(group)]) : isEverything ? [[]] : accounts.map((each) => [each])
    const isMany = (unanswered === 0 ? places : groups).length * known.length > mostBranches
    if (isMany) return known.map((conditions) => ({ groups: own, conditions }))
    return places.flatMap((place) => known.map((own) => ({ groups: undefined, conditions: [...place, ...own] })))
  })
}

const mostChoices = 8

/** One list of conditions for each choice of one condition of each filter, unless these are too many. */
const choicesOf = (filters: readonly RowFilter[]): Condition[][] =>
  filters.reduce<Condition[][]>(
    (choices, { conditions }) =>
      choices.length * conditions.length > mostChoices
        ? choices.map((own) => [...own, sql`(${sql.join(conditions, sql` or `)})`])
        : choices.flatMap((own) => conditions.map((condition) => [...own, condition])),
    [[]],
  )

async function read(
  db: Kysely<Schema>,
  branches: readonly Branch[],
  after: readonly [at: string, ref: string] | undefined,
  count: number,
  withRaw: boolean,
  mask: Condition,
): Promise<ConversationRow[]> {
  if (branches.length === 0) return []
  const beyond = after
    ? [sql`sort_at <= ${after[0]}::timestamptz and (sort_at < ${after[0]}::timestamptz or ref > ${after[1]})`]
    : []
  // Only columns of the index, and the bodies afterwards.
  const parts = branches.map(({ groups, conditions: own }) => {
    const where = [sql`deleted_at is null`, ...own, ...beyond]
    const rowsOf = (more: Condition[]) => sql`(
      select account, ${mask} as unknowns, ref, sort_at from parley.conversations where ${sql.join([...more, ...where], sql` and `)}
      order by sort_at desc, ref limit ${count})`
    if (!groups) return rowsOf([])
    const rows = rowsOf([sql`account = given.no`, sql`${mask} = given.mask`])
    return sql`(
      select rows.* from unnest(${groups.map(({ account }) => account)}::smallint[],
        ${groups.map(({ unknowns }) => unknowns)}::smallint[]) as given (no, mask)
      cross join lateral ${rows} as rows order by sort_at desc, ref limit ${count})`
  })
  const { rows } = await sql<ConversationRow>`
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
  filters: readonly RowFilter[],
  rows: readonly Group[],
): Map<string, string[]> {
  const masks = new Map<number, number>()
  for (const { account, unknowns } of rows) masks.set(account, (masks.get(account) ?? 0) | unknowns)
  return new Map(
    accounts.map(({ name, no, adapter }) => {
      const mask = no === undefined ? 0 : (masks.get(no) ?? 0)
      const isUnanswered = ({ bit, contract }: RowFilter): boolean =>
        (mask & bit) !== 0 ||
        (bit !== 0 && contract !== undefined && filterSupport(adapter, contract) === 'unanswerable')
      return [name, filters.filter(isUnanswered).map((filter) => filter.name)]
    }),
  )
}

/** What the page says about its accounts. */
function toldOf(
  accounts: readonly StoredAccount[],
  unanswered: ReadonlyMap<string, string[]>,
  { operation, unknown, isSearch }: RowsQuery,
): Pick<InboxPage<ConversationRow>, 'accounts' | 'warnings' | 'unapplied'> {
  const unapplied = [...new Set([...unanswered.values()].flat())]
  const whatHappens = unknown === 'exclude' ? 'left out' : 'kept'
  const states = accounts.map(({ name, state }): AccountState => {
    const names = unanswered.get(name) ?? []
    return {
      ...state,
      ...(names.length > 0 && { unapplied: names }),
      ...(isSearch && { searched: ['titles', 'names', 'previews'] }),
    }
  })
  const warnings = accounts.flatMap(({ name, adapter: { vendor, account } }) =>
    (unanswered.get(name) ?? []).map(
      (filter): Warning => ({
        code: 'local-filter',
        message: `Conversations of which ${vendor} does not say whether they match ${filter} were ${whatHappens}.`,
        ...{ vendor, account, operation },
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
