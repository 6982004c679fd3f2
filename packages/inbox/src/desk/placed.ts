import { accountName, type Conversation, type Message, type MessagePreview, type Timestamp } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { storableTime } from '../store/database-time.ts'
import type { Schema } from '../store/schema.ts'
import type { DeskStatus } from './desk.ts'
import type { Assignee, DeskConversation } from './desk-conversation.ts'
import { waitsForPerson } from './outbox.ts'

/** What the store adds to a conversation. */
interface Added {
  ref: string
  status: DeskStatus | null
  vendor_status: string | null
  /** The id, or '' for nobody. */
  assignee_id: string | null
  assignee: Assignee | null
  is_read: boolean
  snoozed_until: Timestamp | null
  tags: string[] | null
  open_sends: number
  /** Only where the vendor does not say what the last message is, or who has written it. */
  newest: Message | null
}

/** Sends that have not ended, or that a person has to look at. */
const openSends = sql`
  select count(*)::int from parley.outbox as send
  where send.conversation = given.ref and (send.state in ('recorded', 'claimed') or ${waitsForPerson})`

/** What the contact can see of the stored messages, the newest one. */
const newestMessage = sql`
  select body from parley.messages
  where conversation = given.ref and deleted_at is null and speaker is not null
  order by sort_at desc, position desc, ref limit 1`

/** Conversations as the vendors have them, with what the desk adds to each. The migration `0002-desk` has the same rules for lists. */
export async function placed(db: Kysely<Schema>, conversations: readonly Conversation[]): Promise<DeskConversation[]> {
  if (conversations.length === 0) return []
  const times = conversations.map(({ lastActivityAt }) => storableTime(lastActivityAt) ?? '-infinity')
  const hasPreview = conversations.map(({ lastMessage: last }) => last === null || last?.author !== undefined)
  const { rows } = await sql<Added>`
    select given.ref, status, vendor_status, assignee_id, assignee, given.at <= read_until as is_read,
      case when snoozed_until > now() then snoozed_until end as snoozed_until, tags, (${openSends}) as open_sends,
      case when given.has_preview then null else (${newestMessage}) end as newest
    from unnest(${conversations.map(({ ref }) => ref)}::text[], ${times}::timestamptz[], ${hasPreview}::boolean[])
        as given (ref, at, has_preview)
      left join parley.overlays as overlay on overlay.conversation = given.ref`.execute(db)
  const byRef = new Map(rows.map((row) => [row.ref, row]))
  return conversations.map((conversation) => withAdded(conversation, byRef.get(conversation.ref) as Added))
}

function withAdded(conversation: Conversation, added: Added): DeskConversation {
  const { ref, vendor, account, unreadCount } = conversation
  return {
    ...{ ref, account: accountName(vendor, account), conversation },
    status: statusOf(conversation, added),
    ...assigneeOf(conversation, added),
    ...lastMessageOf(conversation, added),
    unreadCount: added.is_read ? { value: 0, place: 'overlay' } : { value: unreadCount ?? null, place: 'vendor' },
    snoozedUntil: added.snoozed_until,
    tags: added.tags ?? [],
    openSends: added.open_sends,
  }
}

/** A list shows the beginning. It must not end within a character. */
const begin = (text: string): string => text.slice(0, 500).replace(/[\uD800-\uDBFF]$/, '')

/** Whether a message is the one of which the vendor shows only a part. The store may not have the newest one yet. */
const isThatOf = ({ text, createdAt }: Message, preview: MessagePreview): boolean =>
  (preview.at != null && preview.at === createdAt) || (preview.text ? preview.text === text : false)

function lastMessageOf({ lastMessage }: Conversation, { newest }: Added): { lastMessage?: MessagePreview | null } {
  if (lastMessage === null || (lastMessage && (newest === null || !isThatOf(newest, lastMessage))))
    return { lastMessage }
  if (newest === null) return {}
  const { text, createdAt, author, channel } = newest
  if (lastMessage) return { lastMessage: { ...lastMessage, author: author.kind } }
  return {
    lastMessage: {
      ...(text !== undefined && { text: text === null ? null : begin(text) }),
      ...(createdAt !== undefined && { at: createdAt }),
      author: author.kind,
      ...(channel && { channel }),
    },
  }
}

/** A reopening ends with the next change of the vendor's status. */
function statusOf({ status }: Conversation, added: Added): DeskConversation['status'] {
  const isOver = added.status === 'open' && status.value !== (added.vendor_status ?? 'unknown')
  if (added.status === null || isOver) return { value: status.value, place: 'vendor' }
  return { value: added.status, place: 'overlay' }
}

function assigneeOf({ assignee }: Conversation, added: Added): Pick<DeskConversation, 'assignee'> {
  if (added.assignee_id !== null)
    return { assignee: { value: added.assignee_id === '' ? null : added.assignee, place: 'overlay' } }
  if (assignee === undefined) return {}
  const { id, name } = assignee ?? { id: null }
  // A vendor can name an operator without an id.
  const isNobody = id === null && !name
  return {
    assignee: { value: isNobody ? null : { id: id ?? '', ...(name !== undefined && { name }) }, place: 'vendor' },
  }
}
