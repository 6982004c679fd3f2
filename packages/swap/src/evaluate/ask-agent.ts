import {
  type Answer,
  type AskTarget,
  type Clock,
  isParleyError,
  type OperationOptions,
  type SendAttempt,
  type SendOptions,
  type Source,
  sleep,
  supports,
} from '@parley/core'
import { digest } from '@parley/core/operations'
import { type Entries, type Entry, StoreFailure } from './entries.ts'
import type { EvaluatedAnswer, EvaluatedSource, EvaluationFailure, Question } from './evaluation.ts'
import type { PlannedAgent } from './plan.ts'

/** What all questions of a run share. */
export interface Run {
  readonly name: string
  readonly entries: Entries
  readonly clock: Clock
  readonly timeout: number
  readonly signal: AbortSignal
  /** Is told of each request, before it is sent. */
  countRequest(): void
}

/** An agent with what the questions before have found. */
export interface AskedAgent extends PlannedAgent {
  /** The vendor's id of the test contact, once it is known. */
  contactId?: string
  /** The vendor's ids of the questions that are in the conversations, so that none is mistaken for another. */
  readonly messageIds: Set<string>
}

/** How a question ended. */
interface Ended {
  readonly answer: EvaluatedAnswer
  /** An earlier run has it. No request was sent. */
  readonly isKept?: true
  /** Every further question would fail too: the credential is refused, or the agent does not exist any more. */
  readonly stops?: EvaluationFailure
}

/** A question at work. */
interface Asking {
  readonly run: Run
  readonly agent: AskedAgent
  readonly question: Question
  readonly options: OperationOptions
  requests: number
  isCountExact: boolean
}

const ended: ReadonlySet<string> = new Set(['answered', 'unanswered', 'needs-input', 'failed'])

/** Whether a question has ended for good: looking or asking again would change nothing. */
export const hasEnded = ({ outcome }: EvaluatedAnswer): boolean => ended.has(outcome)

/**
 * The answer of an agent to a question: the one that is kept, or the one to an attempt that is kept, or else the question is
 * sent. A question with an attempt is sent once more only if it was provably not sent.
 *
 * @throws StoreFailure, or ConfigurationError if the store has something else in the place of an answer. Every other failure is in
 * the result.
 */
export const askAgent = (run: Run, agent: AskedAgent, question: Question): Promise<Ended> =>
  run.entries.alone(agent.name, question.id, async () => {
    const known = await run.entries.read(agent.name, question.id)
    if (known?.attempt?.messageId) agent.messageIds.add(known.attempt.messageId)
    if (known?.answer && hasEnded(known.answer)) return { answer: known.answer, isKept: true }
    const asking: Asking = {
      ...{ run, agent, question, requests: known?.requests ?? 0, isCountExact: known?.isCountExact ?? true },
      options: {
        ...{ priority: 'sweep', timeout: run.timeout, signal: run.signal },
        onRequest() {
          asking.requests++
          run.countRequest()
        },
      },
    }
    return known?.attempt && known.isNotSent !== true ? lookUp(asking, known.attempt) : ask(asking)
  })

/** What earlier runs have of a question that is not asked now. */
export async function keptAnswer({ entries }: Run, agent: AskedAgent, question: Question): Promise<EvaluatedAnswer> {
  const known = await entries.read(agent.name, question.id)
  if (known?.answer) return known.answer
  const { requests = 0, isCountExact = true, attempt } = known ?? {}
  return answerIn({ agent, question, requests, isCountExact }, { outcome: attempt ? 'unknown' : 'not-asked' })
}

/** How long a run waits at most for a limit that is used up, in milliseconds, and how often. */
const longestLimit = 900_000
const mostWaits = 5

