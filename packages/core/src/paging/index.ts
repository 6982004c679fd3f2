export { bindCursor, type ListPlace, openCursor } from './bound-cursor.ts'
export { decodeCursor, encodeCursor } from './cursor.ts'
export { filterLocally, holdsInstant } from './filter.ts'
export {
  type NumberedPlace,
  numberedCursor,
  numberedPlace,
  type PageInfo,
  readNumberedPlace,
  type TurnedPage,
  turnPage,
} from './numbered.ts'
export { endless, paged, pagedOf, type ReadPage } from './paged.ts'
export { printOf } from './print.ts'
export { type WholeThread, wholeThread } from './whole-thread.ts'
