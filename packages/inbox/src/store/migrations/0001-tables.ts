import { type Kysely, sql } from 'kysely'

/**
 * The first tables.
 *
 * A column that lists are filtered by is null where the vendor does not say, and '' where the vendor says that there is
 * none. `sort_at` is '-infinity' where there is no time, so that every row has a place in the order. Records are of the type
 * json and not jsonb, which accepts neither the NUL character nor half of a surrogate pair, and customers send both.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** What every stored record has. The order of its columns saves space: those of a fixed size come first. */
const record = `
  fetched_at timestamptz not null,
  version timestamptz,
  deleted_at timestamptz,
  account smallint not null,
  schema smallint not null,
  hash bytea not null,
  ref text collate "C" primary key,
  body json not null,
  raw json`

/**
 * A bit for each filter about which the vendor does not say whether the conversation matches. `list-conversations.ts` has the
 * same bits.
 */
const unknowns = ['status', 'channel', 'agent_id', 'contact_id', 'assignee_id', 'unread', 'is_starred']
  .map((column, bit) => `(${column} is null)::int::smallint * ${2 ** bit}::smallint`)
  .concat('(not isfinite(sort_at))::int::smallint * 128::smallint')
  .join(' + ')

const unlessErased = (refs: string) => `if parley.is_erased(${refs}) then return null; end if;`

/**
 * What the sync notes of records, and what becomes of a row before it is inserted, so that no statement can note anything of
 * an erased person. For records, the statement that writes them does it, because only it knows the person of each.
 */
const notes = [
  [
    'threads',
    `${unlessErased('array[new.conversation]')}
      if parley.is_erased(array[new.newest_ref]) then new.newest_ref := null; end if;`,
  ],
  ['hints', unlessErased('array[new.conversation, new.message, new.contact]')],
  ['quarantine', unlessErased('array[new.conversation]')],
  ['missing', unlessErased('array[new.ref]')],
  ['postponed', unlessErased('array[new.ref]')],
  ['seen', 'new.refs := array(select ref from unnest(new.refs) as own (ref) where not parley.is_erased(array[ref]));'],
  // A part has refs with spaces in between.
  ['checkpoints', unlessErased("string_to_array(new.part, ' ') || (new.position #>> '{}')")],
] as const

