import { requestsFor } from './estimate.ts'
import type { EvaluatedAgent, EvaluatedAnswer, EvaluationOutcome } from './evaluation.ts'
import type { PlannedAgent } from './plan.ts'
import { mean, nearestRank, sum } from './statistics.ts'

/** An agent's answers in numbers. */
export function summaryOf(
  agent: PlannedAgent,
  answers: readonly EvaluatedAnswer[],
  stopped: EvaluatedAgent['stopped'],
  scorers: readonly string[],
  timeout: number,
): EvaluatedAgent {
  const { name, adapter, given, isShared } = agent
  const outcomes: Partial<Record<EvaluationOutcome, number>> = {}
  for (const { outcome } of answers) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  const requests = sum(answers.map((answer) => answer.requests))
  const isCountExact = answers.every((answer) => answer.isCountExact)
  const asked = answers.length - (outcomes['not-asked'] ?? 0)
  const accepted = asked - (outcomes.error ?? 0)
  const estimated = {
    // A question that failed can have failed at its first request.
    least: requestsFor(agent, accepted, timeout).least,
    most: requestsFor(agent, asked, timeout).most,
  }
  return {
    ...{ name, vendor: adapter.vendor, account: adapter.account, outcomes },
    latency: latencyOf(answers),
    ...{ requests, isCountExact },
    withSources: answers.filter(({ sources }) => sources.length > 0).length,
    scores: Object.fromEntries(scorers.map((scorer) => [scorer, scoresOf(answers, scorer)])),
    ...{ isShared, estimated },
    isWithinEstimate: isCountExact ? requests >= estimated.least && requests <= estimated.most : null,
    stopped,
    ...(given.costPerQuestion !== undefined && { cost: given.costPerQuestion * accepted }),
  }
}

function latencyOf(answers: readonly EvaluatedAnswer[]): EvaluatedAgent['latency'] {
  const latencies = answers.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((one, other) => one - other)
  if (latencies.length === 0) return null
  return { p50Ms: nearestRank(latencies, 0.5), p95Ms: nearestRank(latencies, 0.95), count: latencies.length }
}

function scoresOf(answers: readonly EvaluatedAnswer[], scorer: string): EvaluatedAgent['scores'][string] {
  const all = answers.flatMap(({ scores }) => (Object.hasOwn(scores, scorer) ? (scores[scorer] ?? []) : []))
  const scored = all.flatMap(({ score }) => score ?? [])
  return { mean: mean(scored), count: scored.length, failed: all.length - scored.length }
}
