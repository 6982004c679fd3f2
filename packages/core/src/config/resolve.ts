import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ConfigurationError } from '../errors/kinds.ts'
import type { FieldProblem } from '../errors/parley-error.ts'
import { isObject } from '../input/check.ts'
import { didYouMean } from '../input/similar.ts'
import { isRecord } from '../read/reading.ts'
import { stateStoreOption } from '../state-store.ts'
import { priorities } from '../transport/limit-window.ts'
import type { AdapterOptions, RuntimeOptions } from '../transport/settings.ts'
import { limiterProblem } from '../transport/shared-limiter.ts'
import {
  clockOption,
  flagOption,
  functionOption,
  noSuchOption,
  numberOption,
  type OptionCheck,
  optionSentence,
  textOption,
} from './option-schema.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of this process; empty where there is none, as in a browser. */
const processEnvironment = (): Environment => (globalThis as { process?: { env?: Environment } }).process?.env ?? {}

interface Resolving<Config> {
  vendor: string
  account?: string | undefined
  configSchema: StandardSchemaV1<unknown, Config>
  env: { readonly [Option in keyof Config]?: string }
  environment?: Environment | undefined
}

/**
 * Completes and checks the options of an adapter. An option that is not given is read from the environment. This
 * function checks the common options; the vendor's schema checks its own.
 *
 * @throws ConfigurationError that names each invalid or missing option and its environment variable. The value is never
 * quoted, because it may be a secret.
 */
export function resolveConfig<Config extends object>(
  options: object,
  resolving: Resolving<Config>,
  found: readonly FieldProblem[] = [],
): Config & AdapterOptions {
  const { vendor, configSchema, env, environment = processEnvironment() } = resolving
  const given = emptyRecord()
  for (const [option, value] of Object.entries(options))
    if (value !== undefined) given[option] = fromEnvironment(resolving, option, value, environment)
  for (const [option, variable] of Object.entries(env) as [string, string][]) {
    const value = variableOf(environment, variable)
    // An unset variable omits its option. An option that is present as `undefined` would be checked and refused.
    if (given[option] === undefined && value !== undefined) given[option] = value
  }
  const { common, rest, problems } = takeCommonOptions(given)
  problems.unshift(...found)
  const result = validated(vendor, configSchema, common, rest)
  const isTold = ({ path }: FieldProblem) => problems.some((problem) => problem.path === path)
  if (result.issues) {
    const own = result.issues.map((issue) => ({ path: pathOf(issue), problem: problemOf(issue) }))
    problems.push(...own.filter((problem) => !isTold(problem)))
  } else if (problems.length === 0) return { ...common, ...result.value }
  throw new ConfigurationError({
    vendor,
    account: resolving.account,
    fields: problems,
    message: `${vendor}: ${problems.map((problem) => sentence(problem, given, env as Environment)).join(' ')}`,
  })
}

/**
 * Checks the vendor's own options with its schema. The schema may declare common options, such as a required `baseUrl`,
 * and may refuse undeclared ones, so it receives only the options that it declares.
 */
function validated<Config>(
  vendor: string,
  schema: StandardSchemaV1<unknown, Config>,
  common: object,
  rest: Record<string, unknown>,
): StandardSchemaV1.Result<Config> {
  const validate = (value: unknown): StandardSchemaV1.Result<Config> => {
    const result = schema['~standard'].validate(value)
    if (!(result instanceof Promise)) return result
    result.catch(() => {})
    throw new ConfigurationError({ vendor, message: `${vendor}: the configuration schema must be synchronous.` })
  }
  const plain = validate(rest)
  const others = plain.issues?.length ?? 0
  const known = Object.entries(common).filter(([option]) => {
    const problems = validate({ ...rest, [option]: undefined }).issues?.length ?? 0
    return problems <= others
  })
  return known.length === 0 ? plain : validate({ ...rest, ...Object.fromEntries(known) })
}

/**
 * The same for an adapter's factory, which also accepts options that a configuration file cannot contain.
 *
 * @throws ConfigurationError
 */
export function resolveOptions<Config extends object>(
  options: object,
  resolving: Omit<Resolving<Config>, 'account' | 'environment'>,
): { config: Config & AdapterOptions; runtime: RuntimeOptions } {
  if (!isObject(options)) {
    const message = `${resolving.vendor}: the options must be an object.`
    throw new ConfigurationError({
      vendor: resolving.vendor,
      message,
      fields: [{ path: 'options', problem: 'must be an object' }],
    })
  }
  const { config, runtime, problems } = partOptions(options)
  const { account } = config
  const named = { ...resolving, ...(typeof account === 'string' && { account }) }
  return { config: resolveConfig(config, named, problems), runtime }
}

/**
 * `{ env: 'CRM_TOKEN' }` keeps secrets out of a configuration file, and lets two accounts of a vendor use two
 * variables.
 */
