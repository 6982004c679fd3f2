import {
  type Answer,
  type Clock,
  ConfigurationError,
  isParleyError,
  type OperationOptions,
  type ParleyError,
  requireOperation,
  type SendAttempt,
  type Source,
  supports,
  systemClock,
} from '@parley/core'
import { type Entries, type Entry, fingerprintOf, noEntries, openRun, StoreFailure } from './entries.ts'
import { estimateOf, requestsFor } from './estimate.ts'
import type {
  EvaluatedAgent,
  EvaluatedAnswer,
  EvaluatedScore,
  EvaluatedSource,
  EvaluateOptions,
  Evaluation,
  EvaluationFailure,
  EvaluationOutcome,
  Question,
  Scorer,
} from './evaluation.ts'
import { type Plan, type PlannedAgent, planOf } from './plan.ts'
import { disagreementOf, mean, nearestRank, sum } from './statistics.ts'

/** An agent that has no answer to so many questions in a row is not asked on. */
const mostFailures = 10

/**
 * Puts questions to agents, and compares their answers.
 *
 * ```ts
 * const questions = readQuestions(await readFile('questions.csv'), { format: 'csv' })
 * const evaluation = await evaluate({ agents: [{ adapter: shop }, { adapter: hotline }], questions })
 * console.log(evaluationTable(evaluation))
 * ```
 *
 * Every agent is asked every question once, at the limits of its vendor, with the priority `sweep`, so that other requests of the
 * same process go first. Each question has a visitor of its own, unless the agent has a `testContact`. An agent whose answers
 * reach a person is refused without one.
 *
 * A failure of a question is in its answer. The remaining questions of an agent are not asked if it cannot be asked any more
 * (its credential is refused, it does not exist, ten questions in a row have no answer); `stopped` says why.
 *
 * With a `store`, a run that was killed goes on where it was. A question whose sending had begun is looked for
 * (`messages.reconcile`), and asked again only if it was certainly not sent.
 *
 * @throws ConfigurationError before anything is sent: for a wrong option, an agent whose answers reach a person, and a `run` of other
 * questions or agents. Later, if the store fails.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const plan = await planOf('evaluate', options)
  const { agents, questions } = plan
  const { store, signal, onProgress, concurrency = 4, scorers = {}, clock = systemClock } = options
  const now = (): string => new Date(clock.now()).toISOString()
  const run = options.run ?? (store ? (await fingerprintOf(plan)).slice(0, 16) : crypto.randomUUID().slice(0, 8))
  const opened = store
    ? await kept(async () => openRun(store, run, await fingerprintOf(plan), now()))
    : { startedAt: now(), entries: noEntries }
  const { startedAt, entries } = opened

  let done = 0
  const answers = new Map<string, EvaluatedAnswer>()
  const stopped = new Map<string, NonNullable<EvaluatedAgent['stopped']>>()
  const report = (answer: EvaluatedAnswer): void => {
    answers.set(keyOf(answer.agent, answer.question), answer)
    done++
    const { agent, question, outcome } = answer
    const requests = sum([...answers.values()].map((each) => each.requests))
    try {
      onProgress?.({ agent, question, outcome, done, total: agents.length * questions.length, requests })
    } catch {
      // What a caller does with the progress must not end the evaluation.
    }
  }

  await Promise.all(
    agents.map(async (agent) => {
      const asking = askingOf({ plan, agent, run, entries, clock, signal })
      const left = [...questions.entries()]
      let failures = 0
      const work = async (): Promise<void> => {
        for (let next = left.shift(); next; next = left.shift()) {
          const [index, question] = next
          if (signal?.aborted) return
          if (stopped.has(agent.name)) {
            report(blank(agent.name, question.id, 'not-asked'))
            continue
          }
          const { answer, ends } = await asking(question, index)
          if (!answer) return
          report(answer)
          failures = answer.outcome === 'answered' ? 0 : failures + 1
          const reason = ends ? answer.error : failures >= mostFailures ? noAnswers : undefined
          if (reason && !stopped.has(agent.name)) stopped.set(agent.name, { ...reason, question: question.id })
        }
      }
      const places = agent.given.testContact ? 1 : concurrency
      await Promise.all(Array.from({ length: places }, work))
    }),
  )

  const all = questions.flatMap(({ id }) =>
    agents.map(({ name }) => answers.get(keyOf(name, id)) ?? blank(name, id, 'not-asked')),
  )
  await scoreAll(all, plan, scorers, signal)
  return evaluationOf({ plan, run, startedAt, endedAt: now(), all, stopped, isComplete: answers.size === all.length })
}

const keyOf = (agent: string, question: string): string => JSON.stringify([agent, question])

const noAnswers: EvaluationFailure = {
  code: 'no-answers',
  message: `${mostFailures} questions in a row had no answer.`,
}

function blank(agent: string, question: string, outcome: EvaluationOutcome): EvaluatedAnswer {
  return {
    ...{ question, agent, outcome, text: null, sources: [], sourcesState: 'unavailable' },
    ...{ latencyMs: null, askedAt: null, requests: 0, isCountExact: true, conversationRef: null, error: null },
    scores: {},
  }
}

/** Work with the store. What it throws ends the evaluation with an error that says so. */
async function kept<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (isParleyError(cause)) throw cause
    throw new ConfigurationError({
      message: 'evaluate: the store failed; its error is the cause. Nothing is sent that cannot be kept.',
      fields: [{ path: 'store', problem: 'failed' }],
      cause: cause instanceof StoreFailure ? cause.cause : cause,
    })
  }
}

