import type { Message } from '@parley/core'
import type { Send } from './desk.ts'

/** What a `ConflictError` of the send guard has in addition. */
export interface ConversationMoved {
  /** The messages after the expected one that the contact can see, oldest first. */
  newer: Message[]
  /** The sends of others that are going on in the conversation. */
  sends: Send[]
}

const moved = new WeakMap<object, ConversationMoved>()

/**
 * What the `ConflictError` of a refused reply has in addition: the messages that the person had not seen. They are not in the
 * error itself, because customers' text is never part of an error. `undefined`: it is another error.
 */
export const conversationMoved = (error: unknown): ConversationMoved | undefined =>
  typeof error === 'object' && error !== null ? moved.get(error) : undefined

export const tellMoved = (error: object, told: ConversationMoved): void => void moved.set(error, told)
