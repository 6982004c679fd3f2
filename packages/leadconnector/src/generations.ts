import {
  type Call,
  checkId,
  errorOf,
  type Generation,
  type GenerationOperations,
  type Message,
  pageOfWhole,
  type Source,
  type SourceOperations,
  saysMissing,
  type Target,
} from '@parley/core'
import { type Client, unwrap } from './protocol.ts'
import { readGeneration } from './read/generation.ts'
import type { LeadConnectorGenerationPayload } from './wire.ts'

export interface LeadConnectorGenerations extends GenerationOperations<LeadConnectorGeneration> {
  /**
   * Prompt, history, chunks and actions of one answer. May cost two requests, because an answer that was made inside a
   * workflow is kept apart.
   *
   * @throws NotFoundError when no agent made the message.
   */
  get: GenerationOperations<LeadConnectorGeneration>['get']
}

export const createGenerations = (client: Client): LeadConnectorGenerations => ({
  async get(message, options) {
    const call = client.begin('generations.get', options)
    const id = checkId(call, message, 'message')
    const generation = await findGeneration(client, call, id)
    if (generation) return generation
    throw errorOf(call, 'not-found', 'no agent made this message.', { outcome: undefined })
  },
})

export interface LeadConnectorSources extends SourceOperations {
  /**
   * The chunks of knowledge that an answer was given, by looking up its generation. Empty for a message that no agent
   * made; a message that cannot be the agent's (`sourcesState: 'unavailable'`) costs no request. Hits are remembered,
   * misses for ten minutes.
   */
  list: SourceOperations['list']
}

export const createSources = (client: Client, cache: SourceCache): LeadConnectorSources => ({
  list: (message, query, options) =>
    client.list(
      'sources.list',
      query,
      options,
      async (call, { limit }, cursor) =>
        pageOfWhole(call, await sourcesOf(client, cache, call, message), limit, cursor),
      message,
    ),
})

async function sourcesOf(client: Client, cache: SourceCache, call: Call, message: Target<Message>): Promise<Source[]> {
  const id = checkId(call, message, 'message')
  if (typeof message === 'object' && message.sourcesState === 'unavailable') return []
  const known = cache.get(id, call.reading.keepRaw)
  if (known) return known
  const generation = await findGeneration(client, call, id)
  cache.set(id, generation?.sources)
  return structuredClone(generation?.sources ?? [])
}

export type LeadConnectorGeneration = Generation<LeadConnectorGenerationPayload>

/** Where an answer may have been made; the vendor wants to be told, and only a try can tell. */
const origins = ['conversation', 'workflow'] as const

const noGeneration = /no ai suggestion|\bgenerations?\b/i

/**
 * `GET /conversation-ai/generations`, first as an answer of the inbox, then as one of a workflow.
 *
 * @returns `undefined` when no agent made the message: the vendor answers that with an error.
 */
export async function findGeneration(
  client: Client,
  call: Call,
  messageId: string,
): Promise<LeadConnectorGeneration | undefined> {
  for (const source of origins) {
    try {
      const path = '/conversation-ai/generations'
      return await call.read(client.spec('conversationAI', { path, query: { messageId, source } }), (body, reading) =>
        readGeneration(unwrap(body, 'data'), reading, messageId),
      )
    } catch (error) {
      if (!saysMissing(error, noGeneration)) throw error
    }
  }
  return undefined
}

/** So many messages are remembered, those used longest ago forgotten first. */
const most = 500

/** A miss is believed for so long: a generation can become readable some seconds after its message. */
const missLastsMs = 600_000

export interface SourceCache {
  /**
   * Copies, without their payload unless it is wanted. `undefined`: not known, or known without the payload that is
   * wanted. An empty list may be a miss.
   */
  get(messageId: string, keepRaw: boolean): Source[] | undefined
  /** @param sources `undefined`: no agent made the message. */
  set(messageId: string, sources: readonly Source[] | undefined): void
}

/** Remembers what messages were drawn from, and which were drawn from nothing, because each lookup is a request. */
export function createSourceCache(now: () => number): SourceCache {
  const entries = new Map<string, { sources: readonly Source[]; until: number }>()
  return {
    get(messageId, keepRaw) {
      const entry = entries.get(messageId)
      if (!entry) return undefined
      entries.delete(messageId)
      if (entry.until <= now()) return undefined
      entries.set(messageId, entry)
      if (keepRaw && entry.sources.some(({ raw }) => raw === undefined)) return undefined
      return structuredClone(entry.sources.map(({ raw, ...source }) => (keepRaw ? { ...source, raw } : source)))
    },
    set(messageId, sources) {
      entries.delete(messageId)
      entries.set(messageId, {
        sources: sources ?? [],
        until: sources ? Number.POSITIVE_INFINITY : now() + missLastsMs,
      })
      const [oldest] = entries.keys()
      if (entries.size > most && oldest !== undefined) entries.delete(oldest)
    },
  }
}
