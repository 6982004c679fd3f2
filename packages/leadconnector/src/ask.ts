import {
  type Answer,
  type AskInput,
  anyOf,
  type Call,
  type ConversationTarget,
  checkContact,
  checkId,
  checkInput,
  checkText,
  ignoreOptions,
  isNewConversation,
  isParleyError,
  type OptionRules,
  refuseAgentId,
  type SendOptions,
  texts,
  vendorOptions,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  awaitAnswer,
  beginSending,
  type OutgoingMessage,
  readBack,
} from '@parley/core/operations'
import { checkAttachments, withAddresses } from './attachments.ts'
import { findByContact } from './conversations.ts'
import type { SourceCache } from './generations.ts'
import type { LeadConnectorAskOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { type AnswerSearch, answerFrom, findReaction, longestAsk, readAfter, sentReader } from './reconcile.ts'
import {
  type Accepted,
  checkMessageText,
  type Recipient,
  recipientOf,
  sendMessage,
  typeOfInput,
  urlsOf,
} from './send.ts'
import { inboundTypeOf, type LeadConnectorInboundType } from './vocabulary.ts'

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

/** @param operation the name that errors and warnings report. */
export async function ask(
  context: Context,
  cache: SourceCache,
  target: ConversationTarget,
  input: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { type: given, ...own } = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
  ignoreOptions(call, input, ['context'], 'an agent reads only the conversation.')
  refuseAgentId(call, input.agentId)
  const files = checkAttachments(call, input.attachments)
  const text = checkMessageText(call, input.text, files.length > 0 || own.html !== undefined)
  const recipient = await askRecipient(context, call, target, input, given)
  const { conversationId, contactId, type } = recipient
  const whose = conversationId === null ? { contactId } : { conversationId }
  const attachments = await withAddresses(context, call, files, whose)
  const outgoing = await beginSending(call, options, {
    kind: 'ask',
    conversationId,
    contactId,
    text: text ?? '',
    after: input.after,
    mark: own.altId,
  })
  const sent = await sendMessage(
    context,
    call,
    context.spec('conversations', {
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
  const search: AnswerSearch = { context, call, cache, misses: new Map() }
  const { attempt } = outgoing
  const asked: AskedQuestion = { call, attempt, contactId }
  if (!('unknown' in sent)) await recordAccepted(search, outgoing, sent)
  else if (!(await isStored(search, outgoing, sent.unknown))) return answerOf(asked, 'unknown')
  return waitForAnswer(search, asked)
}

/** Records the ids in the response to an accepted question: the message, and the conversation, which may be new. */
async function recordAccepted(
  { context, call }: AnswerSearch,
  { attempt, update }: OutgoingMessage,
  sent: Accepted,
): Promise<void> {
  const { messageId, conversationId } = sent
  await update({ messageId, conversationId }, 'answer')
  if (attempt.conversationId !== null || !attempt.contactId) return
  // The question is sent, so only the caller's signal may end the operation now. Any other error is ignored.
  const conversation = await findByContact(context, call, attempt.contactId).catch((error: unknown) => {
    if (!isParleyError(error)) throw error
  })
  await update({ conversationId: conversation?.id }, 'reading')
}

/** Whether the question of a send with an unknown outcome is in the conversation. Sends nothing. */
async function isStored(
  { context, call, cache }: AnswerSearch,
  outgoing: OutgoingMessage,
  cause: unknown,
): Promise<boolean> {
  const { attempt, update } = outgoing
  const found = await readBack({ call, reader: sentReader(context, cache), attempt }, (error) => {
    // This endpoint answers a wrong token with a 500. If the read fails because of the token, so did the send.
    if (error.code === 'authentication' && isParleyError(cause) && cause.status === 500) throw error
  })
  if (found) await update({ conversationId: found.conversationId, messageId: found.message.id }, 'reading')
  return found !== undefined
}

/** A question can be sent to a contact without its conversation: the vendor finds or creates the conversation. */
async function askRecipient(
  context: Context,
  call: Call,
  target: ConversationTarget,
  input: AskInput,
  type: LeadConnectorInboundType | undefined,
): Promise<AskRecipient> {
  // The default is the live chat, because no message then leaves the platform by a channel that nobody chose.
  const wanted = {
    ...{ channel: input.channel, type, typeOf: inboundTypeOf, needsContact: false },
    whenEmpty: 'Live_Chat' as const,
  }
  if (!isNewConversation(call, target)) return recipientOf(context, call, target, wanted)
  checkContact(call, target.contact)
  const contactId = checkId(call, target.contact, 'contact')
  return { conversationId: null, contactId, type: type ?? typeOfInput(call, wanted) ?? wanted.whenEmpty }
}

async function waitForAnswer(search: AnswerSearch, asked: AskedQuestion): Promise<Answer> {
  const { context, call } = search
  const { conversationId, messageId } = asked.attempt
  /** Whether any poll found the question in the conversation. `undefined`: no poll could be read. */
  let wasSeen: boolean | undefined
  const poll = async (): Promise<Answer | undefined> => {
    const later =
      conversationId === null || messageId === null
        ? undefined
        : await readAfter(context, call, conversationId, messageId)
    wasSeen = wasSeen === true || later !== undefined
    const reaction = later && (await findReaction(search, later))
    return reaction && answerFrom(reaction, asked)
  }
  return awaitAnswer(call, poll, () => {
    if (wasSeen !== false) return answerOf(asked, 'pending')
    call.reading.warn('degraded', 'The vendor accepted the question but does not show it in the conversation.')
    return answerOf(asked, 'unknown')
  })
}
