import {
  type Call,
  checkInstant,
  checkLimit,
  checkWord,
  DecodeError,
  decodeCursor,
  type ExportQuery,
  encodeCursor,
  endless,
  flag,
  fromMilliseconds,
  invalid,
  isParleyError,
  isRecord,
  type JsonValue,
  type OptionRules,
  optionalText,
  type Page,
  type Query,
  vendorOptions,
} from '@parley/core'
import { sizes } from './capabilities.ts'
import { addEmailBodies, type LeadConnectorMessage } from './message-list.ts'
import type { LeadConnectorExportOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { readMessage } from './read/message.ts'
import { exportChannelOf } from './vocabulary.ts'

/** "Export messages": fewer per page are refused. */
const fewest = 10
/**
 * Extra items to read when the list restarts at an instant, because items of that instant may already have been
 * returned.
 */
const room = 100
/** The vendor's cursor is good for about two minutes. */
const cursorLastsMs = 110_000

/** Channels that messages have here and the export cannot be narrowed to. Other words match nothing. */
const unfiltered: ReadonlySet<string> = new Set(['web', 'tiktok', 'google', 'internal', 'system'])

export async function exportMessages(
  context: Context,
  call: Call,
  query: ExportQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const wanted = wantedOf(context, call, query)
  const position = cursor === undefined ? startOfPass(wanted.channel === 'Email') : decodeExport(cursor)
  if (wanted.filter !== undefined) {
    call.reading.warn(
      'local-filter',
      `${call.vendor} cannot export this channel alone; Parley filtered the export instead.`,
    )
    if (!unfiltered.has(wanted.filter)) return { items: [], next: null, warnings: call.reading.warnings }
  }
  const found = await readOn(context, call, wanted, position)
  const page = pageOf(call, wanted, position, found)
  if (wanted.emailBodies) await addEmailBodies(context, call, page.items)
  return page
}

interface Wanted {
  params: Query
  limit: number
  by: ExportedBy
  order: 'asc' | 'desc'
  emailBodies: boolean
  /** The vendor's word for the one channel that is asked for. */
  channel: string | undefined
  /** A channel that the vendor cannot narrow the list to. */
  filter: string | undefined
}

function wantedOf(context: Context, call: Call, query: ExportQuery): Wanted {
  const { emailBodies = false } = vendorOptions(call, query.vendor, ownOptions)
  const limit = checkLimit(call, query.limit, sizes.exported)
  const by = checkWord(call, query.by, 'by', ['createdAt', 'updatedAt'])
  const order = checkWord(call, query.order, 'order', ['asc', 'desc'])
  const asked = optionalText(call, query.channel, 'channel')
  const channel = asked && exportChannelOf(asked)
  const params = {
    locationId: context.locationId,
    limit: Math.max(limit, fewest),
    sortBy: by,
    sortOrder: order,
    conversationId: optionalText(call, query.conversationId, 'conversationId'),
    contactId: optionalText(call, query.contactId, 'contactId'),
    startDate: dateOf(checkInstant(call, query.since, 'since')),
    endDate: dateOf(checkInstant(call, query.until, 'until')),
  }
  const filter = channel === undefined ? asked : undefined
  return { params, limit, by: by ?? 'createdAt', order: order ?? 'desc', emailBodies, channel, filter }
}

const ownOptions: OptionRules<LeadConnectorExportOptions> = { emailBodies: flag }

const dateOf = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : fromMilliseconds(instant)

interface Found {
  messages: LeadConnectorMessage[]
  next: string | null
  total: number | undefined
  /** The instant that the vendor's list begins at, when it was begun anew. */
  from: string | null
}

/** Continues with the vendor's cursor until it expires, then from the last message's instant. */
async function readOn(context: Context, call: Call, wanted: Wanted, position: ExportPosition): Promise<Found> {
  const { cursor, at, from } = position
  if (cursor === null) return readFrom(context, call, wanted, position, at, null)
  if (call.now() - position.issued < cursorLastsMs) {
    try {
      return await readFrom(context, call, wanted, position, from, cursor)
    } catch (error) {
      const isDead = isParleyError(error) && (error.code === 'invalid-request' || error.code === 'not-found')
      if (!isDead || at === null) throw error
    }
  }
  if (at === null)
    throw invalid(call, 'cursor', 'has expired: this vendor’s cursors last two minutes. Start the export again')
  return readFrom(context, call, wanted, position, at, null)
}

/** `GET /conversations/messages/export`. @param from replaces the end of the range that the order begins with. */
function readFrom(
  context: Context,
  call: Call,
  { params, limit, channel, order }: Wanted,
  { emails, given }: ExportPosition,
  from: string | null,
  cursor: string | null,
): Promise<Found> {
  const begin = from === null ? undefined : { ...beginAt(from, order), limit: sizeFrom(limit, given.length) }
  const query = { ...params, ...begin, channel: emails ? 'Email' : channel, cursor }
  return call.read(
    context.spec('conversations', { path: '/conversations/messages/export', query }),
    (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('')
      const messages = reading.items(body['messages'], 'messages', (raw) => readMessage(raw, reading))
      const { nextCursor, total } = body
      return {
        messages,
        next: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : null,
        total: typeof total === 'number' ? total : undefined,
        from,
      }
    },
  )
}

/**
 * Extends the range by a millisecond, because it is unknown whether its ends are included. Repeated items are dropped.
 */
const beginAt = (from: string, order: 'asc' | 'desc'): Query =>
  order === 'asc' ? { startDate: dateOf(Date.parse(from) - 1) } : { endDate: dateOf(Date.parse(from) + 1) }

const sizeFrom = (limit: number, given: number): number => Math.min(limit + given + room, sizes.exported.max)

function pageOf(
  call: Call,
  { by, channel, filter, limit, order }: Wanted,
  position: ExportPosition,
  { messages, next, total, from }: Found,
): Page<LeadConnectorMessage> {
  const fresh = messages.filter(isNewAt(position, by, order))
  const last = messages.at(-1)
  const isSameList = position.cursor !== null && from === position.from && next !== null
  if (isSameList && last && (fresh.length === 0 || position.given.includes(last.id))) throw endless(call)
  const cut = after(position, fresh.slice(0, limit), by)
  // The rest of a page that is too long is read again by date; without one the page stays whole.
  const isCut = fresh.length > limit && cut.at !== null
  const taken = isCut ? fresh.slice(0, limit) : fresh
  const page: Page<LeadConnectorMessage> = {
    items: filter === undefined ? taken : taken.filter((message) => message.channel?.value === filter),
    next: null,
    warnings: call.reading.warnings,
  }
  if (channel !== undefined && from === null && total !== undefined) page.total = total
  if (isCut) page.next = encodeExport({ ...position, ...cut, cursor: null, from: null })
  else if (next !== null) {
    page.next = encodeExport({ ...position, ...after(position, fresh, by), cursor: next, issued: call.now(), from })
  } else if (channel === undefined && filter === undefined && !position.emails) {
    page.next = encodeExport(startOfPass(true))
  }
  return page
}

/** Drops items that were already returned: by id, and by a position before the current one. */
function isNewAt(
  { at, given }: ExportPosition,
  by: ExportedBy,
  order: 'asc' | 'desc',
): (message: LeadConnectorMessage) => boolean {
  const seen = new Set(given)
  return (message) => {
    if (seen.has(message.id)) return false
    const instant = message[by]
    return !at || !instant || (order === 'asc' ? instant >= at : instant <= at)
  }
}

/** Which instant of a message the list is ordered by. */
type ExportedBy = 'createdAt' | 'updatedAt'

/** Where an export stands. The vendor's own cursor dies within minutes; date and ids can go on without it. */
interface ExportPosition {
  /** The pass over the emails, which come after all others. */
  emails: boolean
  /** The vendor's cursor, and when it was given. */
  cursor: string | null
  issued: number
  /** The instant that the vendor's list was begun at, when this one was resumed by date. */
  from: string | null
  /** The instant of the last returned message, and the returned messages of that instant. */
  at: string | null
  given: string[]
}

const startOfPass = (emails: boolean): ExportPosition => ({
  emails,
  cursor: null,
  issued: 0,
  from: null,
  at: null,
  given: [],
})

/** After these messages. Those of the last one's instant are remembered, because a date alone would repeat them. */
function after(
  position: ExportPosition,
  messages: readonly LeadConnectorMessage[],
  by: ExportedBy,
): Pick<ExportPosition, 'at' | 'given'> {
  const last = messages.at(-1)
  if (!last) return position
  const at = last[by] ?? null
  const given = messages
    .filter((message) => message === last || (at !== null && message[by] === at))
    .map(({ id }) => id)
  return { at, given: at !== null && at === position.at ? [...position.given, ...given] : given }
}

const encodeExport = (position: ExportPosition): string => encodeCursor({ ...position })

const decodeExport = (cursor: string): ExportPosition => decodeCursor(cursor, readPosition)

function readPosition(state: JsonValue): ExportPosition | undefined {
  if (!isRecord(state)) return undefined
  const { emails, cursor, issued, from, at, given } = state
  const isText = (value: unknown): value is string | null =>
    value === null || (typeof value === 'string' && value !== '')
  if (typeof emails !== 'boolean' || typeof issued !== 'number' || !isText(cursor) || !isText(from) || !isText(at))
    return undefined
  if (!Array.isArray(given) || !given.every((id) => typeof id === 'string')) return undefined
  return { emails, cursor, issued, from, at, given }
}
