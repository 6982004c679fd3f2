import {
  AuthenticationError,
  type Clock,
  isParleyError,
  memoryStore,
  NotFoundError,
  RateLimitError,
  type StateStore,
  VendorFaultError,
} from '@parley/core'
import { describe, expect, it } from 'vitest'
import {
  type EvaluateOptions,
  type EvaluationProgress,
  estimate,
  evaluate,
  evaluationHtml,
  evaluationTable,
  type Question,
} from '../src/index.ts'
import { type MadeUpAgent, madeUpAgent } from './made-up-agent.ts'

const questions: Question[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `Question ${id}?` }))
const good = (vendor = 'good') => madeUpAgent(vendor, () => ({}))
const failing = new VendorFaultError({ message: 'bad: it failed.', outcome: 'not-done' })

const storeFailed = { code: 'configuration', fields: [{ path: 'store' }], cause: { message: 'disk full' } }

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown)
  return isParleyError(error) ? error.message : 'no error'
}

describe('an evaluation is refused before a question is sent', () => {
  const contact = { answerReach: { value: 'contact', reason: 'It is so.' } } as const
  it.each<[string, Partial<EvaluateOptions>, string]>([
    ['without agents', { agents: [] }, 'evaluate: agents must have 1 to 50 agents.'],
    ['without questions', { questions: [] }, 'evaluate: questions must have 1 to 10,000 questions, and has 0.'],
    [
      'with a misspelled option',
      { concurency: 2 } as never,
      'evaluate: there is no option "concurency" (did you mean "concurrency"?).',
    ],
    [
      'with something that is no adapter',
      { agents: [{ adapter: {} as never }] },
      'evaluate: agents[0].adapter must be an adapter.',
    ],
    [
      'with two agents of one name',
      { agents: [{ adapter: good() }, { adapter: good() }] },
      'evaluate: agents[1].name "good:main" is the name of another agent: give one of them another.',
    ],
    [
      'with an id twice',
      { questions: [questions[0], questions[0]] as Question[] },
      'evaluate: questions[1].id is also the id of questions[0].',
    ],
    [
      'with a question without a text',
      { questions: [{ id: 'a', text: ' ' }] },
      'evaluate, questions[0]: option "text" must be a non-empty string.',
    ],
    [
      'with an agent whose answers reach a person',
      { agents: [{ adapter: madeUpAgent('loud', () => ({}), { traits: contact }) }] },
      'evaluate: agents[0].testContact is missing: an answer of loud:main also reaches the person who asks. Name a contact of your own who gets all questions.',
    ],
    [
      'with an agent of which nobody knows whom it reaches',
      { agents: [{ adapter: { ...good(), traits: async () => ({}) } }] },
      'evaluate: agents[0].testContact is missing: an answer of good:main also reaches the person who asks, as far as is known. Name a contact of your own who gets all questions.',
    ],
    [
      'with an agent that cannot be asked',
      { agents: [{ adapter: { ...good(), messages: {}, unsupported: { 'messages.ask': 'It is deaf.' } } }] },
      'evaluate: agents[0].adapter cannot be asked: It is deaf.',
    ],
  ])('%s', async (_, options, message) => {
    expect(await refusal(evaluate({ agents: [{ adapter: good() }], questions, ...options }))).toBe(message)
  })

  it('and so is an estimate, with its own name', async () => {
    expect(await refusal(estimate({ agents: [], questions }))).toBe('estimate: agents must have 1 to 50 agents.')
  })
})

describe('who asks', () => {
  it('is another visitor for each question, the same one in each process of a run', async () => {
    const [one, other] = [good(), good()]
    await evaluate({ agents: [{ adapter: one }], questions, run: 'r', concurrency: 1 })
    await evaluate({ agents: [{ adapter: other }], questions, run: 'r', concurrency: 1 })
    expect(new Set(one.sent.map(({ target }) => JSON.stringify(target))).size).toBe(4)
    expect(other.sent).toEqual(one.sent)
    const third = good()
    await evaluate({ agents: [{ adapter: third }], questions, concurrency: 1 })
    expect(third.sent[0]?.target).not.toEqual(one.sent[0]?.target)
  })

  it('is the test contact, one question after another, and the report says that they share a conversation', async () => {
    let atOnce = 0
    let most = 0
    const adapter = madeUpAgent(
      'loud',
      async () => {
        most = Math.max(most, ++atOnce)
        await Promise.resolve()
        atOnce--
        return {}
      },
      {
        traits: {
          answerReach: { value: 'contact', reason: 'x' },
          conversationsPerContact: { value: 'one', reason: 'x' },
        },
      },
    )
    const testContact = { externalId: 'me' }
    const result = await evaluate({ agents: [{ adapter, testContact }], questions, concurrency: 4 })
    expect(adapter.sent.map(({ target }) => target)).toEqual(questions.map(() => ({ visitor: testContact })))
    expect(most).toBe(1)
    expect(result.agents[0]?.isShared).toBe(true)
    expect((await estimate({ agents: [{ adapter, testContact }], questions })).agents[0]?.notes).toEqual([
      'loud:main is asked all questions in one conversation, so an answer can depend on those before it.',
      'The test contact of loud:main may get each answer as a real message.',
      'loud:main has no sources.',
    ])
  })
})

