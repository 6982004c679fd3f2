import { type Clock, ConfigurationError, isRecord, systemClock } from '@parley/core'
import { type AskedAgent, askAgent, hasEnded, keptAnswer, type Run } from './ask-agent.ts'
import { fingerprintOf, noEntries, openRun, StoreFailure } from './entries.ts'
import { estimateOf } from './estimate.ts'
import type {
  EvaluatedAgent,
  EvaluatedAnswer,
  EvaluatedScore,
  EvaluateOptions,
  Evaluation,
  EvaluationProgress,
  Scorer,
  ScorerInput,
} from './evaluation.ts'
import { type Plan, planOf } from './plan.ts'
import { disagreementOf, mean } from './statistics.ts'
import { summaryOf } from './summary.ts'

/** After so many questions in a row without an answer, the rest is not asked: each would take the whole `timeout`. */
const mostWithoutAnswer = 10

/**
 * Puts questions to agents, and compares their answers.
 *
 * ```ts
 * const questions = readQuestions(await readFile('questions.csv'), { format: 'csv' })
 * const evaluation = await evaluate({ agents: [{ adapter: shop }, { adapter: hotline }], questions })
 * console.log(evaluationTable(evaluation))
 * ```
 *
 * Every agent is asked every question once, with the priority `sweep`, so that other requests of the same process go first. A
 * limit of the vendor that is used up is waited for. Each question has a visitor of its own, unless the agent has a
 * `testContact`. An agent whose answers reach a person is refused without one.
 *
 * A failure of a question is in its answer. The remaining questions of an agent are not asked if it cannot be asked any more
 * (its credential is refused, it does not exist, ten questions in a row have no answer); `stopped` says why.
 *
 * With a `store`, the same call goes on where an earlier one stopped. A question whose sending had begun is looked for
 * (`messages.reconcile`), and asked again only if it was certainly not sent.
 *
 * @throws ConfigurationError before anything is sent: for a wrong option, an agent whose answers reach a person, and a `run` of other
 * questions or agents. Later, if the store fails.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  try {
    return await evaluatePlan(options)
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error
    throw new ConfigurationError({
      message: 'evaluate: the store failed; its error is the cause. Nothing is sent that cannot be kept.',
      fields: [{ path: 'store', problem: 'failed' }],
      cause: error.cause,
    })
  }
}

async function evaluatePlan(options: EvaluateOptions): Promise<Evaluation> {
  const plan = await planOf('evaluate', options)
  const { store, signal, scorers = {}, clock = systemClock, concurrency = 4 } = options
  const fingerprint = await fingerprintOf(plan)
  const name = options.run ?? (store ? fingerprint.slice(0, 16) : crypto.randomUUID())
  const now = timeOf(clock)
  const { startedAt, entries } = store
    ? await openRun(store, name, fingerprint, now)
    : { startedAt: now, entries: noEntries }
  const ending = new AbortController()
  const giveUp = () => ending.abort(signal?.reason)
  if (signal?.aborted) giveUp()
  else signal?.addEventListener('abort', giveUp, { once: true })
  const progress = progressOf(plan, options.onProgress)
  const run: Run = {
    ...{ name, entries, clock, timeout: plan.timeout, signal: ending.signal },
    countRequest: progress.countRequest,
  }
  try {
    const results = await allOf(
      plan.agents.map((agent) =>
        evaluateAgent(run, plan, { ...agent, messageIds: new Set() }, concurrency, progress.tell),
      ),
      () => ending.abort(),
    )
    const answers = plan.questions.flatMap((_, index) =>
      results.map((result) => result.answers[index] as EvaluatedAnswer),
    )
    await score(plan, answers, scorers, concurrency, ending.signal)
    const agents = plan.agents.map((agent, index) => {
      const own = answers.filter((_, place) => place % plan.agents.length === index)
      return summaryOf(agent, own, results[index]?.stopped ?? null, Object.keys(scorers), plan.timeout)
    })
    return evaluationOf(plan, { run: name, startedAt, endedAt: timeOf(clock), agents, answers })
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

const timeOf = (clock: Clock): string => new Date(clock.now()).toISOString()

/** Waits for all, also if one fails: nothing may go on behind the caller's back. @throws the first error. */
async function allOf<T>(work: readonly Promise<T>[], onFailure: () => void): Promise<T[]> {
  for (const each of work) each.catch(onFailure)
  await Promise.allSettled(work)
  return Promise.all(work)
}

interface Progress {
  countRequest(): void
  tell(answer: EvaluatedAnswer): void
}

function progressOf(
  { agents, questions }: Plan,
  listener: ((progress: EvaluationProgress) => void) | undefined,
): Progress {
  let done = 0
  let requests = 0
  return {
    countRequest: () => void requests++,
    tell({ agent, question, outcome }) {
      done++
      try {
        listener?.({ agent, question, outcome, done, total: agents.length * questions.length, requests })
      } catch {
        // What a caller does with the progress must not end the evaluation.
      }
    },
  }
}

