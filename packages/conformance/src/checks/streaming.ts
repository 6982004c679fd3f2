import type { Check } from '../check.ts'
import { streamsCanBeGivenUp } from './streaming-given-up.ts'
import { streamsAskLate } from './streaming-lazy.ts'
import { nothingIsStreamedTwice } from './streaming-once.ts'
import { partsMakeTheAnswer } from './streaming-parts.ts'
import { streamedAnswersAreStored } from './streaming-thread.ts'
import { wholeAnswersSaySo } from './streaming-whole.ts'

/** Answers on their way. */
export const streamingChecks: readonly Check[] = [
  partsMakeTheAnswer,
  streamedAnswersAreStored,
  wholeAnswersSaySo,
  streamsAskLate,
  streamsCanBeGivenUp,
  nothingIsStreamedTwice,
]
