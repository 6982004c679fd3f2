import { buildRef, type Message } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { storableTime } from './database-time.ts'
import type { Schema } from './schema.ts'

/** Where a message stands in its conversation: at a time, and among the messages of this time. */
export interface MessagePlace {
  /** ISO 8601, or '-infinity'. */
  at: string
  /** Greater is newer. */
  position: number
}

/** A place as the columns of a row. */
export const columnsAt = ({ at, position }: MessagePlace): { sort_at: string; position: number } => ({
  sort_at: at,
  position,
})

/** Whether a row stays where it is. */
export const isAt = (stored: { sort_at: string; position: number }, row: Record<string, unknown>): boolean =>
  stored.position === row['position'] && stored.sort_at === row['sort_at']

/** What is needed of a message to find its place. */
interface Placed {
  ref: string
  time: string | null
}

export const placed = ({ ref, createdAt }: Pick<Message, 'ref' | 'createdAt'>): Placed => ({
  ref,
  time: storableTime(createdAt),
})

export const conversationOf = ({
  vendor,
  account,
  conversationId,
}: Pick<Message, 'vendor' | 'account' | 'conversationId'>): string =>
  buildRef({ vendor, account, kind: 'conversation', id: conversationId })

/** The last messages of pages. The next page can begin with others of the same time. */
export function endOf(messages: readonly Message[]): Message[] {
  const times = messages.map((message) => placed(message).time)
  const last = times.findLast((time) => time !== null)
  return messages.slice(times.findLastIndex((time) => time !== null && time !== last) + 1)
}

/**
 * The places of the messages of a page of a thread, newest first. Nothing in messages of the same time says in which order the
 * vendor shows them, so each has a position. A message without a time, in a thread with times, stands at the time of its
 * neighbor.
 *
 * A stored position that fits the order of the page stays, so that nothing changes when a page is read again.
 *
 * @param before what `endOf` returns for the pages before.
 * @param stored the stored position of a message of this page or of `before`.
 */
export function placesOf(
  before: readonly Placed[],
  page: readonly Placed[],
  stored: (ref: string) => number | undefined,
): Map<string, MessagePlace> {
  const messages = [...new Map([...before, ...page].map((message) => [message.ref, message])).values()]
  const groups = new Map<string, string[]>()
  let at = messages.find(({ time }) => time !== null)?.time ?? '-infinity'
  for (const { ref, time } of messages) {
    at = time ?? at
    groups.set(at, [...(groups.get(at) ?? []), ref])
  }
  return new Map(
    [...groups].flatMap(([at, refs]) => {
      const positions = fallingFrom(refs.map(stored))
      return refs.map((ref, index) => [ref, { at, position: positions[index] as number }] as const)
    }),
  )
}

/**
 * The positions of messages of one time, newest first.
 *
 * @param stored `undefined` for a message that is new.
 */
function fallingFrom(stored: readonly (number | undefined)[]): number[] {
  const first = stored.findIndex((position) => position !== undefined)
  // Without a stored one, the oldest gets 0.
  let last = first < 0 ? stored.length : (stored[first] as number) + first + 1
  return stored.map((position) => {
    last = position !== undefined && position < last ? position : last - 1
    return last
  })
}

/** Changes only the places of messages. What the sync has read besides their list, such as a text, stays. */
export async function move(tx: Kysely<Schema>, messages: readonly (MessagePlace & { ref: string })[]): Promise<void> {
  if (messages.length === 0) return
  await sql`
    with moved as (
      update parley.messages as own set sort_at = given.at, position = given.position
      from unnest(${messages.map(({ ref }) => ref)}::text[], ${messages.map(({ at }) => at)}::timestamptz[],
        ${messages.map(({ position }) => position)}::integer[]) as given (ref, at, position)
      where own.ref = given.ref
      returning own.no, own.sort_at)
    update parley.search set created_at = moved.sort_at from moved where message = moved.no and created_at <> moved.sort_at
  `.execute(tx)
}
