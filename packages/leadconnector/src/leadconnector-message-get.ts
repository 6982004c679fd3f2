import { type Call, isParleyError, pathOf } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { addEmailBody, readSingleEmail } from './leadconnector-email-bodies.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { readMessage } from './read/read-leadconnector-message.ts'

/**
 * One message with its body. Emails have ids of their own beside the message's (`message.email.ids`); an id that is no
 * message's is looked up as one of those.
 */
export async function getMessage(client: LeadConnectorClient, call: Call, id: string): Promise<LeadConnectorMessage> {
  let message: LeadConnectorMessage
  try {
    message = await readBareMessage(client, call, id)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'not-found') throw error
    return readSingleEmail(client, call, id).catch((second) => {
      // Whatever the other endpoint has against an id that is no email's, the id is unknown.
      throw isParleyError(second) && (second.code === 'not-found' || second.code === 'invalid-request') ? error : second
    })
  }
  await addEmailBody(client, call, message)
  return message
}

/** `GET /conversations/messages/{id}`: documented flat, wrapped in live answers. */
export const readBareMessage = (client: LeadConnectorClient, call: Call, id: string): Promise<LeadConnectorMessage> =>
  call.read(client.spec('conversations', { path: pathOf`/conversations/messages/${id}` }), (body, reading) =>
    readMessage(reading.asked(unwrap(body, 'message'), id, 'conversationId'), reading),
  )
