import { runSeeds } from './simulation/run-seeds.ts'

/**
 * `node test/sync/run.ts FIRST LAST STEP [trace]`: runs the simulation for these seeds, and prints a line of JSON for each
 * run: the outcome, and how long it took. With `trace`, also a line for each step.
 */
await runSeeds('sync')