async function ask(asking: Asking): Promise<Ended> {
  const { run, agent, question } = asking
  const { clock, signal } = run
  // A process that is killed from here on leaves requests that nobody has counted.
  await keep({ ...asking, isCountExact: false }, {})
  for (let waits = 0; ; waits++) {
    let attempt: SendAttempt | undefined
    let sentAt: number | undefined
    let storeFailure: StoreFailure | undefined
    const options: SendOptions = {
      ...asking.options,
      async onAttempt(known) {
        attempt = known
        await keep({ ...asking, isCountExact: false }, { attempt }).catch((error: StoreFailure) => {
          storeFailure = error
          throw error
        })
      },
      beforeSend() {
        if (attempt) sentAt ??= clock.now()
      },
    }
    try {
      const target = await targetOf(asking)
      const { agentId } = agent.given
      const input = { text: question.text, ...(agentId !== undefined && { agentId }) }
      // biome-ignore lint/style/noNonNullAssertion: the plan has only agents that can be asked
      const answer = await agent.adapter.messages!.ask!(target, input, options)
      if (answer.attempt.messageId) agent.messageIds.add(answer.attempt.messageId)
      return await conclude(asking, answer, sentAt)
    } catch (error) {
      if (storeFailure) throw storeFailure
      if (error instanceof StoreFailure) throw error
      if (signal.aborted) {
        await keep(asking, { attempt })
        return { answer: answerIn(asking, { outcome: attempt ? 'unknown' : 'not-asked' }) }
      }
      const wait = limitOf(error)
      if (wait !== undefined && wait <= longestLimit && waits < mostWaits) {
        await sleep(clock, wait, signal).catch(() => {})
        if (!signal.aborted) continue
      }
      return fail(asking, error, { attempt, isNotSent: attempt === undefined || isNotDone(error) })
    }
  }
}

/** Whether the question was certainly not sent. What is partly done is the contact or the conversation. */
const isNotDone = (error: unknown): boolean =>
  isParleyError(error) && (error.outcome === 'not-done' || error.outcome === 'partly-done')

/** How long the vendor's limit is used up, if this is why a question was not sent. */
const limitOf = (error: unknown): number | undefined =>
  isParleyError(error) && error.code === 'rate-limit' && isNotDone(error) ? (error.retryAfterMs ?? 60_000) : undefined

/**
 * Who asks. A question without a test contact has a visitor of its own. A test contact opens a conversation for each question,
 * where a contact can have several.
 */
async function targetOf({ run, agent, question, options }: Asking): Promise<AskTarget> {
  const { given, isShared, adapter } = agent
  if (given.testContact === undefined) {
    const id = await digest(JSON.stringify([run.name, question.id]))
    return { visitor: { externalId: `parley-evaluation-${id.slice(0, 24)}` } }
  }
  if (isShared || !supports(adapter, 'contacts.ensure')) return { visitor: given.testContact }
  agent.contactId ??= (await adapter.contacts.ensure(given.testContact, options)).contact.id
  return { contact: agent.contactId }
}

/** Reads the conversation until it shows what became of an attempt. An answer may still come as long as its time has not passed. */
async function lookUp(asking: Asking, attempt: SendAttempt): Promise<Ended> {
  const { run, agent, options } = asking
  const { clock, signal, timeout } = run
  if (!supports(agent.adapter, 'messages.reconcile')) return end(asking, { outcome: 'unknown' }, { attempt })
  const otherMessageIds = [...agent.messageIds].filter((id) => id !== attempt.messageId)
  const until = Date.parse(attempt.startedAt) + timeout
  let waits = 0
  for (let pause = 1_000; ; pause = Math.min(5_000, pause * 1.6)) {
    try {
      const { reconcile } = agent.adapter.messages
      const found = await reconcile(attempt, { ...options, otherMessageIds })
      if (found.outcome === 'not-done') return await ask(asking)
      if (found.outcome === 'unknown') return await end(asking, { outcome: 'unknown' }, { attempt })
      if (found.attempt.messageId) agent.messageIds.add(found.attempt.messageId)
      if (found.answer && found.answer.outcome !== 'pending') return await conclude(asking, found.answer)
      if (clock.now() + pause >= until) return await end(asking, { outcome: 'pending' }, { attempt: found.attempt })
      await sleep(clock, pause, signal)
    } catch (error) {
      if (error instanceof StoreFailure) throw error
      const wait = limitOf(error)
      if (!signal.aborted && wait !== undefined && wait <= longestLimit && waits++ < mostWaits)
        await sleep(clock, wait, signal).catch(() => {})
      // That reading failed says nothing about the question: it may have been sent.
      else if (!signal.aborted) return fail(asking, error, { attempt, isNotSent: false })
      if (!signal.aborted) continue
      await keep(asking, { attempt })
      return { answer: answerIn(asking, { outcome: 'unknown' }) }
    }
  }
}

