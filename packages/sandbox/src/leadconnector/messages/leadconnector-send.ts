import { storedText } from '../../kit/sending.ts'
import { pauseBots } from '../agents/leadconnector-bot-sleep.ts'
import { conversationFor } from '../conversations/leadconnector-start-conversation.ts'
import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, invalid, type Reply } from '../http/leadconnector-reply.ts'
import { isJson, type Json, listOf, numberOf, textOf, withoutUndefined } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { State } from '../state/leadconnector-state.ts'
import { lastMessage, removeMessage } from '../state/leadconnector-timeline.ts'
import { announceMessage, announceToProvider } from '../webhooks/leadconnector-announce-message.ts'
import { noContact } from './leadconnector-message-missing.ts'
import { messageTypeOf } from './leadconnector-message-types.ts'
import { checkProvider } from './leadconnector-providers.ts'
import { sendViolations, undeliverable } from './leadconnector-send-checks.ts'
import { type EmailDraft, writeMessage } from './leadconnector-write-message.ts'

export const sendEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages',
    family: 'conversations',
    scope: 'conversations/message.write',
    isSend: true,
    handle: sendMessage,
  },
]

function sendMessage(call: LocationCall): Reply {
  const { body, location, state, token, now } = call
  const broken = sendViolations(body)
  if (broken.length > 0) return invalid(broken)
  const contact = location.contacts.get(String(body['contactId']))
  if (!contact) return noContact(body['contactId'])
  const type = String(body['type'])
  const providerId = textOf(body['conversationProviderId'])
  if (type === 'Custom' && providerId === null) return badRequest('conversationProviderId is required')
  const refusal = checkProvider(token, providerId)
  if (refusal) return refusal
  const problem = undeliverable(contact, body)
  if (problem) return badRequest(problem)
  const scheduledFor = numberOf(body['scheduledTimestamp'])
  if (scheduledFor !== null && scheduledFor * 1000 <= now) return badRequest('scheduledTimestamp must be in the future')

  const conversation = conversationFor(state, location, contact.id)
  const message = store(call, conversation, type, scheduledFor)
  const answer = answered(call, message, scheduledFor !== null)
  if (state.settings.sends === 'lost') {
    removeMessage(location, message)
    return answer
  }
  announceMessage(state, location, message)
  if (providerId !== null) announceToProvider(state, location, message, type)
  const isComment = type === 'InternalComment'
  if (!isComment && state.settings.apiSendIsManual) pauseBots(location, conversation, type, now)
  return answer
}

const answered = ({ body, state }: LocationCall, message: MessageRecord, isScheduled: boolean): Reply => ({
  status: state.settings.sendStatus,
  body: withoutUndefined({
    conversationId: message.conversationId,
    messageId: message.id,
    emailMessageId: message.emailIds?.[0],
    forwardData: isJson(body['forward']) ? forwarded(body['forward']) : undefined,
    msg: isScheduled ? 'Message scheduled successfully.' : 'Message queued successfully.',
  }),
})

/** What was asked for, in the words of the answer. */
const forwarded = ({ isForwarded: _, toEmail, ...forward }: Json): Json =>
  withoutUndefined({ ...forward, forwardToEmail: toEmail })

function store(
  call: LocationCall,
  conversation: ConversationRecord,
  type: string,
  scheduledFor: number | null,
): MessageRecord {
  const { body, location, state, now } = call
  const isComment = type === 'InternalComment'
  const outOfWindow = type === 'WhatsApp' && !textOf(body['templateId']) && windowClosed(call, conversation)
  const userId = isComment ? textOf(body['userId']) : null
  const providerId = textOf(body['conversationProviderId'])
  const status = outOfWindow ? 'failed' : scheduledFor !== null ? 'scheduled' : (textOf(body['status']) ?? 'pending')
  return writeMessage(
    location,
    conversation,
    {
      id: newId(state, 'message'),
      messageType: messageTypeOf(type),
      at: now,
      visibleAt: now + state.settings.hideSentMs,
      direction: 'outbound',
      contentType: 'text/plain',
      source: isComment ? 'app' : 'api',
      status: isComment ? 'delivered' : status,
      attachments: attachmentsOf(type, body),
      settlesAt: now + state.settings.deliveryMs,
      ...(textOf(body['message']) !== null && { body: storedText(state.settings, String(body['message'])) }),
      ...(userId && { userId }),
      ...(providerId && { conversationProviderId: providerId }),
      ...(textOf(body['fromNumber']) && { from: String(body['fromNumber']) }),
      ...(textOf(body['toNumber']) && { to: String(body['toNumber']) }),
      ...(isComment && { mentions: listOf(body['mentions']) }),
      ...(scheduledFor !== null && { scheduledFor: scheduledFor * 1000 }),
      ...(outOfWindow && { error: 'Message failed: more than 24 hours have passed since the customer last replied' }),
      ...(type === 'Email' && { emailIds: [newId(state, 'email')] }),
    },
    [emailDraft(body, state.settings)],
  )
}

/** WhatsApp takes its media from a field of its own and drops `attachments` without a word. */
function attachmentsOf(type: string, body: Json): string[] {
  if (type !== 'WhatsApp') return listOf(body['attachments'])
  const media = isJson(body['whatsapp']) ? body['whatsapp']['media'] : null
  return isJson(media) && typeof media['url'] === 'string' ? [media['url']] : []
}

function windowClosed({ state, now }: LocationCall, conversation: ConversationRecord): boolean {
  if (!state.settings.whatsappWindow) return false
  const last = lastMessage(
    conversation,
    now,
    ({ direction, messageType }) => direction === 'inbound' && messageType === 'TYPE_WHATSAPP',
  )
  return !last || now - last.at > 86_400_000
}

function emailDraft(body: Json, settings: State['settings']): EmailDraft {
  const to = textOf(body['emailTo'])
  return {
    subject: textOf(body['subject']) ?? undefined,
    html: storedText(settings, textOf(body['html'])) ?? undefined,
    from: textOf(body['emailFrom']) ?? undefined,
    to: to === null ? undefined : [to],
    cc: listOf(body['emailCc']),
    bcc: listOf(body['emailBcc']),
    threadId: textOf(body['threadId']) ?? undefined,
    replyToMessageId: textOf(body['replyMessageId']) ?? undefined,
  }
}
