import {
  anyOf,
  type Call,
  type ConversationQuery,
  checkInstant,
  checkText,
  invalid,
  type OptionRule,
  type OptionRules,
  optionalText,
  type Query,
  texts,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorConversationListOptions } from './leadconnector-vendor-options.ts'

/** A query in the vendor's words, and which of its filters the vendor applies. */
export interface ConversationFilters {
  params: Query
  pushedDown: ReadonlySet<string>
  order: 'asc' | 'desc'
  /** Last activity in milliseconds, both ends included. */
  since: number | undefined
  until: number | undefined
}

/**
 * Turns the filters into those of `GET /conversations/search`.
 *
 * Its `startDate` and `endDate` are about the creation, so `since` and `until` become the places where reading begins
 * and ends in a list that is ordered by the last message.
 */
export function conversationFilters(call: Call, query: ConversationQuery): ConversationFilters {
  const own = vendorOptions(call, query.vendor, ownOptions)
  const pushedDown = new Set(['contactId', 'assigneeId', 'search', 'since', 'until'])
  const order = orderOf(call, query.order)
  const params = {
    contactId: optionalText(call, query.contactId, 'contactId'),
    assignedTo: query.assigneeId === null ? 'unassigned' : optionalText(call, query.assigneeId, 'assigneeId'),
    query: query.search === '' ? undefined : optionalText(call, query.search, 'search'),
    status: statusOf(query, pushedDown),
    lastMessageType: own.lastMessageType ?? typeOfChannel(query, pushedDown),
    lastMessageDirection: own.lastMessageDirection,
    lastMessageAction: own.lastMessageAction,
    followers: own.followers?.join(','),
    mentions: own.mentions?.join(','),
    startDate: checkInstant(call, own.createdSince, 'vendor.leadconnector.createdSince'),
    endDate: checkInstant(call, own.createdUntil, 'vendor.leadconnector.createdUntil'),
  }
  const since = checkInstant(call, query.since, 'since')
  const until = checkInstant(call, query.until, 'until')
  return { params, pushedDown, order, since, until }
}

const instant: OptionRule<string> = (call, value, path) => {
  if (checkInstant(call, value, path) === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return value as string
}

/** A rule for what is sent as one parameter, joined by commas. */
export const someTexts: OptionRule<string[]> = (call, value, path) => {
  const list = texts(call, value, path)
  if (list.length === 0) throw invalid(call, path, 'must not be empty')
  return list
}

const ownOptions: OptionRules<LeadConnectorConversationListOptions> = {
  followers: someTexts,
  mentions: someTexts,
  lastMessageType: checkText,
  lastMessageDirection: anyOf('inbound', 'outbound'),
  lastMessageAction: anyOf('automated', 'manual'),
  createdSince: instant,
  createdUntil: instant,
}

export function orderOf(call: Call, order: unknown): 'asc' | 'desc' {
  if (order === undefined || order === 'desc') return 'desc'
  if (order === 'asc') return 'asc'
  throw invalid(call, 'order', 'must be asc or desc')
}

/** Read and starred are values of one parameter, so that only one of them reaches the vendor. */
function statusOf({ isStarred, isUnread }: ConversationQuery, pushedDown: Set<string>): string | undefined {
  if (isStarred === true) {
    pushedDown.add('isStarred')
    return 'starred'
  }
  if (isUnread === undefined) return undefined
  pushedDown.add('isUnread')
  return isUnread ? 'unread' : 'read'
}

/** Of all channels only WhatsApp is a single type at the vendor, and so can be asked for exactly. */
function typeOfChannel({ channel }: ConversationQuery, pushedDown: Set<string>): string | undefined {
  if (channel !== 'whatsapp') return undefined
  pushedDown.add('channel')
  return 'TYPE_WHATSAPP'
}
