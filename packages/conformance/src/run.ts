import { type Adapter, supports, unsupportedReason } from '@parley/core'
import { type Check, type CheckGroup, Inapplicable, setUp, Violation } from './check.ts'
import { checks } from './checks/index.ts'
import type { Harness } from './harness.ts'

/**
 * `skipped`: the harness skips the check and gives the reason. `unsupported`: the adapter lacks the operation and gives
 * the reason, or the check does not apply to its vendor.
 */
export interface Result {
  test: string
  status: 'passed' | 'failed' | 'skipped' | 'unsupported'
  reason?: string
  error?: unknown
}

/** Runs every check in order and returns the results. Needs no test runner. */
export async function runConformance(harness: Harness): Promise<Result[]> {
  const results = [resultOfSkips(harness)]
  for (const check of checks) results.push(await runCheck(harness, check))
  return results
}

export async function runCheck(harness: Harness, check: Check): Promise<Result> {
  const test = check.name
  const skipped = reasonToSkip(harness, test)
  if (skipped !== undefined) return { test, status: 'skipped', reason: skipped }
  try {
    const bench = await setUp(harness)
    const unsupported = absenceOf(bench.adapter, check)
    if (unsupported) return { test, status: 'unsupported', reason: unsupported }
    await inTime(check.run(bench), harness.timeout ?? 60_000)
    return { test, status: 'passed' }
  } catch (error) {
    if (error instanceof Inapplicable) return { test, status: 'unsupported', reason: error.message }
    return { test, status: 'failed', error }
  }
}

function resultOfSkips(harness: Harness): Result {
  const problems = problemsOfSkips(harness)
  if (problems.length === 0) return { test: skipsCheckName, status: 'passed' }
  return { test: skipsCheckName, status: 'failed', error: new Violation(problems.join(' ')) }
}

function absenceOf(adapter: Adapter, { needs = [] }: Check): string | undefined {
  const missing = needs.find((operation) => !supports(adapter, operation))
  return missing && `${adapter.vendor} has no ${missing}: ${unsupportedReason(adapter, missing)}`
}

/** Limits the time of a check, so that a call that never ends does not block the suite. */
async function inTime(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Violation(`It did not finish within ${milliseconds} ms.`)), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The functions that vitest and `node:test` share. */
export interface Runner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: (context: RunnerContext) => Promise<void>): unknown
}

/** The context that a runner passes to a test, with which the test can skip itself. */
export interface RunnerContext {
  skip?(reason?: string): unknown
}

/**
 * Registers the suite with a test runner.
 *
 * ```ts
 * import { describe, it } from 'vitest'
 * conformance({ name: 'acme', fetch, create: (options) => ({ adapter: acme({ token, ...options }) }) }, { describe, it })
 * ```
 *
 * Unsupported and skipped checks are reported as skipped, with their reason.
 */
export function conformance(harness: Harness, { describe, it }: Runner): void {
  describe(harness.name, () => {
    it(skipsCheckName, async (context) => report(resultOfSkips(harness), context))
    for (const [group, members] of byGroup()) {
      describe(group, () => {
        for (const check of members) it(check.name, async (context) => report(await runCheck(harness, check), context))
      })
    }
  })
}

function report({ status, reason, error }: Result, context: RunnerContext | undefined): void {
  if (status === 'failed') throw error
  if (status !== 'passed') context?.skip?.(reason)
}

function byGroup(): Map<CheckGroup, typeof checks> {
  const groups = new Map<CheckGroup, typeof checks>()
  for (const check of checks) groups.set(check.group, [...(groups.get(check.group) ?? []), check])
  return groups
}

const skipsCheckName = 'every skip names a check and has a reason'

const reasonToSkip = ({ skip = [] }: Harness, test: string): string | undefined =>
  skip.find(({ tests }) => tests.includes(test))?.reason

/** The problems of the skips themselves, because an exception that matches nothing would go unnoticed. */
function problemsOfSkips({ skip = [] }: Harness): string[] {
  const known = new Set(checks.map(({ name }) => name))
  const seen = new Set<string>()
  return skip.flatMap(({ reason, tests }) => {
    const problems = tests.filter((test) => !known.has(test)).map((test) => `There is no check "${test}".`)
    if (reason.trim() === '') problems.push(`The skip of ${tests.map((test) => `"${test}"`).join(', ')} has no reason.`)
    if (tests.length === 0) problems.push(`The skip "${reason}" names no check.`)
    for (const test of tests) {
      if (seen.has(test)) problems.push(`"${test}" is skipped twice.`)
      seen.add(test)
    }
    return problems
  })
}
