export {
  foldWord,
  fromMilliseconds,
  isRaw,
  type Raw,
  Reading,
  type ReadingContext,
  readTimestamp,
  type TermMap,
  Unreadable,
  words,
} from './read/reading.ts'
export { compact, cutText, type Loose, parseJson, sameEmail, samePhone, tryParseJson } from './read/text.ts'

// What readers of payloads are made of, without the transport: for entries that must not load an HTTP client.
