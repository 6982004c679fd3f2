import { testSeeds } from '../sync/simulation/tested.ts'

/*
 * Two people answer from the desk, with faults between any two steps: see `docs/proof.md`. `pnpm proof desk` runs thousands of
 * seeds, these are the first ones. A failing seed runs again, step by step, with `node test/desk/run.ts SEED SEED 1 trace`.
 */
await testSeeds('desk', 'the desk sends nothing twice and loses no send, whatever breaks', 400)
