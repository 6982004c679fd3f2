import { parseInstant } from '../kit/clock.ts'
import { addContact, addConversation, sendIntegrations } from './contacts.ts'
import {
  agentOf,
  type Call,
  contactById,
  conversationById,
  type Desk,
  endpoint,
  meta,
  slice,
  unknownRoute,
  withOddities,
} from './endpoint.ts'
import { badRequest, notFound, optionalText, optionalWord } from './errors.ts'
import { sendMessage } from './send.ts'
import {
  isoMilliseconds,
  isoSeconds,
  lastMessageAt,
  type Oddity,
  type StoredContact,
  type StoredConversation,
  type StoredMessage,
  type StoredView,
  type ViewRule,
} from './state.ts'

export function conversationRoutes(desk: Desk): void {
  endpoint(desk, '/conversations', { GET: listConversations, POST: sendMessage })
  endpoint(desk, '/conversations/create', { POST: createConversation })
  endpoint(desk, '/conversations/:conversationId', { GET: retrieveConversation })
  endpoint(desk, '/contacts/:contactId/conversations', { GET: listContactConversations })
}

/** `conversations/list`. */
function listConversations(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  return conversationPage(call, agent.id, (conversation) => conversation.agentId === agent.id)
}

/** `contacts/list-conversations`: the same list and filters, without `agentId` and `type`. */
function listContactConversations(call: Call): object {
  if (call.settings.contactConversations === 'missing') return unknownRoute()
  const contact = contactById(call, call.path('contactId'))
  return conversationPage(call, null, (conversation) => conversation.contactId === contact.id)
}

function conversationPage(
  call: Call,
  agentId: string | null,
  belongs: (conversation: StoredConversation) => boolean,
): object {
  const filter = filterOf(call, agentId)
  const found = [...call.state.conversations.values()].filter((each) => belongs(each) && filter(each))
  const page = slice(call, sortedConversations(call, found), 'perPage', 20)
  return {
    status: 'success',
    data: { conversations: page.items.map((each) => listedConversation(call, each)), meta: meta(page) },
  }
}

/** `conversations/retrieve`. */
function retrieveConversation(call: Call): object {
  const conversation = conversationById(call, call.path('conversationId'))
  return { status: 'success', data: retrievedConversation(call, conversation) }
}

/** `conversations/create`: an empty conversation. `ip` and `country` have an effect only if the contact is new too. */
async function createConversation(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const contactId = optionalText('contactId', body['contactId'])
  const integrationType = optionalWord('integrationType', body['integrationType'], sendIntegrations) ?? null
  const place = { ip: optionalText('ip', body['ip']), country: optionalText('country', body['country']) }
  const contact =
    contactId === undefined ? addContact(call.state, agent, place) : contactById(call, contactId, agent.id)
  const conversation = addConversation(call.state, agent, contact, integrationType)
  return { status: 'success', data: { conversationId: conversation.id, contactId: contact.id } }
}

type Filter = (conversation: StoredConversation) => boolean

const channels = ['WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT', 'PREVIEW', 'ONBOARDING'] as const
const sentiments = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED'] as const
const resolutions = ['AIHelped', 'AIDidNotHelp', 'TalkToAgent'] as const

/**
 * Reads the query of a conversation list (`conversations/list`). The newer revision describes filters without naming
 * their parameters, so these names are assumed. Unknown parameters are ignored. `agentId` is null in a contact's list,
 * which has no `type` and accepts a view of any agent.
 */
function filterOf(call: Call, agentId: string | null): Filter {
  const filters = [statusFilter(call), dateFilter(call)]
  if (agentId !== null) filters.push(inboxFilter(call))
  if (call.settings.edition === 'newer') filters.push(...newerFilters(call, agentId))
  return (conversation) => filters.every((filter) => filter(conversation))
}

function statusFilter(call: Call): Filter {
  const status = optionalWord('status', call.query('status'), ['open', 'close'])
  return (conversation) => status === undefined || conversation.isResolved === (status === 'close')
}

/** `your-inbox` belongs to the key's owner, because a key acts for one user only. */
function inboxFilter(call: Call): Filter {
  const type = optionalWord('type', call.query('type'), ['unassigned', 'your-inbox', 'all'])
  if (type === 'unassigned') return (conversation) => conversation.agent === null
  if (type === 'your-inbox') return (conversation) => conversation.agent?.id === call.state.ownerId
  return () => true
}

function dateFilter(call: Call): Filter {
  const from = instant(call, 'startDate', 0)
  const until = instant(call, 'endDate', 86_400_000 - 1)
  const { filteredDate } = call.settings
  return (conversation) => {
    if (from === undefined && until === undefined) return true
    const at = filteredDate === 'createdAt' ? conversation.createdAt : lastMessageAt(conversation)
    return at !== null && at >= (from ?? at) && at <= (until ?? at)
  }
}

/**
 * Unix seconds in both revisions. The newer one also reads ISO 8601, where a date without a time includes the whole
 * day.
 */
function instant(call: Call, name: string, restOfDay: number): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  if (call.settings.edition === 'older') throw badRequest(`${name} must be an integer (Unix seconds)`)
  const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? parseInstant(value) : Number.NaN
  if (Number.isNaN(at)) throw badRequest(`${name} must be Unix seconds or an ISO 8601 date`)
  return value.length === 10 ? at + restOfDay : at
}

