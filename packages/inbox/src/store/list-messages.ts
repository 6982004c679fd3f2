import { decodeCursor, encodeCursor, type Message, type MessageQuery, type Page } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { isInteger, isSortTime, isText } from './cursor-parts.ts'
import type { Schema } from './schema.ts'

interface Row {
  ref: string
  sort_at: string
  position: number
  body: Message
  raw: unknown
}

type Place = readonly [at: string, position: number, ref: string]

const usualLimit = 50
const mostItems = 1000

/** Whether the store has the conversation and all its messages. */
export async function isThreadComplete(db: Kysely<Schema>, conversation: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from parley.threads as thread join parley.conversations as conversation on conversation.ref = thread.conversation
    where thread.conversation = ${conversation} and thread.is_whole and conversation.deleted_at is null`.execute(db)
  return rows.length > 0
}

/** One page of the messages of a conversation, in time. Those of a thread without times are in the vendor's order. */
export async function messagesPage(
  db: Kysely<Schema>,
  conversation: string,
  query: MessageQuery,
  cursor: string | undefined,
  withRaw: boolean,
): Promise<Page<Message>> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, readPlace)
  const isOldestFirst = query.order === 'asc'
  const order = isOldestFirst ? sql`sort_at, position, ref desc` : sql`sort_at desc, position desc, ref`
  const { rows } = await sql<Row>`
    select ref, sort_at, position, body, ${withRaw ? sql`raw` : sql`null::json`} as raw
    from parley.messages
    where conversation = ${conversation} and deleted_at is null ${after ? beyond(after, isOldestFirst) : sql``}
    order by ${order} limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ body, raw }) => (raw == null ? body : { ...body, raw })),
    next: last && rows.length > limit ? encodeCursor([last.sort_at, last.position, last.ref]) : null,
    warnings: [],
  }
}

function beyond([at, position, ref]: Place, isOldestFirst: boolean) {
  const time = sql`${at}::timestamptz`
  return isOldestFirst
    ? sql`and sort_at >= ${time} and (sort_at > ${time} or position > ${position}
        or (position = ${position} and ref < ${ref}))`
    : sql`and sort_at <= ${time} and (sort_at < ${time} or position < ${position}
        or (position = ${position} and ref > ${ref}))`
}

function readPlace(state: unknown): Place | undefined {
  if (!Array.isArray(state)) return undefined
  const [at, position, ref] = state as unknown[]
  return isSortTime(at) && isInteger(position) && isText(ref) ? [at, position, ref] : undefined
}