const statements = [
  `create table parley.accounts (
    no smallint generated always as identity primary key,
    name text collate "C" not null unique,
    state text not null default 'active',
    failures integer not null default 0,
    paused_until timestamptz,
    error jsonb,
    added_at timestamptz not null default clock_timestamp()
  )`,

  `create table parley.agents (${record})`,
  'create index agents_by_account on parley.agents (account, ref) where deleted_at is null',

  `create table parley.contacts (${record},
    email text,
    phone text,
    external_id text,
    words text not null
  )`,
  'create index contacts_by_account on parley.contacts (account, ref) where deleted_at is null',
  "create index contacts_by_email on parley.contacts (email) where deleted_at is null and email <> ''",
  "create index contacts_by_phone on parley.contacts (phone) where deleted_at is null and phone <> ''",
  "create index contacts_by_external_id on parley.contacts (external_id) where deleted_at is null and external_id <> ''",

  `create table parley.conversations (
    sort_at timestamptz not null,
    unread integer,
    is_starred boolean,
    unknowns smallint not null generated always as (${unknowns}) stored,
    ${record},
    status text,
    channel text,
    agent_id text,
    contact_id text,
    assignee_id text,
    contact text collate "C",
    words text not null
  )`,
  'create index conversations_by_activity on parley.conversations (sort_at desc, ref) where deleted_at is null',
  'create index conversations_by_account on parley.conversations (account, sort_at desc, ref) where deleted_at is null',
  // With the columns that a list is filtered by, so that what does not match costs no look into the table.
  `create index conversations_by_unknowns on parley.conversations (account, unknowns, sort_at desc, ref)
    include (status, channel, agent_id, contact_id, assignee_id, unread, is_starred) where deleted_at is null`,
  `create index conversations_by_assignee on parley.conversations (assignee_id, sort_at desc, ref)
    include (account, unknowns, status, channel, unread) where deleted_at is null`,
  `create index conversations_by_status on parley.conversations (status, sort_at desc, ref)
    include (account, unknowns, channel, assignee_id, unread) where deleted_at is null`,
  'create index conversations_by_contact on parley.conversations (contact_id, sort_at desc, ref) where deleted_at is null',
  'create index conversations_by_agent on parley.conversations (agent_id, sort_at desc, ref) where deleted_at is null',
  'create index conversations_by_channel on parley.conversations (channel, sort_at desc, ref) where deleted_at is null',
  `create index conversations_starred on parley.conversations (sort_at desc, ref)
    include (account, unknowns, status, channel, assignee_id, unread) where deleted_at is null and is_starred`,
  'create index conversations_by_contact_ref on parley.conversations (contact) where contact is not null',
  `create index conversations_unread on parley.conversations (sort_at desc, ref)
    include (account, unknowns, status, channel, assignee_id, unread) where deleted_at is null and unread > 0`,

  // `position` orders the messages of one time, and those of a thread without times, as the vendor shows them.
  `create table parley.messages (
    no bigint generated always as identity,
    sort_at timestamptz not null,
    position integer not null,
    is_partial boolean not null,
    ${record},
    conversation text collate "C" not null
  )`,
  'create index messages_by_conversation on parley.messages (conversation, sort_at desc, position desc, ref) where deleted_at is null',
  // Messages of which the list omits the text, until it is read.
  'create index messages_partial on parley.messages (account, sort_at desc) where is_partial and deleted_at is null',
  'create unique index messages_by_no on parley.messages (no)',

  // What a search reads: narrow, so that the newest part of it stays in memory.
  `create table parley.search (
    message bigint not null primary key,
    created_at timestamptz not null,
    account smallint not null,
    words tsvector not null
  )`,
  'create index search_by_account on parley.search (account, created_at desc, message desc)',
  'create index search_by_words on parley.search using gin (words) with (gin_pending_list_limit = 32768)',

  // One row for each conversation: how far its messages were read, and whether they must be read again.
  `create table parley.threads (
    conversation text collate "C" primary key,
    account smallint not null references parley.accounts,
    due_at timestamptz,
    due_mark bigint not null default 0,
    priority smallint not null default 0,
    is_complete boolean not null default false,
    is_whole boolean not null default false,
    read_from timestamptz,
    verified_at timestamptz,
    newest_at timestamptz,
    newest_ref text collate "C"
  )`,
  'create index threads_due on parley.threads (account, priority, due_at) where due_at is not null',
  'create index threads_incomplete on parley.threads (account) where not is_complete',
  'create index threads_by_verification on parley.threads (account, verified_at nulls first)',

  // One row for each account, stream and part of it: the place up to which everything is stored.
  `create table parley.checkpoints (
    account smallint not null references parley.accounts,
    stream text not null,
    part text not null default '',
    position jsonb not null,
    primary key (account, stream, part)
  )`,

  // One row for each account and stream: who works on it, and what became of it.
  `create table parley.streams (
    account smallint not null references parley.accounts,
    stream text not null,
    fence bigint not null default 0,
    holder uuid,
    held_until timestamptz,
    state text not null default 'idle',
    added bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    deleted bigint not null default 0,
    quarantined bigint not null default 0,
    started_at timestamptz,
    finished_at timestamptz,
    caught_up_at timestamptz,
    moved_at timestamptz,
    next_at timestamptz,
    progress jsonb,
    error jsonb,
    primary key (account, stream)
  )`,

  // The processes that sync: how long they are taken to live without another sign of life.
  'create table parley.workers (id uuid primary key, held_until timestamptz not null)',

  // Webhook events: hints that something is to be read. Those of an unknown kind are kept.
  `create table parley.hints (
    account smallint not null references parley.accounts,
    key text not null,
    kind text not null,
    received_at timestamptz not null,
    due_at timestamptz,
    tries smallint not null default 0,
    conversation text collate "C",
    message text collate "C",
    contact text collate "C",
    raw json,
    primary key (account, key)
  )`,
  'create index hints_due on parley.hints (account, due_at) where due_at is not null',

  // Records that could not be read, with the vendor's payload.
  `create table parley.quarantine (
    account smallint not null references parley.accounts,
    stream text not null,
    key bytea not null,
    conversation text collate "C",
    reason text not null,
    path text,
    payload json,
    seen_at timestamptz not null,
    primary key (account, stream, key)
  )`,

  // Records that a complete read did not find. Each is read on its own before it counts as deleted.
  `create table parley.missing (
    ref text collate "C" primary key,
    account smallint not null references parley.accounts,
    kind text not null,
    since timestamptz not null,
    seen smallint not null default 1
  )`,
  'create index missing_by_account on parley.missing (account, kind)',

  // The refs that a read of a whole list has seen so far, a row for each page. What is not among them at its end is missing.
  `create table parley.seen (
    account smallint not null references parley.accounts,
    kind text not null,
    refs text[] not null
  )`,
  'create index seen_by_account on parley.seen (account, kind)',

  // Records that could not be read by themselves, and when they are tried again: conversations, contacts, texts of messages.
  // Without an error, the vendor does not have it.
  `create table parley.postponed (
    ref text collate "C" primary key,
    account smallint not null references parley.accounts,
    due_at timestamptz not null,
    failures integer not null,
    error jsonb
  )`,
  'create index postponed_by_account on parley.postponed (account)',

  // Digests of the refs of erased people and of everything about them, so that no later read brings them back.
  'create table parley.erased (digest bytea primary key, at timestamptz not null default clock_timestamp())',

  // The change feed. A sequence alone as a cursor would skip what is committed late.
  `create table parley.changes (
    no bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default clock_timestamp(),
    account smallint not null references parley.accounts,
    kind text not null,
    change text not null,
    ref text collate "C" not null,
    conversation text collate "C",
    fields jsonb
  )`,
  'create index changes_in_order on parley.changes (xid, no)',
  'create index changes_by_ref on parley.changes (ref, no desc)',
  'create index changes_by_time on parley.changes (at)',

  // The requests of all processes against one rate limit of a vendor.
  `create table parley.slots (
    scope text not null,
    until timestamptz not null,
    taken integer not null
  )`,
  'create index slots_by_scope on parley.slots (scope, until)',

  'create table parley.facts (name text primary key, value jsonb not null)',

  // Whether one of these refs was erased. An insert that waits for an erasure sees it, because each query looks anew.
  `create function parley.is_erased(refs text[]) returns boolean language plpgsql as $$
  begin
    return exists (select from parley.erased) and exists (
      select from unnest(refs) as given (ref)
      join parley.erased on digest = substr(sha256(convert_to(given.ref, 'UTF8')), 1, 16));
  end $$`,
  ...notes.flatMap(([table, before]) => [
    `create function parley.keep_erased_out_of_${table}() returns trigger language plpgsql as $$
    begin
      ${before}
      return new;
    end $$`,
    `create trigger keep_erased_out before insert on parley.${table}
      for each row execute function parley.keep_erased_out_of_${table}()`,
  ]),
]
