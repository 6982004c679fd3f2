import { ConfigurationError, isRecord } from '@parley/core'
import type { EvaluatedAgent, EvaluatedAnswer, EvaluatedQuestion, Evaluation } from './evaluation.ts'

/** @throws ConfigurationError for anything that is no evaluation, or one of another version. */
export function checkEvaluation(of: string, evaluation: unknown): Evaluation {
  const given = isRecord(evaluation) ? evaluation : {}
  const isOne =
    given['parley'] === 'evaluation' && ['agents', 'questions', 'answers'].every((name) => Array.isArray(given[name]))
  if (isOne && given['version'] === 1) return evaluation as Evaluation
  const problem = isOne
    ? `has the version ${String(given['version'])}; this Parley reads 1`
    : 'must be what evaluate gives'
  throw new ConfigurationError({ message: `${of}: evaluation ${problem}.`, fields: [{ path: 'evaluation', problem }] })
}

/** `850 ms`, `2.4 s`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`

export const percent = (part: number): string => `${Math.round(part * 100)} %`

/** The rows of a summary: a title, and a value of each agent. A row that no agent has is left out. */
export function summaryRows({ agents, questions }: Evaluation): [title: string, values: string[]][] {
  const rows: [string, (agent: EvaluatedAgent) => string | undefined][] = [
    ['Answered', ({ outcomes }) => `${outcomes.answered ?? 0} of ${questions.length}`],
    ['No answer', ({ outcomes }) => othersOf(outcomes)],
    ['With sources', ({ withSources }) => String(withSources)],
    ['Half within (p50)', ({ latency }) => latency && `${duration(latency.p50Ms)} (${latency.count})`],
    ['95 % within (p95)', ({ latency }) => latency && `${duration(latency.p95Ms)} (${latency.count})`],
    ...scoreNames(agents).map((name): [string, (agent: EvaluatedAgent) => string | undefined] => [
      `Score ${name}`,
      ({ scores }) => {
        const score = scores[name]
        if (!score) return undefined
        const failed = score.failed > 0 ? `, ${score.failed} failed` : ''
        return score.mean === null ? `–${failed}` : `${score.mean.toFixed(2)} (${score.count}${failed})`
      },
    ]),
    ['Requests', ({ requests, isCountExact }) => `${isCountExact ? '' : 'at least '}${requests}`],
    ['Estimated', ({ estimated: { least, most } }) => (least === most ? String(least) : `${least} to ${most}`)],
    ['Cost', ({ cost }) => (cost === undefined ? undefined : cost.toFixed(2))],
    ['Stopped', ({ stopped }) => stopped && `at ${stopped.question}: ${stopped.message}`],
  ] as [string, (agent: EvaluatedAgent) => string | undefined][]
  return rows.flatMap(([title, show]): [string, string[]][] => {
    const values = agents.map((agent) => show(agent) ?? undefined)
    return values.every((value) => value === undefined) ? [] : [[title, values.map((value) => value ?? '–')]]
  })
}

const scoreNames = (agents: readonly EvaluatedAgent[]): string[] => [
  ...new Set(agents.flatMap(({ scores }) => Object.keys(scores))),
]

function othersOf(outcomes: EvaluatedAgent['outcomes']): string | undefined {
  const others = Object.entries(outcomes).filter(([outcome]) => outcome !== 'answered')
  return others.length === 0 ? undefined : others.map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

/** Facts about the whole evaluation, a sentence each. */
export function notesOf({ agents, isComplete, disagreement, estimate }: Evaluation): string[] {
  const { mean, count } = disagreement
  return [
    ...(isComplete ? [] : ['Not every question has ended. With its store, the same evaluation goes on.']),
    ...(mean === null
      ? []
      : [`The answers to ${count} questions differ by ${percent(mean)} of their words on average.`]),
    ...estimate.agents.flatMap(({ notes }) => notes),
    ...agents.flatMap(({ name, isWithinEstimate }) =>
      isWithinEstimate === false ? [`${name} did not stay within its estimate.`] : [],
    ),
  ]
}

/** The questions with their answers, those first whose answers differ most. */
export function byDisagreement({
  questions,
  answers,
}: Evaluation): { question: EvaluatedQuestion; answers: EvaluatedAnswer[] }[] {
  return questions
    .map((question) => ({ question, answers: answers.filter((answer) => answer.question === question.id) }))
    .sort((one, other) => (other.question.disagreement ?? -1) - (one.question.disagreement ?? -1))
}
