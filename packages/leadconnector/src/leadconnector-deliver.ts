import { type Attempt, type Call, isParleyError, type Sent } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readBareMessage } from './leadconnector-message-get.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { sendOnce } from './leadconnector-send.ts'

/** Sends a message of the business, once, and reads back what was stored. `POST /conversations/messages`. */
export async function deliver(client: LeadConnectorClient, call: Call, body: object, attempt: Attempt): Promise<Sent> {
  const { warnings } = call.reading
  const { conversationId } = attempt
  const sent = await send(client, call, body)
  if ('unknown' in sent) {
    return { outcome: 'unknown', message: null, messageId: null, conversationId, attempt, warnings }
  }
  const { messageId } = sent
  return {
    outcome: 'accepted',
    message: await readBack(client, call, messageId),
    messageId,
    conversationId: sent.conversationId ?? conversationId,
    attempt: { ...attempt, messageId },
    warnings,
  }
}

/**
 * `subType` and `status` are documented as required and left away by everyone who sends. Only when the validator names
 * `status` (a 422: nothing was sent) is the message offered once more with it.
 */
async function send(client: LeadConnectorClient, call: Call, body: object): ReturnType<typeof sendOnce> {
  const spec = (content: object) =>
    client.spec('conversations', { method: 'POST', path: '/conversations/messages', body: content })
  try {
    return await sendOnce(call, spec(body))
  } catch (error) {
    const wantsStatus =
      isParleyError(error) && error.status === 422 && error.fields?.some((field) => field.path === 'status')
    if (!wantsStatus) throw error
    return sendOnce(call, spec({ ...body, status: 'pending' }))
  }
}

/** The answer to a send holds ids only. The message is on its way whatever becomes of this read. */
async function readBack(
  client: LeadConnectorClient,
  call: Call,
  messageId: string,
): Promise<LeadConnectorMessage | null> {
  try {
    return await readBareMessage(client, call, messageId)
  } catch {
    call.reading.warn('degraded', 'The message was accepted, and reading it back failed.')
    return null
  }
}
