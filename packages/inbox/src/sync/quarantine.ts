import { type Kysely, sql } from 'kysely'
import { digestOf, stableJson } from '../store/digest.ts'
import { refsNamed } from '../store/named.ts'
import type { Schema } from '../store/schema.ts'
import { storable } from '../store/search-words.ts'
import type { SyncStream } from './sync.ts'

type Db = Kysely<Schema>

/** Where a record was found that cannot be stored. */
interface Place {
  /** `name`: `vendor:account` */
  readonly account: { readonly no: number; readonly name: string }
  readonly stream: SyncStream
}

export interface BadRecord {
  /** The ref of its conversation, if it is a message. */
  conversation?: string | undefined
  path?: string | undefined
  reason: string
  payload: unknown
}

/** Keeps a record aside, unless it names an erased person. @returns whether it was not kept already. */
export async function keepAside(tx: Db, { account, stream }: Place, bad: BadRecord): Promise<boolean> {
  const { conversation = null, path = null, reason, payload } = bad
  const key = digestOf(stableJson([conversation, payload ?? [reason, path]])).toString('hex')
  const { rows } = await sql<{ is_new: boolean }>`
    insert into parley.quarantine (account, stream, key, conversation, reason, path, payload, seen_at)
    select ${account.no}::smallint, ${stream}, decode(${key}, 'hex'), ${conversation}, ${storable(reason)},
      ${path && storable(path)}, ${JSON.stringify(payload)}::json, clock_timestamp()
    where not parley.is_erased(${refsNamed(account.name, payload)}::text[])
    on conflict (account, stream, key) do update set seen_at = excluded.seen_at
    returning (xmax = 0) as is_new`.execute(tx)
  return rows[0]?.is_new === true
}

/** Forgets the records of whole lists that a complete read, which began at `since`, did not find to be bad again. */
export async function forgetQuarantined(
  tx: Db,
  { account }: Pick<Place, 'account'>,
  streams: readonly SyncStream[],
  since: string,
): Promise<void> {
  await sql`
    delete from parley.quarantine where account = ${account.no} and stream = any(${streams}::text[])
      and conversation is null and seen_at < ${since}::timestamptz`.execute(tx)
}

/**
 * Forgets what was kept aside of deleted conversations, and the messages that an export could not read, once all
 * conversations were read since: what is still bad was found there again.
 */
export async function forgetObsolete(tx: Db, { account }: Pick<Place, 'account'>): Promise<void> {
  await sql`
    delete from parley.quarantine as kept
    where account = ${account.no} and (
      exists (select 1 from parley.conversations c where c.ref = kept.conversation and c.deleted_at is not null)
      or (stream = 'messages' and conversation is null and not exists (
        select 1 from parley.threads t join parley.conversations c on c.ref = t.conversation
        where t.account = ${account.no} and c.deleted_at is null
          and coalesce(t.verified_at, '-infinity') < kept.seen_at)))`.execute(tx)
}

/** What can be kept of a record that is perhaps no JSON. */
export function payloadOf(item: unknown): unknown {
  try {
    stableJson(item)
    return JSON.parse(JSON.stringify(item))
  } catch {
    return null
  }
}
