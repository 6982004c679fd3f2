import type {
  Adapter,
  Answer,
  AnswerPart,
  AskInput,
  Clock,
  Control,
  Event,
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
   * to the agent as context, where it takes any (the trait `questionContext`). Chatbots that share a store share these messages,
   * so the same `externalId` must be the same person in all of them. Default: none.
   */
  carryOver?: {
    /** How many messages, the agent's included. Each is cut to 2,000 characters. */
    messages: number
    /** For how long they are kept, in milliseconds. Default: one day. */
    keepFor?: number
  }
  /** Receives an answer that came after its question had ended as `pending` or `unknown`. See `check`. */
  onAnswer?: (answer: LateAnswer) => void | Promise<void>
  /**
   * Receives each hand-off once, so that the application can notify a person. A hand-off comes from `handOff`, or from the agent
   * itself. The chatbot finds the latter by reading who is in control after each answer, where the vendor says so; this costs
   * one request. A hand-off ends with `release`, or when the agent is in control after an answer.
   *
   * If the function fails, it is called again later. `handOff` then rejects although the conversation is handed over. After an
   * answer, the error goes to `onError`.
   */
  onHandOff?: (handOff: HandOff) => void | Promise<void>
  /** Receives every error that `respond` does not show to a browser. Its message is safe to log. */
  onError?: (error: unknown) => void
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/** A question. */
export interface ChatbotInput extends AskInput {
  /**
   * The application's own id of this message, at most 200 characters. The same id again is the same question, which is asked
   * once. The chatbot remembers the latest twenty questions that have an answer, and the latest twenty without one.
   */
  id?: string
}

export interface LateAnswer {
  visitor: Visitor
  /** The id of the question, if it had one. */
  id?: string
  answer: Answer
}

/** What a vendor's event brought. */
export interface Delivery {
  /** Whose conversation the event is about, with what identifies the visitor. */
  visitor: Visitor
  /** The answers that had not come in time. */
  answers: LateAnswer[]
}

export interface HistoryOptions extends OperationOptions {
  /** At most so many messages, the newest. Default: 200. */
  limit?: number
}

export interface History {
  /** Oldest first. */
  messages: Message[]
  /** Whether the chat has older messages than these. */
  hasMore: boolean
  warnings: Warning[]
}

export interface RespondOptions extends SendOptions {
  /**
   * `ui`: the AI SDK's UI message stream, which `useChat` reads; needs the package `ai`, version 7. `text`: the answer's text
   * alone, as a stream. Default: `ui`.
   */
  format?: 'ui' | 'text'
}

/** The data parts of a message that `respond` streams: `useChat<UIMessage<unknown, ChatbotDataParts>>()`. */
export type ChatbotDataParts = {
  /** How the question ended. The message has no text if there is no answer (yet). */
  outcome: { outcome: Answer['outcome'] }
  /** A person answers from now on. */
  handOff: { holder: Control['holder']; until?: string }
}

export interface HandOff {
  visitor: Visitor
  conversationRef: Ref
  /** Why, in the application's words. */
  reason?: string
  /**
   * How it came about. `vendor`: `handOff` was called, and the operator is in control now. `application`: `handOff` was called,
   * and the vendor cannot hand over by itself, so the agent goes on answering; `explanation` says what happens there.
   * `agent`: the agent handed over by itself, or waits for an input (`control.inputRequests`).
   */
  by: 'vendor' | 'application' | 'agent'
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
  /** Addresses that the visitor has given and the application has not verified. Show them to operators as unverified. */
  unverified: { email?: string; phone?: string }
}

/**
 * A bot behind a website. Every method takes the visitor. Visitors with the same `externalId`, or the same verified address,
 * are one person with one conversation.
 */
export interface Chatbot {
  /**
   * Asks the agent. A visitor has one question at a time: a second question waits for the first. A question with an `id` that
   * was asked before is not sent again. Its stored answer is returned, or the conversation is read to find the answer.
   *
   * @throws InvalidRequestError for a visitor without an identifier, or an empty text; ConflictError if the id belongs to a
   * question with another text; TimeoutError if the visitor's other question takes longer than `timeout`; ConfigurationError if
   * the store fails. In all these cases, nothing was sent. Other errors are those of the adapter's `messages.ask`.
   */
  ask(visitor: Visitor, input: ChatbotInput, options?: SendOptions): Promise<Answer>
  /** Does the same, and yields the answer in parts. Nothing is sent before the iteration begins. */
  stream(visitor: Visitor, input: ChatbotInput, options?: SendOptions): AsyncIterable<AnswerPart>
  /**
   * Asks the message that a browser has sent, and returns a web `Response` that streams the answer. If the browser disconnects,
   * the answer is received all the same: `history` has it, and so has the same message id.
   *
   * @param body the request (a web `Request`, or one of `node:http`), of which at most 4 MiB are read, or its JSON. Either
   * `{ messages }`, which `useChat` sends and of which the last message is asked, or `{ message }`. A message is a UI message
   * with a role `user`, `parts` (texts, and at most ten files as `data:` URLs) and an `id`.
   * @returns a response with status 200 as soon as the question is sent. An earlier failure gives problem details (RFC 9457):
   * 400 for a body or a visitor that cannot be used, 409, 413, 429, 500 for a fault of the application (configuration,
   * credentials, store), 502 or 504. A later failure is a part `error`, or breaks the stream of text. Both contain only a
   * sentence for the visitor. The error itself goes to `onError`.
   */
  respond(visitor: Visitor, body: unknown, options?: RespondOptions): Promise<Response>
  /**
   * The newest messages of this chat. Messages from before the chat, notes, activities and calls of tools are left out. Empty if
   * there is no conversation, or if the vendor has deleted it.
   */
  history(visitor: Visitor, options?: HistoryOptions): Promise<History>
  /** Hands the conversation to a person. @throws ConflictError if the visitor has no conversation, or it was deleted. */
  handOff(visitor: Visitor, reason?: string, options?: OperationOptions): Promise<HandOff>
  /**
   * Gives the conversation back to the agent. After a hand-off `by: 'application'`, only the chatbot's own record of it ends.
   *
   * @throws UnsupportedError if the vendor cannot give it back; ConflictError if the visitor has no conversation.
   */
  release(visitor: Visitor, options?: OperationOptions): Promise<Control>
  status(visitor: Visitor, options?: OperationOptions): Promise<ChatbotStatus>
  /**
   * Looks once for the answers of the visitor's open questions. Sends nothing. Each answer that has come is passed to
   * `onAnswer` and returned. An answer counts as delivered when `onAnswer` has ended, so it is delivered again if the process dies
   * before that. A question that was provably not sent has the outcome `failed`, and may be asked again.
   */
  check(visitor: Visitor, options?: OperationOptions): Promise<LateAnswer[]>
  /**
   * Takes an event of the vendor's webhook (from `receive` of the adapter's package), finds the visitor of its conversation, and
   * does the same as `check`. An event only says that something changed, so let an open page read `history` again.
   *
   * @returns `null` if it is about no conversation of this chatbot.
   */
  deliver(event: Event, options?: OperationOptions): Promise<Delivery | null>
  /** Forgets everything about the visitor in the store. What the vendor has stays. */
  forget(visitor: Visitor): Promise<void>
}
