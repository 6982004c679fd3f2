import type { CheckGroup } from './check.ts'
import { checks } from './checks/index.ts'
import type { Harness } from './harness.ts'
import { type Result, resultOfSkips, runCheck } from './run.ts'
import { skipsCheckName } from './skips.ts'

/** What vitest and `node:test` both have. */
export interface Runner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: (context: RunnerContext) => Promise<void>): unknown
}

/** What a runner hands to a test; both can skip one while it runs. */
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
 * A check that the adapter's vendor cannot do at all, and one that the harness skips, shows as skipped with its reason.
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
