import {
  type Author,
  compact,
  type Generation,
  type GenerationAction,
  isRaw,
  type JsonValue,
  type Raw,
  type Reading,
  type TranscriptMessage,
} from '@parley/core'
import { mapLeadConnectorMode } from '../map/map-leadconnector-mode.ts'
import { mapLeadConnectorRole } from '../map/map-leadconnector-role.ts'
import type { LeadConnectorGenerationPayload } from '../wire/generation.ts'
import { readGenerationSources } from './read-leadconnector-source.ts'

/** Reads how one answer was made. The payload does not repeat the id of the message it belongs to. */
export function readGeneration(
  raw: Raw,
  reading: Reading,
  messageId: string,
): Generation<LeadConnectorGenerationPayload> {
  // Live answers carry the name that the vendor uses for an agent internally.
  const agentId = reading.text(raw, 'agentId') ?? reading.text(raw, 'employeeId')
  const author: Author = { kind: 'agent', basis: 'vendor' }
  if (agentId) author.id = agentId
  return compact<Generation<LeadConnectorGenerationPayload>>({
    ...(reading.entity('generation', messageId, raw) as Generation<LeadConnectorGenerationPayload>),
    messageId,
    agentId,
    mode: raw['mode'] == null ? undefined : reading.term(raw, 'mode', mapLeadConnectorMode),
    prompt: reading.text(raw, 'prompt') ?? null,
    input: reading.text(raw, 'input'),
    intent: reading.text(raw, 'intent'),
    history: reading.list(raw, 'history', (entry) => readTranscriptMessage(entry, reading)) ?? [],
    response: { author, text: reading.text(raw, 'responseMessage') ?? null },
    sources: readGenerationSources(raw, reading, messageId),
    actions: readActions(raw['actionLogs'], reading),
  })
}

function readTranscriptMessage(raw: Raw, reading: Reading): TranscriptMessage {
  const role = raw['role'] == null ? undefined : reading.term(raw, 'role', mapLeadConnectorRole)
  const author: Author = { kind: role?.value ?? 'unknown', basis: role ? 'vendor' : 'inferred' }
  if (typeof role?.native === 'string') author.native = role.native
  return { author, text: reading.text(raw, 'content') ?? null }
}

/** The elements have no declared type; the vendor's example is an object whose key names the action. */
function readActions(value: unknown, reading: Reading): GenerationAction[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) {
    reading.warn('unreadable-field', `${reading.vendor} sent actionLogs that is not a list; the field is left out.`, {
      path: reading.at('actionLogs'),
    })
    return []
  }
  return (value as JsonValue[]).flatMap(readAction)
}

function readAction(entry: JsonValue): GenerationAction[] {
  const named = isRaw(entry) ? (Object.entries(entry) as [string, JsonValue][]) : []
  const isNamed = named.length > 0 && named.every(([, details]) => typeof details === 'object' && details !== null)
  return isNamed ? named.map(([name, details]) => ({ name, details })) : [{ name: null, details: entry }]
}
