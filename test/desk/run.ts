import { runSeeds } from '../sync/simulation/run-seeds.ts'

/**
 * `node test/desk/run.ts FIRST LAST STEP [trace]`: runs the simulation of the desk for these seeds, as `test/sync/run.ts` does
 * that of the sync.
 */
await runSeeds('desk')
