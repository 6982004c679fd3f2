import type {
  Adapter,
  Answer,
  AnswerPart,
  AskInput,
  Clock,
  Control,
  Message,
  OperationOptions,
  Ref,
  SendAttempt,
  SendOptions,
  StateStore,
  Visitor,
  Warning,
} from '@parley/core'

export interface ChatbotOptions {
  /** The account whose agent answers. Another vendor's adapter is all that a swap changes. */
  agent: Adapter
  /**
   * Remembers for each visitor the contact, the conversation and the questions. Processes that answer the same visitors must
   * share one. Default: in memory, for as long as the process lives.
   */
  store?: StateStore
  /**
   * After a change of the vendor, or when the vendor has deleted the conversation: the last messages of the visitor are given
   * to the agent as context, where it takes any (the trait `questionContext`). Default: none.
   */
  carryOver?: {
    /** How many messages, the agent's included. */
    messages: number
    /** For how long they are kept, in milliseconds. Default: one day. */
    keepFor?: number
  }
  /** Receives an answer that came after its question had ended as `pending` or `unknown`. See `check`. */
  onAnswer?: (answer: LateAnswer) => void | Promise<void>
  /** Receives every hand-off, so that the application can tell a person. */
  onHandOff?: (handOff: HandOff) => void | Promise<void>
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/** A question. */
export interface ChatbotInput extends AskInput {
  /** The application's own id of this message. The same id again is the same question: it is asked once. */
  id?: string
}

export interface LateAnswer {
  visitor: Visitor
  /** The id of the question, if it had one. */
  id?: string
  answer: Answer
}

export interface HandOff {
  visitor: Visitor
  conversationRef: Ref
  /** Why, in the application's words. */
  reason?: string
  /**
   * Who sees to it. `vendor`: the operator is in control now. `application`: the vendor cannot hand over by itself;
   * `explanation` says what happens there.
   */
  by: 'vendor' | 'application'
  explanation?: string
  control?: Control
}

export interface ChatbotStatus {
  /** `null`: the visitor has not asked anything yet. */
  conversationRef: Ref | null
  contactRef: Ref | null
  /** Who answers next. `null`: there is no conversation, or the vendor does not say. */
  control: Control | null
  /** Questions whose answer has not come yet, or that may not have arrived. */
  open: { id?: string; attempt: SendAttempt }[]
  /** What the visitor says about themselves and nobody has verified. Show it to operators as that. */
  unverified: { email?: string; phone?: string }
}

/**
 * A bot behind a website. Every method takes the visitor: whoever has the same `externalId` (or the same verified address)
 * is the same person, with one conversation.
 */
export interface Chatbot {
  /**
   * Asks the agent. A visitor has one question at a time: a second one waits for the first. A question with an `id` that was
   * asked before is not sent again: its answer is returned, or what became of it is found out by reading.
   *
   * @throws InvalidRequestError for a visitor whom nothing identifies, or an empty text; ConfigurationError if the store
   * fails. Nothing was sent then.
   */
  ask(visitor: Visitor, input: ChatbotInput, options?: SendOptions): Promise<Answer>
  /** Does the same, and yields the answer in parts. Nothing is sent before the iteration begins. */
  stream(visitor: Visitor, input: ChatbotInput, options?: SendOptions): AsyncIterable<AnswerPart>
  /** The messages of this chat, oldest first: not what the contact wrote before it began. Empty without a conversation. */
  history(visitor: Visitor, options?: OperationOptions): Promise<{ messages: Message[]; warnings: Warning[] }>
  /** Hands the conversation to a person. @throws ConflictError if the visitor has no conversation yet. */
  handOff(visitor: Visitor, reason?: string, options?: OperationOptions): Promise<HandOff>
  /**
   * Gives the conversation back to the agent. @throws UnsupportedError if the vendor cannot; ConflictError if the visitor has
   * no conversation yet.
   */
  release(visitor: Visitor, options?: OperationOptions): Promise<Control>
  status(visitor: Visitor, options?: OperationOptions): Promise<ChatbotStatus>
  /**
   * Looks once for the answers of the visitor's open questions. Sends nothing. Each answer that has come is passed to
   * `onAnswer` and returned.
   */
  check(visitor: Visitor, options?: OperationOptions): Promise<LateAnswer[]>
  /** Forgets everything about the visitor in the store. What the vendor has stays. */
  forget(visitor: Visitor): Promise<void>
}
