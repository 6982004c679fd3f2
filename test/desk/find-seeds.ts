import { findSeeds } from '../sync/simulation/find-seeds.ts'
import { safeguards } from './safeguards.ts'

/** `node test/desk/find-seeds.ts [MOST [WORDS]]`: as `test/sync/find-seeds.ts`, for the safeguards of the desk. */
await findSeeds('desk', safeguards)
