export {
  DecodeError,
  foldWord,
  fromMilliseconds,
  isRecord,
  type Payload,
  PayloadReader,
  type PayloadReaderContext,
  readTimestamp,
  type TermMap,
  vocabulary,
} from './read/reading.ts'
export { compact, cutText, type Loose, parseJson, sameEmail, samePhone, tryParseJson } from './read/text.ts'

// What readers of payloads are made of, without the transport: for entries that must not load an HTTP client.
