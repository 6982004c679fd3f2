import {
  flagOption,
  functionOption,
  numberOption,
  type OptionCheck,
  optional,
  optionSchema,
  textOption,
} from '../config/option-schema.ts'
import type { Warning } from '../contract/warning.ts'
import type { ReplayStore } from './replays.ts'
import { type PublicKey, publicKeyProblem, type SignatureAlgorithm, wrongOptions } from './signature.ts'

/** The webhook options of every vendor. */
export interface WebhookOptions {
  /** The maximum age of a delivery, in milliseconds. `false`: any age. The vendor's page states the default. */
  tolerance?: number | false
  /** How far in the future a delivery may be dated, because clocks differ, in milliseconds. Default 5 minutes. */
  skew?: number
  /** The longest body, in bytes. Default 1 MiB. */
  maxBytes?: number
  /**
   * The store in which events are claimed and remembered. `false`: none, so every delivery is handled. Default: this
   * process. Several processes must share one store.
   */
  replays?: ReplayStore | false
  /**
   * How long an event stays claimed, in milliseconds. It must be longer than `handle` ever takes. If a process dies
   * while it handles an event, the vendor's retries are refused for this long. Default 5 minutes.
   */
  lease?: number
  /**
   * Whether events and warnings keep the vendor's payload. Default `false`; an unknown event always has it. The message
   * inside an event never has it, because its payload is the event's.
   */
  raw?: boolean
  /** The clock, in milliseconds since the epoch. */
  now?: () => number
  onWarning?: (warning: Warning) => void
}

/** A non-empty list of public keys of one kind. */
export const keysOption =
  (algorithm: SignatureAlgorithm): OptionCheck =>
  (value) => {
    if (!Array.isArray(value) || value.length === 0) return 'must be a list of public keys'
    const keys: readonly (PublicKey | undefined)[] = value
    const problems = keys.map((key) => publicKeyProblem(key, algorithm))
    const index = problems.findIndex((problem) => problem !== undefined)
    return index < 0 ? undefined : `${problems[index]} (key ${index + 1} of ${keys.length})`
  }

const storeOption: OptionCheck = (value) => {
  const { claim, done, release } = (value || {}) as Partial<ReplayStore>
  return value === false || [claim, done, release].every((method) => typeof method === 'function')
    ? undefined
    : 'must be a store with claim, done and release, or false'
}

const common: { readonly [Option in keyof WebhookOptions]-?: OptionCheck } = {
  tolerance: optional((value) => (value === false ? undefined : numberOption(1)(value))),
  skew: optional(numberOption(0)),
  maxBytes: optional(numberOption(1, true)),
  replays: optional(storeOption),
  lease: optional(numberOption(1)),
  raw: optional(flagOption),
  now: optional(functionOption),
  onWarning: optional(functionOption),
}

/** The account's name, or a function that returns it. */
export const accountOption: OptionCheck = (value) =>
  typeof value === 'function' ? undefined : textOption(value) && 'must be a non-empty string, or a function'

/**
 * Checks the options of a vendor's receiver: its own and the common ones.
 *
 * @throws ConfigurationError that names each invalid option and quotes no value.
 */
export function checkWebhookOptions<Options extends WebhookOptions>(
  vendor: string,
  options: Options,
  own: { readonly [Option in Exclude<keyof Options, keyof WebhookOptions>]-?: OptionCheck },
): void {
  const result = optionSchema<Record<string, unknown>>({ ...common, ...own })['~standard'].validate(options)
  if (result instanceof Promise || !result.issues) return
  throw wrongOptions(
    vendor,
    result.issues.map(({ path, message }) => ({ path: String(path?.[0] ?? ''), problem: message })),
  )
}
