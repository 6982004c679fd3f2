import {
  type AttachmentInput,
  anyOf,
  type Call,
  type Conversation,
  checkInput,
  checkInstant,
  checkText,
  flag,
  ignoreOptions,
  invalid,
  type OptionRules,
  object,
  type ReplyInput,
  readTimestamp,
  type SendOptions,
  type Sent,
  type Target,
  texts,
  vendorOptions,
} from '@parley/core'
import { beginSending } from '@parley/core/operations'
import { checkAttachments, type GivenAttachment, withAddresses } from './attachments.ts'
import type { SourceCache } from './generations.ts'
import type { LeadConnectorReplyOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { checkMessageText, deliverMessage, recipientOf, urlsOf } from './send.ts'
import { type LeadConnectorSendType, sendTypeOf } from './vocabulary.ts'

const ownOptions: OptionRules<LeadConnectorReplyOptions> = {
  type: anyOf('SMS', 'RCS', 'Email', 'WhatsApp', 'IG', 'FB', 'Custom', 'Live_Chat', 'TIKTOK'),
  conversationProviderId: checkText,
  fromNumber: checkText,
  toNumber: checkText,
  emailFrom: checkText,
  emailTo: checkText,
  emailCc: texts,
  emailBcc: texts,
  emailReplyMode: anyOf('reply', 'reply_all'),
  threadId: checkText,
  templateId: checkText,
  appointmentId: checkText,
  customSubtypeId: checkText,
  subType: object,
  usesNativeSchedulingAi: flag,
  optimizationPeriod: anyOf('24h', '48h', '72h'),
  forward: object,
  status: anyOf('delivered', 'failed', 'pending', 'read'),
}

export async function reply(
  context: Context,
  cache: SourceCache,
  target: Target<Conversation>,
  input: ReplyInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = context.begin('messages.reply', options)
  const { type: given, ...own } = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
  const files = checkAttachments(call, input.attachments)
  const hasOther =
    files.length > 0 || input.html !== undefined || own.templateId !== undefined || own.forward !== undefined
  const text = checkMessageText(call, input.text, hasOther)
  const scheduledTimestamp = secondsOf(call, input.sendAt)
  const { conversationId, contactId, type } = await recipientOf(context, call, target, {
    channel: input.channel,
    type: given,
    typeOf: sendTypeOf,
    needsContact: true,
  })
  checkFor(call, type, input, files)
  const attachments = await withAddresses(context, call, files, { conversationId })
  const content = contentFor(type, input, attachments)
  const body = { type, contactId, message: text, ...own, scheduledTimestamp, ...content }
  const { after, sendAt } = input
  const outgoing = await beginSending(call, options, {
    kind: 'reply',
    conversationId,
    contactId,
    text: text ?? '',
    after,
    sendAt: sendAt === undefined ? undefined : readTimestamp(sendAt),
  })
  return deliverMessage(context, cache, call, body, outgoing)
}

/** The vendor takes whole seconds; part of one is rounded up, so that nothing goes out early. */
function secondsOf(call: Call, sendAt: unknown): number | undefined {
  const at = checkInstant(call, sendAt, 'sendAt')
  if (at === undefined) return undefined
  if (at <= call.now()) throw invalid(call, 'sendAt', 'must be in the future')
  return Math.ceil(at / 1000)
}

/** What the channel decides, before anything is uploaded. */
function checkFor(call: Call, type: LeadConnectorSendType, input: ReplyInput, files: readonly GivenAttachment[]): void {
  ignoreOptions(call, input, ['operatorId'], 'a message sent through the API has no operator.')
  if (type === 'Custom' && input.vendor?.leadconnector?.conversationProviderId === undefined) {
    throw invalid(call, 'vendor.leadconnector.conversationProviderId', 'is required for the type Custom')
  }
  if (type === 'WhatsApp' && files.length > 1)
    throw invalid(call, 'attachments', 'must have at most one file in a WhatsApp message')
  if (type === 'Email') return
  ignoreOptions(call, input, ['html'], 'only emails have HTML.')
  ignoreOptions(call, input, ['subject'], 'only emails have a subject.')
}

function contentFor(
  type: LeadConnectorSendType,
  input: ReplyInput,
  attachments: readonly (AttachmentInput & { url: string })[],
): Record<string, unknown> {
  return {
    ...(type === 'Email' && { html: input.html, subject: input.subject }),
    ...(type === 'WhatsApp' ? { whatsapp: whatsAppMedia(attachments[0]) } : { attachments: urlsOf(attachments) }),
    replyMessageId: input.inReplyTo,
  }
}

/** The media object of a WhatsApp message ("Send a new message"): `attachments` are ignored on that channel. */
interface WhatsAppMedia {
  type: 'media'
  media: { type: 'image' | 'video' | 'audio' | 'document'; url: string; name?: string }
}

const extensions: readonly (readonly [RegExp, 'image' | 'video' | 'audio'])[] = [
  [/\.(?:jpe?g|png|gif|webp|heic)$/i, 'image'],
  [/\.(?:mp4|mpe?g|3gp)$/i, 'video'],
  [/\.(?:mp3|wav|wave|aac|m4a|amr|ogg)$/i, 'audio'],
]

/** @param attachment the one file that a WhatsApp message may have. */
function whatsAppMedia(attachment: (AttachmentInput & { url: string }) | undefined): WhatsAppMedia | undefined {
  if (attachment === undefined) return undefined
  const { url, fileName: name } = attachment
  return { type: 'media', media: { type: kindOf(attachment, url), url, ...(name !== undefined && { name }) } }
}

/** By the media type, else by the file's ending; what is neither picture, film nor sound is a document. */
function kindOf({ contentType, fileName }: AttachmentInput, url: string): 'image' | 'video' | 'audio' | 'document' {
  const major = contentType?.split('/', 1)[0]
  if (major === 'image' || major === 'video' || major === 'audio') return major
  if (major !== undefined) return 'document'
  const path = fileName ?? url.split(/[?#]/, 1)[0] ?? ''
  return extensions.find(([ending]) => ending.test(path))?.[1] ?? 'document'
}
