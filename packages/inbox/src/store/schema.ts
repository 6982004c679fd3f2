import type { JsonValue } from '@parley/core'
import type { Generated } from 'kysely'

/** The tables of the store, in the PostgreSQL schema `parley`. `migrations/` has what they are for. */
export interface Schema {
  'parley.accounts': AccountTable
  'parley.agents': RecordTable
  'parley.contacts': ContactTable
  'parley.conversations': ConversationTable
  'parley.messages': MessageTable
  'parley.search': SearchTable
  'parley.threads': ThreadTable
  'parley.checkpoints': CheckpointTable
  'parley.streams': StreamTable
  'parley.workers': { id: string; held_until: Instant }
  'parley.hints': HintTable
  'parley.quarantine': QuarantineTable
  'parley.missing': MissingTable
  'parley.seen': { account: number; kind: RecordKind; refs: string[] }
  'parley.postponed': PostponedTable
  'parley.erased': { digest: Uint8Array; at: Generated<string> }
  'parley.changes': ChangeTable
  'parley.slots': { scope: string; until: string; taken: number }
  'parley.facts': { name: string; value: JsonValue }
  'parley.overlays': OverlayTable
  'parley.outbox': OutboxTable
  'parley.outbox_files': { send: string; place: number; content: Uint8Array }
  'parley.subjects': { conversation: string; account: number; contact: string }
  'parley.audit': AuditTable
  'parley.links': LinkTable
  'parley.saved_replies': SavedReplyTable
  'parley.saved_views': SavedViewTable
  'parley.sessions': { digest: Uint8Array; kind: string; value: JsonValue; until: Instant }
}

/** The kinds of records that are stored. */
export type RecordKind = 'agent' | 'contact' | 'conversation' | 'message'

/** The table of each kind. */
export const tables: {
  readonly agent: 'parley.agents'
  readonly contact: 'parley.contacts'
  readonly conversation: 'parley.conversations'
  readonly message: 'parley.messages'
} = {
  agent: 'parley.agents',
  contact: 'parley.contacts',
  conversation: 'parley.conversations',
  message: 'parley.messages',
}

/** The version of the models in `body`. A program that changes them reads older records again. */
export const recordSchema = 1

/** An instant in ISO 8601, or '-infinity'. */
type Instant = string

interface AccountTable {
  no: Generated<number>
  name: string
  /** `stopped`: a person must act, for example renew the credentials. */
  state: Generated<'active' | 'paused' | 'stopped'>
  failures: Generated<number>
  paused_until: Instant | null
  error: JsonValue | null
  added_at: Generated<Instant>
}

interface RecordTable {
  /** When the read began from which the record comes, by the clock of the database. */
  fetched_at: Instant
  /** The vendor's time of the last change. */
  version: Instant | null
  deleted_at: Instant | null
  account: number
  schema: number
  /** Of the record without what changes on every read. */
  hash: Uint8Array
  ref: string
  body: unknown
  raw: unknown
}

interface ContactTable extends RecordTable {
  email: string | null
  phone: string | null
  external_id: string | null
  words: string
}

interface ConversationTable extends RecordTable {
  sort_at: Instant
  unread: number | null
  is_starred: boolean | null
  /** A bit for each filter that the vendor leaves unanswered. The database computes it. */
  unknowns: Generated<number>
  status: string | null
  channel: string | null
  agent_id: string | null
  contact_id: string | null
  assignee_id: string | null
  /** The ref of the contact, if it can be read on its own. */
  contact: string | null
  control: 'agent' | 'operator' | 'unknown'
  /** What the filter `search` looks through, in lower case. */
  words: string
  /** As in messages. */
  ratings: string | null
  /** Copies of the overlay, which triggers keep up to date. */
  overlay_status: Generated<string | null>
  overlay_vendor_status: Generated<string | null>
  overlay_assignee: Generated<string | null>
  read_until: Generated<Instant | null>
  snoozed_until: Generated<Instant | null>
  tags: Generated<string[] | null>
  /** What counts at the desk. The database computes it. */
  desk_status: Generated<string | null>
  desk_assignee: Generated<string | null>
  desk_unread: Generated<number | null>
  /** Like `unknowns`, of the filters of the desk. */
  desk_unknowns: Generated<number>
}

interface MessageTable extends RecordTable {
  no: Generated<string>
  sort_at: Instant
  position: number
  /** Whether the list omits the text, and it is still to be read. */
  is_partial: boolean
  from_contact: boolean
  /** The ref of the conversation. */
  conversation: string
  /** What `desk.quality` counts: see `measured.ts`. */
  said_at: Instant | null
  speaker: string | null
  agent_id: string | null
  cites: boolean | null
  ratings: string | null
}