interface AgentResult {
  /** In the order of the questions. */
  answers: EvaluatedAnswer[]
  stopped: EvaluatedAgent['stopped']
}

async function evaluateAgent(
  run: Run,
  { questions }: Plan,
  agent: AskedAgent,
  concurrency: number,
  tell: Progress['tell'],
): Promise<AgentResult> {
  const answers: EvaluatedAnswer[] = []
  let stopped: EvaluatedAgent['stopped'] = null
  let withoutAnswer = 0
  await eachOf(questions, agent.given.testContact === undefined ? concurrency : 1, async (question, index) => {
    if (stopped !== null || run.signal.aborted) answers[index] = await keptAnswer(run, agent, question)
    else {
      const { answer, stops, isKept } = await askAgent(run, agent, question)
      answers[index] = answer
      const { outcome } = answer
      const hasAnswer = outcome !== 'error' && outcome !== 'pending' && outcome !== 'unknown' && outcome !== 'failed'
      if (!isKept) withoutAnswer = hasAnswer ? 0 : withoutAnswer + 1
      if (stops) stopped ??= { ...stops, question: question.id }
      else if (withoutAnswer >= mostWithoutAnswer && !run.signal.aborted)
        stopped ??= {
          code: 'no-answers',
          message: `${mostWithoutAnswer} questions in a row had no answer.`,
          question: question.id,
        }
    }
    // What an abortion leaves unasked is not over.
    if (!run.signal.aborted || hasEnded(answers[index] as EvaluatedAnswer)) tell(answers[index] as EvaluatedAnswer)
  })
  return { answers, stopped }
}

/** Works at so many items at a time, in their order. Begins no further item after a failure. @throws the first error. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      await work(items[index] as T, index)
    }
  }
  await allOf(Array.from({ length: Math.min(atOnce, items.length) }, worker), () => {
    next = items.length
  })
}

/** Scores the answers, and puts the scores into them. */
async function score(
  { agents, questions }: Plan,
  answers: EvaluatedAnswer[],
  scorers: Readonly<Record<string, Scorer>>,
  concurrency: number,
  signal: AbortSignal,
): Promise<void> {
  await eachOf(answers, concurrency, async (answer, index) => {
    // A copy, because the store's own answer has no scores.
    const scored = { ...answer, scores: {} as Record<string, EvaluatedScore> }
    answers[index] = scored
    if (answer.outcome !== 'answered' || !answer.text?.trim()) return
    const question = questions[Math.floor(index / agents.length)] as ScorerInput['question']
    const { name, adapter } = agents[index % agents.length] as Plan['agents'][number]
    const input: ScorerInput = {
      ...{ question, answer: scored as ScorerInput['answer'], signal },
      agent: { name, vendor: adapter.vendor, account: adapter.account },
    }
    for (const [scorer, work] of Object.entries(scorers)) {
      const given = await scoreOf(work, input)
      if (given)
        Object.defineProperty(scored.scores, scorer, {
          value: given,
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
  })
}

/** @returns `undefined`: the scorer does not apply. */
async function scoreOf(scorer: Scorer, input: ScorerInput): Promise<EvaluatedScore | undefined> {
  if (input.signal.aborted) return { score: null, error: 'The evaluation was ended before.' }
  try {
    const result: unknown = await scorer(input)
    if (result === null) return undefined
    const { score, reason } = isRecord(result) ? result : { score: result }
    if (typeof score !== 'number' || !(score >= 0 && score <= 1))
      return { score: null, error: 'The scorer must return a number from 0 to 1, or null.' }
    return { score, ...(typeof reason === 'string' && { reason }) }
  } catch (error) {
    return { score: null, error: error instanceof Error ? error.message : 'The scorer failed.' }
  }
}

function evaluationOf(
  plan: Plan,
  known: Pick<Evaluation, 'run' | 'startedAt' | 'endedAt' | 'agents' | 'answers'>,
): Evaluation {
  const { agents, questions } = plan
  const evaluated = questions.map((question, index) => {
    const ofQuestion = known.answers.slice(index * agents.length, (index + 1) * agents.length)
    const texts = ofQuestion.flatMap(({ outcome, text }) => (outcome === 'answered' && text ? [text] : []))
    return { ...question, disagreement: disagreementOf(texts) }
  })
  const differing = evaluated.flatMap(({ disagreement }) => disagreement ?? [])
  return {
    ...{ parley: 'evaluation', version: 1 },
    ...{ run: known.run, startedAt: known.startedAt, endedAt: known.endedAt },
    isComplete: known.answers.every(hasEnded),
    estimate: estimateOf(plan),
    agents: known.agents,
    questions: evaluated,
    answers: known.answers,
    disagreement: { mean: mean(differing), count: differing.length },
  }
}
