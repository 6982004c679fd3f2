import { testSeeds } from './simulation/tested.ts'

/*
 * The sync engine against the emulated vendors, with faults between any two steps: see `docs/proof.md`. `pnpm proof` runs
 * thousands of seeds, these are the first ones. A failing seed runs again, step by step, with `node test/sync/run.ts SEED SEED 1 trace`.
 */
await testSeeds('sync', 'the sync loses, duplicates and falsely deletes nothing, whatever breaks', 1_000)