describe('failures', () => {
  it('of one question leave the others, and have their code and message', async () => {
    const adapter = madeUpAgent('bad', (text) => (text.includes('b') ? Promise.reject(failing) : {}))
    const result = await evaluate({ agents: [{ adapter }, { adapter: good() }], questions })
    expect(result.answers.map(({ outcome }) => outcome)).toEqual([
      ...['answered', 'answered', 'error', 'answered', 'answered', 'answered', 'answered', 'answered'],
    ])
    expect(result.answers[2]?.error).toEqual({ code: 'vendor-fault', message: 'bad: it failed.' })
    expect(result.agents[0]).toMatchObject({ outcomes: { answered: 3, error: 1 }, stopped: null })
    expect(result.isComplete).toBe(false)
  })

  it('never show the message of an error that is not Parley’s', async () => {
    const adapter = madeUpAgent('bad', () => Promise.reject(new TypeError('customer said: secret')))
    const result = await evaluate({ agents: [{ adapter }], questions: questions.slice(0, 1) })
    expect(result.answers[0]?.error).toEqual({
      code: 'unexpected',
      message: 'The adapter failed with an unexpected error (TypeError).',
    })
  })

  it.each([
    new AuthenticationError({ message: 'gone: the key is refused.', outcome: 'not-done' }),
    new NotFoundError({ message: 'gone: there is no such agent.', outcome: 'not-done' }),
  ])('of the agent itself ($code) end its evaluation, and the others go on', async (error) => {
    const adapter = madeUpAgent('gone', (text) => (text.includes('a?') ? {} : Promise.reject(error)))
    const other = good()
    const result = await evaluate({ agents: [{ adapter }, { adapter: other }], questions, concurrency: 1 })
    expect(adapter.sent).toHaveLength(2)
    expect(other.sent).toHaveLength(4)
    expect(result.agents[0]?.stopped).toEqual({ code: error.code, message: error.message, question: 'b' })
    expect(result.agents[0]?.outcomes).toEqual({ answered: 1, error: 1, 'not-asked': 2 })
    expect(result.agents[1]?.stopped).toBeNull()
  })

  it('of ten questions in a row end the evaluation of an agent that no longer answers', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: `${index}`, text: `Question ${index}?` }))
    const adapter = madeUpAgent('mute', (text) => ({
      outcome: text.includes(' 3?') ? 'answered' : 'pending',
      text: null,
    }))
    const result = await evaluate({ agents: [{ adapter }], questions: many, concurrency: 1 })
    expect(adapter.sent).toHaveLength(14)
    expect(result.agents[0]?.stopped).toMatchObject({ code: 'no-answers', question: '13' })
  })

  it('of the store end the evaluation with its error, and nothing is sent that is not kept', async () => {
    const adapter = good()
    const store: StateStore = {
      ...memoryStore(),
      set: async (key) => {
        if (key.startsWith('[')) throw new Error('disk full')
      },
    }
    await expect(evaluate({ agents: [{ adapter }], questions, store })).rejects.toMatchObject(storeFailed)
    expect(adapter.sent).toEqual([])
  })

  it('of a store between an attempt and its question keep the question from being sent', async () => {
    let writes = 0
    const store: StateStore = {
      ...memoryStore(),
      set: async (key) => {
        if (key.startsWith('[') && ++writes === 2) throw new Error('disk full')
      },
    }
    const adapter = good()
    await expect(evaluate({ agents: [{ adapter }], questions: questions.slice(0, 1), store })).rejects.toMatchObject(
      storeFailed,
    )
    expect(adapter.sent).toEqual([])
  })

  it('by a limit that is used up are waited for, and then the question is asked', async () => {
    let now = 0
    const waits: number[] = []
    const clock: Clock = {
      now: () => now,
      after(milliseconds, callback) {
        waits.push(milliseconds)
        now += milliseconds
        queueMicrotask(callback)
        return () => {}
      },
    }
    let refusals = 2
    const limited = new RateLimitError({ message: 'x', outcome: 'not-done', retryAfterMs: 120_000 })
    const adapter = madeUpAgent('busy', () => (refusals-- > 0 ? Promise.reject(limited) : {}))
    const result = await evaluate({ agents: [{ adapter }], questions: questions.slice(0, 1), clock })
    expect(waits).toEqual([120_000, 120_000])
    // The waits are not a part of how long the agent took.
    expect(result.answers[0]).toMatchObject({ outcome: 'answered', latencyMs: 0 })
    const daily = new RateLimitError({
      message: 'x: the day is used up.',
      outcome: 'not-done',
      retryAfterMs: 3_600_000,
    })
    const tired = madeUpAgent('tired', () => Promise.reject(daily))
    const stopped = await evaluate({ agents: [{ adapter: tired }], questions, clock, concurrency: 1 })
    expect(tired.sent).toHaveLength(1)
    expect(stopped.agents[0]?.stopped?.code).toBe('rate-limit')
  })
})

