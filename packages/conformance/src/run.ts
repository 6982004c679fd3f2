import { type Adapter, can } from '@parley/core'
import { setUp } from './bench.ts'
import { type Check, Inapplicable, Violation } from './check.ts'
import { checks } from './checks/index.ts'
import type { Harness } from './harness.ts'
import { problemsOfSkips, reasonToSkip, skipsCheckName } from './skips.ts'

/**
 * `passed`, `failed`: what they say. `skipped`: the harness says why. `absent`: the adapter lacks the operation, and says
 * why itself, or its vendor has nothing of what the check is about.
 */
export interface Result {
  test: string
  status: 'passed' | 'failed' | 'skipped' | 'absent'
  reason?: string
  error?: unknown
}

/** Runs every check, one after the other, and returns what became of each. Needs no test runner. */
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
    const absent = absenceOf(bench.adapter, check)
    if (absent) return { test, status: 'absent', reason: absent }
    await inTime(check.run(bench), harness.timeout ?? 60_000)
    return { test, status: 'passed' }
  } catch (error) {
    if (error instanceof Inapplicable) return { test, status: 'absent', reason: error.message }
    return { test, status: 'failed', error }
  }
}

export function resultOfSkips(harness: Harness): Result {
  const problems = problemsOfSkips(harness)
  if (problems.length === 0) return { test: skipsCheckName, status: 'passed' }
  return { test: skipsCheckName, status: 'failed', error: new Violation(problems.join(' ')) }
}

function absenceOf(adapter: Adapter, { needs = [] }: Check): string | undefined {
  const missing = needs.find((operation) => !can(adapter, operation))
  return missing && `${adapter.vendor} has no ${missing}: ${adapter.absent[missing] ?? 'it does not say why'}`
}

/** A call that never ends must not end the suite. */
async function inTime(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Violation(`It has not ended after ${milliseconds} ms.`)), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