interface Asking {
  readonly plan: Plan
  readonly agent: PlannedAgent
  readonly run: string
  readonly entries: Entries
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

interface Asked {
  /** Missing: the caller has ended the evaluation. */
  answer?: EvaluatedAnswer
  /** Whether the agent cannot be asked any more. */
  ends: boolean
}

/** Asks an agent one question, or goes on with it where an earlier run was. */
function askingOf({ plan, agent, run, entries, clock, signal }: Asking) {
  const { name, adapter, given } = agent
  const ask = requireOperation(adapter, 'messages.ask')
  return (question: Question, index: number): Promise<Asked> =>
    kept(() => entries.alone(name, question.id, () => once(question, index)))

  async function once(question: Question, index: number): Promise<Asked> {
    const before = await entries.read(name, question.id)
    if (before?.answer && !before.isNotSent) return { answer: before.answer, ends: false }
    const entry: Entry = { requests: 0, isCountExact: true, ...before }
    delete entry.answer
    delete entry.isNotSent
    // A process that was stopped may have sent more requests than it has noted.
    if (before && !before.answer) entry.isCountExact = false
    if (entry.attempt) {
      const found = await foundAgain(entry.attempt, entry)
      if (found) return finish(question, entry, found)
      delete entry.attempt
    }
    const visitor = given.testContact ?? { externalId: `parley-evaluation-${run}-${index + 1}` }
    let sentAt: number | undefined
    const onAttempt = async (attempt: SendAttempt): Promise<void> => {
      sentAt ??= clock.now()
      entry.attempt = attempt
      await keep(question, entry)
    }
    const counted = { ...countedBy(entry), priority: 'sweep' as const, onAttempt }
    const input = { text: question.text, ...(given.agentId !== undefined && { agentId: given.agentId }) }
    try {
      const answer = await ask({ visitor }, input, counted)
      const latency = clock.now() - (sentAt ?? clock.now())
      return await finish(question, entry, await read(answer, entry, latency))
    } catch (error) {
      if (error instanceof StoreFailure) throw error
      if (signal?.aborted) {
        await keep(question, entry)
        return { ends: false }
      }
      const isNotSent = isParleyError(error) && (error.outcome === 'not-done' || error.outcome === 'partly-done')
      if (isNotSent) delete entry.attempt
      const answer = {
        ...blank(name, question.id, 'error'),
        error: failureOf(error),
        askedAt: instant(isNotSent ? undefined : sentAt),
      }
      return finish(question, { ...entry, ...(isNotSent && { isNotSent }) }, answer, endsAgent(error))
    }
  }

  /** The options of an operation whose requests count for a question. */
  function countedBy(entry: Entry): OperationOptions {
    const onRequest = () => {
      entry.requests++
    }
    return { timeout: plan.timeout, ...(signal && { signal }), onRequest }
  }

  async function keep(question: Question, entry: Entry): Promise<void> {
    try {
      await entries.write(name, question.id, entry)
    } catch (cause) {
      throw new StoreFailure('The store failed.', { cause })
    }
  }

  async function finish(
    question: Question,
    entry: Entry,
    found: Omit<EvaluatedAnswer, 'question' | 'requests' | 'isCountExact'>,
    ends = false,
  ): Promise<Asked> {
    const { requests, isCountExact } = entry
    const answer: EvaluatedAnswer = { ...found, question: question.id, requests, isCountExact }
    await keep(question, { ...entry, answer })
    return { answer, ends }
  }

  /** @returns `undefined` if the question was certainly not sent. */
  async function foundAgain(attempt: SendAttempt, entry: Entry): Promise<EvaluatedAnswer | undefined> {
    const unknown = { ...blank(name, '', 'unknown'), askedAt: attempt.startedAt }
    if (!supports(adapter, 'messages.reconcile')) return unknown
    try {
      const { outcome, answer } = await adapter.messages.reconcile(attempt, countedBy(entry))
      if (outcome === 'not-done') return undefined
      if (outcome === 'unknown') return unknown
      const pending = { ...unknown, outcome: 'pending' as const }
      return answer ? { ...(await read(answer, entry, null)), askedAt: attempt.startedAt } : pending
    } catch (error) {
      if (!isParleyError(error)) throw error
      return { ...unknown, error: failureOf(error) }
    }
  }

  async function read(answer: Answer, entry: Entry, latency: number | null): Promise<EvaluatedAnswer> {
    const { outcome, text, conversationRef, attempt, message } = answer
    let { sources, sourcesState } = answer
    if (sourcesState === 'fetchable' && message && supports(adapter, 'sources.list')) {
      try {
        sources = (await adapter.sources.list(message, {}, { ...countedBy(entry), priority: 'sweep' })).items
        sourcesState = 'inline'
      } catch (error) {
        if (!isParleyError(error)) throw error
      }
    }
    return {
      ...blank(name, '', outcome),
      ...{ text, sources: sources.map(sourceOf), sourcesState, conversationRef },
      askedAt: attempt.startedAt,
      latencyMs: outcome === 'answered' ? latency : null,
    }
  }
}

const instant = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : new Date(milliseconds).toISOString()

const sourceOf = ({ title = null, url = null, kind, fileName = null }: Source): EvaluatedSource => ({
  ...{ title, url, fileName },
  kind: kind.value === 'unknown' ? String(kind.native ?? 'unknown') : kind.value,
})

/** The message of another error can have anything in it. */
const failureOf = (error: unknown): EvaluationFailure =>
  isParleyError(error)
    ? { code: error.code, message: error.message }
    : { code: 'unexpected', message: 'The adapter threw an error that is none of Parley’s.' }

/** Whether no further question can have an answer. A visitor’s conversation that is gone is none of these: each question has its own. */
function endsAgent(error: unknown): boolean {
  if (!isParleyError(error)) return false
  const isAgent = (path: string) => /agent|assistant/i.test(path)
  const about = (error as ParleyError).fields ?? []
  switch (error.code) {
    case 'authentication':
    case 'permission':
    case 'configuration':
      return true
    case 'not-found':
      return true
    case 'invalid-request':
      return about.some(({ path }) => isAgent(path))
    default:
      return false
  }
}

/** Each answer by each scorer, one after another, so that a model is not asked everything at once. */
async function scoreAll(
  all: readonly EvaluatedAnswer[],
  { questions, agents }: Plan,
  scorers: Readonly<Record<string, Scorer>>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const questionOf = new Map(questions.map((question) => [question.id, question]))
  const agentOf = new Map(agents.map((agent) => [agent.name, agent.adapter]))
  for (const answer of all) {
    const { text, outcome } = answer
    const question = questionOf.get(answer.question)
    const adapter = agentOf.get(answer.agent)
    answer.scores = {}
    if (outcome !== 'answered' || !text || !question || !adapter) continue
    for (const [name, scorer] of Object.entries(scorers)) {
      if (signal?.aborted) return
      const agent = { name: answer.agent, vendor: adapter.vendor, account: adapter.account }
      answer.scores[name] = await scoreOf(() =>
        scorer({ question, answer: { ...answer, text }, agent, ...(signal && { signal }) }),
      )
    }
  }
}

async function scoreOf(score: () => ReturnType<Scorer>): Promise<EvaluatedScore> {
  try {
    const result = await score()
    const given = typeof result === 'number' ? { score: result } : result
    if (given === null) return { score: null }
    const { score: value, reason } = given
    if (typeof value !== 'number' || !(value >= 0 && value <= 1))
      return { score: null, error: 'The scorer gave no number from 0 to 1.' }
    return { score: value, ...(typeof reason === 'string' && { reason }) }
  } catch (error) {
    return { score: null, error: error instanceof Error ? error.message : 'The scorer failed.' }
  }
}

interface Ended {
  plan: Plan
  run: string
  startedAt: string
  endedAt: string
  all: EvaluatedAnswer[]
  stopped: ReadonlyMap<string, NonNullable<EvaluatedAgent['stopped']>>
  isComplete: boolean
}

function evaluationOf({ plan, run, startedAt, endedAt, all, stopped, isComplete }: Ended): Evaluation {
  const answersTo = new Map(plan.questions.map(({ id }) => [id, all.filter(({ question }) => question === id)]))
  const questions = plan.questions.map((question) => ({
    ...question,
    disagreement: disagreementOf(
      (answersTo.get(question.id) ?? []).flatMap(({ outcome, text }) => (outcome === 'answered' && text ? [text] : [])),
    ),
  }))
  const disagreements = questions.flatMap(({ disagreement }) => disagreement ?? [])
  return {
    ...{ parley: 'evaluation', version: 1, run, startedAt, endedAt, isComplete },
    estimate: estimateOf(plan),
    agents: plan.agents.map((agent) =>
      agentOf(
        agent,
        plan,
        all.filter((answer) => answer.agent === agent.name),
        stopped.get(agent.name) ?? null,
      ),
    ),
    questions,
    answers: all,
    disagreement: { mean: mean(disagreements), count: disagreements.length },
  }
}

function agentOf(
  agent: PlannedAgent,
  plan: Plan,
  answers: readonly EvaluatedAnswer[],
  stopped: EvaluatedAgent['stopped'],
): EvaluatedAgent {
  const outcomes: EvaluatedAgent['outcomes'] = {}
  for (const { outcome } of answers) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  const latencies = answers.flatMap(({ latencyMs }) => latencyMs ?? []).sort((one, other) => one - other)
  const isCountExact = answers.every((answer) => answer.isCountExact)
  const requests = sum(answers.map((answer) => answer.requests))
  const asked = answers.filter(({ outcome }) => outcome !== 'not-asked').length
  const sent = answers.filter(({ askedAt }) => askedAt !== null).length
  const estimated = requestsFor(agent, asked, plan.timeout)
  const { costPerQuestion } = agent.given
  const names = new Set(answers.flatMap(({ scores }) => Object.keys(scores)))
  const isFaulty = answers.some(({ outcome }) => outcome === 'error')
  return {
    ...{ name: agent.name, vendor: agent.adapter.vendor, account: agent.adapter.account, outcomes },
    latency:
      latencies.length === 0
        ? null
        : { p50Ms: nearestRank(latencies, 0.5), p95Ms: nearestRank(latencies, 0.95), count: latencies.length },
    ...{ requests, isCountExact, withSources: answers.filter(({ sources }) => sources.length > 0).length },
    scores: Object.fromEntries(
      [...names].map((name) => {
        const given = answers.flatMap(({ scores }) => scores[name] ?? [])
        const numbers = given.flatMap(({ score }) => score ?? [])
        return [
          name,
          {
            mean: mean(numbers),
            count: numbers.length,
            failed: given.filter(({ error }) => error !== undefined).length,
          },
        ]
      }),
    ),
    isShared: agent.isShared,
    estimated,
    // An error ends a question early, or makes retries.
    isWithinEstimate: isCountExact && !isFaulty ? requests >= estimated.least && requests <= estimated.most : null,
    stopped,
    ...(costPerQuestion !== undefined && { cost: costPerQuestion * sent }),
  }
}
