import type {
  Adapter,
  AdapterOptions,
  Agent,
  AgentAction,
  AskInput,
  Contact,
  Conversation,
  Feedback,
  KnowledgeItem,
  Message,
  ReplyInput,
  RuntimeOptions,
  Suggestion,
} from '@parley/core'

/** What the suite asks an adapter to be made with; hand all of it to the factory. */
export type CreateOptions = Pick<AdapterOptions, 'account' | 'raw'> & RuntimeOptions

/** An adapter, and the secrets it was made with, so that the suite can look for them where they must not be. */
export interface Subject<A extends Adapter = Adapter> {
  adapter: A
  secrets?: readonly string[]
}

export type CreateSubject = (options: CreateOptions) => Subject | Promise<Subject>

/** Checks that are not to run. Each names its checks exactly and says why; one that matches nothing is a failure. */
export interface Skip {
  reason: string
  tests: readonly string[]
}

/**
 * What the suite needs to know about an adapter and its server. Only `name`, `create` and `fetch` are always needed; the
 * suite finds the rest through the adapter itself, and a check that misses something says what to give it.
 */
export interface Harness {
  /** What the results are listed under. */
  name: string
  /** Makes a new adapter over the same account each time. */
  create: CreateSubject
  /** How requests reach the server; the suite wraps it to count, delay and lose them. */
  fetch: typeof fetch
  skip?: readonly Skip[]
  /** Puts the server back to how it was; called before each check. Without it checks see what earlier ones wrote. */
  reset?: () => void | Promise<void>
  /** The same account with a credential that the vendor refuses. */
  wrongCredential?: CreateSubject
  /** An account that holds no conversations. */
  emptyAccount?: CreateSubject
  /** What the server holds, told by itself: the adapter's reading is compared with it. */
  expectations?: () => Expectations | Promise<Expectations>
  /** Drives the server, for the checks of what may be sent again. */
  thread?: ThreadControl
  /** How long a check may take, in milliseconds; longer means that something hangs. Default 60,000. */
  timeout?: number
  use?: Use
}

/** What the server does with the messages that it is given. What is left out is as usual. */
export interface ServerSwitches {
  /** How a text is stored: as it came, with a line after it, with typographic quotes, and so on. */
  storedText?: 'as-sent' | 'footer' | 'quotes' | 'short-link' | 'trimmed-signature'
  /** How far the server's clock is ahead of the adapter's, in milliseconds. */
  clockOffsetMs?: number
  /** How long no read shows what was just sent, in milliseconds. */
  hideSentMs?: number
  /** `lost`: a send is answered as usual, and nothing is stored. */
  sends?: 'stored' | 'lost'
}

/** A message that stands in a conversation without the adapter having sent it. */
export interface PlantedMessage {
  by: 'contact' | 'agent' | 'operator' | 'workflow' | 'system'
  kind: 'text' | 'email' | 'call' | 'note' | 'activity'
  text: string
  /** `null`: the vendor shows no time. Missing: now, by the server's clock. */
  at?: null
  operatorId?: string
}

/** What the checks of `messages.reconcile` need of the server: see `ServerSwitches` and `PlantedMessage`. */
export interface ThreadControl {
  /** One time for the adapter and its server, in milliseconds since the epoch. */
  clock: { now(): number; advance(milliseconds: number): void | Promise<void> }
  set(switches: ServerSwitches): void
  /** @returns the message's id; `null` where the vendor has no such message. */
  plant(conversationId: string, message: PlantedMessage): string | null | Promise<string | null>
  /**
   * Whose messages could be this operator's, for all that the vendor states. Where a message says who wrote it, in any
   * way that is not inferred, it is not one of these.
   */
  unstated?: readonly ('agent' | 'colleague' | 'workflow' | 'call')[]
  /** An operator other than the one who replies and writes notes. */
  colleagueId?: string
}

/** What cannot be found out by asking the adapter. */
export interface Use {
  /** A conversation with messages of the contact and of the agent. Default: the first such one of the list. */
  conversationId?: string
  /** A conversation in which the agent answers and an operator may speak. Default: a new one, else `conversationId`. */
  speakingId?: string
  /** A contact for new conversations. Default: the first of the list. */
  contactId?: string
  /** Something that the agent knows an answer to. */
  question?: string
  /** Vendor options of `messages.ask` and `messages.reply`, and everything else that they need there. */
  ask?: { channel?: 'sms' | 'email' | 'whatsapp' | 'web' | 'api' }
  /** Fields that the field table says are given and this server never gives, each with the reason: `contact.timezone`. */
  unseen?: Readonly<Record<string, string>>
  /**
   * An adapter that delivers messages itself, as the provider of their channel, and what its replies need for that.
   * Default: the adapter of `create`.
   */
  provider?: { create: CreateSubject; reply?: Pick<ReplyInput, 'channel' | 'vendor'> }
  reply?: { operatorId?: string; channel?: 'sms' | 'email' | 'whatsapp' | 'web' | 'api' }
  note?: { operatorId?: string }
  /** How `messages.ask` is given an id of ours that the vendor keeps with the message (`externalId`). */
  mark?: (id: string) => Pick<AskInput, 'vendor'>
}

/** A model of which only some fields are told; what is told has to be exactly so, lists in length and order. */
export type Expected<T> = T extends readonly (infer Item)[]
  ? readonly Expected<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Expected<T[Key]> | undefined }
    : T

export type ExpectedEntity<T> = Expected<T> & { readonly id: string }

/**
 * What the server holds, in the words of the contract. It must come from the server's side, never from the adapter: one
 * mapping that is wrong on both sides proves nothing. `undefined` for a field means that the adapter leaves it away.
 */
export interface Expectations {
  /** Every agent of the account. */
  agents?: readonly ExpectedEntity<Agent>[]
  /** Every conversation of the account, in any order. */
  conversations?: readonly ExpectedEntity<Conversation>[]
  /** Some or all contacts. */
  contacts?: readonly ExpectedEntity<Contact>[]
  /** Every message of some conversations, oldest first, by the conversation's id. */
  messages?: Readonly<Record<string, readonly Expected<Message>[]>>
  /** Every action of some agents, in any order, by the agent's id. */
  actions?: Readonly<Record<string, readonly ExpectedEntity<AgentAction>[]>>
  /** All that the agents answer from, in any order. */
  knowledge?: readonly ExpectedEntity<KnowledgeItem>[]
  /** Every rating, in any order. */
  feedback?: readonly (Expected<Feedback> & { readonly id: string })[]
  /** Every suggestion, in any order. */
  suggestions?: readonly ExpectedEntity<Suggestion>[]
}
