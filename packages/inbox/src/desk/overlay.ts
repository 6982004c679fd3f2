import { type Kysely, type RawBuilder, sql } from 'kysely'
import { announceAdded } from '../store/events.ts'
import { idColumn } from '../store/records.ts'
import type { Schema } from '../store/schema.ts'

type Db = Kysely<Schema>

/** What a command changes in the overlay of a conversation. `null` removes a value. */
export interface OverlayChange {
  status?: 'open' | 'closed' | null
  /** The vendor never shows the status, so what its answer to a change says is not what its lists will say. */
  isNeverShown?: boolean
  /** `undefined`: unchanged. `null`: the vendor's counts again. `{ id: '' }`: nobody. */
  assignee?: { id: string; name?: string | null } | null
  /** Everything up to the newest activity counts as read. */
  isRead?: true
  /** An instant. */
  snoozedUntil?: string | null
}

/** The newest known activity of a conversation. */
const newest = (conversation: string): RawBuilder<unknown> => sql`greatest(
  (select max(sort_at) from parley.messages where conversation = ${conversation} and isfinite(sort_at)),
  (select sort_at from parley.conversations where ref = ${conversation} and isfinite(sort_at)))`

/**
 * The newest message of the contact that the person can have seen. A newer one ends a closing and a snoozing, also if it is stored
 * only after others. If none is stored yet, ten minutes before the newest activity, because clocks differ.
 */
const heard = (conversation: string): RawBuilder<unknown> => sql`coalesce(
  (select max(sort_at) from parley.messages
    where conversation = ${conversation} and from_contact and deleted_at is null and isfinite(sort_at)),
  ${newest(conversation)} - interval '10 minutes', '-infinity')`

/** Changes the overlay of a conversation, in a transaction, and says so in the change feed. */
export async function changeOverlay(
  tx: Db,
  account: number,
  conversation: string,
  change: OverlayChange,
): Promise<void> {
  const { status, isNeverShown, assignee, isRead, snoozedUntil } = change
  const since = heard(conversation)
  const values: Record<string, RawBuilder<unknown>> = {
    ...(status !== undefined && {
      status: sql`${status}`,
      status_since: status === 'closed' ? since : sql`null::timestamptz`,
      vendor_status: isNeverShown
        ? sql`null::text`
        : sql`(select status from parley.conversations where ref = ${conversation})`,
    }),
    ...(assignee !== undefined && {
      assignee: sql`${assignee === null || assignee.id === '' ? null : JSON.stringify(assignee)}::jsonb`,
      assignee_id: sql`${assignee === null ? null : idColumn(assignee.id)}`,
    }),
    ...(isRead && { read_until: sql`coalesce(${newest(conversation)}, clock_timestamp())` }),
    ...(snoozedUntil !== undefined && {
      snoozed_until: sql`${snoozedUntil}::timestamptz`,
      snoozed_since: snoozedUntil === null ? sql`null::timestamptz` : since,
    }),
  }
  await writeOverlay(tx, account, conversation, values)
  await announceAdded(tx, account, [conversation], 'overlay')
}

async function writeOverlay(
  tx: Db,
  account: number,
  conversation: string,
  values: Readonly<Record<string, RawBuilder<unknown>>>,
): Promise<void> {
  const names = Object.keys(values).map((name) => sql.ref(name))
  await sql`
    insert into parley.overlays (conversation, account, ${sql.join(names)})
    values (${conversation}, ${account}, ${sql.join(Object.values(values))})
    on conflict (conversation) do update set ${sql.join(names.map((name) => sql`${name} = excluded.${name}`))},
      changed_at = clock_timestamp()`.execute(tx)
}

/** The most tags of a conversation. */
export const mostTags = 50

/** Changes the tags of a conversation. @returns `undefined` if it would have too many. */
export async function changeTags(
  tx: Db,
  account: number,
  conversation: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<string[] | undefined> {
  await sql`insert into parley.overlays (conversation, account) values (${conversation}, ${account}) on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ tags: string[] }>`
    select tags from parley.overlays where conversation = ${conversation} for update`.execute(tx)
  const tags = [...new Set([...(rows[0]?.tags ?? []), ...add])].filter((tag) => !remove.includes(tag))
  if (tags.length > mostTags) return undefined
  await sql`update parley.overlays set tags = ${tags}::text[], changed_at = clock_timestamp()
    where conversation = ${conversation}`.execute(tx)
  await announceAdded(tx, account, [conversation], 'overlay')
  return tags
}
