import { type Adapter, type Conversation, type JsonObject, type JsonValue, type Message, supports } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { RecordOf } from '../store/records.ts'
import type { RecordKind, Schema } from '../store/schema.ts'
import { storedRecord } from '../store/stored-record.ts'

/**
 * A record that was read by itself, with what the store has of it from the list.
 *
 * A vendor can say less of a record by itself than in its list, or say the same in other words: LeadConnector gives the name of
 * the contact, the labels and the text of the last message only in the list. Without this, they would vanish at each webhook
 * and come back with the next list, and both would be reported as changes.
 */
export async function withListed<Kind extends RecordKind>(
  db: Kysely<Schema>,
  adapter: Adapter,
  kind: Kind,
  item: RecordOf[Kind],
): Promise<RecordOf[Kind]> {
  // Without a list, all of them are read like this one, and what it leaves out is gone.
  if (!supports(adapter, `${kind as RecordKind}s.list`)) return item
  const listed = await storedRecord(db, kind, item.ref, false)
  return listed === undefined ? item : (merged(listed, item) as unknown as RecordOf[Kind])
}

function merged(listed: object, alone: object): JsonObject {
  const [known, said] = [listed as JsonObject, alone as JsonObject]
  const names = [...new Set([...Object.keys(known), ...Object.keys(said)])]
  return Object.fromEntries(
    names.map((name) => [name, (saysNoMore(said[name], known[name]) ? known[name] : said[name]) as JsonValue]),
  )
}

/**
 * Conversations with what the store has of their agent and their star, where they do not say it. The agent-conversation API says
 * the agent only with the agent, so an adapter that has not read it yet leaves it out; the list of LeadConnector never says the
 * star, which a conversation by itself does. Neither must look like a change.
 */
export async function withUnsaid(db: Kysely<Schema>, items: readonly Conversation[]): Promise<readonly Conversation[]> {
  const silent = items.flatMap(({ ref, agentId, isStarred }) =>
    agentId === undefined || isStarred === undefined ? [ref] : [],
  )
  if (silent.length === 0) return items
  const { rows } = await sql<{ ref: string; agent_id: string; is_starred: boolean | null }>`
    select ref, agent_id, is_starred from parley.conversations
    where ref = any(${silent}::text[]) and (agent_id <> '' or is_starred is not null)`.execute(db)
  const known = new Map(rows.map((row) => [row.ref, row]))
  return items.map((item) => {
    const { agent_id, is_starred } = known.get(item.ref) ?? {}
    return {
      ...item,
      ...(item.agentId === undefined && agent_id && { agentId: agent_id }),
      ...(item.isStarred === undefined && typeof is_starred === 'boolean' && { isStarred: is_starred }),
    }
  })
}

/**
 * A conversation with the text of its last message, if the vendor only says when that was, and the store has it. The list of
 * the vendor has the last word.
 */
export async function withPreview(db: Kysely<Schema>, item: Conversation): Promise<Conversation> {
  const { lastMessage, ref } = item
  if (!lastMessage?.at || lastMessage.text !== undefined) return item
  const { rows } = await sql<{ body: Message }>`
    select body from parley.messages where conversation = ${ref} and deleted_at is null
    order by sort_at desc, position desc, ref limit 1`.execute(db)
  const { text, author, createdAt } = rows[0]?.body ?? {}
  const isIt = createdAt && (createdAt === lastMessage.at || isSameInstant(createdAt, lastMessage.at))
  return isIt && author && text ? { ...item, lastMessage: { author: author.kind, ...lastMessage, text } } : item
}

/** Whether nothing in a value contradicts or adds to a known one. */
export function saysNoMore(said: JsonValue | undefined, known: JsonValue | undefined): boolean {
  if (said === undefined || said === known || said === 'unknown') return true
  if (known === undefined) return said === null || said === false
  if (typeof said === 'string' && typeof known === 'string') return isSameInstant(said, known)
  if (typeof said !== 'object' || typeof known !== 'object' || said === null || known === null) return false
  if (Array.isArray(said) !== Array.isArray(known) || (Array.isArray(said) && said.length !== known.length))
    return false
  // The vendor's own word for a value can be another one in each place.
  return Object.entries(said).every(
    ([name, value]) => (name === 'native' && 'value' in known) || saysNoMore(value, (known as JsonObject)[name]),
  )
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

/** Some vendors leave out the milliseconds of a time in one of the two places. */
const isSameInstant = (one: string, other: string): boolean =>
  instant.test(one) && one.slice(0, 19) === other.slice(0, 19) && (one.endsWith('.000Z') || other.endsWith('.000Z'))
