import { afterAll, expect, it } from 'vitest'
import { loadSimulation } from './simulation/load.ts'
import { openShared } from './simulation/shared-database.ts'

/*
 * The sync engine against the emulated vendors, with faults between any two steps: see `docs/proof.md`. `pnpm proof` runs
 * thousands of seeds, these are the first ones. A failing seed runs again, step by step, with `node test/sync/run.ts SEED SEED 1 trace`.
 */

const seeds = 100

const shared = await openShared()
afterAll(() => shared.close())
const simulate = await loadSimulation(shared, 'sync', 'test')

it('the sync loses, duplicates and falsely deletes nothing, whatever breaks', async () => {
  const found: string[] = []
  let records = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const outcome = await simulate(seed)
    records += outcome.records
    for (const { kind, what } of outcome.problems) found.push(`seed ${seed}: ${kind}: ${what}`)
  }
  expect(found).toEqual([])
  expect(records).toBeGreaterThan(1_000)
}, 600_000)

it('a seed gives the same run again, step by step', async () => {
  const traced = async () => {
    const lines: string[] = []
    await simulate(3, { trace: (line) => void lines.push(line) })
    return lines
  }
  const first = await traced()
  expect(await traced()).toEqual(first)
  expect(first.length).toBeGreaterThan(100)
})
