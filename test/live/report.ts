import { writeFileSync } from 'node:fs'
import type { Result } from '@parley/conformance'

/** A check of one fact about a live server and its adapter. It throws when the fact does not hold. */
export interface LiveCheck {
  name: string
  run(): Promise<void>
}

/** Runs checks one after another. */
export async function runChecks(checks: readonly LiveCheck[]): Promise<Result[]> {
  const results: Result[] = []
  for (const { name, run } of checks) {
    try {
      await run()
      results.push({ test: name, status: 'passed' })
    } catch (error) {
      results.push({ test: name, status: 'failed', error })
    }
  }
  return results
}

/** Prints the failures, and the skipped checks by their reasons. */
export function printGroup(title: string, results: readonly Result[]): void {
  const of = (status: Result['status']) => results.filter((result) => result.status === status)
  const skipped = [...of('skipped'), ...of('unsupported')]
  print(`\n${title}: ${of('passed').length} passed, ${of('failed').length} failed, ${skipped.length} skipped`)
  for (const { test, error } of of('failed')) print(`  FAILED ${test}\n    ${explain(error)}`)
  for (const reason of new Set(skipped.map((result) => result.reason))) {
    print(`  skipped: ${reason}`)
    for (const { test } of skipped.filter((result) => result.reason === reason)) print(`    ${test}`)
  }
}

/** Prints the total as the last line. A file named in `PARLEY_LIVE_RESULTS` gets the numbers too. */
export function printTotal(results: readonly Result[]): void {
  const passed = results.filter(({ status }) => status === 'passed').length
  const failed = results.filter(({ status }) => status === 'failed').length
  const file = process.env['PARLEY_LIVE_RESULTS']
  if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped: results.length - passed - failed }))
  print(`\n${results.length - passed - failed} skipped`)
  print(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`)

function explain(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.split('\n').slice(0, 12).join('\n    ')
}
