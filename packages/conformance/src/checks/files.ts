import type { Check } from '../check.ts'
import { addressesAreOpen } from './files-address.ts'
import { filesGetNoCredential } from './files-credential.ts'
import { filesGoWithQuestions } from './files-question.ts'
import { contentArrives, uploadsArrive } from './files-round.ts'

/** Files that go with messages. */
export const fileChecks: readonly Check[] = [
  uploadsArrive,
  contentArrives,
  filesGoWithQuestions,
  addressesAreOpen,
  filesGetNoCredential,
]
