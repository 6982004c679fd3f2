import { isRaw, type Message, type Reading } from '@parley/core'
import { mapResponseStatus, type ResponseStatus } from '../map/map-agent-conversation-response-status.ts'
import type { AgentConversationRawMessage } from '../wire/index.ts'
import { readMessage } from './read-agent-conversation-message.ts'

/** How far the answer to one question is. */
export interface ResponseReading {
  status: ResponseStatus
  message: Message<AgentConversationRawMessage> | null
  /** The vendor's words about a failure; they may quote. */
  error: string | null
}

/**
 * "Get response for a message", in all its shapes: the current one, an older one whose keys are optional and whose words
 * differ, a bare message, and nothing at all while there is no answer.
 */
export function readResponse(body: unknown, reading: Reading, conversationId: string): ResponseReading {
  if (!isRaw(body)) return { status: 'pending', message: null, error: null }
  if (body['status'] === undefined && body['id'] !== undefined) {
    return { status: 'completed', message: readMessage(body, reading, conversationId), error: null }
  }
  const message = reading.nested(body, 'message', (raw) => readMessage(raw, reading, conversationId)) ?? null
  const known = reading.term(body, 'status', mapResponseStatus)?.value ?? 'unknown'
  // A word that nobody knows is an answer when there is one, and to be waited for when there is none.
  const status = known === 'unknown' ? (message ? 'completed' : 'pending') : known
  return { status, message, error: reading.text(body, 'error') ?? null }
}