async function conclude(asking: Asking, answer: Answer, sentAt?: number): Promise<Ended> {
  const { clock } = asking.run
  const now = clock.now()
  const { outcome, text, attempt } = answer
  const isAnswered = outcome === 'answered'
  const { sources, sourcesState } = isAnswered ? await sourcesOf(asking, answer) : answer
  const askedAt =
    outcome === 'unknown' ? null : sentAt === undefined ? attempt.startedAt : new Date(sentAt).toISOString()
  const known = {
    ...{ outcome, text, sources: sources.map(sourceIn), sourcesState, askedAt },
    conversationRef: answer.conversationRef,
    latencyMs: isAnswered && sentAt !== undefined ? now - sentAt : null,
  }
  return end(asking, known, { attempt })
}

/** Sources that do not come with the answer take a request. Without them it is still an answer. */
async function sourcesOf(
  { agent, options }: Asking,
  answer: Answer,
): Promise<Pick<Answer, 'sources' | 'sourcesState'>> {
  const { message, sources, sourcesState } = answer
  if (sourcesState !== 'fetchable' || !message || !supports(agent.adapter, 'sources.list')) return answer
  try {
    return { sources: (await agent.adapter.sources.list(message, {}, options)).items, sourcesState: 'inline' }
  } catch {
    return { sources, sourcesState }
  }
}

const sourceIn = ({ title, url, kind, fileName }: Source): EvaluatedSource => ({
  title: title ?? null,
  url: url ?? null,
  kind: kind.value === 'unknown' ? String(kind.native ?? 'unknown') : kind.value,
  fileName: fileName ?? null,
})

/** Failures that every further question would have too. */
const agentCodes: ReadonlySet<string> = new Set([
  ...['authentication', 'permission', 'not-found', 'configuration', 'unsupported', 'rate-limit'],
])

/** Whether no further question can have an answer. Some vendors call an agent that does not exist a wrong value. */
const endsAgent = (error: unknown): boolean =>
  isParleyError(error) &&
  (agentCodes.has(error.code) ||
    (error.code === 'invalid-request' && (error.fields ?? []).some(({ path }) => /agent|assistant/i.test(path))))

async function fail(
  asking: Asking,
  error: unknown,
  known: { attempt: SendAttempt | undefined; isNotSent: boolean },
): Promise<Ended> {
  const failure: EvaluationFailure = isParleyError(error)
    ? { code: error.code, message: error.message }
    : { code: 'unexpected', message: `The adapter failed with an unexpected error (${nameOf(error)}).` }
  const { answer } = await end(asking, { outcome: 'error', error: failure }, known)
  return { answer, ...(endsAgent(error) && { stops: failure }) }
}

/** The message of an unexpected error can contain anything. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

/** Keeps how a question ended. */
async function end(
  asking: Asking,
  known: Partial<EvaluatedAnswer> & Pick<EvaluatedAnswer, 'outcome'>,
  more: { attempt?: SendAttempt | undefined; isNotSent?: boolean },
): Promise<Ended> {
  const answer = answerIn(asking, known)
  await keep(asking, { ...more, answer })
  return { answer }
}

const keep = (
  { run, agent, question, requests, isCountExact }: Asking,
  { attempt, ...more }: Pick<Entry, 'answer' | 'isNotSent'> & { attempt?: SendAttempt | undefined },
): Promise<void> =>
  run.entries.write(agent.name, question.id, { requests, isCountExact, ...more, ...(attempt && { attempt }) })

const answerIn = (
  { agent, question, requests, isCountExact }: Pick<Asking, 'agent' | 'question' | 'requests' | 'isCountExact'>,
  known: Partial<EvaluatedAnswer> & Pick<EvaluatedAnswer, 'outcome'>,
): EvaluatedAnswer => ({
  ...{
    question: question.id,
    agent: agent.name,
    text: null,
    sources: [],
    sourcesState: 'unavailable',
    latencyMs: null,
  },
  ...{ askedAt: null, requests, isCountExact, conversationRef: null, error: null, scores: {} },
  ...known,
})
