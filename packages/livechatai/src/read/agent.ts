import { type Agent, compact, type Entity, type JsonObject, type Payload, type PayloadReader } from '@parley/core'
import { mapArchived } from '../vocabulary.ts'
import type { LiveChatAIAgentPayload } from '../wire.ts'

/** Reads an agent. Its model, prompt and persona are dashboard settings that the API does not show. */
export function readAgent(raw: Payload, reading: PayloadReader): Agent<LiveChatAIAgentPayload> {
  const isArchived = reading.flag(raw, 'isArchived')
  return {
    ...(reading.entity('agent', reading.id(raw), raw) as Agent<LiveChatAIAgentPayload>),
    ...compact<Omit<Agent, keyof Entity>>({
      name: reading.text(raw, 'name') ?? null,
      status:
        isArchived === undefined
          ? { value: 'unknown', native: null }
          : { value: mapArchived(isArchived), native: isArchived },
      liveChatEnabled: reading.flag(raw, 'isLiveChatEnabled'),
      language: reading.text(raw, 'language'),
      attributes: readAttributes(raw),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt: reading.time(raw, 'updatedAt'),
    }),
  }
}

/** The values without a field in the contract. */
function readAttributes(raw: Payload): JsonObject | undefined {
  const known = ['slug', 'isImageSharingEnabled'].filter((key) => raw[key] !== undefined)
  return known.length === 0 ? undefined : (Object.fromEntries(known.map((key) => [key, raw[key]])) as JsonObject)
}
