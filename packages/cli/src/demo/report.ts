import type { AccountState } from '@parley/inbox'

/** What went wrong for an account, without secrets and customer text. */
interface Failure {
  code: string
  message: string
}

export interface AgentRow {
  name: string | null
  status: string
  channels: string[]
}

export interface ConversationRow {
  ref: string
  account: string
  at: string | null
  contact: string | null
  channel: string | null
  status: string
  control: string
  lastMessage: { author: string; text: string | null } | null
}

export interface SourceRow {
  kind: string
  title: string | null
  url: string | null
  /** The vendor's score with its metric, such as `distance 0.21`. `null`: there is none. */
  score: string | null
}

export interface MessageRow {
  at: string | null
  author: string
  name: string | null
  text: string | null
  sources: SourceRow[]
}

export interface Thread {
  account: string
  ref: string
  contact: string | null
  channel: string | null
  /** How many earlier messages are not shown. */
  earlier: number
  messages: MessageRow[]
}

export interface Asked {
  account: string
  outcome: string
  text: string | null
  sources: SourceRow[]
}

export interface Replied {
  account: string
  /** What happened, one sentence per step. */
  steps: string[]
}

/** The result of an account, or why there is none. */
export type Part<T> = { account: string; value: T; failure?: undefined } | { account: string; failure: Failure }

/** Everything that the demo shows, as data. */
export interface DemoReport {
  mode: 'sandbox' | 'live'
  question: string
  accounts: { account: string; vendor: string; label: string; operations: number }[]
  skipped: { account: string; reason: string }[]
  agents: Part<AgentRow[]>[]
  conversations: { items: ConversationRow[]; accounts: AccountState[] }
  threads: Part<Thread | null>[]
  answers: Part<Asked>[]
  replies: Part<Replied>[]
  /** HTTP requests made, and how many warnings of each kind came up. */
  requests: number
  warnings: Record<string, number>
  durationMs: number
}
