import type { Adapter, Clock, Event, Ref, StateStore, Timestamp, Visitor } from '@parley/core'
import type { Side } from './ids.ts'

export type { Side } from './ids.ts'

export interface RouteOptions {
  /** The account that answers today. The route has its name, and its ids stay as they are. */
  from: Adapter
  /** The account that gets a share of the new conversations. */
  to: Adapter
  /**
   * The part of the contacts whose new conversations go to `to`, from 0 to 1. A function is called for each new conversation, so
   * that the share can be changed while the program runs. A larger share only adds contacts.
   */
  share: number | (() => number | Promise<number>)
  /**
   * Remembers which account answers each contact, and how well `to` answers. Processes that answer the same contacts must share
   * one. Use the store of the chatbot, and of the adapters: conversations that it knows go on where they are.
   */
  store: StateStore
  /** The name of this route in the store, which other routes may use too. Default `default`. */
  name?: string
  /**
   * How long a conversation counts as open after its last question, in milliseconds. An open conversation stays with its
   * account; after that, the contact's next question begins a new one where the share puts it. Default: one day.
   */
  openFor?: number
  /**
   * How long `to` may take for an answer, in milliseconds. A question without an answer by then counts as failed, and what
   * `messages.ask` returns is `pending` or `unknown`. Default 30,000.
   */
  answerWithin?: number
  /** When `from` answers in place of a failing `to`. `false`: never because of others' questions. Default: see `FallbackOptions`. */
  fallback?: FallbackOptions | false
  /** Receives every decision, without what identifies a contact. No question waits for it, and its errors are ignored. */
  onDecision?: (decision: RouteDecision) => void
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/** When all contacts go back to `from`, and when some try `to` again. */
export interface FallbackOptions {
  /** The part of failed questions from which on `from` answers. Default 0.5. */
  errorRate?: number
  /** At least so many questions must have ended. Default 5. */
  atLeast?: number
  /** Only the questions of the last so many milliseconds count, at most the last 50. Default: ten minutes. */
  within?: number
  /**
   * During a fallback, one new contact goes to `to` every so many milliseconds. The pause doubles after each trial that
   * fails, up to ten minutes. Default 30,000.
   */
  trialEvery?: number
  /** The fallback ends after so many trials in a row that were answered. Default 3. */
  recoverAfter?: number
}

export interface RouteDecision {
  /** `contact`: who answers a contact. `fallback-began`, `fallback-ended`: from now on for all contacts. */
  kind: 'contact' | 'fallback-began' | 'fallback-ended'
  side: Side
  /** The account of this side, `vendor:account`. */
  account: string
  /**
   * `share`: a new conversation, by the share. `open`: an open conversation goes on. `fallback`: `to` is failing. `failed`: `to`
   * has failed this contact. `trial`: whether `to` works again.
   */
  reason: 'share' | 'open' | 'fallback' | 'failed' | 'trial'
  /** Whether the contact had asked the other account before. Its conversation there is left. */
  moved: boolean
  at: Timestamp
}

/** What one process has done since it made the route. */
export interface RouteCounts extends Record<Side, { asked: number; answered: number; failed: number }> {
  /** Contacts that went from one account to the other. */
  moved: number
}

export interface RouteStatus {
  share: number
  /** `fallback`: `from` answers all contacts, except for trials. */
  state: 'normal' | 'fallback'
  /** Since when it is a fallback. */
  since?: Timestamp
  /** How many questions to `to` count for the error rate. */
  results: number
  /** The part of these that failed. 0 if there are none. */
  errorRate: number
  counts: RouteCounts
}

/** What a route has beside an adapter's operations. */
export interface RouteControls {
  status(): Promise<RouteStatus>
  /**
   * Where an entity of the route is: its account, `vendor:account`, and its ref there.
   *
   * @throws InvalidRequestError for anything else than a ref of the route, such as a ref of `to` itself.
   */
  placeOf(entity: { ref: Ref }): { side: Side; account: string; ref: Ref }
  /**
   * An event of the webhook of either account as one of the route, for `deliver` of the chatbot. An event of another account
   * stays as it is.
   *
   * @throws InvalidRequestError for what is no event.
   */
  event(event: Event): Event
  /** Forgets which account answers a contact, under all keys that it has come with. What the accounts have stays. */
  forget(visitor: Visitor): Promise<void>
}

/** An adapter over two accounts. */
export type Route = Adapter & { readonly route: RouteControls }
