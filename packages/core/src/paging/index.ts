export { fingerprint } from '../read/text.ts'
export { bindCursor, decodeCursor, encodeCursor, type ListScope, openCursor } from './cursor.ts'
export { filterLocally, holdsInstant } from './filter.ts'
export {
  numberedCursor,
  numberedPage,
  type PageInfo,
  type PagePosition,
  pagePosition,
  readPagePosition,
  type TurnedPage,
  turnPage,
} from './numbered.ts'
export { endless, inOrder, paged, pagedOf, pageOfWhole, type ReadPage, type WholeThread, wholeThread } from './paged.ts'
