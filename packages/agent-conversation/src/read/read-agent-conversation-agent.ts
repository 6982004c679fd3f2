import {
  type Agent,
  type Channel,
  compact,
  type Entity,
  isRaw,
  type JsonObject,
  type Raw,
  type Reading,
  type Term,
} from '@parley/core'
import { mapAgentStatus } from '../map/map-agent-conversation-agent-status.ts'
import { mapSkill } from '../map/map-agent-conversation-skill.ts'
import type { AgentConversationRawAgent } from '../wire/index.ts'

/** @param raw without its secrets: see `withoutSecrets`. */
export function readAgent(raw: Raw, reading: Reading): Agent<AgentConversationRawAgent> {
  const knowledge = reading.text(raw, 'vectorStoreId')
  return {
    ...(reading.entity('agent', reading.id(raw), raw) as Agent<AgentConversationRawAgent>),
    ...compact<Omit<Agent, keyof Entity>>({
      name: reading.text(raw, 'name') ?? null,
      displayName: reading.text(raw, 'publicName'),
      description: reading.text(raw, 'description'),
      businessName: reading.text(raw, 'organizationName'),
      status: reading.term(raw, 'status', mapAgentStatus) ?? { value: 'unknown', native: null },
      channels: readChannels(raw, reading),
      model: readModel(raw, reading),
      avatarUrl: reading.text(raw, 'avatarUrl'),
      knowledgeBaseIds: knowledge ? [knowledge] : undefined,
      tags: reading.texts(raw, 'tags'),
      attributes: readAttributes(raw),
    }),
  }
}

/** `aiConfig` was called `assistant` in an early edition; the oldest has only an id. */
const readModel = (raw: Raw, reading: Reading): string | null | undefined => {
  const key = raw['aiConfig'] === undefined ? 'assistant' : 'aiConfig'
  return reading.nested(raw, key, (config) => reading.text(config, 'model'))
}

/** The active skills that are channels. */
function readChannels(raw: Raw, reading: Reading): Term<Channel>[] | undefined {
  const skills = reading.list(raw, 'skills', (skill): Term<Channel> => {
    const native = reading.text(skill, 'systemName')
    if (!native || reading.text(skill, 'status') !== 'active') return { value: 'unknown', native: null }
    return { value: mapSkill(native), native }
  })
  return skills?.filter(({ value }) => value !== 'unknown')
}

/** What the contract has no word for and another part of an application may need. */
function readAttributes(raw: Raw): JsonObject | undefined {
  const attributes: Record<string, unknown> = {}
  for (const key of ['organizationId', 'role', 'restrictDocumentsToOwnerOnly'])
    if (raw[key] !== undefined) attributes[key] = raw[key]
  return isRaw(attributes) && Object.keys(attributes).length > 0 ? (attributes as JsonObject) : undefined
}
