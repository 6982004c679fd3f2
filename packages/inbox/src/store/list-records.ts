import {
  type Agent,
  type AgentQuery,
  type Contact,
  type ContactQuery,
  type ContactSearch,
  decodeCursor,
  encodeCursor,
  isParleyError,
  type Page,
  requireOperation,
  sameEmail,
  samePhone,
  supports,
} from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AccountState, InboxPage } from '../inbox.ts'
import type { Asked } from '../over-accounts.ts'
import { type StoredAccount, storedAccounts } from './account-states.ts'
import { isText } from './cursor-parts.ts'
import { idColumn, plainEmail, plainPhone } from './records.ts'
import { type Schema, tables } from './schema.ts'
import { storable } from './search-words.ts'
import { scanInTime } from './transaction.ts'

type Db = Kysely<Schema>

const advice = 'Search for "email", "phone" or "externalId", for which there are indexes.'

const usualLimit = 25
const mostItems = 1000

/** One page of the stored contacts, by ref. */
export async function contactsPage(
  db: Db,
  { accounts: chosen, options }: Asked<ContactQuery>,
  query: ContactQuery,
  cursor: string | undefined,
): Promise<InboxPage<Contact>> {
  const accounts = await storedAccounts(db, chosen, 'contacts')
  const page = await recordsPage<Contact>(db, 'contact', numbersOf(accounts), query, cursor, options.raw === true)
  return { ...page, accounts: accounts.map((account) => stateOf(account, 'contacts.list')) }
}

/** One page of the stored agents, by ref. */
export async function agentsPage(
  db: Db,
  { accounts: chosen, options }: Asked<AgentQuery>,
  query: AgentQuery,
  cursor: string | undefined,
): Promise<InboxPage<Agent>> {
  const accounts = await storedAccounts(db, chosen, 'agents')
  const wanted = query.search?.toLowerCase()
  const isWanted = ({ name }: Agent): boolean => wanted === undefined || (name ?? '').toLowerCase().includes(wanted)
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const items: Agent[] = []
  let next = cursor ?? null
  // The type json has no search, so the page is filled from pages of all agents. An account has few.
  do {
    const rest = { limit: limit - items.length }
    const page = await recordsPage<Agent>(
      db,
      'agent',
      numbersOf(accounts),
      rest,
      next ?? undefined,
      options.raw === true,
    )
    items.push(...page.items.filter(isWanted))
    next = page.next
  } while (next !== null && items.length < limit)
  return { items, next, warnings: [], accounts: accounts.map((account) => stateOf(account, 'agents.list')) }
}

/**
 * One page of the stored contacts of an account that match, by ref.
 *
 * @param milliseconds how long a search for `text` may take, in tests.
 * @throws TimeoutError if it takes longer.
 */
export async function foundContacts(
  db: Db,
  account: number,
  search: ContactSearch,
  cursor: string | undefined,
  withRaw: boolean,
  milliseconds?: number,
): Promise<Page<Contact>> {
  const { email, phone, externalId, text } = search
  const conditions: RawBuilder<unknown>[] = []
  if (email !== undefined) conditions.push(sql`email = ${plainEmail(email)} and email <> ''`)
  if (phone !== undefined) conditions.push(sql`phone = ${plainPhone(phone)} and phone <> ''`)
  if (externalId !== undefined) conditions.push(sql`external_id = ${idColumn(externalId)} and external_id <> ''`)
  if (text !== undefined) conditions.push(sql`strpos(words, ${storable(text).toLowerCase()}) > 0`)
  const read = (from: Db) => recordsPage<Contact>(from, 'contact', [account], search, cursor, withRaw, conditions)
  // No index finds a part of a text, so a rare one is looked for in every contact.
  const page =
    text === undefined
      ? await read(db)
      : await scanInTime(db, { operation: 'contacts.search', advice, ...(milliseconds && { milliseconds }) }, read)
  // The columns are plainer than the comparison.
  const isFound = (contact: Contact): boolean =>
    (email === undefined || sameEmail(contact.email, email)) && (phone === undefined || samePhone(contact.phone, phone))
  return { ...page, items: page.items.filter(isFound) }
}

const numbersOf = (accounts: readonly StoredAccount[]): number[] => accounts.flatMap(({ no }) => no ?? [])

/** The state of an account whose vendor may have no such list. */
function stateOf({ adapter, state, isRead }: StoredAccount, operation: 'agents.list' | 'contacts.list'): AccountState {
  if (isRead || supports(adapter, operation)) return state
  try {
    requireOperation(adapter, operation)
    return state
  } catch (error) {
    if (!isParleyError(error)) throw error
    const { code, message, retryable } = error
    return { account: state.account, state: 'unsupported', asOf: null, error: { code, message, retryable } }
  }
}

async function recordsPage<Item>(
  db: Db,
  kind: 'agent' | 'contact',
  accounts: readonly number[],
  query: { limit?: number },
  cursor: string | undefined,
  withRaw: boolean,
  conditions: readonly RawBuilder<unknown>[] = [],
): Promise<Page<Item>> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const after = cursor === undefined ? '' : decodeCursor(cursor, (state) => (isText(state) ? state : undefined))
  const where = sql.join([sql`deleted_at is null and ref > ${after}`, ...conditions], sql` and `)
  const { rows } = await sql<{ ref: string; body: Item; raw: unknown }>`
    select found.* from unnest(${accounts}::smallint[]) as given (no) cross join lateral (
      select ref, body, ${withRaw ? sql`raw` : sql`null::json`} as raw from ${sql.table(tables[kind])}
      where account = given.no and ${where} order by ref limit ${limit + 1}) as found
    order by ref limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ body, raw }) => (raw == null ? body : { ...body, raw })),
    next: rows.length > limit ? encodeCursor(shown.at(-1)?.ref ?? '') : null,
    warnings: [],
  }
}
