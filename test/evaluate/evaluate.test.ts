import { agentConversation } from '@parley/agent-conversation'
import { type Adapter, memoryStore, requireOperation, type StateStore } from '@parley/core'
import { langGraph } from '@parley/langgraph'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import {
  type EvaluateOptions,
  type Evaluation,
  type EvaluationProgress,
  estimate,
  evaluate,
  type Question,
} from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

await loadStreamCode()
const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1, thinkingTime: 2_000 })
afterAll(() => desk.stop())

const names = ['agentConversation', 'langGraph', 'leadConnector', 'liveChatAI'] as const
type Name = (typeof names)[number]
const creators = { agentConversation, langGraph, leadConnector, liveChatAI }
const opened = (name: Name, options: object = {}): Adapter =>
  creators[name]({
    ...(desk[name].accountOptions as object as never as Record<string, never>),
    clock,
    rate: false,
    random: () => 0.5,
    ...options,
  })

const questions: Question[] = [
  { id: 'hours', text: 'When are you open on Saturday?' },
  { id: 'cards', text: 'Do you sell gift cards?' },
  { id: 'visits', text: 'Do I need an appointment to look at bikes?' },
]
const testContact = { externalId: 'our-own-phone' }

// Loads the code of all before a clock counts.
beforeAll(async () => {
  for (const name of names)
    await requireOperation(opened(name), 'messages.ask')({ visitor: testContact }, { text: 'When are you open?' })
})
beforeEach(() => {
  for (const name of names) desk[name].reset()
})

const all = (): EvaluateOptions['agents'] =>
  names.map((name) => ({ adapter: opened(name), ...(name === 'leadConnector' && { testContact }) }))

const of = ({ answers }: Evaluation, agent: string) => answers.filter((answer) => answer.agent === agent)

describe('an evaluation of four vendors', () => {
  it('has the answer of each agent to each question, and only true numbers', async () => {
    const seen: EvaluationProgress[] = []
    const evaluation = await evaluate({ agents: all(), questions, clock, onProgress: (each) => void seen.push(each) })
    expect(evaluation.isComplete).toBe(true)
    expect(evaluation.agents.map(({ name }) => name)).toEqual([
      ...['agent-conversation:default', 'langgraph:default', 'leadconnector:default', 'livechatai:default'],
    ])
    for (const [index, agent] of evaluation.agents.entries()) {
      const name = names[index] as Name
      const answers = of(evaluation, agent.name)
      expect(agent.outcomes).toEqual({ answered: 3 })
      // The emulator counts its own requests.
      expect(agent.requests, agent.name).toBe(desk[name].requests.length)
      expect(answers.reduce((sum, { requests }) => sum + requests, 0)).toBe(agent.requests)
      expect(agent.isWithinEstimate, JSON.stringify(agent)).toBe(true)
      expect(agent.isCountExact).toBe(true)
      for (const { latencyMs } of answers) expect(latencyMs).toBeGreaterThanOrEqual(2_000)
      const latencies = answers.map(({ latencyMs }) => latencyMs as number).sort((one, other) => one - other)
      expect(agent.latency).toEqual({ p50Ms: latencies[1], p95Ms: latencies[2], count: 3 })
      expect(agent.withSources).toBe(answers.filter(({ sources }) => sources.length > 0).length)
    }
    expect(evaluation.agents[0]?.withSources).toBeGreaterThan(0)
    expect(evaluation.agents[2]?.isShared).toBe(true)
    // All four emulators have the same knowledge.
    expect(evaluation.disagreement.count).toBe(3)
    expect(seen.at(-1)).toMatchObject({
      done: 12,
      total: 12,
      requests: evaluation.agents.reduce((sum, { requests }) => sum + requests, 0),
    })
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation)
  })

  it('gives each question a visitor of its own, so that no answer depends on another', async () => {
    const evaluation = await evaluate({ agents: [{ adapter: opened('liveChatAI') }], questions, clock })
    const places = new Set(evaluation.answers.map(({ conversationRef }) => conversationRef))
    expect(places.size).toBe(3)
  })

  it('is estimated before it starts, without a request', async () => {
    const before = await estimate({ agents: all(), questions })
    for (const name of names) expect(desk[name].requests).toEqual([])
    const evaluation = await evaluate({ agents: all(), questions, clock })
    expect(evaluation.estimate).toEqual(before)
    const requests = evaluation.agents.reduce((sum, agent) => sum + agent.requests, 0)
    expect(requests).toBeGreaterThanOrEqual(before.requests.least)
    expect(requests).toBeLessThanOrEqual(before.requests.most)
  })

  it('costs what the questions cost that were sent', async () => {
    const agents = [{ adapter: opened('liveChatAI'), costPerQuestion: 0.25 }]
    expect((await estimate({ agents, questions })).cost).toBe(0.75)
    expect((await evaluate({ agents, questions, clock })).agents[0]?.cost).toBe(0.75)
  })
})

