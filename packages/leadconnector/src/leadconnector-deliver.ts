import { type Call, isParleyError, type Outgoing, readBack, type Sent } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readBareMessage } from './leadconnector-message-get.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { sendOnce } from './leadconnector-send.ts'
import { sentReader } from './leadconnector-sent.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'

/** Sends a message of the business, once, and reads back what was stored. `POST /conversations/messages`. */
export async function deliver(
  client: LeadConnectorClient,
  cache: SourceCache,
  call: Call,
  body: object,
  { attempt, learn }: Outgoing,
): Promise<Sent> {
  const sent = await send(client, call, body)
  const result = (outcome: Sent['outcome'], message: LeadConnectorMessage | null): Sent => {
    const { messageId, conversationId } = attempt
    return { outcome, message, messageId, conversationId, attempt, warnings: call.reading.warnings }
  }
  if (!('unknown' in sent)) {
    await learn({ messageId: sent.messageId, conversationId: sent.conversationId }, 'answer')
    return result('accepted', await readSent(client, call, sent.messageId))
  }
  const found = await readBack({ call, reader: sentReader(client, cache), attempt })
  if (!found) return result('unknown', null)
  await learn({ messageId: found.message.id }, 'reading')
  return result('accepted', found.message)
}

/**
 * `subType` and `status` are documented as required and left away by everyone who sends. Only when the validator names
 * `status` (a 400 or 422: nothing was sent) is the message offered once more with it.
 */
async function send(client: LeadConnectorClient, call: Call, body: object): ReturnType<typeof sendOnce> {
  const spec = (content: object) =>
    client.spec('conversations', { method: 'POST', path: '/conversations/messages', body: content })
  try {
    return await sendOnce(client, call, spec(body))
  } catch (error) {
    const wantsStatus =
      isParleyError(error) &&
      (error.status === 422 || error.status === 400) &&
      error.fields?.some((field) => field.path === 'status')
    if (!wantsStatus || 'status' in body) throw error
    return sendOnce(client, call, spec({ ...body, status: 'pending' }))
  }
}

/** The answer to a send holds ids only. The message is on its way whatever becomes of this read. */
async function readSent(
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
