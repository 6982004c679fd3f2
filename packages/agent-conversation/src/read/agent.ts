import {
  type Agent,
  type Channel,
  compact,
  DecodeError,
  type Entity,
  foldWord,
  isRecord,
  type JsonObject,
  type Payload,
  type PayloadReader,
  type Term,
} from '@parley/core'
import { mapAgentStatus, mapSkill } from '../vocabulary.ts'
import type { AgentConversationAgentPayload } from '../wire.ts'

/** @param raw without its secrets: see `withoutSecrets`. */
export function readAgent(raw: Payload, reading: PayloadReader): Agent<AgentConversationAgentPayload> {
  const knowledge = reading.text(raw, 'vectorStoreId')
  return {
    ...(reading.entity('agent', reading.id(raw), raw) as Agent<AgentConversationAgentPayload>),
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

/** `aiConfig` is `assistant` in an early edition. The oldest edition has only an id. */
const readModel = (raw: Payload, reading: PayloadReader): string | null | undefined => {
  const key = raw['aiConfig'] === undefined ? 'assistant' : 'aiConfig'
  return reading.nested(raw, key, (config) => reading.text(config, 'model'))
}

/** The active skills that are channels. */
function readChannels(raw: Payload, reading: PayloadReader): Term<Channel>[] | undefined {
  const skills = reading.list(raw, 'skills', (skill): Term<Channel> => {
    const native = reading.text(skill, 'systemName')
    if (!native || reading.text(skill, 'status') !== 'active') return { value: 'unknown', native: null }
    return { value: mapSkill(native), native }
  })
  return skills?.filter(({ value }) => value !== 'unknown')
}

/** The values without a field in the contract that another part of an application may need. */
function readAttributes(raw: Payload): JsonObject | undefined {
  const attributes: Record<string, unknown> = {}
  for (const key of ['organizationId', 'role', 'restrictDocumentsToOwnerOnly'])
    if (raw[key] !== undefined) attributes[key] = raw[key]
  return isRecord(attributes) && Object.keys(attributes).length > 0 ? (attributes as JsonObject) : undefined
}

/**
 * The names of secret fields: headers of webhooks and escalations, the system prompt, and every key: of skills (`apiKey`),
 * of a new agent (`agentApiKey`), and of skills that the vendor may add ("Secrets in this response").
 */
const secret = /^(?:headers|instructions)$|(?:apikey|secretkey|licensekey|secret|token|password)$/

/** No real agent is nested this deep. Without a limit, the stack would overflow. */
const deepest = 100

/**
 * A copy of an agent's payload without its secrets, at any depth, because a new skill may nest its headers elsewhere. It is
 * made before the payload is read, kept or reported in a warning.
 *
 * @throws DecodeError for a payload that is nested too deep to be checked.
 */
export function withoutSecrets(value: unknown, depth: number = 0): unknown {
  if (depth > deepest) throw new DecodeError('')
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secret.test(foldWord(key)))
      .map(([key, inner]) => [key, withoutSecrets(inner, depth + 1)]),
  )
}
