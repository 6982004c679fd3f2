import type {
  Adapter,
  AdapterOptions,
  Agent,
  AgentAction,
  AskInput,
  Contact,
  Conversation,
  Feedback,
  JsonValue,
  KnowledgeItem,
  Message,
  ReplyInput,
  RuntimeOptions,
  Suggestion,
} from '@parley/core'

/** The options that the suite passes to an adapter. Pass all of them to the factory. */
export type CreateOptions = Pick<AdapterOptions, 'account' | 'raw'> & RuntimeOptions

/** An adapter and its secrets, so that the suite can look for them where they must not be. */
export interface Subject<A extends Adapter = Adapter> {
  adapter: A
  secrets?: readonly string[]
}

export type CreateSubject = (options: CreateOptions) => Subject | Promise<Subject>

/** Checks that are skipped, each by its exact name and with a reason. An entry that matches no check is a failure. */
export interface Skip {
  reason: string
  tests: readonly string[]
}

/**
 * What the suite needs to know about an adapter and its server. Only `name`, `create` and `fetch` are always required.
 * The suite finds the rest through the adapter, and a check that lacks something names it.
 */
export interface Harness {
  /** The title of the results. */
  name: string
  /** Creates a new adapter of the same account each time. */
  create: CreateSubject
  /** Sends requests to the server. The suite wraps it to count, delay and lose them. */
  fetch: typeof fetch
  skip?: readonly Skip[]
  /** Resets the server before each check. Without it, checks see what earlier ones wrote. */
  reset?: () => void | Promise<void>
  /** The same account with a credential that the vendor refuses. */
  wrongCredential?: CreateSubject
  /** An account without conversations. */
  emptyAccount?: CreateSubject
  /** The server's own data, with which the adapter's results are compared. */
  expectations?: () => Expectations | Promise<Expectations>
  /** Controls the server, for the checks of `messages.reconcile`. */
  thread?: ThreadControl
  /** How long a check may take before it counts as hanging, in milliseconds. Default 60,000. */
  timeout?: number
  use?: Use
}

/** What the server does with messages. Omitted switches have their usual setting. */
export interface ServerSwitches {
  /** How a text is stored: unchanged, with an extra line, with typographic quotes, and so on. */
  storedText?: 'as-sent' | 'footer' | 'quotes' | 'short-link' | 'trimmed-signature'
  /** How far the server's clock is ahead of the adapter's, in milliseconds. */
  clockOffsetMs?: number
  /** How long a new message stays invisible to reads, in milliseconds. */
  hideSentMs?: number
  /** `lost`: a send gets the usual response, but nothing is stored. */
  sends?: 'stored' | 'lost'
}

/** A message in a conversation that the adapter did not send. */
export interface PlantedMessage {
  by: 'contact' | 'agent' | 'operator' | 'workflow' | 'system'
  kind: 'text' | 'email' | 'call' | 'note' | 'activity'
  text: string
  /** `null`: the vendor shows no time. Missing: now, by the server's clock. */
  at?: null
  operatorId?: string
}

/** What the checks of `messages.reconcile` need from the server: see `ServerSwitches` and `PlantedMessage`. */
export interface ThreadControl {
  /** The clock of the adapter and its server, in milliseconds since the epoch. */
  clock: { now(): number; advance(milliseconds: number): void | Promise<void> }
  set(switches: ServerSwitches): void
  /** @returns the message's id; `null` where the vendor has no such message. */
  plant(conversationId: string, message: PlantedMessage): string | null | Promise<string | null>
  /**
   * Authors whose messages the vendor does not distinguish from this operator's. Do not list an author that a message
   * states without inference.
   */
  unstated?: readonly ('agent' | 'colleague' | 'workflow' | 'call')[]
  /** Another operator than the one who replies and writes notes. */
  colleagueId?: string
}

/** Facts that the suite cannot read from the adapter. */
export interface Use {
  /** A conversation with messages of the contact and of the agent. Default: the first one in the list. */
  conversationId?: string
  /**
   * A conversation in which the agent answers and an operator can reply. Default: a new one, or else `conversationId`.
   */
  speakingId?: string
  /** A contact for new conversations. Default: the first of the list. */
  contactId?: string
  /** A question that the agent can answer. */
  question?: string
  /** A question at which the agent waits for a person, and what the person gives it. */
  waiting?: { question: string; value: JsonValue }
  /** For each list that the vendor requires something for (`limits.required`): the fields, which the suite always passes. */
  required?: Readonly<Record<string, object>>
  /** A question that the agent answers with several messages, one of them the call of a tool. */
  several?: string
  /** Vendor options and other required input of `messages.ask` and `messages.reply`. */
  ask?: { channel?: 'sms' | 'email' | 'whatsapp' | 'web' | 'api' }
  /**
   * Fields (`contact.timezone`) that the field table declares as returned but this server never returns, with the
   * reason.
   */
  unseen?: Readonly<Record<string, string>>
  /**
   * An adapter that delivers messages itself, as the provider of a channel, and the input that its replies need.
   * Default: the adapter of `create`.
   */
  provider?: { create: CreateSubject; reply?: Pick<ReplyInput, 'channel' | 'vendor'> }
  reply?: { operatorId?: string; channel?: 'sms' | 'email' | 'whatsapp' | 'web' | 'api' }
  note?: { operatorId?: string }
  /** The input of `messages.ask` that passes an id which the vendor stores with the message (`externalId`). */
  mark?: (id: string) => Pick<AskInput, 'vendor'>
}

/** A model with only some fields. These must match exactly, including the length and order of lists. */
export type Expected<T> = T extends readonly (infer Item)[]
  ? readonly Expected<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Expected<T[Key]> | undefined }
    : T

export type ExpectedEntity<T> = Expected<T> & { readonly id: string }

/**
 * The server's data in the form of the contract. It must come from the server, never from the adapter, because the same
 * mistake on both sides would go unnoticed. `undefined` for a field means that the adapter must omit it.
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
  /** All knowledge of the agents, in any order. */
  knowledge?: readonly ExpectedEntity<KnowledgeItem>[]
  /** Every rating, in any order. */
  feedback?: readonly (Expected<Feedback> & { readonly id: string })[]
  /** Every suggestion, in any order. */
  suggestions?: readonly ExpectedEntity<Suggestion>[]
}
