import type { Conversation, ConversationStatus, MessagePreview, Ref, Timestamp } from '@parley/core'

/** Where a value is, or a command went. `overlay`: only into this store, because the vendor cannot keep it or cannot show it. */
export type Place = 'vendor' | 'overlay'

/** A value, and where it comes from. A value of the overlay never passes for the vendor's. */
export interface Placed<Value> {
  value: Value
  place: Place
}

/** Who owns a conversation: an operator of the vendor, or a person of the desk. */
export interface Assignee {
  id: string
  name?: string | null
}

/** A conversation with what the desk adds to it. */
export interface DeskConversation {
  ref: Ref
  /** `vendor:account`. */
  account: string
  /** The conversation as the vendor has it. */
  conversation: Conversation
  /**
   * The status that counts here. The overlay has one after a `close` or `reopen` that the vendor cannot keep or cannot show. A
   * `close` of the overlay ends with the contact's next message, a `reopen` with the next change of the vendor's status.
   */
  status: Placed<ConversationStatus | 'unknown'>
  /** `null`: nobody. Missing: the vendor does not say, and nobody was assigned here. */
  assignee?: Placed<Assignee | null>
  /**
   * What a list shows of the newest message: the vendor's own, or if it does not say, that of the newest stored message that the
   * contact can see. Where only its author is missing, that of the stored message. `null`: there is none. Missing: neither the vendor nor the store knows it.
   */
  lastMessage?: MessagePreview | null
  /** The number of unread messages from the contact. `null`: neither the vendor nor the store knows it. */
  unreadCount: Placed<number | null>
  /** Until when the conversation is snoozed. `null`: it is not. Always of the overlay. */
  snoozedUntil: Timestamp | null
  /** The tags of the desk. The vendor's labels are in `conversation.labels`. Always of the overlay. */
  tags: string[]
  /** The sends in this conversation that have not ended, and those that a person has to look at (`failed`, `unknown`). */
  openSends: number
}
