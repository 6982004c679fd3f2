import { afterAll, expect, it } from 'vitest'
import { loadSimulation } from '../sync/simulation/load.ts'
import { openShared } from '../sync/simulation/shared-database.ts'

/*
 * Two people answer from the desk, with faults between any two steps: see `docs/proof.md`. `pnpm proof desk` runs thousands of
 * seeds, these are the first ones. A failing seed runs again, step by step, with `node test/desk/run.ts SEED SEED 1 trace`.
 */

const seeds = 100

const shared = await openShared()
afterAll(() => shared.close())
const simulate = await loadSimulation(shared, 'desk', 'test')

it('the desk sends nothing twice and loses no send, whatever breaks', async () => {
  const found: string[] = []
  let sends = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const outcome = await simulate(seed)
    sends += outcome.records
    for (const { kind, what } of outcome.problems) found.push(`seed ${seed}: ${kind}: ${what}`)
  }
  expect(found).toEqual([])
  expect(sends).toBeGreaterThan(400)
}, 600_000)

it('a seed of the desk gives the same run again, step by step', async () => {
  const traced = async () => {
    const lines: string[] = []
    await simulate(3, { trace: (line) => void lines.push(line) })
    return lines
  }
  const first = await traced()
  expect(await traced()).toEqual(first)
  expect(first.length).toBeGreaterThan(100)
})