function newerFilters(call: Call, agentId: string | null): Filter[] {
  const assignedTo = call.query('assignedTo')
  const sentiment = optionalWord('sentiment', call.query('sentiment'), sentiments)
  const topic = call.query('topic')
  const channel = optionalWord('channel', call.query('channel'), channels)
  const resolution = optionalWord('resolution', call.query('resolution'), resolutions)
  return [
    ({ agent }) => assignedTo === undefined || (assignedTo === 'ai' ? agent === null : agent?.id === assignedTo),
    (conversation) => sentiment === undefined || conversation.sentiment === sentiment,
    (conversation) => topic === undefined || conversation.topic === topic,
    (conversation) => channel === undefined || conversation.integrationType === channel,
    (conversation) => resolution === undefined || conversation.resolution === resolution,
    viewFilter(call, agentId),
  ]
}

function viewFilter(call: Call, agentId: string | null): Filter {
  const viewId = call.query('viewId')
  if (viewId === undefined) return () => true
  const view = call.state.views.find((each) => each.id === viewId && (agentId === null || each.agentId === agentId))
  if (!view) throw notFound('View')
  return (conversation) => passesView(view, conversation)
}

/** Sorted by `lastMessageDate`, newest first by default. The setting decides where empty conversations are. */
function sortedConversations(call: Call, conversations: readonly StoredConversation[]): StoredConversation[] {
  const direction = optionalWord('sort', call.query('sort'), ['asc', 'desc']) === 'asc' ? 1 : -1
  const empty = call.settings.emptyConversations === 'first' ? -1 : 1
  return conversations.toSorted((left, right) => {
    const [a, b] = [lastMessageAt(left), lastMessageAt(right)]
    if (a === null || b === null) return a === b ? 0 : a === null ? empty : -empty
    return (a - b) * direction
  })
}

export function viewRoutes(desk: Desk): void {
  endpoint(desk, '/conversations/views', { GET: listViews })
}

/** `conversations/list-views`. The name of the search parameter is assumed. */
function listViews(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const search = call.query('search')?.toLowerCase() ?? ''
  const found = call.state.views.filter((view) => view.agentId === agent.id && view.name.toLowerCase().includes(search))
  const page = slice(call, found, 'perPage', 20)
  return { status: 'success', data: { views: page.items.map(shownView), meta: meta(page) } }
}

const shownView = ({ id, name, query, createdAt }: StoredView): object => ({
  id,
  name,
  query,
  createdAt: isoMilliseconds(createdAt),
})

function passesView(view: StoredView, conversation: StoredConversation): boolean {
  const passes = (rule: ViewRule): boolean =>
    (fieldOf(conversation, rule.field) === rule.value) === (rule.operator === 'EQUALS')
  return view.query.combinator === 'AND' ? view.query.rules.every(passes) : view.query.rules.some(passes)
}

function fieldOf(conversation: StoredConversation, field: string): string | null {
  switch (field) {
    case 'sentiment':
      return conversation.sentiment
    case 'topic':
      return conversation.topic
    case 'channel':
      return conversation.integrationType
    case 'resolution':
      return conversation.resolution
    case 'status':
      return conversation.isResolved ? 'close' : 'open'
    case 'assignedTo':
      return conversation.agent?.id ?? 'ai'
    default:
      return null
  }
}

/**
 * A conversation in a list: with its contact, but without `agentId`, `contactId` and messages. Its dates have no
 * milliseconds (`conversations/list`).
 */
function listedConversation(call: Call, conversation: StoredConversation): Oddity {
  const contact = call.state.contacts.get(conversation.contactId)
  return withOddities(
    call.settings,
    {
      id: conversation.id,
      ...flags(conversation),
      contact: contact ? embeddedContact(contact) : null,
      agent: conversation.agent,
      ...dates(conversation, isoSeconds),
    },
    'conversation',
    conversation.oddity,
  )
}

/** A conversation in a single read: with ids and messages, but without its contact. Its dates have milliseconds. */
function retrievedConversation(call: Call, conversation: StoredConversation): Oddity {
  return withOddities(
    call.settings,
    {
      id: conversation.id,
      contactId: conversation.contactId,
      agentId: conversation.agentId,
      ...flags(conversation),
      agent: conversation.agent,
      messages: conversation.messages.map((message) => retrievedMessage(call, message)),
      ...dates(conversation, isoMilliseconds),
    },
    'conversation',
    conversation.oddity,
  )
}

function retrievedMessage(call: Call, message: StoredMessage): Oddity {
  return withOddities(
    call.settings,
    {
      id: message.id,
      content: message.content,
      role: message.role,
      type: message.type,
      source: message.source.map(({ id, type, link, distance }) =>
        withOddities(call.settings, { id, type, link, distance }, 'citation'),
      ),
      agent: message.agent,
      ...(!message.isUndated && { createdAt: isoMilliseconds(message.createdAt) }),
    },
    'message',
    message.oddity,
  )
}

const flags = ({ isResolved, isStarred, isMuted, isAgent, integrationType }: StoredConversation): Oddity => ({
  isResolved,
  isStarred,
  isMuted,
  isAgent,
  integrationType,
})

function dates(conversation: StoredConversation, format: (at: number) => string): Oddity {
  const last = lastMessageAt(conversation)
  return {
    lastMessageDate: last === null ? null : format(last),
    createdAt: format(conversation.createdAt),
    updatedAt: format(conversation.updatedAt),
  }
}

const embeddedContact = ({ id, name, phone, email, distinctId, attributes }: StoredContact): Oddity => ({
  id,
  name,
  phone,
  email,
  distinctId,
  attributes,
})
