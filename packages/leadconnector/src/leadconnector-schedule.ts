import {
  type Call,
  type Cancelled,
  checkId,
  isParleyError,
  isRaw,
  type Message,
  type OperationOptions,
  pathOf,
  type Target,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readBareMessage } from './leadconnector-message-get.ts'

/**
 * Calls off a message that was scheduled. Emails have a route of their own, under the email's id, so that of a bare id
 * the message is read first. The answer is a 200 that may hold a failure; the protocol finds it.
 */
export async function cancel(
  client: LeadConnectorClient,
  target: Target<Message>,
  options: OperationOptions | undefined,
): Promise<Cancelled> {
  const call = client.begin('messages.cancel', options)
  const id = checkId(call, target, 'message')
  const emailId = await emailIdOf(client, call, typeof target === 'object' ? target : id)
  const path =
    emailId === undefined
      ? pathOf`/conversations/messages/${id}/schedule`
      : pathOf`/conversations/messages/email/${emailId}/schedule`
  // A second one fails inside a 200, which would hide that the first one was carried out.
  const { body } = await call.request(client.spec('conversations', { method: 'DELETE', path, idempotent: false }))
  const status = isRaw(body) ? body['status'] : undefined
  return { id, confirmed: typeof status === 'number' && status >= 200 && status < 300 }
}

/** The id of the email behind a message; `undefined` for what is none. A single email, read by its own id, has no others. */
export function emailIdIn({ id, type, email }: Message): string | undefined {
  return type.value === 'email' ? (email?.ids?.at(-1) ?? id) : undefined
}

async function emailIdOf(
  client: LeadConnectorClient,
  call: Call,
  target: Target<Message>,
): Promise<string | undefined> {
  if (typeof target === 'object') return emailIdIn(target)
  try {
    return emailIdIn(await readBareMessage(client, call, target))
  } catch (error) {
    // An id that is no message's may be an email's.
    if (isParleyError(error) && error.code === 'not-found') return target
    throw error
  }
}