interface SearchTable {
  message: string
  created_at: Instant
  account: number
  words: unknown
}

interface ThreadTable {
  conversation: string
  account: number
  due_at: Instant | null
  /** Grows with every hint, so that a read that began earlier does not count as an answer to it. */
  due_mark: Generated<string>
  /** 0: live, 1: catch-up, 2: backfill. */
  priority: Generated<number>
  /** Whether the thread was once read to its oldest message. */
  is_complete: Generated<boolean>
  /** Whether nothing suggests that the vendor had more in the last complete read, or has shown more since. */
  is_whole: Generated<boolean>
  /** When the last finished read began. */
  read_from: Instant | null
  /** When the last complete read began. */
  verified_at: Instant | null
  newest_at: Instant | null
  newest_ref: string | null
}

interface CheckpointTable {
  account: number
  stream: string
  part: string
  position: JsonValue
}

interface StreamTable {
  account: number
  stream: string
  fence: Generated<string>
  holder: string | null
  held_until: Instant | null
  state: Generated<string>
  added: Generated<string>
  updated: Generated<string>
  unchanged: Generated<string>
  deleted: Generated<string>
  quarantined: Generated<string>
  started_at: Instant | null
  finished_at: Instant | null
  /** When the last run began that reached the end, by the clock of the sync. */
  caught_up_at: Instant | null
  moved_at: Instant | null
  next_at: Instant | null
  progress: JsonValue | null
  error: JsonValue | null
}

interface HintTable {
  account: number
  key: string
  kind: string
  received_at: Instant
  due_at: Instant | null
  tries: Generated<number>
  conversation: string | null
  message: string | null
  contact: string | null
  raw: unknown
}

interface QuarantineTable {
  account: number
  stream: string
  key: Uint8Array
  conversation: string | null
  reason: string
  path: string | null
  payload: unknown
  seen_at: Instant
}

interface MissingTable {
  ref: string
  account: number
  kind: RecordKind
  since: Instant
  seen: Generated<number>
}

interface PostponedTable {
  ref: string
  account: number
  due_at: Instant
  /** In a row. */
  failures: number
  error: JsonValue | null
}

interface ChangeTable {
  no: Generated<string>
  xid: Generated<string>
  at: Generated<Instant>
  account: number
  kind: RecordKind
  change: 'added' | 'updated' | 'deleted' | 'restored' | 'erased'
  ref: string
  conversation: string | null
  /** The names of the changed fields. For a few of a conversation, also their values before and after. */
  fields: JsonValue | null
}

/** What people have added to a conversation. `null`: it was not set. */
interface OverlayTable {
  conversation: string
  account: number
  status: 'open' | 'closed' | null
  /** The newest message of the contact when the status was set. */
  status_since: Instant | null
  /** The vendor's status then. */
  vendor_status: string | null
  assignee: JsonValue | null
  /** As in `idColumn`. '' for nobody. */
  assignee_id: string | null
  read_until: Instant | null
  snoozed_until: Instant | null
  snoozed_since: Instant | null
  tags: Generated<string[]>
  changed_at: Generated<Instant>
}

interface OutboxTable {
  id: string
  no: Generated<string>
  account: number
  conversation: string
  kind: 'reply' | 'note'
  place: 'vendor' | 'overlay'
  state: 'recorded' | 'claimed' | 'sent' | 'failed' | 'unknown'
  /** What is sent, without the content of files. */
  input: unknown
  person: JsonValue
  operator_id: string | null
  key: string | null
  /** Identifies the process that sends it. */
  claim: string | null
  claimed_until: Instant | null
  attempt: unknown
  message: string | null
  error: JsonValue | null
  warnings: unknown
  recorded_at: Generated<Instant>
  ended_at: Instant | null
  next_at: Instant | null
  tries: Generated<number>
  retry_of: string | null
  dismissed_at: Instant | null
}

interface AuditTable {
  no: Generated<string>
  at: Generated<Instant>
  account: number | null
  person: JsonValue
  person_id: string
  action: string
  target: string
  outcome: string
  code: string | null
  details: JsonValue | null
  send: string | null
}

interface LinkTable {
  id: string
  a: string
  b: string
  reason: string
  confidence: number
  person: JsonValue | null
  at: Generated<Instant>
  undone: JsonValue | null
}

interface SavedReplyTable {
  id: string
  title: string
  text: unknown
  shortcut: string | null
  person: JsonValue
  updated_at: Generated<Instant>
}

interface SavedViewTable {
  id: string
  name: string
  filter: unknown
  is_shared: boolean
  person: JsonValue
  person_id: string
  updated_at: Generated<Instant>
}
