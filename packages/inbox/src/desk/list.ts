import {
  type Conversation,
  type ConversationFilter,
  checkInput,
  checkOptions,
  compact,
  type ListQuery,
  type OperationOptions,
  type Paged,
  type Target,
} from '@parley/core'
import { sql } from 'kysely'
import { later, refOf } from '../addressed.ts'
import type { InboxPage } from '../inbox.ts'
import { argumentsOf, placeOf, wrongArgument } from '../ref-parts.ts'
import { type Condition, type RowFilter, rowsPage } from '../store/conversation-rows.ts'
import { hasWords, isSince, isStarred, isUntil } from '../store/list-conversations.ts'
import { idColumn } from '../store/records.ts'
import { storedList } from '../store/stored-list.ts'
import type { DeskContext } from './context.ts'
import type { DeskFilter, DeskQuery } from './desk.ts'
import type { DeskConversation } from './desk-conversation.ts'
import { checkFilter } from './filter.ts'
import { waitsForPerson } from './outbox.ts'
import type { Person } from './person.ts'
import { placed } from './placed.ts'

const operation = 'desk.conversations'

/** The conversations of the desk: newest activity first, then by ref. Errors of the arguments come when the list is read. */
export function deskConversations(
  context: DeskContext,
  person: Person | undefined,
  query: DeskQuery = {},
  options: OperationOptions = {},
): Paged<DeskConversation, InboxPage<DeskConversation>> {
  const args = argumentsOf(operation, [query, options] as const)
  return later(async () => {
    const [asked, own] = args()
    const { limit, cursor, partial = false, ...given } = checkInput(placeOf(operation), asked, 'query')
    const filter = checkFilter(operation, given)
    checkOptions(placeOf(operation), own)
    if (typeof partial !== 'boolean') throw wrongArgument(operation, 'partial', 'must be true or false')
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0))
      throw wrongArgument(operation, 'limit', 'must be a whole number of at least 1')
    if (cursor != null && typeof cursor !== 'string')
      throw wrongArgument(operation, 'cursor', 'must be the `next` of a page')
    const accounts = context.accounts.chosen(filter.accounts)
    const filters = filtersIn(filter, person)
    // For another person, `me` is another list.
    const bound = compact({
      ...filter,
      limit,
      cursor,
      person: [filter.assignee].flat().includes('me') ? person : undefined,
    })
    return () =>
      storedList<DeskConversation, ListQuery>(
        operation,
        { accounts, query: bound, partial, options: own },
        context.db,
        async (db, from, { limit: most }, at): Promise<InboxPage<DeskConversation>> => {
          const { unknown, search } = filter
          const rows = { operation, filters, bits: 'desk_unknowns' as const, limit: most, unknown }
          const page = await rowsPage(db, from, { ...rows, isSearch: search !== undefined }, at)
          const conversations = page.items.map(({ body, raw }) => (raw == null ? body : { ...body, raw }))
          return { ...page, items: await placed(db, conversations) }
        },
      )
  })
}

/** The bits of the column `desk_unknowns`; the migration has the same. What has none is known of every conversation. */
const bits: Partial<Record<keyof DeskFilter, number>> = {
  ...{
    status: 1,
    channel: 2,
    agentId: 4,
    contactId: 8,
    assignee: 16,
    unread: 32,
    isStarred: 64,
    since: 128,
    until: 128,
  },
  control: 256,
}

/** What the adapters call these filters. */
const contract: Partial<Record<keyof DeskFilter, ConversationFilter>> = {
  ...{ status: 'status', channel: 'channel', agentId: 'agentId', contactId: 'contactId', assignee: 'assigneeId' },
  ...{ unread: 'unread', isStarred: 'isStarred', since: 'since', until: 'until' },
}

