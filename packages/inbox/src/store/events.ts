import type { JsonObject } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { RecordKind, Schema } from './schema.ts'

type Db = Kysely<Schema>

/** An event of the change feed. */
export interface Event {
  kind: RecordKind
  change: 'added' | 'updated' | 'deleted' | 'restored' | 'erased'
  ref: string
  conversation: string | null
  fields: JsonObject | null
}

export async function announce(tx: Db, account: number, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into parley.changes (account, kind, change, ref, conversation, fields)
    select ${account}, kind, change, ref, conversation, fields::jsonb
    from unnest(${events.map(({ kind }) => kind)}::text[], ${events.map(({ change }) => change)}::text[],
      ${events.map(({ ref }) => ref)}::text[], ${events.map(({ conversation }) => conversation)}::text[],
      ${events.map(({ fields }) => fields && JSON.stringify(fields))}::text[])
      as given (kind, change, ref, conversation, fields)`.execute(tx)
}

/** Says that what people have added to conversations has changed: the overlay, or the sends. */
export const announceAdded = (
  tx: Db,
  account: number,
  conversations: readonly string[],
  what: 'overlay' | 'sends',
): Promise<void> =>
  announce(
    tx,
    account,
    conversations.map((ref) => ({
      ...{ kind: 'conversation', change: 'updated', ref, conversation: ref, fields: { [what]: true } },
    })),
  )
