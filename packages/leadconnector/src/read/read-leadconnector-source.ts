import type { Raw, Reading, Source, SourceKind } from '@parley/core'
import type { LeadConnectorChunkPayload } from '../wire/generation.ts'

/** The lists of a generation that hold chunks. The last three are described by the vendor and declared nowhere. */
const lists: readonly (readonly [string, SourceKind])[] = [
  ['faqs', 'faq'],
  ['website', 'website'],
  ['richText', 'rich-text'],
  ['richTexts', 'rich-text'],
  ['rich_text', 'rich-text'],
]

/** The chunks of knowledge that an answer was drawn from, list by list in the vendor's order. They carry no score. */
export function readGenerationSources(
  raw: Raw,
  reading: Reading,
  messageId: string,
): Source<LeadConnectorChunkPayload>[] {
  const sources: Source<LeadConnectorChunkPayload>[] = []
  for (const [key, kind] of lists) {
    reading.list(raw, key, (chunk) => {
      sources.push(readSource(chunk, reading, `${messageId}#${sources.length}`, kind, key))
    })
  }
  return sources
}

function readSource(
  raw: Raw,
  reading: Reading,
  place: string,
  kind: SourceKind,
  native: string,
): Source<LeadConnectorChunkPayload> {
  const id = reading.text(raw, 'id') || place
  const source = reading.entity('source', id, raw) as Source<LeadConnectorChunkPayload>
  source.kind = { value: kind, native }
  const title = reading.text(raw, 'title')
  if (title !== undefined) source.title = title
  const url = reading.text(raw, 'url')
  if (url !== undefined) source.url = url
  const text = reading.text(raw, 'content')
  if (text !== undefined) source.text = text
  return source
}
