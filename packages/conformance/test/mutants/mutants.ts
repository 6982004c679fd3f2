import { failures } from './failures.ts'
import { fields } from './fields.ts'
import { lists } from './lists.ts'
import { models } from './models.ts'
import type { Mutant } from './mutate.ts'
import { speaking } from './speaking.ts'
import { writing } from './writing.ts'

/** For every check at least one adapter that it has to catch, by the check's name. */
export const mutants: Record<string, Mutant[]> = {
  ...models,
  ...lists,
  ...speaking,
  ...writing,
  ...fields,
  ...failures,
}
