import type {
  Adapter,
  AskOutcome,
  Clock,
  ErrorCode,
  RateLimit,
  Ref,
  SourcesState,
  StateStore,
  Timestamp,
  Visitor,
} from '@parley/core'

/** A question, and what scorers compare its answers with. */
export interface Question {
  /** Unique in an evaluation. */
  id: string
  text: string
  /** The right answer, for `exact` and `modelScorer`. */
  expected?: string
  /** Texts that a right answer contains, for `contains`. */
  contains?: string[]
  /** A part of the title, the address or the file name of a source that a right answer cites, for `citesSource`. */
  source?: string
}

/** An agent that is evaluated. */
export interface EvaluationAgent {
  /** Its name in the report. Default: `vendor:account`. Each name once. */
  name?: string
  adapter: Adapter
  /** The vendor's id of the agent that answers, where the account has several. Default: the account's own. */
  agentId?: string
  /**
   * Who asks all questions, one after another. Default: for each question a new visitor with an id of its own. Required where
   * an answer also reaches the person (the trait `answerReach` is `contact`, or unknown): name a contact of your own.
   */
  testContact?: Visitor
  /** What the vendor charges for a question, in a currency of your choice. Only then is a cost estimated. */
  costPerQuestion?: number
}

/** The options of `estimate`. */
export interface EstimateOptions {
  /** 1 to 50 agents. */
  agents: readonly EvaluationAgent[]
  /** 1 to 10,000 questions. `readQuestions` and `sampleQuestions` give them. */
  questions: readonly Question[]
  /** The longest time for a question, in milliseconds, its waits included. Default 120,000. */
  timeout?: number
}

