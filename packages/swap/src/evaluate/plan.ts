import {
  type Adapter,
  accountName,
  ConfigurationError,
  checkFunctionOptions,
  clockOption,
  functionOption,
  isRecord,
  numberOption,
  optional,
  signalOption,
  stateStoreOption,
  supports,
  type Traits,
  textOption,
  unsupportedReason,
} from '@parley/core'
import type { EstimateOptions, EvaluateOptions, EvaluationAgent, Question } from './evaluation.ts'

/** The most questions of an evaluation. */
export const mostQuestions = 10_000
const mostAgents = 50
const defaultTimeout = 120_000

/** An agent with what is known of it before the first question. */
export interface PlannedAgent {
  readonly name: string
  readonly adapter: Adapter
  readonly given: EvaluationAgent
  readonly traits: Traits
  /** Whether all questions are asked in one conversation. */
  readonly isShared: boolean
}

export interface Plan {
  readonly agents: readonly PlannedAgent[]
  readonly questions: readonly Question[]
  readonly timeout: number
}

const arrayOption = (value: unknown): string | undefined => (Array.isArray(value) ? undefined : 'must be an array')

/** `estimate` takes the options of `evaluate` too, so that both can be given the same object. */
const checks = {
  agents: arrayOption,
  questions: arrayOption,
  timeout: optional(numberOption(1)),
  scorers: optional((value) =>
    isRecord(value) && Object.values(value).every((scorer) => typeof scorer === 'function')
      ? undefined
      : 'must be an object of functions',
  ),
  store: optional(stateStoreOption),
  run: optional(textOption),
  concurrency: optional(numberOption(1, true, 100)),
  onProgress: optional(functionOption),
  signal: optional(signalOption),
  clock: optional(clockOption),
}

const invalid = (of: string, path: string, problem: string): ConfigurationError =>
  new ConfigurationError({ message: `${of}: ${path} ${problem}.`, fields: [{ path, problem }] })

/**
 * Checks the options of `evaluate` or `estimate`, and reads the traits of the agents. Sends no request.
 *
 * @throws ConfigurationError that names each place.
 */
export async function planOf(of: string, options: EstimateOptions | EvaluateOptions): Promise<Plan> {
  checkFunctionOptions(of, options, checks)
  const { agents, questions, timeout = defaultTimeout } = options
  checkQuestions(of, questions)
  if (agents.length === 0 || agents.length > mostAgents)
    throw invalid(of, 'agents', `must have 1 to ${mostAgents} agents`)
  const planned: PlannedAgent[] = []
  const names = new Set<string>()
  for (const [index, agent] of agents.entries()) {
    const path = `agents[${index}]`
    checkAgent(of, path, agent)
    const { adapter, testContact } = agent
    const name = agent.name ?? accountName(adapter.vendor, adapter.account)
    if (names.has(name))
      throw invalid(of, `${path}.name`, `"${name}" is the name of another agent: give one of them another`)
    names.add(name)
    const traits = (await adapter.traits?.()) ?? {}
    if (traits.answerReach?.value !== 'caller' && testContact === undefined)
      throw invalid(
        of,
        `${path}.testContact`,
        `is missing: an answer of ${name} also reaches the person who asks${reasonOf(traits)}. Name a contact of your own who gets all questions`,
      )
    const isShared = testContact !== undefined && traits.conversationsPerContact?.value !== 'many'
    planned.push({ name, adapter, given: agent, traits, isShared })
  }
  return { agents: planned, questions, timeout }
}

const reasonOf = ({ answerReach }: Traits): string => (answerReach ? '' : ', as far as is known')

function checkAgent(of: string, path: string, agent: EvaluationAgent): void {
  if (!isRecord(agent)) throw invalid(of, path, 'must be an object')
  const { adapter } = agent
  if (!isRecord(adapter) || !isRecord(adapter.limits) || typeof adapter.vendor !== 'string')
    throw invalid(of, `${path}.adapter`, 'must be an adapter')
  checkFunctionOptions(`${of}, ${path}`, agent, {
    adapter: () => undefined,
    name: optional(textOption),
    agentId: optional(textOption),
    testContact: optional((value) => (isRecord(value) ? undefined : 'must be a visitor')),
    costPerQuestion: optional(numberOption(0)),
  })
  if (!supports(adapter, 'messages.ask'))
    throw invalid(
      of,
      `${path}.adapter`,
      `cannot be asked: ${(unsupportedReason(adapter, 'messages.ask') ?? '').replace(/\.$/, '')}`,
    )
}

/** @throws ConfigurationError */
function checkQuestions(of: string, questions: readonly Question[]): void {
  if (questions.length === 0 || questions.length > mostQuestions)
    throw invalid(
      of,
      'questions',
      `must have 1 to ${mostQuestions.toLocaleString('en')} questions, and has ${questions.length.toLocaleString('en')}`,
    )
  const places = new Map<string, number>()
  for (const [index, question] of questions.entries()) {
    const path = `questions[${index}]`
    if (!isRecord(question)) throw invalid(of, path, 'must be an object')
    checkFunctionOptions(`${of}, ${path}`, question, {
      id: textOption,
      text: textOption,
      expected: optional(textOption),
      contains: optional((value) =>
        Array.isArray(value) && value.every((text) => textOption(text) === undefined)
          ? undefined
          : 'must be an array of non-empty strings',
      ),
      source: optional(textOption),
    })
    const earlier = places.get(question.id)
    if (earlier !== undefined) throw invalid(of, `${path}.id`, `is also the id of questions[${earlier}]`)
    places.set(question.id, index)
  }
}
