export { printOf } from '../read/text.ts'
export { bindCursor, decodeCursor, encodeCursor, type ListPlace, openCursor } from './cursor.ts'
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
export { endless, paged, pagedOf, type ReadPage, type WholeThread, wholeThread } from './paged.ts'
