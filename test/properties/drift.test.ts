import { type Drift, recordDrift } from '@parley/conformance'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openAccounts } from './support/accounts.ts'
import { readsOf } from './support/reads.ts'

const { accounts, stop } = await openAccounts()
afterAll(stop)

/** All single changes are tried. This is the number of random combinations. */
const numRuns = 150

for (const { vendor, create } of accounts) {
  const reads = await readsOf(create({}))
  const drifts = new Map<string, Drift>()
  for (const [operation, read] of Object.entries(reads))
    drifts.set(
      operation,
      await recordDrift({ create, fetch, read, tolerated: vendor.toleratedByOperation[operation] ?? [] }),
    )

  describe(`${vendor.label}, when the vendor's answers drift`, () => {
    it.each([...drifts])('%s loses nothing in silence when one thing changes', async (_, { mutations, judge }) => {
      const losses: string[] = []
      for (const change of mutations) losses.push(...(await judge([change])))
      expect(losses).toEqual([])
    })

    it.each([...drifts])('%s throws nothing of its own when many things change', async (_, { mutations, judge }) => {
      const changes = fc.array(fc.constantFrom(...mutations), { minLength: 2, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(changes, async (drawn) => {
          expect(await judge(drawn)).toEqual([])
        }),
        { numRuns },
      )
    })
  })
}
