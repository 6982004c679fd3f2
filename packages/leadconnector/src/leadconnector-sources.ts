import { checkId, type SourceOperations } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { findGeneration } from './leadconnector-generation-lookup.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'

export interface LeadConnectorSources extends SourceOperations {
  /**
   * The chunks of knowledge that an answer was given, by looking up its generation. Empty for a message that no agent
   * made; a message that cannot be the agent's (`sourcesState: 'unavailable'`) costs no request. Hits are remembered,
   * misses for ten minutes.
   */
  of: SourceOperations['of']
}

export const leadConnectorSources = (client: LeadConnectorClient, cache: SourceCache): LeadConnectorSources => ({
  async of(message, options) {
    const call = client.begin('sources.of', options)
    const id = checkId(call, message, 'message')
    if (typeof message === 'object' && message.sourcesState === 'unavailable') return []
    const known = cache.get(id, call.reading.keepRaw)
    if (known) return known
    const generation = await findGeneration(client, call, id)
    cache.set(id, generation?.sources)
    return structuredClone(generation?.sources ?? [])
  },
})
