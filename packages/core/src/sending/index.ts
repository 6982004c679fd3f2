export {
  type Asked,
  answerIn,
  answerOf,
  awaitAnswer,
  beginSending,
  isOutcomeUnknown,
  type Outgoing,
  streamOnce,
  timeToSend,
} from './attempt.ts'
export { clockTolerance, type FoundBack, folded, readBack, type SentReader, type SentThread } from './find-sent.ts'
export { reconcileAttempt } from './reconcile.ts'
