import { type Kysely, sql } from 'kysely'

/**
 * What people add to the records: the overlay, the outbox, the audit, links of contacts, saved replies and views, and who is
 * signed in. A wipe of an account leaves it, because the vendors do not have it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** What becomes of a row about an erased person before it is inserted. */
const erasedOut = [
  ['subjects', 'new.conversation, new.contact'],
  ['overlays', 'new.conversation'],
  ['outbox', 'new.conversation'],
  ['audit', 'new.target'],
  ['links', 'new.a, new.b'],
] as const

/** What counts at the desk: the overlay's value if it has one, else the vendor's. `desk/placed.ts` has the same rules. */
const deskStatus = `case
  when overlay_status = 'closed' or coalesce(status, 'unknown') = coalesce(overlay_vendor_status, 'unknown')
  then coalesce(overlay_status, status) else status end`
const deskAssignee = 'coalesce(overlay_assignee, assignee_id)'
const deskUnread = 'case when sort_at <= read_until then 0 else unread end'

/** A bit for each filter of which it is not known whether the conversation matches. `desk/list.ts` has the same bits. */
const unknowns = [
  `(${deskStatus}) is null`,
  ...['channel is null', 'agent_id is null', 'contact_id is null'],
  `(${deskAssignee}) is null`,
  `(${deskUnread}) is null`,
  ...['is_starred is null', 'not isfinite(sort_at)', "control = 'unknown'"],
]
  .map((condition, bit) => `(${condition})::int::smallint * ${2 ** bit}::smallint`)
  .join(' + ')

/** The columns of a conversation that are copied from its overlay, with the overlay's. `null`: it has none. */
const copied = [
  ['overlay_status', 'status'],
  ['overlay_vendor_status', 'vendor_status'],
  ['overlay_assignee', 'assignee_id'],
  ['read_until', 'read_until'],
  ['snoozed_until', 'snoozed_until'],
  ['tags', 'tags'],
] as const
const copy = (from: string) =>
  copied
    .map(([column, own]) => (own === 'tags' ? `${column} = nullif(${from}.tags, '{}')` : `${column} = ${from}.${own}`))
    .join(', ')

