import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type AskInput,
  type AskOutcome,
  type AskTarget,
  argumentsNow,
  type Clock,
  ConfigurationError,
  checkFunctionOptions,
  clockOption,
  functionOption,
  isParleyError,
  isRecord,
  numberOption,
  optional,
  requireOperation,
  type SendOptions,
  type Source,
  supports,
  systemClock,
  type Timestamp,
  within,
} from '@parley/core'
import { digest } from '@parley/core/operations'
import { difference } from './evaluate/statistics.ts'

export interface ShadowOptions {
  /** The account that answers. The shadow is this adapter in every respect. */
  live: Adapter
  /**
   * The account that is asked the same, unseen. Its answers must reach no person (the trait `answerReach` is `caller`), or the
   * first question is refused.
   */
  candidate: Adapter
  /** Receives each comparison. Its errors are ignored. */
  onComparison?: (comparison: Comparison) => void
  /** How long the candidate may take for an answer, in milliseconds. Default 60,000. */
  timeout?: number
  /** How many questions the candidate is asked at once. Default 4. */
  concurrency?: number
  /** How many questions wait for the candidate at most. Further ones are skipped, and counted. Default 100. */
  waiting?: number
  /** Time, injected for tests. Default: the system's. */
  clock?: Clock
}

/** What one of the accounts did with a question. */
export interface ShadowAnswer {
  /** `vendor:account`. */
  account: string
  /** `error`: it failed, or its answer cannot be read. `skipped`: it was not asked. */
  outcome: AskOutcome | 'error' | 'skipped'
  text: string | null
  sources: Source[]
  /** From the question to the answer, in milliseconds. */
  latency: number
  /** The code of the error. */
  error?: string
}

/** A question and both answers. It has customers' texts: treat it as such. */
export interface Comparison {
  question: string
  at: Timestamp
  live: ShadowAnswer
  candidate: ShadowAnswer
  /** How much the texts differ, from 0 (the same words) to 1 (no word in common). `null`: one of them has no text. */
  difference: number | null
}

export interface ShadowReport {
  questions: number
  /** How many of them the candidate answered, did not answer, and was not asked. */
  candidate: { answered: number; failed: number; skipped: number }
  live: { answered: number; failed: number }
  /** The mean difference of the questions that both answered. `null`: there is none. */
  difference: number | null
}

export interface ShadowControls {
  /**
   * Whether the candidate can be asked without reaching a person.
   *
   * @throws ConfigurationError if it cannot.
   */
  check(): Promise<void>
  /** All questions since the shadow was made. */
  report(): ShadowReport
  /** Resolves when the candidate has been asked all questions, so that a process can end. */
  settled(): Promise<void>
}

export type Shadow = Adapter & { readonly shadow: ShadowControls }

/**
 * The adapter `live`, which also asks each question of `messages.ask` and `messages.stream` at `candidate`, and compares the
 * answers. Nobody sees anything of the candidate.
 *
 * ```ts
 * const agent = shadow({ live: liveChatAI(), candidate: agentConversation(), onComparison: (each) => log.push(each) })
 * ```
 *
 * The candidate is asked when the live answer is there, so a question never waits for it: the live answer is later by one
 * turn of the event loop at most, the first one by a second more if the candidate’s traits take time. Its requests have the priority `sweep`. Use other credentials than those of `live` if both
 * have the same rate limit. It gets the text and the context of the question, and no file. Instead of the visitor it gets an
 * id of Parley's own, which is always the same for one conversation, and no other detail of the person.
 *
 * @throws ConfigurationError for a wrong option; when something is asked: if the candidate's answers reach a person, or if its
 * traits do not say so.
 */