describe('a run in a store', () => {
  const one = questions.slice(0, 1)

  it('that has ended is not asked again, and is scored anew', async () => {
    const [store, adapter] = [memoryStore(), good()]
    const first = await evaluate({ agents: [{ adapter }], questions, store })
    const second = await evaluate({ agents: [{ adapter }], questions, store, scorers: { half: () => 0.5 } })
    expect(adapter.sent).toHaveLength(4)
    expect(first.isComplete).toBe(true)
    expect(second.agents[0]?.scores).toEqual({ half: { mean: 0.5, count: 4, failed: 0 } })
    expect(second.answers.map(({ scores: _, ...rest }) => rest)).toEqual(
      first.answers.map(({ scores: _, ...rest }) => rest),
    )
    expect(second.startedAt).toBe(first.startedAt)
  })

  it('is refused with other questions or agents under its name, and is another one without a name', async () => {
    const [store, adapter] = [memoryStore(), good()]
    await evaluate({ agents: [{ adapter }], questions, store, run: 'may' })
    const others = { agents: [{ adapter }], questions: one, store }
    expect(await refusal(evaluate({ ...others, run: 'may' }))).toBe(
      'evaluate: the run "may" in the store is of other questions or agents: name another one.',
    )
    const result = await evaluate(others)
    expect(result.run).not.toBe('may')
    expect(adapter.sent).toHaveLength(5)
  })

  /** A process that is killed while the question is on its way: the attempt is kept, and nothing after it. */
  async function killed(store: StateStore): Promise<void> {
    const dying = madeUpAgent('good', () => new Promise(() => {}))
    const ending = new AbortController()
    const dead = {
      ...store,
      set: async (key: string, value: string) => {
        if (!ending.signal.aborted) await store.set(key, value)
      },
    }
    void evaluate({ agents: [{ adapter: dying }], questions: one, store: { ...dead, lock: (_, work) => work() } })
    await expect.poll(() => dying.sent.length).toBe(1)
    ending.abort()
  }

  const resumed = async (store: StateStore, adapter: MadeUpAgent) =>
    (await evaluate({ agents: [{ adapter }], questions: one, store })).answers[0]

  it('goes on with the answer to an attempt that was sent, without a latency that nobody measured', async () => {
    const store = memoryStore()
    await killed(store)
    const adapter = madeUpAgent('good', () => ({}), {
      reconcile: async (attempt) => ({
        ...{ outcome: 'done', message: null, attempt },
        answer: { ...(await good().messages?.ask?.('x', { text: 'late' })), attempt } as never,
      }),
    })
    expect(await resumed(store, adapter)).toMatchObject({
      outcome: 'answered',
      text: 'Answer to late',
      latencyMs: null,
      isCountExact: false,
    })
    expect(adapter.sent).toEqual([])
  })

  it('asks nobody again while it is not known whether the question was sent, and asks once it was provably not', async () => {
    const store = memoryStore()
    await killed(store)
    let outcome: 'unknown' | 'not-done' = 'unknown'
    const adapter = madeUpAgent('good', () => ({}), {
      reconcile: async (attempt) => ({ outcome, message: null, answer: null, attempt }),
    })
    expect(await resumed(store, adapter)).toMatchObject({ outcome: 'unknown' })
    expect(adapter.sent).toEqual([])
    outcome = 'not-done'
    expect(await resumed(store, adapter)).toMatchObject({ outcome: 'answered' })
    expect(adapter.sent).toHaveLength(1)
  })

  it('asks nobody again if looking for the question fails, and waits for a limit first', async () => {
    const store = memoryStore()
    await killed(store)
    const clock: Clock = {
      now: () => Date.parse('2026-01-15T12:00:01.000Z'),
      after(_, callback) {
        queueMicrotask(callback)
        return () => {}
      },
    }
    const failures = [
      new RateLimitError({ message: 'x', outcome: 'not-done', retryAfterMs: 1_000 }),
      new AuthenticationError({ message: 'x', outcome: 'not-done' }),
    ]
    let looked = 0
    const adapter = madeUpAgent('good', () => ({}), {
      reconcile: async () => {
        throw failures[looked++] ?? new TypeError('x')
      },
    })
    const answerOf = async () =>
      (await evaluate({ agents: [{ adapter }], questions: one, store, clock })).answers[0]?.error?.code
    expect(await answerOf()).toBe('authentication')
    expect(await answerOf()).toBe('unexpected')
    expect(looked).toBe(3)
    expect(adapter.sent).toEqual([])
  })

  it('refuses an answer in the store that is cut in half, and names it', async () => {
    const [store, adapter] = [memoryStore(), good()]
    await evaluate({ agents: [{ adapter }], questions: one, store })
    const cut = {
      ...store,
      get: async (key: string) => {
        const value = await store.get(key)
        return key.startsWith('[') ? value?.slice(0, 20) : value
      },
    }
    expect(await refusal(evaluate({ agents: [{ adapter }], questions: one, store: cut as StateStore }))).toBe(
      'evaluate: the answer of good:main to the question a in the store cannot be read.',
    )
    expect(adapter.sent).toHaveLength(1)
  })

  it('that fails is over when its error comes: no other agent is asked behind the caller’s back', async () => {
    const memory = memoryStore()
    const store: StateStore = {
      ...memory,
      set: async (key, value) => {
        if (key.startsWith('[') && key.includes('"bad:main"')) throw new Error('disk full')
        await memory.set(key, value)
      },
    }
    const slow = madeUpAgent('slow', async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return {}
    })
    const agents = [{ adapter: madeUpAgent('bad', () => ({})) }, { adapter: slow }]
    await expect(evaluate({ agents, questions, store, concurrency: 1 })).rejects.toMatchObject(storeFailed)
    const sent = slow.sent.length
    expect(sent).toBeLessThan(4)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(slow.sent).toHaveLength(sent)
  })

  it('never asks again at an agent whose attempts cannot be looked up', async () => {
    const store = memoryStore()
    await killed(store)
    const adapter = good()
    expect(await resumed(store, adapter)).toMatchObject({ outcome: 'unknown' })
    expect(adapter.sent).toEqual([])
  })

  it('asks the questions again that a refused credential kept from being sent', async () => {
    const store = memoryStore()
    const refused = new AuthenticationError({ message: 'x', outcome: 'not-done' })
    const adapter = madeUpAgent('good', () => Promise.reject(refused))
    expect(await resumed(store, adapter)).toMatchObject({ outcome: 'error' })
    expect(await resumed(store, good())).toMatchObject({ outcome: 'answered' })
  })

  it('is asked by one of two processes at the same time', async () => {
    const [store, adapter] = [memoryStore(), good()]
    const [one, other] = await Promise.all([
      evaluate({ agents: [{ adapter }], questions, store }),
      evaluate({ agents: [{ adapter }], questions, store }),
    ])
    expect(adapter.sent).toHaveLength(4)
    expect(one.answers.map(({ text }) => text)).toEqual(other.answers.map(({ text }) => text))
  })
})

