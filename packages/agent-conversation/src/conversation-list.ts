import {
  anyOf,
  type Call,
  type Conversation,
  type ConversationQuery,
  checkId,
  checkInstant,
  checkLimit,
  checkOptionalText,
  checkWord,
  flag,
  fromMilliseconds,
  inOrder,
  isParleyError,
  isRecord,
  type OptionRules,
  type Page,
  type PayloadReader,
  type Query,
  vendorOptions,
} from '@parley/core'
import { filterLocally, holdsInstant, numberedCursor, pagePosition } from '@parley/core/operations'
import { fetchAgent } from './agents.ts'
import { limits, pageSize } from './capabilities.ts'
import type { AgentConversationVendorOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import { readEnvelope } from './read/page.ts'
import type { AgentConversationConversationPayload } from './wire.ts'

type Found = Conversation<AgentConversationConversationPayload>
type Own = AgentConversationVendorOptions['conversations.list']

const pushedDown: ReadonlySet<string> = new Set(['contactId', 'search', 'since', 'until', 'agentId'])

/** One page of "List conversations". */
export async function listConversations(
  context: Context,
  call: Call,
  query: ConversationQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Found>> {
  const size = checkLimit(call, query.limit, pageSize)
  const place = pagePosition(cursor)
  const own = vendorOptions(call, query.vendor, ownOptions)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const request = requestOf(call, query, { page: place.page, size }, order, own)
  const { warnings } = call.reading
  if (await isOfAnotherAgent(context, call, query)) {
    return { items: [], next: null, warnings }
  }
  const names = await stateNames(context, call)
  const { items, next, total } = await call.read({ path: '/conversations', query: request }, (body, reading) =>
    readEnvelope(body, reading, place, seen, (raw) =>
      readConversation(raw, reading, { agentId: context.known.agentId, stateNames: names }),
    ),
  )
  const wanted = items.filter((item) => matchesPushedDown(call, item, query))
  // A call always has its id. Of every other channel the vendor does not say which it is.
  const calls = query.channel === 'voice' ? wanted.filter(({ channel }) => channel) : wanted
  const { items: left, ...unapplied } = filterLocally(calls, query, pushedDown, limits.filters, call.reading)
  const page: Page<Found> = {
    // A deployment may not support the order.
    items: inOrder(left as Found[], order, own.orderBy ?? 'updatedAt'),
    next: numberedCursor(next),
    warnings,
    ...unapplied,
  }
  if (total !== undefined && left.length === items.length && !query.channel && query.assigneeId === undefined)
    page.total = total
  return page
}

const ownOptions: OptionRules<Own> = { withFeedbacksOnly: flag, orderBy: anyOf('createdAt', 'updatedAt') }

function requestOf(
  call: Call,
  query: ConversationQuery,
  { page, size }: { page: number; size: number },
  order: 'asc' | 'desc',
  { orderBy = 'updatedAt', withFeedbacksOnly }: Own,
): Query {
  return {
    page,
    pageSize: size,
    orderBy,
    orderDirection: order === 'asc' ? 'ASC' : 'DESC',
    searchKeyword: checkOptionalText(call, query.search, 'search')?.trim() || undefined,
    userId: query.contactId === undefined ? undefined : checkId(call, query.contactId, 'contactId'),
    // It is undocumented whether the vendor's bounds are inclusive. Ours are, so each is moved by a millisecond and
    // checked.
    startDate: shifted(checkInstant(call, query.since, 'since'), -1),
    endDate: shifted(checkInstant(call, query.until, 'until'), 1),
    // The form of a boolean in a query is undocumented: only a literal "true" is certain to work.
    withFeedbacksOnly: withFeedbacksOnly ? true : undefined,
  }
}

const shifted = (instant: number | undefined, by: number): string | undefined =>
  instant === undefined ? undefined : fromMilliseconds(instant + by)

/** All conversations of a key belong to its agent. The agent's id is read once, and only for a filter by agent. */
async function isOfAnotherAgent(context: Context, call: Call, query: ConversationQuery): Promise<boolean> {
  if (query.agentId === undefined) return false
  const own = context.known.agentId ?? (await fetchAgent(context, call)).id
  return own !== query.agentId
}

/** Some editions ignore an unknown filter, so items that certainly do not match are dropped here. */
function matchesPushedDown(call: Call, { contact, lastActivityAt }: Conversation, query: ConversationQuery): boolean {
  const { contactId, since, until } = query
  if (contactId !== undefined && contact?.id && contact.id !== contactId) return false
  const [from, to] = [checkInstant(call, since, 'since'), checkInstant(call, until, 'until')]
  return holdsInstant(call.reading, lastActivityAt, from, to)
}

/** Workflow states rarely change, because they are edited by hand in the vendor's console. */
const keptFor = 5 * 60_000

/**
 * The names of the organisation's workflow states, if the option is on. If they cannot be read, the conversations have
 * no state names, and a warning says so.
 */
export async function stateNames(context: Context, call: Call): Promise<ReadonlyMap<string, string> | undefined> {
  if (!context.stateNames) return undefined
  const { states } = context.known
  if (states && call.now() - states.at < keptFor) return states.names
  try {
    const names = await call.read({ path: '/conversations/states' }, readStates)
    context.known.states = { names, at: call.now() }
    return names
  } catch (error) {
    if (!isParleyError(error) || error.code === 'authentication') throw error
    call.reading.warn('degraded', 'The names of workflow states could not be read, so they are missing.')
    return states?.names
  }
}

/** Declared as one object although it returns all of them: a list, one object or an envelope is accepted. */
function readStates(body: unknown, reading: PayloadReader): ReadonlyMap<string, string> {
  const list = isRecord(body) && body['id'] === undefined ? (body['data'] ?? []) : body
  const names = new Map<string, string>()
  reading.items(Array.isArray(list) ? list : [list], 'states', (raw) => {
    const name = reading.text(raw, 'name')
    if (name) names.set(reading.id(raw), name)
  })
  return names
}