describe('an evaluation that cannot be', () => {
  it('refuses an agent whose answers reach a person without a test contact, before anything is sent', async () => {
    const wrong = evaluate({
      agents: [{ adapter: opened('liveChatAI') }, { adapter: opened('leadConnector') }],
      questions,
      clock,
    })
    await expect(wrong).rejects.toMatchObject({ code: 'configuration', fields: [{ path: 'agents[1].testContact' }] })
    for (const name of names) expect(desk[name].requests).toEqual([])
  })

  it.each([
    ['no question', { questions: [] }, 'questions'],
    ['two questions of one id', { questions: [questions[0], questions[0]] as Question[] }, 'questions[1].id'],
    ['a question without a text', { questions: [{ id: 'a', text: ' ' }] }, 'text'],
    ['no agent', { agents: [] }, 'agents'],
  ])('names what is wrong with %s', async (_, wrong, path) => {
    const options = { agents: [{ adapter: opened('liveChatAI') }], questions, clock, ...wrong }
    await expect(evaluate(options)).rejects.toMatchObject({
      code: 'configuration',
      fields: [expect.objectContaining({ path })],
    })
  })
})

describe('an agent that fails', () => {
  it('is not asked on if it is deleted in the middle, and the others are', async () => {
    const leaving = opened('langGraph')
    const { id } = await requireOperation(leaving, 'agents.create')({ name: 'Leaving' })
    const agents = [{ adapter: leaving, agentId: id }, { adapter: opened('liveChatAI') }]
    const evaluation = await evaluate({
      ...{ agents, questions, clock, concurrency: 1 },
      onProgress: ({ agent, question }) => {
        if (agent === 'langgraph:default' && question === 'hours') void requireOperation(leaving, 'agents.delete')(id)
      },
    })
    const [first, second] = evaluation.agents
    expect(second?.outcomes).toEqual({ answered: 3 })
    expect(first?.stopped).toMatchObject({ question: expect.stringMatching(/cards|visits/), code: expect.any(String) })
    expect(first?.stopped?.message).toMatch('langgraph')
    expect(first?.outcomes.answered).toBeLessThan(3)
    // The same call goes on, if the agent is there again.
    expect(evaluation.isComplete).toBe(false)
  })

  it('with a wrong credential is asked once, and the report says so', async () => {
    const agents = [{ adapter: opened('liveChatAI', { apiKey: 'planted-wrong-key' }) }]
    const evaluation = await evaluate({ agents, questions, clock, concurrency: 1 })
    const [agent] = evaluation.agents
    expect(agent?.outcomes).toEqual({ error: 1, 'not-asked': 2 })
    expect(agent?.stopped).toMatchObject({ question: 'hours', code: 'authentication' })
    expect(JSON.stringify(evaluation)).not.toContain('planted-wrong-key')
  })

  it('has a score that failed, and no more, if a scorer throws', async () => {
    const scorers = {
      good: () => 1,
      bad: () => {
        throw new Error('no model')
      },
      huge: () => 7,
    }
    const evaluation = await evaluate({ agents: [{ adapter: opened('liveChatAI') }], questions, scorers, clock })
    expect(evaluation.answers[0]?.scores).toEqual({
      good: { score: 1 },
      bad: { score: null, error: 'no model' },
      huge: { score: null, error: 'The scorer must return a number from 0 to 1, or null.' },
    })
    expect(evaluation.agents[0]?.scores).toMatchObject({
      good: { mean: 1, count: 3, failed: 0 },
      bad: { mean: null, count: 0, failed: 3 },
    })
  })
})

describe('a run in a store', () => {
  it('is not mixed up with a run of other questions', async () => {
    const store = memoryStore()
    const agents = [{ adapter: opened('liveChatAI') }]
    await evaluate({ agents, questions, clock, store, run: 'spring' })
    const other = evaluate({ agents, questions: questions.slice(1), clock, store, run: 'spring' })
    await expect(other).rejects.toThrow(
      'the run "spring" in the store is of other questions or agents: name another one',
    )
  })

  it('ends with what there is when it is aborted', async () => {
    const controller = new AbortController()
    const evaluation = await evaluate({
      ...{ agents: [{ adapter: opened('liveChatAI') }], questions, clock, concurrency: 1, signal: controller.signal },
      onProgress: () => controller.abort(),
    })
    expect(evaluation.isComplete).toBe(false)
    expect(evaluation.agents[0]?.outcomes).toEqual({ answered: 1, 'not-asked': 2 })
  })

  it('sends nothing that it cannot keep', async () => {
    const failing: StateStore = { ...memoryStore(), set: () => Promise.reject(new Error('no database')) }
    const run = evaluate({ agents: [{ adapter: opened('liveChatAI') }], questions, clock, store: failing })
    await expect(run).rejects.toMatchObject({ code: 'configuration', fields: [{ path: 'store', problem: 'failed' }] })
    expect(desk.liveChatAI.requests).toEqual([])
  })
})
