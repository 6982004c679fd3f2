import { badRequest, type Reply } from './http.ts'
import type { ContactRecord, ConversationRecord, EmailRecord, MessageRecord } from './records.ts'
import { addMessage, type LocationState, type TokenRecord } from './state.ts'

/** A message without the fields that follow from its conversation. */
export interface Draft extends Omit<MessageRecord, 'conversationId' | 'contactId' | 'updatedAt' | 'visibleAt'> {
  /** Default: at once, also for a message with a later date. */
  readonly visibleAt?: number
}

export interface EmailDraft {
  readonly subject?: string | undefined
  readonly html?: string | undefined
  readonly from?: string | undefined
  readonly to?: readonly string[] | undefined
  readonly cc?: readonly string[] | undefined
  readonly bcc?: readonly string[] | undefined
  readonly replyToMessageId?: string | undefined
  readonly threadId?: string | undefined
  readonly altId?: string | undefined
}

export function writeMessage(
  location: LocationState,
  conversation: ConversationRecord,
  draft: Draft,
  emails: readonly EmailDraft[] = [],
): MessageRecord {
  const { id: conversationId, contactId } = conversation
  const message = { visibleAt: 0, ...draft, conversationId, contactId, updatedAt: draft.at }
  addMessage(location, conversation, message)
  const contact = location.contacts.get(contactId)
  emails.forEach((email, index) => {
    const id = message.emailIds?.[index]
    if (id) location.emails.set(id, emailOf(id, message, email, contact))
  })
  return message
}

const deskAddress = 'desk@mail.leadconnector.example'

function emailOf(id: string, message: MessageRecord, draft: EmailDraft, contact?: ContactRecord): EmailRecord {
  const inbound = message.direction === 'inbound'
  const person = contact?.email ?? 'unknown@mail.leadconnector.example'
  return {
    id,
    messageId: message.id,
    threadId: draft.threadId ?? message.conversationId,
    subject: draft.subject ?? '',
    // HTML although the declared content type is plain text.
    html: draft.html ?? toHtml(message.body ?? ''),
    direction: message.direction,
    at: message.at,
    from: draft.from ?? (inbound ? person : deskAddress),
    to: draft.to && draft.to.length > 0 ? draft.to : [inbound ? deskAddress : person],
    cc: draft.cc ?? [],
    bcc: draft.bcc ?? [],
    attachments: message.attachments ?? [],
    ...(draft.replyToMessageId && { replyToMessageId: draft.replyToMessageId }),
    ...(draft.altId && { altId: draft.altId }),
    events: {},
    recipients: [],
  }
}

function toHtml(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<div>${safe
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')}</div>`
}

/** Providers belong to marketplace applications. A private integration has none, whatever id it sends. */
export function checkProvider(token: TokenRecord, providerId: string | null): Reply | null {
  if (providerId === null || token.providers.includes(providerId)) return null
  return badRequest(`You don't have access to the conversationProvider with id ${providerId}`)
}
