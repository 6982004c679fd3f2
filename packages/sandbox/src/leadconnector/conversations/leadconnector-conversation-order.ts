import { pick } from '../leadconnector-ids.ts'
import type { State } from '../state/leadconnector-state.ts'
import type { Summary } from './leadconnector-conversation-view.ts'

const sortValues: Readonly<Record<string, (summary: Summary) => number>> = {
  last_message_date: (summary) => summary.lastMessageDate,
  last_manual_message_date: (summary) => summary.lastManual?.at ?? 0,
  score_profile: (summary) => summary.conversation.score,
  overdue_at: () => 0,
  due_at: () => 0,
}

export const sortNames: readonly string[] = Object.keys(sortValues)

export interface Order {
  /** What a conversation is sorted by, and a number of its own that breaks ties. */
  readonly keys: (summary: Summary) => readonly [number, number]
  readonly compare: (a: readonly number[], b: readonly number[]) => number
}

export function sortKeysOf(sortBy: unknown, sort: unknown): Order {
  const value = sortValues[String(sortBy ?? 'last_message_date')] ?? ((summary: Summary) => summary.lastMessageDate)
  const sign = sort === 'asc' ? 1 : -1
  return {
    keys: (summary) => [value(summary), pick(summary.conversation.id, 1_000_000_000)],
    compare: (a, b) => sign * ((a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)),
  }
}

/**
 * The page after a cursor. The whole `sort` array of the last item continues exactly; its first number alone cannot
 * tell tied conversations apart, so it repeats all of them or skips the rest, as the settings say.
 */
export function pageOf(
  found: readonly Summary[],
  { keys, compare }: Order,
  cursor: readonly number[],
  limit: number,
  { settings }: State,
): Summary[] {
  const sorted = found.map((summary) => ({ summary, key: keys(summary) })).sort((a, b) => compare(a.key, b.key))
  if (cursor.length === 0) return sorted.slice(0, limit).map(({ summary }) => summary)
  const tied = sorted.filter(({ key }) => key[0] === cursor[0]).length
  const repeats = cursor.length === 1 && settings.tiesAtCursor === 'repeat' && tied > 1
  return sorted
    .filter(({ key }) => {
      if (cursor.length > 1) return compare(key, cursor) > 0
      const order = compare([key[0]], [cursor[0] ?? 0])
      return order > 0 || (order === 0 && repeats)
    })
    .slice(0, limit)
    .map(({ summary }) => summary)
}
