import { expect, it } from 'vitest'
import { safeguards } from './safeguards.ts'
import { loadRoute } from './simulation/load.ts'

/*
 * The simulation of the route must be able to fail. When it changes, another seed may be needed: `node test/route/find-seeds.ts`
 * looks for one.
 */
it.each(safeguards)(
  'the simulation of the route notices if this does not hold: $name',
  async ({ name, seeds, finds, patches }) => {
    const simulate = await loadRoute(name, patches)
    const found: string[] = []
    for (const seed of seeds) for (const { kind } of (await simulate(seed)).problems) found.push(kind)
    expect(found).toContain(finds)
  },
  120_000,
)
