import { afterAll, expect, it } from 'vitest'
import { safeguards } from './safeguards.ts'
import { foundWithout } from './simulation/notices.ts'
import { openShared } from './simulation/shared-database.ts'

/*
 * The simulation must be able to fail. Each safeguard of the sync is removed in turn, in a copy of the sources, and a seed finds
 * it. If the sources of a safeguard have changed so that its patch does not apply, its test fails and says so. When the
 * simulation changes, another seed may be needed: `node test/sync/find-seeds.ts` looks for one.
 */

const shared = await openShared()
afterAll(() => shared.close())

it.each(safeguards)(
  'the simulation notices if this does not hold: $name',
  async (safeguard) => {
    expect(await foundWithout(shared, 'sync', safeguard)).toContain(safeguard.finds)
  },
  120_000,
)
