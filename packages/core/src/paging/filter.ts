import type { Limits } from '../contract/adapter.ts'
import type { ConversationFilter, ConversationQuery } from '../contract/options.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import { instantOf, instantProblem } from '../input/check.ts'
import type { Conversation } from '../model/conversation.ts'
import type { PayloadReader } from '../read/reading.ts'

/**
 * What each filter means for a normalized conversation. `unknown`: the vendor does not say whether it matches.
 */
const tests: {
  [Name in ConversationFilter]: (
    conversation: Conversation,
    wanted: NonNullable<ConversationQuery[Name]> | null,
  ) => boolean | 'unknown'
} = {
  status: ({ status }, wanted) => known(status.value === 'unknown' ? undefined : status.value, wanted),
  channel: ({ channel }, wanted) =>
    known(channel === null || channel?.value !== 'unknown' ? wordOf(channel) : undefined, wanted),
  agentId: ({ agentId }, wanted) => known(agentId, wanted),
  contactId: ({ contact }, wanted) => known(idOf(contact), wanted),
  assigneeId: ({ assignee }, wanted) => known(idOf(assignee), wanted),
  unread: ({ unreadCount }, wanted) => known(unreadCount === undefined ? undefined : unreadCount > 0, wanted),
  isStarred: ({ isStarred }, wanted) => known(isStarred, wanted),
  search: (conversation, wanted) => searchable(conversation).includes(String(wanted).toLowerCase()),
  since: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt >= String(wanted) : 'unknown'),
  until: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt <= String(wanted) : 'unknown'),
}

/** A missing field: the vendor does not say. `null`: it says that there is none. */
const wordOf = (term: Conversation['channel']): string | null | undefined => (term === null ? null : term?.value)
const idOf = (holder: { id: string | null } | null | undefined): string | null | undefined =>
  holder === null ? null : holder?.id
const known = (value: unknown, wanted: unknown): boolean | 'unknown' =>
  value === undefined ? 'unknown' : value === wanted

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
  const read = instantOf(wanted)
  if (read !== undefined) return new Date(read).toISOString()
  throw new InvalidRequestError({
    message: `The filter ${path} ${instantProblem}.`,
    fields: [{ path, problem: instantProblem }],
  })
}

const searchable = ({ title, summary, contact, lastMessage }: Conversation): string =>
  [title, summary, contact?.name, contact?.email, contact?.phone, lastMessage?.text].join('\n').toLowerCase()

/**
 * Applies the filters that the vendor did not apply, with one warning per filter. An item for which the vendor does not say
 * whether it matches is kept, or left out with `unknown: 'exclude'`.
 *
 * @param pushedDown the filters of this query that the vendor has applied.
 * @param filters the adapter's own statement of what it can answer.
 * @returns the items, and the filters that could not be answered for some of them.
 * @throws InvalidRequestError for a `since` or `until` that is not an instant.
 */
export function filterLocally(
  items: Conversation[],
  query: ConversationQuery,
  pushedDown: ReadonlySet<string>,
  filters: Limits['filters'],
  reading: PayloadReader,
): { items: Conversation[]; unapplied?: string[] } {
  let left = items
  const unapplied: string[] = []
  const whatHappens = query.unknown === 'exclude' ? 'left out' : 'kept'
  for (const name of Object.keys(tests) as ConversationFilter[]) {
    const asked = query[name]
    if (asked === undefined || pushedDown.has(name)) continue
    const wanted = name === 'since' || name === 'until' ? instant(name, asked) : asked
    let isUnknown = filters[name] === 'unanswerable'
    left = left.filter((conversation) => {
      const answer = tests[name](conversation, wanted as never)
      if (answer !== 'unknown') return answer
      isUnknown = true
      return query.unknown !== 'exclude'
    })
    if (filters[name] !== 'unanswerable')
      reading.warn('local-filter', `${reading.vendor} cannot filter by ${name}; Parley filtered this page instead.`)
    if (!isUnknown) continue
    unapplied.push(name)
    const which = `Conversations of which ${reading.vendor} does not say whether they match ${name}`
    reading.warn('local-filter', `${which} were ${whatHappens}.`)
  }
  return unapplied.length > 0 ? { items: left, unapplied } : { items: left }
}
