import { priorities } from '../contract/priority.ts'
import type { FieldProblem } from '../errors/parley-error.ts'
import { isRaw } from '../read/reading.ts'
import { limiterProblem } from '../transport/shared-limiter.ts'
import type { AdapterOptions, RuntimeOptions } from '../transport/transport.ts'
import { clockOption, flagOption, functionOption, numberOption, type OptionCheck, textOption } from './option-schema.ts'

/**
 * The credential goes to this address and nowhere else, so one that carries credentials itself, a query or a fragment is
 * a mistake.
 */
const address: OptionCheck = (value) => {
  const problem = 'must be an http or https URL without credentials, query or fragment'
  if (typeof value !== 'string' || !URL.canParse(value.trim())) return problem
  const { protocol, username, password, search, hash } = new URL(value.trim())
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash ? undefined : problem
}

const rate: OptionCheck = (value) => {
  if (value === false) return undefined
  const count = numberOption(1, true)
  const good = isRaw(value) && Object.keys(value).length === 2 && !count(value['requests']) && !count(value['perMs'])
  return good ? undefined : 'must be false or { requests, perMs }, both whole numbers of at least 1'
}

const priority: OptionCheck = (value) =>
  priorities.some((word) => word === value) ? undefined : `must be one of ${priorities.join(', ')}`

const checks: { readonly [Option in keyof AdapterOptions]-?: OptionCheck } = {
  account: textOption,
  baseUrl: address,
  timeout: numberOption(1),
  tryTimeout: numberOption(1),
  retries: numberOption(0, true),
  maxRetryAfter: numberOption(0),
  maxResponseBytes: numberOption(1, true),
  rate,
  priority,
  raw: flagOption,
}

/** Without a prototype: an option called `__proto__` is one that does not exist, and nothing else. */
export const emptyRecord = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>

/** Takes the options that every adapter has out of the given ones, checked. */
export function takeCommonOptions(given: Record<string, unknown>): {
  common: AdapterOptions
  rest: Record<string, unknown>
  problems: FieldProblem[]
} {
  const common = emptyRecord()
  const rest = emptyRecord()
  const problems: FieldProblem[] = []
  for (const [option, value] of Object.entries(given)) {
    if (!Object.hasOwn(checks, option)) {
      rest[option] = value
      continue
    }
    const problem = checks[option as keyof AdapterOptions](value)
    if (problem) problems.push({ path: option, problem })
    else common[option] = option === 'baseUrl' ? (value as string).trim().replace(/\/+$/, '') : value
  }
  return { common, rest, problems }
}

const runtimeChecks: { readonly [Option in keyof RuntimeOptions]-?: OptionCheck } = {
  fetch: functionOption,
  clock: clockOption,
  limiter: limiterProblem,
  lookup: functionOption,
  random: functionOption,
  onWarning: functionOption,
  onRequest: functionOption,
}

/** The options that every adapter has. */
export const commonOptionNames: readonly string[] = [...Object.keys(checks), ...Object.keys(runtimeChecks)]

export const isRuntimeOption = (option: string): boolean => Object.hasOwn(runtimeChecks, option)

/** Parts what a program hands in from what a configuration file could say as well, and checks the former. */
export function partOptions(options: object): {
  config: Record<string, unknown>
  runtime: RuntimeOptions
  problems: FieldProblem[]
} {
  const config = emptyRecord()
  const runtime = emptyRecord()
  const problems: FieldProblem[] = []
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue
    const isRuntime = isRuntimeOption(option)
    const problem = isRuntime ? runtimeChecks[option as keyof RuntimeOptions](value) : undefined
    if (problem) problems.push({ path: option, problem })
    ;(isRuntime ? runtime : config)[option] = value
  }
  return { config, runtime, problems }
}
