import { parseInstant } from '../kit/parse-instant.ts'
import type { Call } from './livechatai-endpoint.ts'
import { badRequest, notFound } from './livechatai-errors.ts'
import { optionalWord } from './livechatai-read.ts'
import { lastMessageAt, type StoredConversation } from './livechatai-state.ts'
import { passesView } from './livechatai-views.ts'

export type Filter = (conversation: StoredConversation) => boolean

const channels = ['WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT', 'PREVIEW', 'ONBOARDING'] as const
const sentiments = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED'] as const
const resolutions = ['AIHelped', 'AIDidNotHelp', 'TalkToAgent'] as const

/**
 * Everything that a conversation list's query asks for (`conversations/list`). The newer revision describes filters
 * whose parameter names its page leaves out; the names here are presumed. Names that nobody knows are ignored.
 * `agentId` is null in a contact's list, which has no `type` and takes a view of any agent.
 */
export function filterOf(call: Call, agentId: string | null): Filter {
  const filters = [statusFilter(call), dateFilter(call)]
  if (agentId !== null) filters.push(inboxFilter(call))
  if (call.settings.edition === 'newer') filters.push(...newerFilters(call, agentId))
  return (conversation) => filters.every((filter) => filter(conversation))
}

function statusFilter(call: Call): Filter {
  const status = optionalWord('status', call.query('status'), ['open', 'close'])
  return (conversation) => status === undefined || conversation.isResolved === (status === 'close')
}

/** `your-inbox` is that of the key's owner, as a key acts for nobody else. */
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

/** Unix seconds in both revisions; the newer one also reads ISO 8601, where a day alone includes the whole day. */
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

/** By `lastMessageDate`, newest first unless asked otherwise; empty conversations go where the setting says. */
export function sortedConversations(call: Call, conversations: readonly StoredConversation[]): StoredConversation[] {
  const direction = optionalWord('sort', call.query('sort'), ['asc', 'desc']) === 'asc' ? 1 : -1
  const empty = call.settings.emptyConversations === 'first' ? -1 : 1
  return conversations.toSorted((left, right) => {
    const [a, b] = [lastMessageAt(left), lastMessageAt(right)]
    if (a === null || b === null) return a === b ? 0 : a === null ? empty : -empty
    return (a - b) * direction
  })
}
