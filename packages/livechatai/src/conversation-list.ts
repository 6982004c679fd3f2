import {
  anyOf,
  type Call,
  type Contact,
  type Conversation,
  type ConversationQuery,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  checkWord,
  decodeCursor,
  encodeCursor,
  invalid,
  isParleyError,
  isRecord,
  type OptionRule,
  type OptionRules,
  object,
  type Page,
  pathOf,
  type Query,
  type RequestSpec,
  readTimestamp,
  vendorOptions,
} from '@parley/core'
import {
  filterLocally,
  type PagePosition,
  pagePosition,
  readPagePosition,
  type TurnedPage,
  turnPage,
} from '@parley/core/operations'
import { conversationPageSize, limits } from './capabilities.ts'
import { fetchContact } from './contacts.ts'
import type { LiveChatAIVendorOptions } from './options.ts'
import { type Context, dataOf } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import { isUnknown, orEnd, readMeta } from './read/page.ts'
import { statusWords } from './vocabulary.ts'
import type { LiveChatAIConversationPayload } from './wire.ts'

type Listed = Conversation<LiveChatAIConversationPayload>

const pushedDown: ReadonlySet<string> = new Set(['status', 'agentId', 'contactId'])

export async function listConversations(
  context: Context,
  call: Call,
  query: ConversationQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Listed>> {
  const ofContact = query.contactId !== undefined && query.contactId !== null
  const checked = checkQuery(call, query, ofContact)
  const place: ConversationPlace = conversationPlace(cursor)
  const size = checkLimit(call, query.limit, conversationPageSize)
  const agentId = checkOptionalText(call, query.agentId, 'agentId')
  const page = ofContact
    ? await pageOfContact(
        context,
        call,
        { place, size, seen },
        checkId(call, query.contactId, 'contactId'),
        agentId,
        checked.sent,
      )
    : await pageOfAgent(call, { place, size, seen }, agentId ?? context.agentId, checked.sent).catch((error) => {
        // An unknown agent of the account's own configuration, or an unknown view, is a mistake.
        const isFilter = agentId !== undefined && agentId !== context.agentId && checked.sent['viewId'] === undefined
        if (isFilter && isUnknown(error)) return nobody
        throw error
      })

  const before = call.reading.warnings.length
  const { items: filtered, ...unapplied } = filterLocally(
    inOrder(page.items, checked.order),
    query,
    pushedDown,
    limits.filters,
    call.reading,
  )
  const isWhole = !page.isPicked && checked.channel === undefined && call.reading.warnings.length === before
  const items = checked.channel === undefined ? filtered : (filtered as Listed[]).filter(isOn(checked.channel))
  // Conversations without a date match, and the vendor does not document where they are.
  const isEnd = query.unknown === 'exclude' && isPassed(page.items, checked)
  const next = isEnd ? null : conversationCursor(page.next)
  const { warnings } = call.reading
  const listed = { items: items as Listed[], next, warnings, ...unapplied }
  return isWhole && page.total !== undefined ? { ...listed, total: page.total } : listed
}

const isOn =
  (word: string) =>
  ({ channel }: Listed): boolean =>
    channel?.native === word

/**
 * By last activity, like the vendor. The vendor does not document the position of empty conversations; here they are
 * the oldest.
 */
function inOrder(items: readonly Listed[], order: 'asc' | 'desc'): Listed[] {
  const sign = order === 'asc' ? 1 : -1
  return items.toSorted((a, b) => {
    const [first, second] = [a.lastActivityAt ?? '', b.lastActivityAt ?? '']
    return first === second ? 0 : first < second ? -sign : sign
  })
}

/** Whether all following pages are outside the requested time. */
function isPassed(items: readonly Listed[], { order, since, until }: CheckedQuery): boolean {
  const last = items.findLast(({ lastActivityAt }) => lastActivityAt)?.lastActivityAt
  if (!last) return false
  return order === 'desc' ? since !== undefined && last < since : until !== undefined && last > until
}

type VendorQuery = Partial<LiveChatAIVendorOptions['conversations.list']>

interface CheckedQuery {
  order: 'asc' | 'desc'
  since: string | undefined
  until: string | undefined
  /** The vendor's word for a channel, which the list is checked against as well. */
  channel: string | undefined
  /** What is sent, beside whose conversations and which page. */
  sent: Query
}

/** @param ofContact a contact's list has no `type` ("contacts/list-conversations"). */
function checkQuery(call: Call, given: ConversationQuery, ofContact: boolean): CheckedQuery {
  const query = checkInput(call, given)
  const own = vendorOptions(call, query.vendor, ownOptions)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const status = checkWord(call, query.status, 'status', ['open', 'closed'])
  const { type } = own
  if (ofContact && type !== undefined)
    call.reading.warn(
      'ignored-option',
      'The list of a contact’s conversations has no type filter; the option was ignored.',
      {
        path: 'type',
      },
    )
  const sent: Query = {
    ...own.extraQuery,
    ...newerFilters(call, own),
    type: ofContact ? undefined : type,
    sort: order,
    status: status && statusWords[status],
    startDate: secondsOf(own.startDate),
    endDate: secondsOf(own.endDate),
    viewId: own.viewId,
  }
  const since = instantOf(call, query.since, 'since')
  const until = instantOf(call, query.until, 'until')
  return { order, since, until, channel: own.channel, sent }
}

/** The newer edition of the page describes these filters but omits their names. */
function newerFilters(call: Call, { sentiment, topic, resolution, channel }: VendorQuery): Query {
  const unproven = { sentiment, topic, resolution }
  for (const [path, value] of Object.entries(unproven)) {
    if (value === undefined) continue
    const text = `The parameter name ${path} is a guess, and no field shows whether the vendor applied it.`
    call.reading.warn('degraded', text, { path })
  }
  return { ...unproven, channel }
}

const parameters: ReadonlySet<string> = new Set([
  ...['agentId', 'page', 'perPage', 'type', 'sort', 'status', 'startDate', 'endDate', 'viewId'],
  ...['channel', 'sentiment', 'topic', 'resolution'],
])

const extraQuery: OptionRule<Record<string, string | number | boolean>> = (call, value, path) => {
  const extra = object<Record<string, string | number | boolean>>(call, value, path)
  for (const [name, each] of Object.entries(extra)) {
    if (parameters.has(name)) throw invalid(call, `${path}.${name}`, 'has an option of its own')
    if (!['string', 'number', 'boolean'].includes(typeof each))
      throw invalid(call, `${path}.${name}`, 'must be a string, a number or true or false')
  }
  return extra
}

/** Both editions of the page read Unix seconds, only the newer one ISO 8601. */
const instant: OptionRule<string | number> = (call, value, path) => {
  const given = value as string | number
  if (secondsOf(given) === undefined) throw invalid(call, path, 'must be an instant, as ISO 8601 or Unix seconds')
  return given
}

function secondsOf(value: string | number | undefined): number | undefined {
  const read = typeof value === 'string' || typeof value === 'number' ? readTimestamp(value) : undefined
  return read === undefined ? undefined : Math.floor(Date.parse(read) / 1000)
}

const ownOptions: OptionRules<LiveChatAIVendorOptions['conversations.list']> = {
  type: anyOf('unassigned', 'your-inbox', 'all'),
  viewId: checkText,
  startDate: instant,
  endDate: instant,
  channel: anyOf('WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT', 'PREVIEW', 'ONBOARDING'),
  sentiment: anyOf('POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED'),
  topic: checkText,
  resolution: anyOf('AIHelped', 'AIDidNotHelp', 'TalkToAgent'),
  extraQuery,
}

function instantOf(call: Call, value: string | undefined, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  const instant = typeof value === 'string' ? readTimestamp(value) : undefined
  if (instant === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return instant
}

/** The position in the list. */
interface ConversationPlace extends PagePosition {
  /** Set while a contact's conversations are picked from this agent's. */
  agentId?: string
}

/** The page to read: its place, its size, and the prints of the iteration. */
interface Wanted {
  place: ConversationPlace
  size: number
  seen: Set<string>
}

export const conversationPlace = (cursor: string | undefined): ConversationPlace =>
  cursor === undefined ? pagePosition(undefined) : decodeCursor(cursor, readPlace)

const conversationCursor = (place: ConversationPlace | null): string | null => place && encodeCursor({ ...place })

function readPlace(state: unknown): ConversationPlace | undefined {
  const place = readPagePosition(state)
  const agentId = isRecord(state) ? state['agentId'] : undefined
  if (!place || agentId === undefined) return place
  return typeof agentId === 'string' ? { ...place, agentId } : undefined
}

/** A page, and the items as they came, of which the last one tells how far the list has got. */
interface ConversationPage extends Omit<TurnedPage<Listed>, 'next'> {
  next: ConversationPlace | null
  /** Whether items were left out here, so that the vendor's total is not the list's. */
  isPicked: boolean
}

const nobody: ConversationPage = { items: [], next: null, total: 0, isPicked: false }

/** "conversations/list". */
async function pageOfAgent(call: Call, wanted: Wanted, agentId: string, sent: Query): Promise<ConversationPage> {
  const { place, size, seen } = wanted
  const spec = { path: '/conversations', query: { ...sent, agentId, page: place.page, perPage: size } }
  return { ...(await orEnd(call, place, seen, readPage(call, wanted, spec, agentId))), isPicked: false }
}

/**
 * "contacts/list-conversations". The path is a guess from the page's name. If it does not exist, the conversations are
 * filtered from those of the contact's agent.
 *
 * @param wantedAgentId only if the contact is this agent's, to whom all its conversations belong then.
 */
async function pageOfContact(
  context: Context,
  call: Call,
  wanted: Wanted,
  contactId: string,
  wantedAgentId: string | undefined,
  sent: Query,
): Promise<ConversationPage> {
  const { place, size, seen } = wanted
  if (place.agentId !== undefined) return picked(call, wanted, contactId, place.agentId, sent)
  const { known } = context
  if (place.page === 1 && (wantedAgentId !== undefined || known.contactConversations === false)) {
    const contact = await findContact(call, contactId)
    if (!contact) return nobody
    const { agentId } = contact
    if (wantedAgentId !== undefined && agentId && agentId !== wantedAgentId) return nobody
    if (known.contactConversations === false)
      return picked(call, wanted, contactId, agentId ?? wantedAgentId ?? context.agentId, sent)
  }
  const spec = {
    path: pathOf`/contacts/${contactId}/conversations`,
    query: { ...sent, page: place.page, perPage: size },
  }
  try {
    const page = await orEnd(call, place, seen, readPage(call, wanted, spec, wantedAgentId))
    known.contactConversations = true
    return { ...page, isPicked: false }
  } catch (error) {
    if (!isParleyError(error) || error.status !== 404 || place.page > 1) throw error
    // Either the contact does not exist, or the path does not.
    const contact = await findContact(call, contactId)
    if (!contact) return nobody
    if (known.contactConversations) throw error
    known.contactConversations = false
    return picked(call, wanted, contactId, contact.agentId ?? context.agentId, sent)
  }
}

/** @returns `undefined` for a contact that the vendor does not have. */
async function findContact(call: Call, id: string): Promise<Contact | undefined> {
  try {
    return await fetchContact(call, id)
  } catch (error) {
    if (isUnknown(error)) return undefined
    throw error
  }
}

async function picked(
  call: Call,
  wanted: Wanted,
  contactId: string,
  agentId: string,
  sent: Query,
): Promise<ConversationPage> {
  const text = `${call.vendor} cannot list one contact’s conversations here; Parley filtered this page of the agent’s conversations.`
  call.reading.warn('degraded', text)
  const page = await pageOfAgent(call, wanted, agentId, sent)
  const items = page.items.filter(({ contact }) => contact?.id === contactId)
  return { ...page, items, next: page.next && { ...page.next, agentId }, isPicked: true }
}

const readPage = (
  call: Call,
  { place, seen }: Wanted,
  spec: RequestSpec,
  agentId: string | undefined,
): Promise<TurnedPage<Listed>> =>
  call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const list = data['conversations']
    const all = reading.items(list, 'data.conversations', (raw) => readConversation(raw, reading, agentId))
    return turnPage(reading, place, all, (list as unknown[]).length, readMeta(data, reading), seen)
  })
