import type { ConversationQuery } from '../contract/options.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import type { Conversation } from '../model/conversation.ts'
import { type PayloadReader, readTimestamp } from '../read/reading.ts'

type Filter = Exclude<keyof ConversationQuery, 'limit' | 'cursor' | 'order' | 'vendor'>

/**
 * What each filter means for a normalized conversation. `unknown`: the vendor does not give the value. So far only
 * dates can be unknown; for the other filters, a conversation without the value does not match.
 */
const tests: {
  [Name in Filter]: (
    conversation: Conversation,
    wanted: NonNullable<ConversationQuery[Name]> | null,
  ) => boolean | 'unknown'
} = {
  status: ({ status }, wanted) => status.value === wanted,
  channel: ({ channel }, wanted) => channel?.value === wanted,
  agentId: ({ agentId }, wanted) => agentId === wanted,
  contactId: ({ contact }, wanted) => contact?.id === wanted,
  assigneeId: ({ assignee }, wanted) => (wanted === null ? assignee === null : assignee?.id === wanted),
  unread: ({ unreadCount }, wanted) => unreadCount !== undefined && unreadCount > 0 === wanted,
  isStarred: ({ isStarred }, wanted) => isStarred === wanted,
  search: (conversation, wanted) => searchable(conversation).includes(String(wanted).toLowerCase()),
  since: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt >= String(wanted) : 'unknown'),
  until: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt <= String(wanted) : 'unknown'),
}

/**
 * The rule for items without a date, in every list: a date filter keeps them, and the page's warnings say so, because
 * hiding a waiting customer would be the worse mistake.
 *
 * @param from and `to`: milliseconds since the epoch, both inclusive; `undefined`: open.
 * @returns whether the instant is in the range.
 */
export function holdsInstant(
  reading: PayloadReader,
  instant: string | null | undefined,
  from: number | undefined,
  to: number | undefined,
): boolean {
  if (from === undefined && to === undefined) return true
  const at = instant ? Date.parse(instant) : Number.NaN
  if (Number.isNaN(at)) return keepUndated(reading)
  return (from === undefined || at >= from) && (to === undefined || at <= to)
}

const undated = 'Items without a date cannot be filtered by date; they were kept.'

function keepUndated(reading: PayloadReader): true {
  if (!reading.warnings.some(({ message }) => message === undated)) reading.warn('local-filter', undated)
  return true
}

/** An unreadable date would match everything or nothing. */
function instant(path: 'since' | 'until', wanted: unknown): string {
  const read = readTimestamp(wanted)
  if (read !== undefined) return read
  const problem = 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z'
  throw new InvalidRequestError({ message: `The filter ${path} ${problem}.`, fields: [{ path, problem }] })
}

const searchable = ({ title, summary, contact, lastMessage }: Conversation): string =>
  [title, summary, contact?.name, contact?.email, contact?.phone, lastMessage?.text].join('\n').toLowerCase()

/**
 * Applies the filters that the vendor did not apply, with one warning per filter.
 *
 * @param pushedDown the filters of this query that the vendor has applied.
 * @throws InvalidRequestError for a `since` or `until` that is not an instant.
 */
export function filterLocally(
  items: Conversation[],
  query: ConversationQuery,
  pushedDown: ReadonlySet<string>,
  reading: PayloadReader,
): Conversation[] {
  let left = items
  for (const name of Object.keys(tests) as Filter[]) {
    const asked = query[name]
    if (asked === undefined || pushedDown.has(name)) continue
    const wanted = name === 'since' || name === 'until' ? instant(name, asked) : asked
    reading.warn('local-filter', `${reading.vendor} cannot filter by ${name}; Parley filtered this page instead.`)
    left = left.filter((conversation) => {
      const answer = tests[name](conversation, wanted as never)
      return answer === 'unknown' ? keepUndated(reading) : answer
    })
  }
  return left
}
