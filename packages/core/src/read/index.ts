export { compact, type Loose } from './compact.ts'
export { isRaw, type Raw, Reading, type ReadingContext, type TermMap, Unreadable } from './reading.ts'
export { fromMilliseconds, readTimestamp } from './timestamp.ts'
export { foldWord, words } from './words.ts'
