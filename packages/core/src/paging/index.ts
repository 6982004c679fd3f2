export { fingerprint } from '../read/text.ts'
export { bindCursor, decodeCursor, encodeCursor, type ListScope, openCursor } from './cursor.ts'
export { endless, inOrder, paged, pagedOf, pageOfWhole, type ReadPage, type WholeThread, wholeThread } from './paged.ts'
