import { isParleyError } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { checks, runCheck, Violation } from '../src/index.ts'
import { mutants } from './mutants/mutants.ts'
import { referenceHarness } from './reference/harness.ts'

/** The suite is worth what it catches: each check has adapters that are wrong in one thing, and has to see it. */
describe.each(checks)('the check "$name"', (check) => {
  const own = mutants[check.name] ?? []

  it('has a mutant to catch', () => {
    expect(own.length).toBeGreaterThan(0)
  })

  it.each(own.map((mutant, index) => ({ mutant, number: index + 1 })))('catches mutant $number', async ({ mutant }) => {
    const result = await runCheck({ ...referenceHarness(mutant), timeout: 2_000 }, check)
    expect(result.status).toBe('failed')
    const seen = result.error instanceof Violation || isParleyError(result.error)
    expect(seen, String(result.error)).toBe(true)
  })
})

it('mutants exist only for existing checks', () => {
  const names = new Set(checks.map(({ name }) => name))
  expect(Object.keys(mutants).filter((name) => !names.has(name))).toEqual([])
})