export interface EvaluateOptions extends EstimateOptions {
  /** How each answer is scored, by the names of the scores. */
  scorers?: Readonly<Record<string, Scorer>>
  /**
   * Keeps each attempt before its question is sent, and each answer. The same call over the same store then goes on where a
   * killed one stopped, and no question is sent twice. An entry is as large as its answer. Default: nothing is kept.
   */
  store?: StateStore
  /**
   * The name of the run in the store. A run belongs to its questions and agents: with others, it is refused. Default with a
   * store: a digest of the questions and the agents, so that others are another run. Default without a store: a random name.
   */
  run?: string
  /** How many questions an agent gets at a time. Default 4. With a `testContact` it is always 1. */
  concurrency?: number
  /** Called after each question of each agent. Its errors are ignored. */
  onProgress?: (progress: EvaluationProgress) => void
  /** Ends the evaluation. The result then has what there is, and `isComplete` is `false`. */
  signal?: AbortSignal
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

export interface EvaluationProgress {
  agent: string
  question: string
  outcome: EvaluationOutcome
  /** Questions that are over, over all agents. Of them, those that are not asked any more count too. */
  done: number
  /** Questions times agents. */
  total: number
  /** Requests of this run so far, over all agents. */
  requests: number
}

/** A range of whole numbers. */
export interface Range {
  least: number
  most: number
}

/** What an evaluation will take, from what the vendors document. No request was sent for it. */
export interface Estimate {
  questions: number
  agents: AgentEstimate[]
  /** Over all agents, without retries. */
  requests: Range
  /** The least time at the vendors' rate limits, in milliseconds. 0: no vendor documents a limit that counts. */
  leastMs: number
  /** Over the agents with a `costPerQuestion`. Missing: none has one. */
  cost?: number
}

export interface AgentEstimate {
  name: string
  /**
   * Requests for all questions, without retries. `most` is for an agent that takes the whole `timeout` for each answer, if its
   * answers are polled.
   */
  requests: Range
  /** The same for one question. */
  requestsPerQuestion: Range
  leastMs: number
  /** The documented limits that `leastMs` follows from. */
  limits: RateLimit[]
  cost?: number
  /** Whether all questions are asked in one conversation, so that an answer can depend on those before it. */
  isShared: boolean
  /** Facts to know before the start, a sentence each. */
  notes: string[]
}

/**
 * How a question ended. Those of `Answer`, and: `error`: the operation failed (`error` says why). `not-asked`: the evaluation
 * of the agent had ended.
 */
export type EvaluationOutcome = AskOutcome | 'error' | 'not-asked'

/** A failure, without secrets and customer text. */
export interface EvaluationFailure {
  /** `no-answers`: ten questions in a row had no answer. `unexpected`: an error that no adapter should throw. */
  code: ErrorCode | 'no-answers' | 'unexpected'
  message: string
}

export interface EvaluatedSource {
  title: string | null
  url: string | null
  kind: string
  fileName: string | null
}

export interface EvaluatedAnswer {
  /** The id of the question. */
  question: string
  /** The name of the agent. */
  agent: string
  outcome: EvaluationOutcome
  /** The text of the answer. `null`: there is none. */
  text: string | null
  sources: EvaluatedSource[]
  /** `fetchable`: reading the sources failed. `unavailable`: the vendor has none. */
  sourcesState: SourcesState
  /**
   * Milliseconds from the moment when the question was sent until its answer was there. The waits for the vendor's rate limit
   * before it was sent, and the requests for the contact and the conversation, are not in it. The pauses of polling are.
   * `null`: there is no answer, or it was found by a later run.
   */
  latencyMs: number | null
  /** When the question was sent, ISO 8601. `null`: it was not, as far as is known. */
  askedAt: Timestamp | null
  /** HTTP requests that were sent for this question, each retry included. */
  requests: number
  /** `false`: a process that was killed may have sent more requests than `requests`. */
  isCountExact: boolean
  conversationRef: Ref | null
  error: EvaluationFailure | null
  scores: Record<string, EvaluatedScore>
}

/** `score` is `null` if the scorer failed. A scorer that does not apply to the question has no entry. */
export interface EvaluatedScore {
  /** From 0 to 1. */
  score: number | null
  reason?: string
  /** Why the scorer failed. */
  error?: string
}

export interface EvaluatedQuestion extends Question {
  /** How much the answers differ, from 0 (the same words) to 1 (no word in common). `null`: fewer than two answers. */
  disagreement: number | null
}

export interface EvaluatedAgent {
  name: string
  vendor: string
  account: string
  /** How many questions ended in which way. Only those that occur. */
  outcomes: Partial<Record<EvaluationOutcome, number>>
  /** Over the `count` answers with a latency, by nearest rank: the p95 is the smallest latency that 95 % do not exceed. */
  latency: { p50Ms: number; p95Ms: number; count: number } | null
  requests: number
  /** `false`: see `EvaluatedAnswer.isCountExact`. */
  isCountExact: boolean
  /** Answers with at least one source. */
  withSources: number
  /** By scorer: the mean of the `count` scores, and how often the scorer failed. `null`: there is no score. */
  scores: Record<string, { mean: number | null; count: number; failed: number }>
  /** `true`: all questions were asked in one conversation, so an answer can depend on those before it. */
  isShared: boolean
  /** What was estimated for the questions that were asked, and whether `requests` lies within. `null`: it is not known. */
  estimated: Range
  isWithinEstimate: boolean | null
  /** Why the remaining questions of this agent were not asked. `question`: the id of the one that failed. */
  stopped: (EvaluationFailure & { question: string }) | null
  /** What `costPerQuestion` gives for the questions that were sent, or may have been. */
  cost?: number
}

/** An evaluation as plain data, ready to store as JSON. */
export interface Evaluation {
  parley: 'evaluation'
  version: 1
  run: string
  startedAt: Timestamp
  endedAt: Timestamp
  /**
   * Whether each question has ended for good at each agent: no answer is missing for an error, is still to come (`pending`), or is
   * not known. If not, the same call over the same store goes on with these questions.
   */
  isComplete: boolean
  /** What was estimated for the whole run before it started. */
  estimate: Estimate
  agents: EvaluatedAgent[]
  questions: EvaluatedQuestion[]
  /** For each question in turn, the answers of all agents in their order. */
  answers: EvaluatedAnswer[]
  /** The mean over the `count` questions with at least two answers. `null`: there is none. */
  disagreement: { mean: number | null; count: number }
}

/** What a scorer is given. */
export interface ScorerInput {
  question: Question
  /** Its outcome is `answered`, and its text is not empty. */
  answer: EvaluatedAnswer & { text: string }
  agent: { name: string; vendor: string; account: string }
  signal: AbortSignal
}

/** A score from 0 to 1, with or without a reason. `null`: the scorer does not apply to the question. */
export type ScorerResult = number | { score: number; reason?: string } | null

/**
 * Scores an answer. It is called once for each answer, at the end of each `evaluate`, so that a finished run in a store can be
 * scored anew without a request to a vendor. An error is reported as a failure of this score.
 */
export type Scorer = (input: ScorerInput) => ScorerResult | Promise<ScorerResult>
