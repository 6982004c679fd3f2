import { afterAll, expect, it } from 'vitest'
import { foundWithout } from '../sync/simulation/notices.ts'
import { openShared } from '../sync/simulation/shared-database.ts'
import { safeguards } from './safeguards.ts'

/*
 * The simulation of the desk must be able to fail: see `test/sync/safeguards.test.ts`. When the simulation changes, another seed
 * may be needed: `node test/desk/find-seeds.ts` looks for one.
 */

const shared = await openShared()
afterAll(() => shared.close())

it.each(safeguards)(
  'the simulation of the desk notices if this does not hold: $name',
  async (safeguard) => {
    expect(await foundWithout(shared, 'desk', safeguard)).toContain(safeguard.finds)
  },
  120_000,
)
