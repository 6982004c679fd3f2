import {
  type Answer,
  type AskInput,
  type AskTarget,
  type Attempt,
  anyOf,
  attemptOf,
  type Call,
  checkId,
  checkInput,
  checkText,
  ignoreOptions,
  invalid,
  isParleyError,
  type OperationOptions,
  type OptionRules,
  texts,
  vendorOptions,
} from '@parley/core'
import { checkAttachments } from './attachments/leadconnector-attachment-input.ts'
import { withAddresses } from './attachments/leadconnector-upload.ts'
import { type AnswerBase, type Answering, answerOf, findReaction, silence } from './leadconnector-answer.ts'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { findByContact } from './leadconnector-conversation-create.ts'
import { type Recipient, recipientOf, typeOfInput } from './leadconnector-recipient.ts'
import { type Accepted, contentOf, sendOnce, urlsOf } from './leadconnector-send.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'
import { earliest, findSent, readAfter, readSince } from './leadconnector-thread.ts'
import type { LeadConnectorAskOptions } from './leadconnector-vendor-options.ts'
import { inboundTypeOf, type LeadConnectorInboundType } from './map/map-leadconnector-send-type.ts'

/** An agent waits as long as it is set to (up to minutes) and then writes for about ten seconds. */
const patience = { timeout: 120_000 }

const firstLookMs = 1_000
const slowestLookMs = 5_000
const looksForLost = 3

const ownOptions: OptionRules<LeadConnectorAskOptions> = {
  type: anyOf('SMS', 'RCS', 'Email', 'WhatsApp', 'GMB', 'IG', 'FB', 'Custom', 'WebChat', 'Live_Chat', 'TIKTOK'),
  conversationProviderId: checkText,
  altId: checkText,
  subject: checkText,
  html: checkText,
  emailFrom: checkText,
  emailTo: checkText,
  emailCc: texts,
  emailBcc: texts,
  emailMessageId: checkText,
}

type AskRecipient = Omit<Recipient<LeadConnectorInboundType>, 'conversationId'> & { conversationId: string | null }

export async function ask(
  client: LeadConnectorClient,
  cache: SourceCache,
  target: AskTarget,
  input: AskInput,
  options: OperationOptions | undefined,
): Promise<Answer> {
  const call = client.begin('messages.ask', options, patience)
  const { type: given, ...own } = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
  ignoreOptions(call, input, ['context'], 'an agent reads the conversation and nothing beside it.')
  const files = checkAttachments(call, input.attachments)
  const text = contentOf(call, input.text, files.length > 0 || own.html !== undefined)
  const recipient = await askRecipient(client, call, target, input, given)
  const { conversationId, contactId, type } = recipient
  const whose = conversationId === null ? { contactId } : { conversationId }
  const attachments = await withAddresses(client, call, files, whose)
  const attempt = attemptOf(call, 'ask', conversationId, text ?? '')
  const sent = await sendOnce(
    call,
    client.spec('conversations', {
      method: 'POST',
      path: '/conversations/messages/inbound',
      body: {
        type,
        conversationId: conversationId ?? undefined,
        contactId,
        message: text,
        attachments: urlsOf(attachments),
        // The schema's default is `outbound`.
        direction: 'inbound',
        ...own,
      },
    }),
  )
  const answering: Answering = { client, call, cache, misses: new Map() }
  const known: Attempt | undefined =
    'unknown' in sent
      ? await findLost(answering, attempt, contactId, sent.unknown)
      : await accepted(answering, attempt, contactId, sent)
  if (!known) return { ...silence({ call, attempt, contactId }), outcome: 'unknown' }
  return waitForAnswer(answering, { call, attempt: known, contactId })
}

