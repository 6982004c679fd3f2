import {
  attemptOf,
  type Conversation,
  checkInput,
  checkText,
  type NoteInput,
  type OperationOptions,
  optionalText,
  type Sent,
  type Target,
  texts,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { deliver } from './leadconnector-deliver.ts'
import { recipientOf } from './leadconnector-recipient.ts'

/** An internal comment: the same call as a reply, whose type keeps it inside. */
const type = 'InternalComment'

export async function note(
  client: LeadConnectorClient,
  target: Target<Conversation>,
  input: NoteInput,
  options: OperationOptions | undefined,
): Promise<Sent> {
  const call = client.begin('messages.note', options)
  const message = checkText(call, checkInput(call, input).text, 'text')
  vendorOptions(call, input.vendor, {})
  const userId = optionalText(call, input.operatorId, 'operatorId')
  const { mentions } = input
  if (mentions !== undefined) texts(call, mentions, 'mentions')
  const wanted = { channel: undefined, type, typeOf: () => undefined, needsContact: true } as const
  const { conversationId, contactId } = await recipientOf(client, call, target, wanted)
  const body = { type, contactId, message, userId, mentions: mentions?.length ? mentions : undefined }
  return deliver(client, call, body, attemptOf(call, 'note', conversationId, message))
}
