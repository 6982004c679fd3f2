import { type Call, type Generation, saysMissing } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { readGeneration } from './read/read-leadconnector-generation.ts'
import type { LeadConnectorGenerationPayload } from './wire/generation.ts'

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
  client: LeadConnectorClient,
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
