export { decodeCursor, encodeCursor } from './cursor.ts'
export { filterLocally } from './filter.ts'
export { paged } from './paged.ts'
export { type WholeThread, wholeThread } from './whole-thread.ts'
