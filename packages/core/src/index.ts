export * from './config/index.ts'
export * from './contract/index.ts'
export * from './errors/index.ts'
export * from './input/index.ts'
export * from './model/index.ts'
export * from './native/endpoint.ts'
export * from './paging/index.ts'
export {
  compact,
  cutText,
  DecodeError,
  foldWord,
  fromMilliseconds,
  isRecord,
  type Loose,
  type Payload,
  PayloadReader,
  type PayloadReaderContext,
  parseJson,
  readTimestamp,
  sameEmail,
  samePhone,
  type TermMap,
  tryParseJson,
  vocabulary,
} from './read.ts'
export { type Lease, lockByLease, memoryStore, type StateStore, stateStoreOption } from './state-store.ts'
export * from './transport/index.ts'
