// What the operations of an adapter are made of. It stands apart from the entry that an adapter is created with, so that
// this code is loaded with the first operation that needs it.

export { digest } from './digest.ts'
export { withFallback } from './errors/fallback.ts'
export { cleanFileName, readFileName } from './files/file-name.ts'
export { checkFile, checkFileName, download, fileIn, type GivenFile } from './files/files.ts'
export { checkVisitor } from './input/fields.ts'
export { createNative } from './native/native.ts'
export { filterLocally, holdsInstant } from './paging/filter.ts'
export {
  numberedCursor,
  numberedPage,
  type PageInfo,
  type PagePosition,
  pagePosition,
  readPagePosition,
  type TurnedPage,
  turnPage,
} from './paging/numbered.ts'
export { pageOfWhole, type WholeThread, wholeThread } from './paging/whole.ts'
export { type RowPart, rowMessageId, rowPartOf } from './read/row-ids.ts'
export { isEventStream, type ServerEvent, serverEvents } from './read/server-events.ts'
export {
  clockTolerance,
  deliver,
  type FoundMessage,
  normalizeSpace,
  readBack,
  type SendResponse,
  type SentReader,
  type SentThread,
} from './sending/find-sent.ts'
export { reconcileAttempt } from './sending/reconcile.ts'
export {
  type AskedQuestion,
  type AskPlace,
  answerOf,
  askAs,
  askPlaceOf,
  awaitAnswer,
  beginSending,
  copyAttempt,
  findAnswer,
  finishStream,
  isOutcomeUnknown,
  type OutgoingMessage,
  requestFor,
  streamAs,
  streamOnce,
  textOfInput,
  timeToSend,
} from './sending/send-attempt.ts'
export { isPublicAddress } from './transport/public-address.ts'
export { isTextStream, type TextStream } from './transport/stream.ts'
export { isGone, rememberedConversation, type VisitorWays } from './visitor/conversation.ts'
export { type ContactWays, ensureContact } from './visitor/ensure.ts'
export { holdLocks } from './visitor/locks.ts'
export { checkAssignee, configuredOperators, operatorsPage } from './visitor/operators.ts'
export { storeOf, withStore } from './visitor/store.ts'
export { type KnownVisitor, type VisitorKey, visitorNames } from './visitor/visitor.ts'
