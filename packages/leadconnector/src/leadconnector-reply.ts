import {
  attemptOf,
  type Call,
  type Conversation,
  ignoreOptions,
  invalid,
  isParleyError,
  type OperationOptions,
  type ReplyInput,
  type Sent,
  type Target,
} from '@parley/core'
import { vendorOptions } from './leadconnector-check.ts'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readBareMessage } from './leadconnector-message-get.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { recipientOf } from './leadconnector-recipient.ts'
import { attachmentUrls, contentOf, sendOnce } from './leadconnector-send.ts'
import type { LeadConnectorReplyOptions } from './leadconnector-vendor-options.ts'
import { whatsAppMedia } from './leadconnector-whatsapp.ts'
import { type LeadConnectorSendType, sendTypeOf } from './map/map-leadconnector-send-type.ts'

const ownOptions: Readonly<Record<keyof LeadConnectorReplyOptions, true>> = {
  type: true,
  conversationProviderId: true,
  fromNumber: true,
  toNumber: true,
  emailFrom: true,
  emailTo: true,
  emailCc: true,
  emailBcc: true,
  emailReplyMode: true,
  threadId: true,
  templateId: true,
}

export async function reply(
  client: LeadConnectorClient,
  target: Target<Conversation>,
  input: ReplyInput,
  options: OperationOptions | undefined,
): Promise<Sent> {
  const call = client.begin('messages.reply', options)
  const { type: given, ...own } = vendorOptions(call, input.vendor, ownOptions)
  const hasOther = (input.attachments?.length ?? 0) > 0 || input.html !== undefined || own.templateId !== undefined
  const text = contentOf(call, input.text, hasOther)
  const { conversationId, contactId, type } = await recipientOf(client, call, target, {
    channel: input.channel,
    type: given,
    typeOf: sendTypeOf,
    needsContact: true,
  })
  const body = { type, contactId, message: text, ...own, ...contentFor(call, type, input) }
  const attempt = attemptOf(call, 'reply', conversationId, text ?? '')
  const { warnings } = call.reading
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

/** What depends on the channel. */
function contentFor(call: Call, type: LeadConnectorSendType, input: ReplyInput): Record<string, unknown> {
  ignoreOptions(call, input, ['operatorId'], 'a message that is sent through the API has no operator.')
  if (type === 'Custom' && input.vendor?.leadconnector?.conversationProviderId === undefined) {
    throw invalid(call, 'vendor.leadconnector.conversationProviderId', 'is required for the type Custom')
  }
  const isEmail = type === 'Email'
  if (!isEmail) {
    ignoreOptions(call, input, ['html'], 'only emails have HTML.')
    ignoreOptions(call, input, ['subject'], 'only emails have a subject.')
  }
  return {
    ...(isEmail && { html: input.html, subject: input.subject }),
    ...(type === 'WhatsApp'
      ? { whatsapp: whatsAppMedia(call, input.attachments) }
      : { attachments: attachmentUrls(call, input.attachments) }),
    replyMessageId: input.inReplyTo,
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
