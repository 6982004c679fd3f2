import { type Call, isParleyError, pathOf } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { addEmail, readEmail } from './read/read-leadconnector-email.ts'

/** So many emails are read at a time: enough to be quick, few enough to leave the rate limit to others. */
const atATime = 4

/** `GET /conversations/messages/email/{id}`; the id is one of `email.ids`, not the message's. */
export const readSingleEmail = (client: LeadConnectorClient, call: Call, id: string): Promise<LeadConnectorMessage> =>
  call.read(emailSpec(client, id), (body, reading) =>
    readEmail(reading.asked(unwrap(body, 'emailMessage', 'message'), id, 'conversationId'), reading),
  )

/**
 * Adds the body, subject and addresses of the newest email behind a message; the older ones of its thread are read by
 * their own ids. Does nothing for a message that is no email or whose body is known.
 */
export async function addEmailBody(
  client: LeadConnectorClient,
  call: Call,
  message: LeadConnectorMessage,
): Promise<void> {
  const id = message.email?.ids?.at(-1)
  if (message.type.value !== 'email' || message.text !== undefined || id === undefined) return
  await call.read(emailSpec(client, id), (body, reading) =>
    addEmail(message, unwrap(body, 'emailMessage', 'message'), reading),
  )
}

/** The same for a page. An email that is gone or unreadable leaves its message without a body, and says so. */
export async function addEmailBodies(
  client: LeadConnectorClient,
  call: Call,
  messages: readonly LeadConnectorMessage[],
): Promise<void> {
  const emails = messages.filter(({ type }) => type.value === 'email').values()
  const work = async () => {
    for (const message of emails) {
      try {
        await addEmailBody(client, call, message)
      } catch (error) {
        const isOneEmail =
          isParleyError(error) && (error.code === 'not-found' || error.code === 'response' || error.status === 404)
        if (!isOneEmail) throw error
        call.reading.warn('degraded', 'The body of an email could not be read; its message comes without.')
      }
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
}

const emailSpec = (client: LeadConnectorClient, id: string) =>
  client.spec('conversations', { path: pathOf`/conversations/messages/email/${id}` })
