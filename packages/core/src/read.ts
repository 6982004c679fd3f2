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

// The tools for reading payloads, without the transport: for entries that must not load an HTTP client.