/** What the vendor says about a question it took. Its answer names the conversation, also one that it made for it. */
const accepted = async (
  answering: Answering,
  attempt: Attempt,
  contactId: string | undefined,
  sent: Accepted,
): Promise<Attempt> => {
  const named = sent.conversationId ?? attempt.conversationId
  const conversationId = named ?? (await conversationOf(answering, contactId).catch(orUndefined)) ?? null
  return { ...attempt, messageId: sent.messageId, conversationId }
}

/** A contact can be asked for without its conversation: the vendor finds or makes the one it has. */
async function askRecipient(
  client: LeadConnectorClient,
  call: Call,
  target: AskTarget,
  input: AskInput,
  type: LeadConnectorInboundType | undefined,
): Promise<AskRecipient> {
  const wanted = { channel: input.channel, type, typeOf: inboundTypeOf, needsContact: false }
  if (typeof target !== 'object' || target === null || 'id' in target) {
    return recipientOf(client, call, target, wanted)
  }
  if (target.contact == null) throw invalid(call, 'contact', 'is required: there are no anonymous conversations')
  const contactId = checkId(call, target.contact, 'contact')
  // In a live chat nothing leaves the platform: the least that can happen when nobody chose a channel.
  return { conversationId: null, contactId, type: type ?? typeOfInput(call, wanted) ?? 'Live_Chat' }
}

/** Reads back whether a question arrived of which the send did not say. Sends nothing. */
async function findLost(
  answering: Answering,
  attempt: Attempt,
  contactId: string | undefined,
  cause: unknown,
): Promise<Attempt | undefined> {
  const { client, call } = answering
  for (let look = 0; look < looksForLost; look++) {
    if (await call.wait(firstLookMs * 2 ** look)) return undefined
    try {
      const conversationId = attempt.conversationId ?? (await conversationOf(answering, contactId))
      if (conversationId === undefined) continue
      const messages = await readSince(client, call, conversationId, earliest(attempt))
      const found = await findSent(client, call, messages, attempt)
      if (typeof found === 'object') return { ...attempt, conversationId, messageId: found.message.id }
    } catch (error) {
      if (!isParleyError(error)) throw error
      // This endpoint answers a wrong token with a 500, so the read that was refused for it explains the send.
      if (error.code === 'authentication' && isParleyError(cause) && cause.status === 500) throw error
      if (!error.retryable) return undefined
    }
  }
  return undefined
}

const conversationOf = async ({ client, call }: Answering, contactId: string | undefined) =>
  contactId === undefined ? undefined : (await findByContact(client, call, contactId))?.id

/** After the send nothing but the caller's own signal may throw: the attempt would be lost. */
const orUndefined = (error: unknown): undefined => {
  if (!isParleyError(error)) throw error
}

async function waitForAnswer(answering: Answering, base: AnswerBase): Promise<Answer> {
  const { call } = answering
  let wasSeen: boolean | undefined
  for (let delay = firstLookMs; ; delay = Math.min(slowestLookMs, delay * 1.5)) {
    if (await call.wait(delay)) break
    try {
      const found = await look(answering, base.attempt)
      wasSeen = found.wasSeen || wasSeen === true
      if (found.reaction) return answerOf(found.reaction, base)
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (error.retryable) continue
      call.reading.warn('degraded', `Waiting for the answer failed (${error.code}); messages.settle can resume it.`)
      return { ...silence(base), outcome: 'pending' }
    }
  }
  if (wasSeen !== false) return { ...silence(base), outcome: 'pending' }
  call.reading.warn('degraded', 'The vendor accepted the question and does not show it in the conversation.')
  return { ...silence(base), outcome: 'unknown' }
}

/** Whether the question is in the conversation, and what followed it. */
async function look(answering: Answering, { conversationId, messageId }: Attempt) {
  const { client, call } = answering
  if (conversationId === null || messageId === null) return { wasSeen: false }
  const newer = await readAfter(client, call, conversationId, messageId)
  return newer ? { wasSeen: true, reaction: await findReaction(answering, newer) } : { wasSeen: false }
}