export function shadow(options: ShadowOptions): Shadow {
  checkFunctionOptions('shadow', options, {
    live: adapterOption,
    candidate: adapterOption,
    onComparison: optional(functionOption),
    timeout: optional(numberOption(1)),
    concurrency: optional(numberOption(1, true)),
    waiting: optional(numberOption(0, true)),
    clock: optional(clockOption),
  })
  const {
    live,
    candidate,
    onComparison,
    timeout = 60_000,
    concurrency = 4,
    waiting = 100,
    clock = systemClock,
  } = options
  const nameOf = ({ vendor, account }: Adapter): string => `${vendor}:${account}`
  const report: ShadowReport = {
    questions: 0,
    candidate: { answered: 0, failed: 0, skipped: 0 },
    live: { answered: 0, failed: 0 },
    difference: null,
  }
  let compared = 0
  const queue: (() => Promise<void>)[] = []
  let running = 0
  let waiters: (() => void)[] = []

  let checked: Promise<void> | undefined
  const check = (): Promise<void> => {
    checked ??= checkCandidate(candidate).catch((error: unknown) => {
      checked = undefined
      throw error
    })
    return checked
  }
  let isSlow = false
  /** A candidate whose traits take longer is checked before it is asked, and the question goes on. */
  const checkSoon = async (): Promise<void> => {
    if (isSlow) return
    const late = new Error('late')
    const checking = check()
    try {
      await within(checking, { clock, milliseconds: longestCheck, late: () => late })
    } catch (error) {
      if (error !== late) throw error
      isSlow = true
      const end = () => {
        isSlow = false
      }
      checking.then(end, end)
    }
  }

  const next = (): void => {
    while (running < concurrency) {
      const work = queue.shift()
      if (!work) break
      running++
      void work().finally(() => {
        running--
        next()
      })
    }
    if (running > 0 || queue.length > 0) return
    for (const waiter of waiters) waiter()
    waiters = []
  }

  /** @param end the live answer, or the error in its place. */
  function compare(question: Question, given: ShadowAnswer, end: unknown): void {
    report.questions++
    report.live[given.outcome === 'answered' ? 'answered' : 'failed']++
    const tell = (other: ShadowAnswer): void => {
      const both = given.text !== null && other.text !== null
      const differs = both ? difference(given.text as string, other.text as string) : null
      report.candidate[other.outcome === 'answered' ? 'answered' : other.outcome === 'skipped' ? 'skipped' : 'failed']++
      if (differs !== null) {
        report.difference = ((report.difference ?? 0) * compared + differs) / (compared + 1)
        compared++
      }
      const { input, at } = question
      const comparison = { question: input.text, at, live: given, candidate: other, difference: differs }
      // What an application does with a comparison must not end an answer, nor the process.
      void (async () => onComparison?.(comparison))().catch(() => {})
    }
    if (queue.length >= waiting && running >= concurrency) {
      tell({ account: nameOf(candidate), outcome: 'skipped', text: null, sources: [], latency: 0 })
      return
    }
    // The same conversation is asked in by its id, and as its visitor with one key or another.
    const id = isRecord(end) ? end['conversationId'] : undefined
    const who = typeof id === 'string' ? `${nameOf(live)} conversation ${id}` : question.who
    queue.push(async () => tell(await askCandidate({ ...question, who })))
    // Later, so that the live answer goes first.
    queueMicrotask(next)
  }

  async function askCandidate({ who, input }: Question): Promise<ShadowAnswer> {
    const began = clock.now()
    const told = (rest: Omit<ShadowAnswer, 'account' | 'latency'>): ShadowAnswer => ({
      account: nameOf(candidate),
      ...rest,
      latency: clock.now() - began,
    })
    const over = new AbortController()
    try {
      const visitor = { externalId: `shadow-${(await digest(who)).slice(0, 32)}` }
      const { text, context } = input
      const asking = (async () => {
        await check()
        over.signal.throwIfAborted()
        return requireOperation(candidate, 'messages.ask')(
          { visitor },
          { text, ...(context !== undefined && { context }) },
          { timeout, priority: 'sweep', signal: over.signal },
        )
      })()
      const late = () => new Error('late')
      // An adapter that does not keep the deadline must not hold the place of other questions.
      const answer = await within(asking, { clock, milliseconds: timeout + 1_000, late })
      return told(readAnswer(answer))
    } catch (error) {
      return told({ outcome: 'error', text: null, sources: [], error: isParleyError(error) ? error.code : 'unknown' })
    } finally {
      over.abort()
    }
  }

  const answered = (answer: Answer, latency: number): ShadowAnswer => ({
    account: nameOf(live),
    ...readAnswer(answer),
    latency,
  })
  const failed = (error: unknown, latency: number): ShadowAnswer => ({
    account: nameOf(live),
    ...{ outcome: 'error', text: null, sources: [], latency },
    error: isParleyError(error) ? error.code : 'unknown',
  })

  /** As they are at the call. */
  function argumentsOf(operation: string, given: Given): Given {
    const taken = argumentsNow({ vendor: live.vendor, account: live.account, operation }, given)
    if ('error' in taken) throw taken.error
    return taken.args
  }

  const own: Partial<Record<'ask' | 'stream', unknown>> = {}
  if (supports(live, 'messages.ask'))
    own.ask = async (...given: Given): Promise<Answer> => {
      const taken = argumentsOf('messages.ask', given)
      await checkSoon()
      const question = questionOf(live, taken, clock)
      try {
        const answer = await requireOperation(live, 'messages.ask')(...taken)
        if (question) compare(question, answered(answer, clock.now() - question.began), answer)
        return answer
      } catch (error) {
        if (question) compare(question, failed(error, clock.now() - question.began), error)
        throw error
      }
    }
  if (supports(live, 'messages.stream'))
    own.stream = async function* (...given: Given): AsyncGenerator<AnswerPart> {
      const taken = argumentsOf('messages.stream', given)
      await checkSoon()
      const question = questionOf(live, taken, clock)
      try {
        for await (const part of requireOperation(live, 'messages.stream')(...taken)) {
          if (part.type === 'finish' && question)
            compare(question, answered(part.answer, clock.now() - question.began), part.answer)
          yield part
        }
      } catch (error) {
        if (question) compare(question, failed(error, clock.now() - question.began), error)
        throw error
      }
    }
  return {
    ...live,
    ...(live.messages && { messages: { ...live.messages, ...own } }),
    shadow: {
      check,
      report: () => structuredClone(report),
      settled: () =>
        new Promise((resolve) => {
          waiters.push(resolve)
          next()
        }),
    },
  } as Shadow
}

