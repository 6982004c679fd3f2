import { type Kysely, sql } from 'kysely'
import { announceAdded } from './events.ts'
import type { Line } from './import-lines.ts'
import type { Schema } from './schema.ts'
import { textArray } from './text-array.ts'

type Db = Kysely<Schema>

/** A checked line, with the number of its account. */
type Numbered = Line & { no: number }

/** How the lines of each kind of what people have added are stored. What the store has of it stays, unless the file is newer. */
const stores: Readonly<Record<string, (tx: Db, lines: readonly Numbered[], isFirst: boolean) => Promise<unknown>>> = {
  subject: (tx, lines) =>
    sql`
      insert into parley.subjects (conversation, account, contact) select conversation, no, contact
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (no smallint, conversation text, contact text)
      on conflict do nothing`.execute(tx),

  async overlay(tx, lines, isFirst) {
    const { rows } = await sql<{ account: number; conversation: string }>`
      insert into parley.overlays as known (account, conversation, status, status_since, vendor_status, assignee, assignee_id,
        read_until, snoozed_until, snoozed_since, tags, changed_at)
      select no, conversation, status, "statusSince", "vendorStatus", assignee, "assigneeId", "readUntil", "snoozedUntil",
        "snoozedSince", coalesce(tags, '{}'), "changedAt"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (no smallint, conversation text, status text,
        "statusSince" timestamptz, "vendorStatus" text, assignee jsonb, "assigneeId" text, "readUntil" timestamptz,
        "snoozedUntil" timestamptz, "snoozedSince" timestamptz, tags text[], "changedAt" timestamptz)
      on conflict (conversation) do update set status = excluded.status, status_since = excluded.status_since,
        vendor_status = excluded.vendor_status, assignee = excluded.assignee, assignee_id = excluded.assignee_id,
        read_until = excluded.read_until, snoozed_until = excluded.snoozed_until, snoozed_since = excluded.snoozed_since,
        tags = excluded.tags, changed_at = excluded.changed_at
      where excluded.changed_at > known.changed_at
      returning account, conversation`.execute(tx)
    if (!isFirst) await announceChanged(tx, rows, 'overlay')
  },

  async send(tx, lines, isFirst) {
    const json = (name: string) =>
      sql`${textArray(lines.map((line) => (line[name] === undefined ? null : JSON.stringify(line[name]))))}::text[]`
    const plain = lines.map(({ input: _, attempt: __, warnings: ___, ...line }) => line)
    const { rows } = await sql<{ id: string; account: number; conversation: string }>`
      insert into parley.outbox (id, account, conversation, kind, place, state, input, person, operator_id, key, attempt, message,
        error, warnings, recorded_at, ended_at, dismissed_at, next_at)
      select id, no, conversation, type, "to",
        case state when 'recorded' then 'failed' when 'claimed' then 'unknown' else state end,
        input::json, person, "operatorId", key, attempt::json, message,
        case state when 'recorded' then ${JSON.stringify(unsent)}::jsonb when 'claimed' then ${JSON.stringify(unclear)}::jsonb
          else error end,
        warnings::json, "recordedAt", case when state in ('recorded', 'claimed') then clock_timestamp() else "endedAt" end,
        "dismissedAt",
        -- It is read back, if there is something to look for.
        case when state in ('claimed', 'unknown') and attempt is not null then clock_timestamp() end
      from rows from (
        jsonb_to_recordset(${JSON.stringify(plain)}::jsonb) as (id uuid, no smallint, conversation text, type text, "to" text,
          state text, person jsonb, "operatorId" text, key text, message text, error jsonb, "recordedAt" timestamptz,
          "endedAt" timestamptz, "dismissedAt" timestamptz),
        unnest(${json('input')}, ${json('attempt')}, ${json('warnings')})) with ordinality
        as given (id, no, conversation, type, "to", state, person, "operatorId", key, message, error, "recordedAt", "endedAt",
          "dismissedAt", input, attempt, warnings, place)
      order by place on conflict do nothing returning id, account, conversation`.execute(tx)
    // Afterwards, because the store may have the send that was tried again, or another try of it.
    const added = new Set(rows.map(({ id }) => id))
    const retries = lines.filter(({ id, retryOf }) => retryOf !== undefined && added.has(id as string))
    await sql`
      update parley.outbox as send set retry_of = given.of
      from unnest(${retries.map(({ id }) => id)}::uuid[], ${retries.map(({ retryOf }) => retryOf)}::uuid[]) as given (id, of)
      where send.id = given.id and exists (select from parley.outbox where id = given.of)
        and not exists (select from parley.outbox where retry_of = given.of)`.execute(tx)
    if (!isFirst) await announceChanged(tx, rows, 'sends')
  },

  async file(tx, lines) {
    for (const { send, index, content } of lines)
      await sql`
        insert into parley.outbox_files (send, place, content)
        select id, ${index}, ${Buffer.from(content as string, 'base64')} from parley.outbox
        where id = ${send}::uuid and state <> 'sent' on conflict do nothing`.execute(tx)
  },

  audit: (tx, lines, isFirst) =>
    sql`
      insert into parley.audit (at, account, person, person_id, action, target, outcome, code, details, send)
      select at, no, person, person->>'id', action, target, outcome, code, details, send
      from rows from (jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (at timestamptz, no smallint, person jsonb, action text,
        target text, outcome text, code text, details jsonb, send uuid)) with ordinality
        as given (at, no, person, action, target, outcome, code, details, send, place)
      where ${isFirst} or not exists (select from parley.audit as known where known.target = given.target
        and known.at = given.at and known.action = given.action and known.person = given.person)
      order by place`.execute(tx),

  link: (tx, lines) =>
    sql`
      insert into parley.links as known (id, a, b, reason, confidence, person, at, undone)
      select id, contacts[1], contacts[2], reason, confidence, person, at, undone
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (id uuid, contacts text[], reason text, confidence real,
        person jsonb, at timestamptz, undone jsonb)
      where undone is not null or not exists (select from parley.links as other
        where other.a = contacts[1] and other.b = contacts[2] and other.undone is null and other.id <> given.id)
      on conflict (id) do update set undone = coalesce(known.undone, excluded.undone)`.execute(tx),

  savedReply: (tx, lines) =>
    sql`
      insert into parley.saved_replies as known (id, title, text, shortcut, person, updated_at)
      select given.id, given.title, given.text::json, given.shortcut, given.person, given.updated_at
      from unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ title }) => title)}::text[],
        ${textArray(lines.map(({ text }) => JSON.stringify(text)))}::text[], ${lines.map(({ shortcut }) => shortcut ?? null)}::text[],
        ${textArray(lines.map(({ person }) => JSON.stringify(person)))}::text[]::jsonb[],
        ${lines.map(({ updatedAt }) => updatedAt)}::timestamptz[]) as given (id, title, text, shortcut, person, updated_at)
      on conflict (id) do update set title = excluded.title, text = excluded.text, shortcut = excluded.shortcut,
        person = excluded.person, updated_at = excluded.updated_at
      where excluded.updated_at > known.updated_at`.execute(tx),

  savedView: (tx, lines) =>
    sql`
      insert into parley.saved_views as known (id, name, filter, is_shared, person, person_id, updated_at)
      select id, name, filter, "isShared", person, person->>'id', "updatedAt"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (id uuid, name text, filter json, "isShared" boolean,
        person jsonb, "updatedAt" timestamptz)
      on conflict (id) do update set name = excluded.name, filter = excluded.filter, is_shared = excluded.is_shared,
        person = excluded.person, person_id = excluded.person_id, updated_at = excluded.updated_at
      where excluded.updated_at > known.updated_at`.execute(tx),
}

/** The store from which the file comes may send it still, so this one never does. */
const unsent = {
  code: 'conflict',
  message: 'It was not sent yet when it was exported. Look at the conversation before you retry it.',
}
const unclear = { code: 'conflict', message: 'It was being sent when it was exported, so it may have been sent.' }

export const isOfPeople = (kind: string): boolean => Object.hasOwn(stores, kind)

/** Stores lines of one kind of what people have added. */
export async function storeOfPeople(tx: Db, isFirst: boolean, kind: string, lines: readonly Numbered[]): Promise<void> {
  await stores[kind]?.(tx, lines, isFirst)
}

async function announceChanged(
  tx: Db,
  rows: readonly { account: number; conversation: string }[],
  what: 'overlay' | 'sends',
): Promise<void> {
  for (const account of new Set(rows.map((row) => row.account))) {
    const own = new Set(rows.filter((row) => row.account === account).map(({ conversation }) => conversation))
    await announceAdded(tx, account, [...own], what)
  }
}