function fromEnvironment(
  { vendor, account }: Pick<Resolving<unknown>, 'vendor' | 'account'>,
  option: string,
  value: unknown,
  environment: Environment,
): unknown {
  const variable =
    typeof value === 'object' && value !== null && Object.keys(value).length === 1
      ? (value as { env?: unknown }).env
      : undefined
  if (typeof variable !== 'string') return value
  const found = variableOf(environment, variable)
  if (found !== undefined) return found
  throw new ConfigurationError({
    vendor,
    account,
    message: `${vendor}: option "${option}" reads the environment variable ${variable}, which is not set.`,
    fields: [{ path: option, problem: `environment variable ${variable} is not set` }],
  })
}

/** An empty variable counts as unset. Inherited properties such as `toString` are not variables. */
function variableOf(environment: Environment, name: string): string | undefined {
  const value: unknown = environment[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Adds the suggestion of a common option, because a vendor's schema does not know these. */
const problemOf = (issue: StandardSchemaV1.Issue): string =>
  issue.message === noSuchOption ? noSuchOption + didYouMean(pathOf(issue), commonOptionNames) : issue.message

const pathOf = (issue: StandardSchemaV1.Issue): string =>
  (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.')

function sentence(
  { path, problem = 'is invalid' }: FieldProblem,
  given: Record<string, unknown>,
  env: Environment,
): string {
  const option = path.split('.', 1)[0] as string
  if (option === '') return `${problem}.`
  if (problem.startsWith(noSuchOption)) return `${optionSentence(path, problem)}.`
  const variable = Object.hasOwn(env, option) ? env[option] : undefined
  const hint = variable ? ` Pass it as an option, or set the environment variable ${variable}.` : ''
  // A runtime option cannot come from the environment.
  return given[option] === undefined && !isRuntimeOption(option)
    ? `option "${option}" is missing.${hint}`
    : `option "${path}" is invalid: ${problem}.${hint}`
}

/**
 * The address that receives the credential. An address that contains credentials, a query or a fragment is a mistake.
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
  const good = isRecord(value) && Object.keys(value).length === 2 && !count(value['requests']) && !count(value['perMs'])
  return good ? undefined : 'must be false or { requests, perMs }, both whole numbers of at least 1'
}

const isId = (value: unknown): boolean => typeof value === 'string' && /^\S+$/.test(value)
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const operatorId: OptionCheck = (value) => (isId(value) ? undefined : 'must be an id, a text without spaces')

const operators: OptionCheck = (value) =>
  Array.isArray(value) &&
  value.every((each) => isRecord(each) && isId(each['id']) && isText(each['name']) && isText(each['email']))
    ? undefined
    : 'must be a list of { id, name, email }, each with an id without spaces'

const customFields: OptionCheck = (value) =>
  isObject(value) && Object.values(value).every((name) => typeof name === 'string' && name !== '')
    ? undefined
    : 'must be an object of names, such as { plan: "cf_plan" }'

const priority: OptionCheck = (value) =>
  priorities.some((word) => word === value) ? undefined : `must be one of ${priorities.join(', ')}`

const checks: { readonly [Option in keyof AdapterOptions]-?: OptionCheck } = {
  account: textOption,
  baseUrl: address,
  timeout: numberOption(1),
  attemptTimeout: numberOption(1),
  maxRetries: numberOption(0, true),
  maxRetryAfter: numberOption(0),
  maxResponseBytes: numberOption(1, true),
  rate,
  priority,
  operatorId,
  operators,
  customFields,
  raw: flagOption,
}

/** Has no prototype, so that an option called `__proto__` is only an unknown option. */
const emptyRecord = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>

/** A base URL without a trailing slash. An address without a path gets the vendor's path; any other path is kept. */
export function baseUrlOf(given: string, path: string): string {
  const url = given.trim().replace(/\/+$/, '')
  return new URL(url).pathname === '/' ? `${url}${path}` : url
}

/** Extracts and checks the common options. */
function takeCommonOptions(given: Record<string, unknown>): {
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
    else common[option] = option === 'baseUrl' ? baseUrlOf(value as string, '') : value
  }
  return { common, rest, problems }
}

const runtimeChecks: { readonly [Option in keyof RuntimeOptions]-?: OptionCheck } = {
  fetch: functionOption,
  clock: clockOption,
  limiter: limiterProblem,
  lookup: functionOption,
  random: functionOption,
  store: stateStoreOption,
  onWarning: functionOption,
  onRequest: functionOption,
}

/** The common options of all adapters. */
const commonOptionNames: readonly string[] = [...Object.keys(checks), ...Object.keys(runtimeChecks)]

const isRuntimeOption = (option: string): boolean => Object.hasOwn(runtimeChecks, option)

/** Separates the runtime options from those that a configuration file can contain, and checks the runtime options. */
function partOptions(options: object): {
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
