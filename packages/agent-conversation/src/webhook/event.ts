import type { Payload, PayloadReader, Ref } from '@parley/core'
import { isRecord } from '@parley/core/read'
import type { EventDraft, EventFields } from '@parley/core/webhook'
import { isTrigger, mapTrigger, triggerWords } from '../vocabulary.ts'

/**
 * Reads the body of a delivery. The vendor publishes no schema, so only the fields that its guide and its own integration
 * name are read; the rest stays in `raw`. If the body names no conversation, the event is about the whole account.
 *
 * @param registered the trigger that the address was registered for.
 */
export function readEvent(payload: Payload, reading: PayloadReader, registered: string | undefined): EventDraft {
  const native = nativeOf(payload, registered)
  const trigger = native === null ? undefined : mapTrigger(native)
  const messageId = textAt(payload, 'messageId', 'message.id', 'message_id')
  const conversationId = textAt(payload, 'conversationId', 'conversation.id', 'conversation_id')
  const contactId = textAt(payload, 'userId', 'user.id', 'user_id', 'conversationUserId')
  const event = eventOf(trigger, {
    conversation: conversationId === undefined ? undefined : reading.ref('conversation', conversationId),
    message: messageId === undefined ? undefined : reading.ref('message', messageId),
    contact: contactId === undefined ? undefined : reading.ref('contact', contactId),
    threadId: textAt(payload, 'threadId', 'thread_id', 'aiConversationId'),
  })
  return {
    event,
    native,
    occurredAt: payload['timestamp'] == null ? undefined : reading.time(payload, 'timestamp'),
    // Any other event can happen to a conversation several times, so its content identifies it.
    identity:
      event.kind === 'message.created' && conversationId !== undefined && messageId !== undefined
        ? ['message', conversationId, messageId]
        : undefined,
  }
}

/** The agent that a body names. No published body names one, so `undefined` proves nothing. */
export const agentOf = (payload: Payload): string | undefined => textAt(payload, 'agentId', 'agent.id', 'agent_id')

interface Found {
  conversation: Ref | undefined
  message: Ref | undefined
  contact: Ref | undefined
  /** The conversation's id at the model's provider. A search finds it, but it is not the id in a ref. */
  threadId: string | undefined
}

function eventOf(trigger: string | undefined, { conversation, message, contact, threadId }: Found): EventFields {
  if (trigger === 'unknown') return { kind: 'unknown' }
  if (trigger === 'manual') return { kind: 'manual', conversation, contact }
  if (conversation === undefined) return { kind: 'account.changed', threadId }
  switch (trigger) {
    case 'message.created':
      if (message !== undefined) return { kind: 'message.created', message, conversation, contact }
      break
    case 'conversation.created':
    case 'conversation.ended':
    case 'conversation.archived':
    case 'chat.unavailable':
      return { kind: trigger, conversation, contact }
  }
  return { kind: 'conversation.updated', conversation, contact }
}

/** The vendor's name of the event: from the body if it has one, or else the trigger that the address was registered for. */
function nativeOf(payload: Payload, registered: string | undefined): string | null {
  const word = textAt(payload, 'triggerCondition', 'trigger', 'event')
  if (word !== undefined) return word
  return isTrigger(registered) ? triggerWords[registered] : (registered ?? null)
}

/** The first of these paths with a string or a number. */
function textAt(payload: Payload, ...places: string[]): string | undefined {
  for (const place of places) {
    const [first = '', second] = place.split('.')
    const outer = payload[first]
    const value = second === undefined ? outer : isRecord(outer) ? outer[second] : undefined
    if ((typeof value === 'string' && value !== '') || Number.isFinite(value)) return String(value)
  }
  return undefined
}