const statements = [
  // Whether the contact wrote the message, for the trigger `wake`. A json body cannot be asked, because it may have a NUL.
  'alter table parley.messages add column from_contact boolean not null default false',

  // One row for each conversation to which people have added something. What is null was not set.
  `create table parley.overlays (
    conversation text collate "C" primary key,
    account smallint not null references parley.accounts,
    status text check (status in ('open', 'closed')),
    -- The newest message of the contact when the status was set: a newer one ends a closing.
    status_since timestamptz,
    -- The vendor's status then: another one ends a reopening.
    vendor_status text,
    assignee jsonb,
    -- '' for nobody.
    assignee_id text,
    read_until timestamptz,
    snoozed_until timestamptz,
    snoozed_since timestamptz,
    tags text[] not null default '{}',
    changed_at timestamptz not null default clock_timestamp()
  )`,
  `create index overlays_waking on parley.overlays (conversation)
    where status = 'closed' or snoozed_until is not null`,
  'create index overlays_snoozed on parley.overlays (snoozed_until) where snoozed_until is not null',
  'create index overlays_by_assignee on parley.overlays (assignee_id) where assignee_id is not null',
  'create index overlays_by_status on parley.overlays (status) where status is not null',
  "create index overlays_by_tag on parley.overlays using gin (tags) where tags <> '{}'",

  // Copies of the overlay, so that a list is read in the order of an index whatever it is filtered by.
  `alter table parley.conversations
    -- 'unknown': the vendor does not say.
    add column control text not null default 'unknown',
    add column overlay_status text,
    add column overlay_vendor_status text,
    add column overlay_assignee text,
    add column read_until timestamptz,
    add column snoozed_until timestamptz,
    add column tags text[],
    add column desk_status text generated always as (${deskStatus}) stored,
    add column desk_assignee text generated always as (${deskAssignee}) stored,
    add column desk_unread integer generated always as (${deskUnread}) stored,
    add column desk_unknowns smallint not null generated always as (${unknowns}) stored`,
  `update parley.conversations
    set control = coalesce(substring(body::text from '"control":\\{"holder":"(\\w+)"'), 'unknown')`,
  'drop index parley.conversations_by_activity',
  // Each with the columns that a list is filtered by, so that what does not match costs no look into the table.
  ...[
    ['by_activity', '', ''],
    ['by_desk_unknowns', 'account, desk_unknowns, ', ''],
    ['by_desk_status', 'desk_status, ', ''],
    ['by_desk_assignee', 'desk_assignee, ', ''],
    ['by_control', 'control, ', ''],
    ['desk_unread', '', 'and desk_unread > 0'],
    ['snoozed', '', 'and snoozed_until is not null'],
  ].map(([name, columns = '', where = '']) => {
    const others = [
      'account',
      'desk_unknowns',
      'channel',
      'control',
      'desk_status',
      'desk_assignee',
      'desk_unread',
      'snoozed_until',
    ]
    const included = others.filter((column) => !columns.includes(`${column}, `))
    return `create index conversations_${name} on parley.conversations (${columns}sort_at desc, ref)
      include (${included.join(', ')}) where deleted_at is null ${where}`
  }),
  'create index conversations_by_tag on parley.conversations using gin (tags) where deleted_at is null',
  `create function parley.copy_overlay() returns trigger language plpgsql as $$
  begin
    update parley.conversations set ${copy('new')} where ref = coalesce(new.conversation, old.conversation);
    return null;
  end $$`,
  `create trigger copy_overlay after insert or update or delete on parley.overlays
    for each row execute function parley.copy_overlay()`,
  // A conversation that is stored again after a wipe.
  `create function parley.copy_overlays() returns trigger language plpgsql as $$
  begin
    if exists (select from parley.overlays) then
      update parley.conversations as own set ${copy('overlay')}
      from added join parley.overlays as overlay on overlay.conversation = added.ref where own.ref = added.ref;
    end if;
    return null;
  end $$`,
  `create trigger copy_overlays after insert on parley.conversations referencing new table as added
    for each statement execute function parley.copy_overlays()`,

  // The replies and notes. At most one of a conversation is claimed at a time, so that they are sent in order.
  `create table parley.outbox (
    id uuid primary key,
    no bigint generated always as identity unique,
    account smallint not null references parley.accounts,
    conversation text collate "C" not null,
    kind text not null check (kind in ('reply', 'note')),
    place text not null check (place in ('vendor', 'overlay')),
    state text not null check (state in ('recorded', 'claimed', 'sent', 'failed', 'unknown')),
    input json not null,
    person jsonb not null,
    operator_id text,
    key text,
    claim uuid,
    claimed_until timestamptz,
    attempt json,
    message text collate "C",
    error jsonb,
    warnings json,
    recorded_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    -- When it is reconciled next.
    next_at timestamptz,
    tries integer not null default 0,
    -- A send is retried at most once.
    retry_of uuid unique references parley.outbox
  )`,
  'create unique index outbox_keys on parley.outbox (conversation, key) where key is not null',
  "create unique index outbox_claimed on parley.outbox (conversation) where state = 'claimed'",
  'create index outbox_by_conversation on parley.outbox (conversation, no desc)',
  'create index outbox_by_message on parley.outbox (message) where message is not null',
  "create index outbox_open on parley.outbox (account, next_at) where state in ('recorded', 'claimed', 'unknown')",
  "create index outbox_of_people on parley.outbox (conversation) where state not in ('sent')",

  `create table parley.outbox_files (
    send uuid not null references parley.outbox on delete cascade,
    place smallint not null,
    content bytea not null,
    primary key (send, place)
  )`,

  // Whose conversation it is to which people have added something, although no sync has it, or has it any more.
  `create table parley.subjects (
    conversation text collate "C" primary key,
    account smallint not null references parley.accounts,
    contact text collate "C" not null
  )`,
  'create index subjects_by_contact on parley.subjects (contact)',

  `create table parley.audit (
    no bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    account smallint references parley.accounts,
    person jsonb not null,
    person_id text not null,
    action text not null,
    target text collate "C" not null,
    outcome text not null,
    code text,
    details jsonb,
    send uuid
  )`,
  'create index audit_by_time on parley.audit (at desc, no desc)',
  'create index audit_by_target on parley.audit (target, at desc, no desc)',
  'create index audit_by_person on parley.audit (person_id, at desc, no desc)',

  // Contacts of different accounts that are the same person. Undone links stay, so that none is made again by itself.
  `create table parley.links (
    id uuid primary key,
    a text collate "C" not null,
    b text collate "C" not null,
    reason text not null,
    confidence real not null,
    person jsonb,
    at timestamptz not null default clock_timestamp(),
    undone jsonb,
    check (a < b)
  )`,
  'create unique index links_once on parley.links (a, b) where undone is null',
  'create index links_by_second on parley.links (b)',

  `create table parley.saved_replies (
    id uuid primary key,
    title text not null,
    text json not null,
    shortcut text,
    person jsonb not null,
    updated_at timestamptz not null default clock_timestamp()
  )`,
  `create table parley.saved_views (
    id uuid primary key,
    name text not null,
    filter json not null,
    is_shared boolean not null,
    person jsonb not null,
    person_id text not null,
    updated_at timestamptz not null default clock_timestamp()
  )`,

  // Sessions and one-time sign-in links of a server, by the digest of their secret.
  `create table parley.sessions (
    digest bytea primary key,
    kind text not null,
    value jsonb not null,
    until timestamptz not null
  )`,
  'create index sessions_by_end on parley.sessions (until)',

  `create function parley.keep_out() returns trigger language plpgsql as $$
  begin
    return null;
  end $$`,
  ...erasedOut.map(
    ([table, refs]) => `create trigger keep_erased_out before insert on parley.${table}
      for each row when (parley.is_erased(array[${refs}])) execute function parley.keep_out()`,
  ),

  // A new message of the contact ends a closing and a snoozing, whatever statement inserts it. One that is older than what the
  // person had seen of the contact does not.
  `create function parley.wake() returns trigger language plpgsql as $$
  begin
    if not exists (select from parley.overlays where status = 'closed' or snoozed_until is not null) then
      return null;
    end if;
    with heard as (
      select conversation, max(sort_at) as at from added where from_contact group by conversation
    ), woken as (
      update parley.overlays as known set
        status = case when known.status = 'closed' and (heard.at > known.status_since or not isfinite(heard.at))
          then null else known.status end,
        snoozed_until = case when heard.at > known.snoozed_since or not isfinite(heard.at)
          then null else known.snoozed_until end,
        changed_at = clock_timestamp()
      from heard where known.conversation = heard.conversation and (
        (known.status = 'closed' and (heard.at > known.status_since or not isfinite(heard.at)))
        or (known.snoozed_until is not null and (heard.at > known.snoozed_since or not isfinite(heard.at))))
      returning known.account, known.conversation
    )
    insert into parley.changes (account, kind, change, ref, conversation, fields)
    select account, 'conversation', 'updated', conversation, conversation, '{"overlay": true}' from woken;
    return null;
  end $$`,
  `create trigger wake after insert on parley.messages referencing new table as added
    for each statement execute function parley.wake()`,
]
