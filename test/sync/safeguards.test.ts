import { safeguards } from './safeguards.ts'
import { testSafeguards } from './simulation/tested.ts'

/*
 * The simulation must be able to fail. Each safeguard of the sync is removed in turn, in a copy of the sources, and a seed finds
 * it. If the sources of a safeguard have changed so that its patch does not apply, its test fails and says so. When the
 * simulation changes, another seed may be needed: `node test/sync/find-seeds.ts` looks for one.
 */
await testSafeguards('sync', safeguards)