it('an evaluation that is aborted keeps what there is, and goes on later', async () => {
  const [store, ending] = [memoryStore(), new AbortController()]
  const adapter = madeUpAgent('good', (text, _, { signal }) => {
    if (!text.includes('c')) return {}
    ending.abort()
    return Promise.reject(signal?.reason)
  })
  const told: number[] = []
  const result = await evaluate({
    ...{ agents: [{ adapter }], questions, store, concurrency: 1, signal: ending.signal },
    onProgress: ({ done }) => void told.push(done),
  })
  expect(told).toEqual([1, 2])
  expect(result.answers.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'unknown', 'not-asked'])
  expect(result.isComplete).toBe(false)
  const later = good()
  const whole = await evaluate({ agents: [{ adapter: later }], questions, store, concurrency: 1 })
  expect(whole.answers.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'unknown', 'answered'])
  expect(later.sent).toHaveLength(1)
})

describe('scores', () => {
  it('have the mean of those that apply, and a scorer that fails is a failure of its score', async () => {
    const scorers: EvaluateOptions['scorers'] = {
      some: ({ question }) => (question.id === 'a' ? null : question.id === 'b' ? 1 : 0.5),
      broken: async () => {
        throw new Error('The judge is away.')
      },
      wrong: () => 7,
    }
    const { agents, answers } = await evaluate({ agents: [{ adapter: good() }], questions, scorers })
    expect(agents[0]?.scores).toEqual({
      some: { mean: 2 / 3, count: 3, failed: 0 },
      broken: { mean: null, count: 0, failed: 4 },
      wrong: { mean: null, count: 0, failed: 4 },
    })
    expect(answers[0]?.scores).toEqual({
      broken: { score: null, error: 'The judge is away.' },
      wrong: { score: null, error: 'The scorer must return a number from 0 to 1, or null.' },
    })
  })

  it.each([Number.NaN, -0.1, 2, Number.POSITIVE_INFINITY, '1', undefined, {}, { score: '1' }])(
    'that are %j are failures',
    async (wrong) => {
      const { agents } = await evaluate({
        ...{
          agents: [{ adapter: good() }],
          questions: questions.slice(0, 1),
          scorers: { wrong: () => wrong as never },
        },
      })
      expect(agents[0]?.scores['wrong']).toEqual({ mean: null, count: 0, failed: 1 })
    },
  )

  it('are given to answers only', async () => {
    const adapter = madeUpAgent('mute', () => ({ outcome: 'unanswered', text: null }))
    let calls = 0
    await evaluate({ agents: [{ adapter }], questions, scorers: { all: () => ++calls } })
    expect(calls).toBe(0)
  })
})

