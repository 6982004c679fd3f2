import type { Conversation, Message, Ref } from '@parley/core'
import { sql } from 'kysely'
import { storedRecord } from '../store/stored-record.ts'
import type { Change } from '../synced.ts'
import type { DeskContext } from './context.ts'
import type { DeskReplyInput, DeskRunOptions, Inbound } from './desk.ts'
import { followChanges } from './follow.ts'
import type { Person } from './person.ts'
import { send } from './sending.ts'

/** A message that is older is answered by no automation, in milliseconds: a first sync brings many. */
const oldest = 3_600_000

/**
 * Calls `onInbound` for the messages of contacts that are new in the store. The first time, it begins with what comes from now on.
 *
 * @returns how many messages were handled.
 */
export const followInbound = (context: DeskContext, options: DeskRunOptions): Promise<number> =>
  followChanges(context, {
    ...{ fact: 'desk.inbound', isFromNow: true, signal: options.signal },
    concerns: ({ kind, change, conversation }) => kind === 'message' && change === 'added' && conversation !== null,
    inOrder: (changes) => oldestFirst(context, changes),
    handle: ({ ref, conversation }) => handle(context, options, ref, conversation as Ref),
  })

/** A vendor's list, which is stored as it is read, begins with the newest message. */
async function oldestFirst({ db }: DeskContext, changes: Change[]): Promise<Change[]> {
  if (changes.length < 2) return changes
  const { rows } = await sql<{ ref: string }>`
    select ref from parley.messages where ref = any(${changes.map(({ ref }) => ref)}::text[])
    order by sort_at, position, ref desc`.execute(db)
  const places = new Map(rows.map(({ ref }, place) => [ref, place]))
  return changes.toSorted((a, b) => (places.get(a.ref) ?? 0) - (places.get(b.ref) ?? 0))
}

async function handle(context: DeskContext, options: DeskRunOptions, ref: string, of: string): Promise<boolean> {
  const { db, clock, onError } = context
  const message = await storedRecord(db, 'message', ref, false)
  if (message?.direction !== 'inbound' || message.author.kind !== 'contact') return false
  const conversation = await storedRecord(db, 'conversation', of, false)
  const at = conversation && (message.createdAt ?? (await timeOf(context, message, conversation)))
  if (!conversation || !at || Date.parse(at) < clock.now() - oldest) return false
  try {
    await options.onInbound?.(inboundOf(context, options.automation as Person, message, conversation))
  } catch (error) {
    onError(error)
  }
  return true
}

/** The latest time that a message without one can have, if it is the newest of its conversation. */
async function timeOf({ db }: DeskContext, { ref }: Message, conversation: Conversation): Promise<string | undefined> {
  const { rows } = await sql<{ ref: string }>`
    select ref from parley.messages where conversation = ${conversation.ref} and deleted_at is null
    order by sort_at desc, position desc, ref limit 1`.execute(db)
  return rows[0]?.ref === ref ? (conversation.lastActivityAt ?? conversation.updatedAt ?? undefined) : undefined
}

function inboundOf(context: DeskContext, automation: Person, message: Message, conversation: Conversation): Inbound {
  return {
    message,
    conversation,
    async reply(input: Omit<DeskReplyInput, 'expectLastMessage'>, options = {}) {
      // One key for each message, so that a message that is handled again is not answered again.
      const key = `inbound ${message.id} ${input.key ?? ''}`.trimEnd()
      return send(
        context,
        automation,
        'reply',
        conversation.ref,
        { ...input, key, expectLastMessage: message.ref },
        options,
        true,
      )
    },
  }
}
