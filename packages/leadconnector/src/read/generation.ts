import {
  type Author,
  compact,
  type Generation,
  type GenerationAction,
  isRecord,
  type JsonValue,
  type Payload,
  type PayloadReader,
  type Source,
  type SourceKind,
  type TranscriptMessage,
} from '@parley/core'
import { mapMode, mapRole } from '../vocabulary.ts'
import type { LeadConnectorChunkPayload, LeadConnectorGenerationPayload } from '../wire.ts'

/** Reads how one answer was generated. The payload does not contain the id of its message. */
export function readGeneration(
  raw: Payload,
  reading: PayloadReader,
  messageId: string,
): Generation<LeadConnectorGenerationPayload> {
  // Live answers use the vendor's internal name for an agent.
  const agentId = reading.text(raw, 'agentId') ?? reading.text(raw, 'employeeId')
  const author: Author = { kind: 'agent', basis: 'vendor' }
  if (agentId) author.id = agentId
  return compact<Generation<LeadConnectorGenerationPayload>>({
    ...(reading.entity('generation', messageId, raw) as Generation<LeadConnectorGenerationPayload>),
    messageId,
    agentId,
    mode: raw['mode'] == null ? undefined : reading.term(raw, 'mode', mapMode),
    prompt: reading.text(raw, 'prompt') ?? null,
    input: reading.text(raw, 'input'),
    intent: reading.text(raw, 'intent'),
    history: reading.list(raw, 'history', (entry) => readTranscriptMessage(entry, reading)) ?? [],
    response: { author, text: reading.text(raw, 'responseMessage') ?? null },
    sources: readGenerationSources(raw, reading, messageId),
    actions: readActions(raw['actionLogs'], reading),
  })
}

function readTranscriptMessage(raw: Payload, reading: PayloadReader): TranscriptMessage {
  const role = raw['role'] == null ? undefined : reading.term(raw, 'role', mapRole)
  const author: Author = { kind: role?.value ?? 'unknown', basis: role ? 'vendor' : 'inferred' }
  if (typeof role?.native === 'string') author.native = role.native
  return { author, text: reading.text(raw, 'content') ?? null }
}

/** The elements have no declared type; the vendor's example is an object whose key names the action. */
function readActions(value: unknown, reading: PayloadReader): GenerationAction[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) {
    reading.warn('unreadable-field', `${reading.vendor} sent actionLogs that is not a list; the field is omitted.`, {
      path: reading.at('actionLogs'),
    })
    return []
  }
  return (value as JsonValue[]).flatMap(readAction)
}

function readAction(entry: JsonValue): GenerationAction[] {
  const named = isRecord(entry) ? (Object.entries(entry) as [string, JsonValue][]) : []
  const isNamed = named.length > 0 && named.every(([, details]) => typeof details === 'object' && details !== null)
  return isNamed ? named.map(([name, details]) => ({ name, details })) : [{ name: null, details: entry }]
}

/** The lists of chunks in a generation. The vendor describes the last three, but no schema has them. */
const lists: readonly (readonly [string, SourceKind])[] = [
  ['faqs', 'faq'],
  ['website', 'website'],
  ['richText', 'rich-text'],
  ['richTexts', 'rich-text'],
  ['rich_text', 'rich-text'],
]

/** The chunks of knowledge that an answer was based on, list by list in the vendor's order. They have no score. */
export function readGenerationSources(
  raw: Payload,
  reading: PayloadReader,
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
  raw: Payload,
  reading: PayloadReader,
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