/** How long a question waits for the traits of the candidate at most. */
const longestCheck = 1_000

type Given = [AskTarget, AskInput, SendOptions?]

interface Question {
  /** What a conversation or a visitor is known by, to continue the candidate's own conversation. */
  who: string
  input: AskInput
  at: Timestamp
  began: number
}

/** `undefined`: the live account will refuse the question. */
function questionOf(
  { vendor, account }: Adapter,
  [target, input]: readonly unknown[],
  clock: Clock,
): Question | undefined {
  if (!isRecord(input) || typeof input['text'] !== 'string') return undefined
  const who = whoIs(target)
  const began = clock.now()
  return who === undefined
    ? undefined
    : {
        who: `${vendor}:${account} ${who}`,
        input: input as unknown as AskInput,
        at: new Date(began).toISOString(),
        began,
      }
}

function whoIs(target: unknown): string | undefined {
  if (typeof target === 'string') return `conversation ${target}`
  if (!isRecord(target)) return undefined
  const { id, visitor, contact } = target
  if (typeof id === 'string') return `conversation ${id}`
  if (isRecord(visitor)) return `visitor ${JSON.stringify([visitor['externalId'], visitor['email'], visitor['phone']])}`
  if (typeof contact === 'string') return `contact ${contact}`
  return isRecord(contact) && typeof contact['id'] === 'string' ? `contact ${contact['id']}` : undefined
}

const outcomes: Readonly<Record<AskOutcome, true>> = {
  ...{ answered: true, 'needs-input': true, pending: true, unanswered: true, failed: true, unknown: true },
}

/** A candidate may be anybody's adapter, and answer anything. */
function readAnswer(answer: unknown): Omit<ShadowAnswer, 'account' | 'latency'> {
  const { outcome, text, sources } = isRecord(answer) ? answer : {}
  if (typeof outcome !== 'string' || !Object.hasOwn(outcomes, outcome) || !(text === null || typeof text === 'string'))
    return { outcome: 'error', text: null, sources: [], error: 'response' }
  return { outcome: outcome as AskOutcome, text, sources: Array.isArray(sources) ? (sources as Source[]) : [] }
}

async function checkCandidate(candidate: Adapter): Promise<void> {
  const traits = await candidate.traits?.()
  if (supports(candidate, 'messages.ask') && traits?.answerReach?.value === 'caller') return
  const problem = !supports(candidate, 'messages.ask') ? 'cannot be asked' : 'cannot be asked without reaching a person'
  const reason = traits?.answerReach?.reason ?? 'Its traits do not say who gets an answer (answerReach).'
  throw new ConfigurationError({
    message: `shadow: the candidate ${candidate.vendor}:${candidate.account} ${problem}. ${reason}`,
    fields: [{ path: 'candidate', problem }],
    outcome: 'not-done',
  })
}

const adapterOption = (value: unknown): string | undefined =>
  isRecord(value) && isRecord(value['limits']) && typeof value['vendor'] === 'string' ? undefined : 'must be an adapter'
