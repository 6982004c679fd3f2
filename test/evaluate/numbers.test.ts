import { type Adapter, type Agent, requireOperation, supports } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { type EvaluateOptions, type Evaluation, type EvaluationAgent, estimate, evaluate, exact } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, type Vendor } from '../vendors.ts'

/*
 * Every number of an evaluation, compared with what the emulators have seen: answers, requests, latency by the test clock.
 */

await loadStreamCode()

const thinkingTime = 700
const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1, thinkingTime })
afterAll(() => desk.stop())
const vendors = await loadVendors()
beforeEach(() => {
  for (const { name } of vendors) desk[name].reset()
})

const opening =
  'The shop at 14 Canal Street is open Monday to Friday from 9:00 to 18:30 and Saturday from 10:00 to 16:00. We are closed on Sunday and on public holidays.'
const questions = [
  { id: 'open', text: 'When are you open on Saturday?', expected: opening },
  { id: 'cards', text: 'Do you sell gift cards?' },
  { id: 'bikes', text: 'Do I need an appointment to look at bikes?' },
]

const open = (vendor: Vendor, options: object = {}): Adapter =>
  vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, ...options })

/** Where an answer reaches a person, a contact of one's own is named. */
async function agentOf(vendor: Vendor, options: object = {}): Promise<EvaluationAgent> {
  const adapter = open(vendor, options)
  const reaches = (await adapter.traits?.())?.answerReach?.value === 'contact'
  return { adapter, ...(reaches && { testContact: { externalId: 'own-phone', name: 'Test' } }) }
}

const agentsOf = (options: object = {}) => Promise.all(vendors.map((vendor) => agentOf(vendor, options)))

const run = async (more: Partial<EvaluateOptions> = {}): Promise<Evaluation> =>
  evaluate({ agents: await agentsOf(), questions, clock, scorers: { exact: exact() }, ...more })