it('disagreement is between the answers of a question, with its mean over those that have two', async () => {
  const other = madeUpAgent('other', (text) =>
    text.includes('a?') ? { text: 'No word alike' } : text.includes('b?') ? { outcome: 'pending', text: null } : {},
  )
  const { questions: evaluated, disagreement } = await evaluate({
    agents: [{ adapter: good() }, { adapter: other }],
    questions,
  })
  expect(evaluated.map((each) => each.disagreement)).toEqual([1, null, 0, 0])
  expect(disagreement).toEqual({ mean: 1 / 3, count: 3 })
})

it('progress is told once for each question, and an error of the listener is ignored', async () => {
  const told: EvaluationProgress[] = []
  const onProgress = (progress: EvaluationProgress) => {
    told.push(progress)
    throw new Error('x')
  }
  await evaluate({ agents: [{ adapter: good() }], questions, onProgress, concurrency: 1 })
  expect(told.map(({ question, done, total }) => [question, done, total])).toEqual([
    ['a', 1, 4],
    ['b', 2, 4],
    ['c', 3, 4],
    ['d', 4, 4],
  ])
})

it('an agent without an answer has no latency, and its report can be read', async () => {
  const adapter = madeUpAgent('bad', () => Promise.reject(failing))
  const evaluation = await evaluate({ agents: [{ adapter }], questions })
  expect(evaluation.agents[0]).toMatchObject({ latency: null, outcomes: { error: 4 }, withSources: 0 })
  expect(evaluationTable(evaluation)).toContain('| Answered | 0 of 4 |')
  expect(evaluationHtml(evaluation)).not.toMatch(/NaN|undefined|null/)
})

describe('an estimate', () => {
  const rate = [
    { scope: 'account', requests: 3, perMs: 10_000 },
    { scope: 'account', requests: 1_000, perMs: 86_400_000 },
  ]
  const limits = { pageSize: {}, filters: {}, text: {}, rate, notes: [] }

  it('has the least time at the documented limits, and money only if a price is given', async () => {
    const adapter = madeUpAgent('good', () => ({}), { limits })
    const free = await estimate({ agents: [{ adapter }], questions })
    // Two requests for each of four questions: three at once, three after ten seconds, two after twenty.
    expect(free.agents[0]).toMatchObject({
      requests: { least: 8 },
      requestsPerQuestion: { least: 2 },
      leastMs: 20_000,
      limits: rate,
    })
    expect(free).not.toHaveProperty('cost')
    const paid = await estimate({ agents: [{ adapter, costPerQuestion: 0.25 }, { adapter: good('other') }], questions })
    expect(paid.cost).toBe(1)
    expect(paid.agents[1]).not.toHaveProperty('cost')
  })

  it('of cost and the cost of the result are about the questions that were sent', async () => {
    const adapter = madeUpAgent('bad', (text) => (text.includes('b') ? Promise.reject(failing) : {}))
    const { agents, estimate: estimated } = await evaluate({ agents: [{ adapter, costPerQuestion: 2 }], questions })
    expect(estimated.cost).toBe(8)
    expect(agents[0]?.cost).toBe(6)
  })
})
