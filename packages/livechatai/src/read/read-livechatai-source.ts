import type { Raw, Reading, Source, SourceKind, Term } from '@parley/core'
import { mapSourceKind } from '../map/map-livechatai-source-kind.ts'
import type { LiveChatAIRawCitation, LiveChatAIRawLink } from '../wire/index.ts'

const unknownKind = (): Term<SourceKind> => ({ value: 'unknown', native: null })

/** A citation of a stored message ("conversations/retrieve"). */
export function readCitation(
  raw: Raw,
  reading: Reading,
  messageId: string,
  index: number,
): Source<LiveChatAIRawCitation> {
  const source: Source<LiveChatAIRawCitation> = readLinked(
    raw,
    reading,
    reading.text(raw, 'id') || `${messageId}#${index}`,
  )
  const distance = reading.number(raw, 'distance')
  // The number stays what it is: neither its measure nor which end is better is documented.
  if (typeof distance === 'number') source.score = { value: distance, metric: 'distance', higherIsBetter: null }
  return source
}

/** A link of an answer that was just given ("conversations/send-message"): without an id and a distance. */
export const readLink = (raw: Raw, reading: Reading, messageId: string, index: number): Source<LiveChatAIRawLink> =>
  readLinked(raw, reading, `${messageId}#${index}`)

/** What both have. */
function readLinked(raw: Raw, reading: Reading, id: string): Source<Raw> {
  const source: Source<Raw> = {
    ref: reading.ref('source', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    kind: reading.term(raw, 'type', mapSourceKind) ?? unknownKind(),
  }
  if (reading.keepRaw) source.raw = raw
  const url = reading.text(raw, 'link')
  if (url !== undefined) source.url = url
  return source
}
