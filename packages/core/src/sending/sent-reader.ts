import type { SettleOptions } from '../contract/options.ts'
import type { Answer, Attempt } from '../contract/results.ts'
import type { Message } from '../model/message.ts'
import type { Call } from '../transport/call.ts'
import type { SentThread } from './find-sent.ts'

/**
 * What core's sending needs to know of a vendor. An adapter says how to read a conversation and what the vendor states
 * about a message; what that means for an attempt is decided in core, so that it is the same for every vendor.
 */
export interface SentReader<M extends Message = Message, T extends SentThread<M> = SentThread<M>> {
  /** What can be sent to this vendor. */
  readonly kinds: readonly Attempt['kind'][]
  /**
   * The longest that a send may be under way, in milliseconds: the longest deadline of an operation that sends, as far as
   * this adapter is configured. A message that is not there after it, and after `visibilityLag`, never arrives.
   */
  readonly longestRequest: number
  /** How long the vendor may take until a stored message shows when it is read, in milliseconds. */
  readonly visibilityLag: number
  /**
   * Reads a conversation back.
   *
   * @param isFarEnough whether nothing older than this message is needed. Called from the newest message on; a vendor
   * that sends a conversation whole ignores it.
   */
  readThread(call: Call, conversationId: string, isFarEnough: (message: M) => boolean): Promise<T>
  /** The message with the attempt's `messageId`, where the vendor can be asked for one; `undefined` when it is not shown. */
  readMessage?(call: Call, messageId: string): Promise<M | undefined>
  /** Conversations in which a message may stand that was sent before its conversation had a known id. */
  findConversations?(call: Call, attempt: Attempt): Promise<readonly string[]>
  /**
   * Whether the vendor **states** something that proves that the message is another one. What the adapter infers proves
   * nothing. When in doubt `false`: the message then stays possible, and nobody sends it a second time.
   */
  isOther(message: M, attempt: Attempt): boolean
  /** The same where it takes a request to know, such as a lookup of the generation. A failure counts as `false`. */
  provesOther?(call: Call, message: M, attempt: Attempt): Promise<boolean>
  /** Completes messages whose text a list leaves out, such as emails, before their texts are compared. */
  addTexts?(call: Call, messages: readonly M[]): Promise<void>
  /** The agent's answer to a question that is stored, as far as it is there now. Waits for nothing. */
  answerTo(call: Call, attempt: Attempt, question: M | null, thread: T | undefined): Promise<Answer | null>
}

/** What an attempt is looked for with. */
export interface Search<M extends Message, T extends SentThread<M>> {
  call: Call
  reader: SentReader<M, T>
  attempt: Attempt
  otherMessageIds: NonNullable<SettleOptions['otherMessageIds']>
}
