import { testSafeguards } from '../sync/simulation/tested.ts'
import { safeguards } from './safeguards.ts'

/*
 * The simulation of the desk must be able to fail: see `test/sync/safeguards.test.ts`. When the simulation changes, another seed
 * may be needed: `node test/desk/find-seeds.ts` looks for one.
 */
await testSafeguards('desk', safeguards)
