import { agents } from './agents.ts'
import { changes } from './changes.ts'
import { failures } from './failures.ts'
import { fields } from './fields.ts'
import { knowledge } from './knowledge.ts'
import { lists } from './lists.ts'
import { models } from './models.ts'
import type { Mutant } from './mutate.ts'
import { reconciling } from './reconciling.ts'
import { speaking } from './speaking.ts'
import { streaming } from './streaming.ts'
import { traits } from './traits.ts'
import { visitors } from './visitors.ts'
import { writing } from './writing.ts'

/** For every check at least one adapter that it has to catch, by the check's name. */
export const mutants: Record<string, Mutant[]> = {
  ...models,
  ...lists,
  ...speaking,
  ...reconciling,
  ...streaming,
  ...writing,
  ...changes,
  ...agents,
  ...knowledge,
  ...fields,
  ...failures,
  ...visitors,
  ...traits,
}
