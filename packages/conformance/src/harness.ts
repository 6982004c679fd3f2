import type { Adapter, AdapterOptions, ReplyInput, RuntimeOptions } from '@parley/core'
import type { Expectations } from './expectations.ts'

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
  /** How long a check may take, in milliseconds; longer means that something hangs. Default 60,000. */
  timeout?: number
  use?: Use
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
}
