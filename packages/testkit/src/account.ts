import type { RuntimeOptions, Warning } from '@parley/core'
import { type TestClock, testClock } from '@parley/sandbox'
import { loadStreamCode } from './stream-code.ts'

await loadStreamCode()

export interface Recorded {
  /** To be spread into the options of an adapter. It keeps the vendor's payloads. */
  options: Required<Pick<RuntimeOptions, 'clock' | 'random' | 'onWarning'>> & { raw: true }
  clock: TestClock
  /** Every warning so far, oldest first. */
  warnings: Warning[]
  /** Milliseconds that have passed on the clock. */
  passed(): number
}

/** Options for an account whose clock moves by itself, whose random numbers are 0, and whose warnings are kept. */
export function recordedOptions(start: string, given: TestClock = testClock(start, { automatic: true })): Recorded {
  const warnings: Warning[] = []
  const onWarning = (warning: Warning) => void warnings.push(warning)
  return {
    options: { clock: given, random: () => 0, onWarning, raw: true },
    clock: given,
    warnings,
    passed: () => given.elapsed,
  }
}

/** The code and path of each warning. The message is left out, because it is for people. */
export const told = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`))

/** Returns the fields that every entity of an account begins with. */
export const entityOf =
  (vendor: string, account: string) =>
  (kind: string, id: string, raw?: unknown): Record<string, unknown> => ({
    ref: `${vendor}:${account}/${kind}/${id}`,
    vendor,
    account,
    id,
    ...(raw !== undefined && { raw }),
  })
