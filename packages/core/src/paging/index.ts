export { fingerprint } from '../read/text.ts'
export { bindCursor, decodeCursor, encodeCursor, type ListScope, openCursor } from './cursor.ts'
export { endless, inOrder, paged, pagedOf, type ReadPage } from './paged.ts'
