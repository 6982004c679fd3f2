import {
  type Call,
  type ConversationQuery,
  checkInput,
  checkOptionalText,
  checkWord,
  invalid,
  type Query,
  readTimestamp,
} from '@parley/core'

import { type LiveChatAIVendorOptions, vendorOf } from '../livechatai-vendor-options.ts'
import { statusWords } from '../map/map-livechatai-status.ts'

type VendorQuery = Partial<LiveChatAIVendorOptions['conversations.list']>

export interface CheckedQuery {
  order: 'asc' | 'desc'
  since: string | undefined
  until: string | undefined
  /** The vendor's word for a channel, which the list is checked against as well. */
  channel: string | undefined
  /** What is sent, beside whose conversations and which page. */
  sent: Query
}

/** @param ofContact a contact's list has no `type` ("contacts/list-conversations"). */
export function checkQuery(call: Call, given: ConversationQuery, ofContact: boolean): CheckedQuery {
  const query = checkInput(call, given)
  const vendor: VendorQuery = vendorOf(query)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const status = checkWord(call, query.status, 'status', ['open', 'closed'])
  const type = checkWord(call, vendor.type, 'type', ['unassigned', 'your-inbox', 'all'])
  if (ofContact && type !== undefined)
    call.reading.warn('ignored-option', 'A contact’s conversations have no type; it was left away.', { path: 'type' })
  const sent: Query = {
    ...extraQueryOf(call, vendor),
    ...newerFilters(call, vendor),
    type: ofContact ? undefined : type,
    sort: order,
    status: status && statusWords[status],
    startDate: secondsOf(call, vendor.startDate, 'startDate'),
    endDate: secondsOf(call, vendor.endDate, 'endDate'),
    viewId: checkOptionalText(call, vendor.viewId, 'viewId'),
  }
  const since = instantOf(call, query.since, 'since')
  const until = instantOf(call, query.until, 'until')
  return { order, since, until, channel: vendor.channel, sent }
}

const channels = ['WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT', 'PREVIEW', 'ONBOARDING'] as const
const sentiments = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED'] as const
const resolutions = ['AIHelped', 'AIDidNotHelp', 'TalkToAgent'] as const

/** The newer edition of the page describes these filters, and leaves their names out. */
function newerFilters(call: Call, vendor: VendorQuery): Query {
  const unproven = {
    sentiment: checkWord(call, vendor.sentiment, 'sentiment', sentiments),
    topic: checkOptionalText(call, vendor.topic, 'topic'),
    resolution: checkWord(call, vendor.resolution, 'resolution', resolutions),
  }
  for (const [path, value] of Object.entries(unproven)) {
    if (value === undefined) continue
    const text = `The parameter’s name ${path} is presumed, and no field shows whether the vendor applied it.`
    call.reading.warn('degraded', text, { path })
  }
  return { ...unproven, channel: checkWord(call, vendor.channel, 'channel', channels) }
}

const own: ReadonlySet<string> = new Set([
  ...['agentId', 'page', 'perPage', 'type', 'sort', 'status', 'startDate', 'endDate', 'viewId'],
  ...['channel', 'sentiment', 'topic', 'resolution'],
])

function extraQueryOf(call: Call, vendor: VendorQuery): Query {
  const extra = vendor.extraQuery == null ? {} : checkInput(call, vendor.extraQuery, 'extraQuery')
  for (const [name, value] of Object.entries(extra)) {
    if (own.has(name)) throw invalid(call, `extraQuery.${name}`, 'has an option of its own')
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw invalid(call, `extraQuery.${name}`, 'must be a text, a number or true or false')
  }
  return extra
}

/** Both editions of the page read Unix seconds, only the newer one ISO 8601. */
function secondsOf(call: Call, value: string | number | undefined, path: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const instant = typeof value === 'string' || typeof value === 'number' ? readTimestamp(value) : undefined
  if (instant === undefined) throw invalid(call, path, 'must be an instant, as ISO 8601 or Unix seconds')
  return Math.floor(Date.parse(instant) / 1000)
}

function instantOf(call: Call, value: string | undefined, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  const instant = typeof value === 'string' ? readTimestamp(value) : undefined
  if (instant === undefined) throw invalid(call, path, 'must be an instant in ISO 8601')
  return instant
}