/** The filters that an index serves best come first. */
function filtersIn(filter: DeskFilter, person: Person | undefined): RowFilter[] {
  const { contactId, assignee, agentId, control, status, channel, tag, unread, snoozed = false } = filter
  const filters: RowFilter[] = []
  const add = (name: keyof DeskFilter, ...conditions: Condition[]) => {
    // Asked for expressly, the unknown is an answer.
    const isKnown = name === 'control' && valuesOf(control).includes('unknown')
    const own = contract[name]
    filters.push({ name, bit: isKnown ? 0 : (bits[name] ?? 0), conditions, ...(own && { contract: own }) })
  }
  const addEach = <Value>(
    name: keyof DeskFilter,
    wanted: Value | readonly Value[] | undefined,
    conditionOf: (value: Value) => Condition,
  ) => {
    if (wanted !== undefined) add(name, ...valuesOf(wanted).map(conditionOf))
  }
  addEach('contactId', contactId, (id) => sql`contact_id = ${idColumn(id)}`)
  if (assignee !== undefined) add('assignee', ...isAssigned(valuesOf(assignee), person))
  addEach('agentId', agentId, (id) => sql`agent_id = ${id}`)
  addEach('control', control, (holder) => sql`control = ${holder}`)
  addEach('status', status, (word) => sql`desk_status = ${word}`)
  addEach('channel', channel, (word) => sql`channel = ${word}`)
  if (tag !== undefined) add('tag', sql`tags && ${valuesOf(tag)}::text[]`)
  if (unread !== undefined) add('unread', unread ? sql`desk_unread > 0` : sql`desk_unread <= 0`)
  if (filter.isStarred !== undefined) add('isStarred', isStarred(filter.isStarred))
  if (snoozed === true) add('snoozed', sql`snoozed_until > now()`)
  if (snoozed === false) add('snoozed', sql`(snoozed_until is null or snoozed_until <= now())`)
  if (filter.hasOpenSends !== undefined) add('hasOpenSends', hasOpenSend(filter.hasOpenSends))
  if (filter.since !== undefined) add('since', isSince(filter.since))
  if (filter.until !== undefined) add('until', isUntil(filter.until))
  if (filter.search !== undefined) add('search', hasWords(filter.search))
  return filters
}

const valuesOf = <Value>(wanted: Value | readonly Value[] | undefined): Value[] => [
  ...new Set(Array.isArray(wanted) ? (wanted as readonly Value[]) : wanted === undefined ? [] : [wanted as Value]),
]

/** One condition for each id. The operator id of a person counts only in its account. */
function isAssigned(wanted: readonly (string | null)[], person: Person | undefined): Condition[] {
  const everywhere = new Set(wanted.filter((id) => id !== 'me').map((id) => idColumn(id)))
  const inAccounts = new Map<string, string[]>()
  if (wanted.includes('me')) {
    if (!person) throw wrongArgument(operation, 'assignee', 'can be "me" only in the desk of a person: desk.as(person)')
    everywhere.add(idColumn(person.id))
    for (const [account, operatorId] of Object.entries(person.operatorIds ?? {})) {
      const id = idColumn(operatorId) as string
      inAccounts.set(id, [...(inAccounts.get(id) ?? []), account])
    }
  }
  return [
    ...[...everywhere].map((id) => sql`desk_assignee = ${id}`),
    ...[...inAccounts]
      .filter(([id]) => !everywhere.has(id))
      .map(
        ([id, names]) => sql`desk_assignee = ${id} and account = any(array(
          select no from parley.accounts where name = any(${names}::text[])))`,
      ),
  ]
}

/** There are few such sends, so their conversations are looked up. */
const hasOpenSend = (wanted: boolean): Condition => {
  const waiting = sql`select conversation from parley.outbox as send where ${waitsForPerson}`
  return wanted ? sql`ref = any(array(${waiting}))` : sql`ref not in (${waiting})`
}

/**
 * One conversation. A conversation that the store lacks comes from its vendor.
 *
 * @throws NotFoundError
 */
export async function deskConversation(
  { accounts, inbox, db }: Pick<DeskContext, 'accounts' | 'inbox' | 'db'>,
  target: Target<Conversation>,
  options: OperationOptions = {},
): Promise<DeskConversation> {
  const ref = refOf(accounts, target, 'conversation')
  const [found] = await placed(db, [await inbox.conversations.get(ref ?? target, options)])
  return found as DeskConversation
}
