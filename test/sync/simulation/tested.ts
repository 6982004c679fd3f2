import { afterAll, expect, it } from 'vitest'
import type { Safeguard } from '../safeguards.ts'
import { loadSimulation } from './load.ts'
import { foundWithout } from './notices.ts'
import { openShared } from './shared-database.ts'

type Simulated = Parameters<typeof loadSimulation>[1]

const seeds = 100

/** Runs the first seeds, and one of them twice. `least`: how many records they handle, at least. */
export async function testSeeds(of: Simulated, claim: string, least: number): Promise<void> {
  const shared = await openShared()
  afterAll(() => shared.close())
  const simulate = await loadSimulation(shared, of, 'test')

  it(claim, async () => {
    const found: string[] = []
    let records = 0
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = await simulate(seed)
      records += outcome.records
      for (const { kind, what } of outcome.problems) found.push(`seed ${seed}: ${kind}: ${what}`)
    }
    expect(found).toEqual([])
    expect(records).toBeGreaterThan(least)
  }, 600_000)

  it(`a seed of the ${of} gives the same run again, step by step`, async () => {
    const traced = async () => {
      const lines: string[] = []
      await simulate(3, { trace: (line) => void lines.push(line) })
      return lines
    }
    const first = await traced()
    expect(await traced()).toEqual(first)
    expect(first.length).toBeGreaterThan(100)
  })
}

/** Removes each safeguard in turn, in a copy of the sources, and expects that a seed finds it. */
export async function testSafeguards(of: Simulated, safeguards: readonly Safeguard[]): Promise<void> {
  const shared = await openShared()
  afterAll(() => shared.close())

  it.each(safeguards)(
    `the simulation of the ${of} notices if this does not hold: $name`,
    async (safeguard) => {
      expect(await foundWithout(shared, of, safeguard)).toContain(safeguard.finds)
    },
    120_000,
  )
}
