import { type Agent, compact, type Entity, type JsonObject, type Payload, type PayloadReader } from '@parley/core'
import type { LangGraphAssistantPayload } from '../wire.ts'

/** An assistant. Its configuration has no fixed fields, so it is passed on in `attributes`. */
export function readAgent(raw: Payload, reading: PayloadReader): Agent<LangGraphAssistantPayload> {
  const id = reading.id(raw, 'assistant_id')
  const graphId = reading.text(raw, 'graph_id')
  const config = reading.object(raw, 'config')
  return {
    ...(reading.entity('agent', id, raw) as Agent<LangGraphAssistantPayload>),
    ...compact<Omit<Agent, keyof Entity>>({
      name: reading.text(raw, 'name') || graphId || id,
      description: reading.text(raw, 'description'),
      status: { value: 'active', native: null },
      attributes: compact<JsonObject>({
        graphId: graphId ?? undefined,
        config: config ?? undefined,
        metadata: reading.object(raw, 'metadata') ?? undefined,
      }) as JsonObject,
      createdAt: reading.time(raw, 'created_at'),
      updatedAt: reading.time(raw, 'updated_at'),
    }),
  }
}
