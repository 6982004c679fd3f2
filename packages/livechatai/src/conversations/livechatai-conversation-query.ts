import {
  anyOf,
  type Call,
  type ConversationQuery,
  checkInput,
  checkText,
  checkWord,
  invalid,
  type OptionRule,
  type OptionRules,
  object,
  type Query,
  readTimestamp,
  vendorOptions,
} from '@parley/core'

import type { LiveChatAIVendorOptions } from '../livechatai-vendor-options.ts'
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
  const own = vendorOptions(call, query.vendor, ownOptions)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const status = checkWord(call, query.status, 'status', ['open', 'closed'])
  const { type } = own
  if (ofContact && type !== undefined)
    call.reading.warn('ignored-option', 'A contact’s conversations have no type; the option was ignored.', {
      path: 'type',
    })
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

/** The newer edition of the page describes these filters, and leaves their names out. */
function newerFilters(call: Call, { sentiment, topic, resolution, channel }: VendorQuery): Query {
  const unproven = { sentiment, topic, resolution }
  for (const [path, value] of Object.entries(unproven)) {
    if (value === undefined) continue
    const text = `The parameter’s name ${path} is presumed, and no field shows whether the vendor applied it.`
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