describe('an evaluation over every vendor', () => {
  it('has as many requests as the emulators have received, and they are within the estimate', async () => {
    const estimated = await estimate({ agents: await agentsOf(), questions })
    expect(vendors.map(({ name }) => desk[name].requests.length)).toEqual(vendors.map(() => 0))
    const result = await run()
    const received = vendors.map(({ name }) => desk[name].requests.length)
    expect(result.agents.map(({ requests }) => requests)).toEqual(received)
    expect(result.agents.map(({ isWithinEstimate }) => isWithinEstimate)).toEqual(vendors.map(() => true))
    for (const [index, { requests }] of estimated.agents.entries()) {
      expect(received[index]).toBeGreaterThanOrEqual(requests.least)
      expect(received[index]).toBeLessThanOrEqual(requests.most)
    }
    expect(result.estimate).toEqual(estimated)
  })

  it('counts each retry, also of a request whose connection breaks', async () => {
    for (const { name } of vendors) desk[name].faults.next({ kind: 'status', status: 500 })
    const result = await run()
    expect(result.agents.map(({ requests }) => requests)).toEqual(vendors.map(({ name }) => desk[name].requests.length))
  })

  it('has the answers of the agents, their sources, and the time that they took', async () => {
    const result = await run()
    expect(result.isComplete).toBe(true)
    for (const [index, answer] of result.answers.entries()) {
      const agent = result.agents[index % vendors.length]
      expect(answer).toMatchObject({ outcome: 'answered', agent: agent?.name, error: null })
      if (answer.question === 'open') expect(answer.text).toBe(opening)
      // An agent thinks for this long. Where answers are polled, the next poll finds it.
      expect(answer.latencyMs).toBeGreaterThanOrEqual(thinkingTime)
      expect(answer.latencyMs).toBeLessThan(2 * thinkingTime)
    }
    for (const [index, vendor] of vendors.entries()) {
      const traits = await open(vendor).traits?.()
      const agent = result.agents[index]
      const own = result.answers.filter(({ agent: name }) => name === agent?.name)
      const latencies = own.map(({ latencyMs }) => latencyMs ?? 0).toSorted((one, other) => one - other)
      expect(agent?.latency).toEqual({ p50Ms: latencies[1], p95Ms: latencies[2], count: 3 })
      if (traits?.answerArrival?.value === 'response')
        expect(latencies).toEqual([thinkingTime, thinkingTime, thinkingTime])
      expect(agent?.withSources).toBe(traits?.answerSources?.value === 'none' ? 0 : 3)
      expect(agent?.scores['exact']).toEqual({ mean: 1, count: 1, failed: 0 })
      expect(agent?.isShared).toBe(traits?.conversationsPerContact?.value === 'one')
      // Each question in a conversation of its own, but where a contact has only one.
      expect(new Set(own.map(({ conversationRef }) => conversationRef)).size).toBe(agent?.isShared ? 1 : 3)
    }
    expect(result.disagreement).toEqual({ mean: 0, count: 3 })
  })

  it('is refused for a vendor whose answers reach a person, without a request, until a test contact is named', async () => {
    const reaching = await Promise.all(
      vendors.map(async (vendor) => ((await agentOf(vendor)).testContact ? [vendor] : [])),
    )
    expect(reaching.flat().length).toBeGreaterThan(0)
    for (const vendor of reaching.flat()) {
      await expect(evaluate({ agents: [{ adapter: open(vendor) }], questions, clock })).rejects.toThrow(
        'testContact is missing',
      )
      expect(desk[vendor.name].requests).toEqual([])
    }
  })

  it('goes on without an agent that refuses its credential in the middle, and names it, the question and the error', async () => {
    for (const vendor of vendors) {
      for (const { name } of vendors) desk[name].reset()
      let calls = 0
      const agents = await Promise.all(
        vendors.map((each) =>
          agentOf(each, {
            // After the first answers, the vendor knows the key no longer.
            ...(each === vendor && {
              fetch: (async (input: Request, init?: RequestInit) =>
                calls++ < 8
                  ? fetch(input, init)
                  : Response.json({ message: 'Unauthorized' }, { status: 401 })) as typeof fetch,
            }),
          }),
        ),
      )
      const result = await run({ agents, concurrency: 1 })
      const stopped = result.agents.filter((agent) => agent.stopped !== null)
      expect(stopped.map(({ vendor: name, stopped: why }) => [name, why?.code])).toEqual([
        [vendor.definition.vendor, 'authentication'],
      ])
      const others = result.answers.filter(({ agent }) => agent !== stopped[0]?.name)
      expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => 'answered'))
    }
  })

  it('goes on without an agent that is deleted in the middle, and no question is answered after that', async () => {
    const deletable = vendors.filter((vendor) => supports(open(vendor), 'agents.delete'))
    expect(deletable.length).toBeGreaterThan(0)
    for (const vendor of deletable) {
      for (const { name } of vendors) desk[name].reset()
      const agents = await agentsOf({ rate: false })
      const place = vendors.indexOf(vendor)
      agents[place] = {
        ...(agents[place] as EvaluationAgent),
        adapter: deletedAfterFirst(open(vendor, { rate: false })),
      }
      const result = await run({ agents, concurrency: 1 })
      const outcomes = (index: number) =>
        result.answers.filter((_, at) => at % vendors.length === index).map(({ outcome }) => outcome)
      for (const index of vendors.keys())
        if (index !== place) expect(outcomes(index)).toEqual(questions.map(() => 'answered'))
      const { stopped } = result.agents[place] as Evaluation['agents'][number]
      // A vendor that does not know the agent says so. Another one just never answers.
      expect(outcomes(place)).toEqual(stopped ? ['answered', 'error', 'not-asked'] : ['answered', 'pending', 'pending'])
      if (stopped) expect(stopped).toMatchObject({ code: 'not-found', question: 'cards' })
    }
  })
})

/** An account whose agents somebody deletes after the first answer. */
function deletedAfterFirst(adapter: Adapter): Adapter {
  let isDeleted = false
  const ask = requireOperation(adapter, 'messages.ask')
  return {
    ...adapter,
    messages: {
      ...adapter.messages,
      async ask(...args) {
        const answer = await ask(...args)
        if (isDeleted) return answer
        isDeleted = true
        const agents: Agent[] = []
        for await (const agent of requireOperation(adapter, 'agents.list')()) agents.push(agent)
        for (const agent of agents) await requireOperation(adapter, 'agents.delete')(agent)
        return answer
      },
    },
  }
}
