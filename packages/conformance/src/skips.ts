import { checks } from './checks/index.ts'
import type { Harness } from './harness.ts'

export const skipsCheckName = 'every skip names a check and says why'

export const reasonToSkip = ({ skip = [] }: Harness, test: string): string | undefined =>
  skip.find(({ tests }) => tests.includes(test))?.reason

/** What is wrong with the skips themselves: an exception nobody can check is worse than none. */
export function problemsOfSkips({ skip = [] }: Harness): string[] {
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
