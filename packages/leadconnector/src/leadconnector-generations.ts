import { checkId, type GenerationOperations, NotFoundError } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { findGeneration, type LeadConnectorGeneration } from './leadconnector-generation-lookup.ts'

export interface LeadConnectorGenerations extends GenerationOperations<LeadConnectorGeneration> {
  /**
   * Prompt, history, chunks and actions of one answer. May cost two requests, because an answer that was made inside a
   * workflow is kept apart.
   *
   * @throws NotFoundError when no agent made the message.
   */
  get: GenerationOperations<LeadConnectorGeneration>['get']
}

export const leadConnectorGenerations = (client: LeadConnectorClient): LeadConnectorGenerations => ({
  async get(message, options) {
    const call = client.begin('generations.get', options)
    const id = checkId(call, message, 'message')
    const generation = await findGeneration(client, call, id)
    if (generation) return generation
    throw new NotFoundError({
      vendor: call.vendor,
      account: call.account,
      operation: call.operation,
      message: `${call.vendor} "${call.account}", ${call.operation}: no agent made this message.`,
    })
  },
})
