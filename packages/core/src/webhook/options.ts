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

/** What the receiving end of every vendor's webhooks takes. */
export interface WebhookOptions {
  /** How old a delivery may be, in milliseconds; `false`: any age. The default is the vendor's page's. */
  tolerance?: number | false
  /** How far in the future one may be dated, because clocks differ, in milliseconds. Default 5 minutes. */
  skew?: number
  /** The longest body, in bytes. Default 1 MiB. */
  maxBytes?: number
  /**
   * Where events are claimed and remembered; `false`: nowhere, so that every delivery is handled. Default: in this
   * process. Several processes must share one store.
   */
  replays?: ReplayStore | false
  /**
   * How long an event stays claimed, in milliseconds: longer than `handle` ever takes. When a process dies while it
   * handles an event, the vendor's tries are put off for this long. Default 5 minutes.
   */
  lease?: number
  /**
   * Whether events and warnings carry the vendor's payload. Default `false`; an unknown event has it in any case. The
   * snapshot of a message never has it: its payload is the event's.
   */
  raw?: boolean
  /** The clock, in milliseconds since the epoch. */
  now?: () => number
  onWarning?: (warning: Warning) => void
}

/** A list of at least one public key of a kind. */
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

/** The account's name, or a function that finds it. */
export const accountOption: OptionCheck = (value) =>
  typeof value === 'function' ? undefined : textOption(value) && 'must be a non-empty string, or a function'

/**
 * Checks what a vendor's receiver was given: its own options and those that all have.
 *
 * @throws ConfigurationError that names each option and quotes no value.
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
