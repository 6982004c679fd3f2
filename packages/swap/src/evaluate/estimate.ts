import type { RateLimit, Traits } from '@parley/core'
import type { AgentEstimate, Estimate, EstimateOptions, Range } from './evaluation.ts'
import { type Plan, type PlannedAgent, planOf } from './plan.ts'
import { sum } from './statistics.ts'

/**
 * What an evaluation will take: requests, the least time at the vendors' documented limits, and money where a price is given.
 * Sends no request. `evaluate` has the same estimate in its result, and says whether each agent stayed within.
 *
 * @throws ConfigurationError as `evaluate` does.
 */
export const estimate = async (options: EstimateOptions): Promise<Estimate> =>
  estimateOf(await planOf('estimate', options))

export function estimateOf({ agents, questions, timeout }: Plan): Estimate {
  const estimates = agents.map((agent) => agentEstimate(agent, questions.length, timeout))
  const costs = estimates.flatMap(({ cost }) => cost ?? [])
  return {
    questions: questions.length,
    agents: estimates,
    requests: {
      least: sum(estimates.map(({ requests }) => requests.least)),
      most: sum(estimates.map(({ requests }) => requests.most)),
    },
    leastMs: Math.max(...estimates.map(({ leastMs }) => leastMs)),
    ...(costs.length > 0 && { cost: sum(costs) }),
  }
}

function agentEstimate(agent: PlannedAgent, count: number, timeout: number): AgentEstimate {
  const { adapter, given, name, isShared } = agent
  const requestsPerQuestion = perQuestion(agent, timeout)
  const requests = requestsFor(agent, count, timeout)
  const limits = adapter.limits.rate.map((limit) => ({ ...limit }))
  return {
    name,
    requests,
    requestsPerQuestion,
    leastMs: Math.max(0, ...limits.map((limit) => leastTime(requests.least, limit))),
    limits,
    ...(given.costPerQuestion !== undefined && { cost: given.costPerQuestion * count }),
    isShared,
    notes: notesOf(agent),
  }
}

/** The requests for so many questions, without retries. */
export function requestsFor(agent: PlannedAgent, count: number, timeout: number): Range {
  if (count === 0) return { least: 0, most: 0 }
  const each = perQuestion(agent, timeout)
  const setup = setupOf(agent)
  return { least: setup.least + each.least * count, most: setup.most + each.most * count }
}

/** The first window is free at once. */
const leastTime = (requests: number, limit: RateLimit): number =>
  Math.max(0, Math.ceil(requests / limit.requests) - 1) * limit.perMs

const add = (...ranges: readonly Range[]): Range => ({
  least: sum(ranges.map(({ least }) => least)),
  most: sum(ranges.map(({ most }) => most)),
})

const none: Range = { least: 0, most: 0 }

/** Finding or making a contact, by the trait `contactLookup`. */
const contactRequests: Readonly<Record<string, Range>> = {
  none,
  write: { least: 1, most: 3 },
  read: { least: 1, most: 5 },
}

/** At the first question, an adapter may read settings of the account, such as its agents or custom fields. */
const accountRequests: Range = { least: 0, most: 4 }

/** A test contact is found once, and remembered. */
const setupOf = ({ given, traits }: PlannedAgent): Range =>
  given.testContact === undefined ? accountRequests : add(accountRequests, contactOf(traits))

const contactOf = ({ contactLookup }: Traits): Range =>
  contactRequests[contactLookup?.value ?? 'read'] ?? (contactRequests['read'] as Range)

/** What one question takes at an agent, by its traits. */
function perQuestion({ given, traits }: PlannedAgent, timeout: number): Range {
  const contact = given.testContact === undefined ? contactOf(traits) : none
  const opening: Range = { least: given.testContact === undefined && !isShared(traits) ? 1 : 0, most: 2 }
  const asking: Range =
    traits.answerArrival?.value === 'response'
      ? { least: 1, most: 3 }
      : { least: 2, most: 3 + requestsPerPoll * pollsWithin(timeout) }
  const sources: Range = traits.answerSources?.value === 'fetched' ? { least: 0, most: 2 } : none
  return add(contact, opening, asking, sources)
}

/** Whether a contact's conversation may be there before the first question. */
const isShared = ({ conversationsPerContact }: Traits): boolean => conversationsPerContact?.value !== 'many'

/** A poll reads the conversation, and sometimes also who is in control. */
const requestsPerPoll = 2

/** How often an adapter looks for an answer in this time: after 250 ms, then at growing pauses up to five seconds. */
function pollsWithin(milliseconds: number): number {
  let polls = 0
  for (let at = 0, pause = 250; at < milliseconds; pause = Math.min(5_000, pause * 1.6)) {
    at += pause
    polls++
  }
  return polls
}

function notesOf({ name, isShared, given, traits }: PlannedAgent): string[] {
  const notes: string[] = []
  if (isShared)
    notes.push(`${name} is asked all questions in one conversation, so an answer can depend on those before it.`)
  if (given.testContact !== undefined && traits.answerReach?.value !== 'caller')
    notes.push(`The test contact of ${name} may get each answer as a real message.`)
  if (traits.answerSources?.value === 'none') notes.push(`${name} has no sources.`)
  return notes
}
