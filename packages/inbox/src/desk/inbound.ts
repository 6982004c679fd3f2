import { ConflictError, type Conversation, type Message, type Ref, supports, tryParseRef } from '@parley/core'
import { storedRecord } from '../store/stored-record.ts'
import type { DeskContext } from './context.ts'
import type { DeskReplyInput, DeskRunOptions, Inbound, Person } from './desk.ts'
import { followChanges } from './follow.ts'
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
    handle: ({ ref, conversation }) => handle(context, options, ref, conversation as Ref),
  })

async function handle(context: DeskContext, options: DeskRunOptions, ref: string, of: string): Promise<boolean> {
  const { db, clock, onError } = context
  const message = await storedRecord(db, 'message', ref, false)
  const isOfContact = message?.direction === 'inbound' && message.author.kind === 'contact'
  if (!message || !isOfContact || (message.createdAt && Date.parse(message.createdAt) < clock.now() - oldest))
    return false
  const conversation = await storedRecord(db, 'conversation', of, false)
  if (!conversation) return false
  try {
    await options.onInbound?.(inboundOf(context, options.automation as Person, message, conversation))
  } catch (error) {
    onError(error)
  }
  return true
}

function inboundOf(context: DeskContext, automation: Person, message: Message, conversation: Conversation): Inbound {
  return {
    message,
    conversation,
    async reply(input: Omit<DeskReplyInput, 'expectLastMessage'>, options = {}) {
      await checkControl(context, conversation)
      // One key for each message, so that a message that is handled again is not answered again.
      const key = `inbound ${message.id} ${input.key ?? ''}`.trimEnd()
      return send(
        context,
        automation,
        'reply',
        conversation.ref,
        { ...input, key, expectLastMessage: message.ref },
        options,
      )
    },
  }
}

/**
 * Reads the vendor's state of control again. That nobody else has written since is what the send guard checks, which also stops
 * at messages whose author is not known.
 *
 * @throws ConflictError if a person is in control.
 */
async function checkControl({ accounts }: DeskContext, { ref }: Conversation): Promise<void> {
  const adapter = accounts.of(ref)
  const id = tryParseRef(ref)?.id as string
  const control = supports(adapter, 'control.get')
    ? await adapter.control.get(id, { priority: 'send' })
    : supports(adapter, 'conversations.get')
      ? (await adapter.conversations.get(id, { priority: 'send' })).control
      : undefined
  if (control?.holder !== 'operator') return
  throw new ConflictError({
    operation: 'reply',
    message: 'reply: a person is in control of the conversation, so the automation does not answer. Nothing was sent.',
    outcome: 'not-done',
  })
}
