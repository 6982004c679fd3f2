import type { Ref, Timestamp } from '@parley/core'
import type { SearchCoverage } from '../synced.ts'

// Only types, so that an inbox loads no code for them.

export type PeriodUnit = 'day' | 'week' | 'month'

export interface QualityQuery {
  /** From this instant on, ISO 8601. Default: 30 days before `until`. */
  since?: string
  /** Before this instant, ISO 8601. Default: now. */
  until?: string
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** How long a period is. A week begins on Monday. Default `day`. A report has at most 400 periods. */
  unit?: PeriodUnit
  /** An IANA time zone, such as `Europe/Berlin`, in which days, weeks and months begin. Default `UTC`. */
  timeZone?: string
}

/**
 * What was counted in a period. A message counts by the vendor's time of it, if it is still stored. Messages that the contact did
 * not receive never count: notes, activities, and what failed or is not yet sent.
 */
export interface QualityCounts {
  /**
   * Messages to contacts, by who wrote them as far as the vendor says (`author.kind`). `automation`: workflows and campaigns, also
   * what was sent over the API of a vendor that does not say for whom. `unknown`: the vendor does not say. The share of the AI is
   * `agent / (agent + operator)`.
   */
  answers: { agent: number; operator: number; automation: number; unknown: number }
  /**
   * The answers of agents: those that cite a source, those that certainly cite none, and those of which it is not known, because
   * the message does not come with its sources.
   */
  sources: { cited: number; uncited: number; unknown: number }
  /** Of the conversations that began in the period. */
  firstAnswers: FirstAnswers
  /** Changes of control. */
  handOffs: HandOffs
  /** Ratings that were given in the period: thumbs, and under `other` those without one, such as a score. */
  ratings: { up: number; down: number; other: number }
}

/**
 * The time from the contact's first message of a conversation to the first answer of an agent or an operator, also if it came after
 * the period. What automations write is no answer. A conversation belongs to the period of its first message of the contact.
 */
export interface FirstAnswers {
  /** The conversations that began. */
  conversations: number
  /** Those in which an agent answered first. */
  agent: number
  /** Those in which an operator answered first. */
  operator: number
  /** Those that have no answer yet. */
  unanswered: number
  /** In milliseconds. `null`: there is no answer. */
  median: number | null
  /** Nine of ten answers took at most this long, in milliseconds. */
  percentile90: number | null
}

/**
 * How often control passed from an agent to an operator, and back. A change counts when the sync found it, so two changes between
 * two reads are not seen. `null`: no change of control was stored, and the vendor of no account said who is in control.
 */
export interface HandOffs {
  /** From an agent to an operator. */
  toOperator: number | null
  /** From an operator to an agent. */
  toAgent: number | null
}

/** The counts of a day, a week or a month. */
export interface QualityPeriod {
  /** When it begins. The first one counts from `since` on, which can be later. */
  start: Timestamp
  /** The day of `start` in the time zone, such as `2026-03-01`. */
  date: string
  /** What was counted in it. */
  counts: QualityCounts
}

/** The answers of one agent. */
export interface AgentAnswers {
  /** `vendor:account`. */
  account: string
  /**
   * The ref of the agent: the one that the message names, or else the one that is in charge of the conversation now. `null`: the
   * vendor says neither.
   */
  agent: Ref | null
  /** `null`: the agent is not stored, or has no name. */
  name: string | null
  /** In all. */
  answers: number
  /** In each of `periods`. */
  periods: number[]
}

/** What is known of an account. */
export interface QualityCoverage extends SearchCoverage {
  /** The messages to contacts to which the vendor gives no time. They are in no period. */
  untimed: number
  /** Whether the vendor says of any stored conversation who is in control. Without it, there are no hand-offs to count. */
  hasControl: boolean
}

/** How well the contacts were answered. */
export interface Quality {
  /** What was asked for. */
  since: Timestamp
  /** What was asked for, not included. */
  until: Timestamp
  /** How long a period is. */
  unit: PeriodUnit
  /** In which the periods begin. */
  timeZone: string
  /** Of the whole time. */
  total: QualityCounts
  /** In order, also those in which nothing happened. */
  periods: QualityPeriod[]
  /** Most answers first. */
  agents: AgentAnswers[]
  /** Since when the changes of control are kept (`keepChanges` of `createSync`). `null`: there are none yet. */
  handOffsSince: Timestamp | null
  /** What is known of each account. */
  coverage: QualityCoverage[]
}
