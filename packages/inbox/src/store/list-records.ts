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
import { plainEmail, plainPhone } from './records.ts'
import { type Schema, tables } from './schema.ts'
import { storable } from './search-words.ts'

type Db = Kysely<Schema>

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
  // An account has few agents, and the type json has no search.
  const isWanted = ({ name }: Agent): boolean => wanted === undefined || (name ?? '').toLowerCase().includes(wanted)
  const page = await recordsPage<Agent>(db, 'agent', numbersOf(accounts), query, cursor, options.raw === true)
  return {
    ...page,
    items: page.items.filter(isWanted),
    accounts: accounts.map((account) => stateOf(account, 'agents.list')),
  }
}

/** One page of the stored contacts of an account that match, by ref. */
export async function foundContacts(
  db: Db,
  account: number,
  search: ContactSearch,
  cursor: string | undefined,
  withRaw: boolean,
): Promise<Page<Contact>> {
  const { email, phone, externalId, text } = search
  const conditions: RawBuilder<unknown>[] = []
  if (email !== undefined) conditions.push(sql`email = ${plainEmail(email)} and email <> ''`)
  if (phone !== undefined) conditions.push(sql`phone = ${plainPhone(phone)} and phone <> ''`)
  if (externalId !== undefined) conditions.push(sql`external_id = ${storable(externalId)} and external_id <> ''`)
  if (text !== undefined) conditions.push(sql`strpos(words, ${storable(text).toLowerCase()}) > 0`)
  const page = await recordsPage<Contact>(db, 'contact', [account], search, cursor, withRaw, conditions)
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
  const after =
    cursor === undefined ? '' : decodeCursor(cursor, (state) => (typeof state === 'string' ? state : undefined))
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
