import { safeguards } from './safeguards.ts'
import { findSeeds } from './simulation/find-seeds.ts'

/**
 * `node test/sync/find-seeds.ts [MOST [WORDS]]`: for each safeguard whose name has these words, the first seed that finds that
 * it is missing.
 */
await findSeeds('sync', safeguards)
