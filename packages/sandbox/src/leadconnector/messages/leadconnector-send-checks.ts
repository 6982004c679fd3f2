import { any, boolean, list, needed, number, oneOf, optional, string, violations } from '../http/leadconnector-rules.ts'
import { isJson, type Json, textOf } from '../leadconnector-json.ts'
import type { ContactRecord } from '../state/leadconnector-records.ts'
import { sendTypes } from './leadconnector-message-types.ts'

export function sendViolations(body: Json): string[] {
  return violations(
    {
      type: needed(oneOf(...sendTypes)),
      contactId: needed(string),
      message: optional(string),
      html: optional(string),
      subject: optional(string),
      // `subType` and `status` are declared required; live calls without them succeed.
      subType: optional(any),
      status: optional(oneOf('delivered', 'failed', 'pending', 'read')),
      // An empty list is refused too.
      attachments: optional(list(string, 1)),
      emailFrom: optional(string),
      emailTo: optional(string),
      emailCc: optional(list(string)),
      emailBcc: optional(list(string)),
      emailReplyMode: optional(oneOf('reply', 'reply_all')),
      conversationProviderId: optional(string),
      scheduledTimestamp: optional(number(0)),
      usesNativeSchedulingAi: optional(boolean),
      optimizationPeriod: optional(oneOf('24h', '48h', '72h')),
      mentions: optional(list(string)),
    },
    body,
  )
}

/** Why the channel cannot reach this contact; null when it can, or when there is no way to know before sending. */
export function undeliverable(contact: ContactRecord, body: Json): string | null {
  const type = String(body['type'])
  if (type === 'InternalComment')
    return textOf(body['message']) ? null : 'There is no message or attachments for this message. Skip sending.'
  const content =
    ['message', 'html', 'templateId'].some((key) => textOf(body[key])) || Array.isArray(body['attachments'])
  if (!content && !isJson(body['whatsapp']) && !isJson(body['forward'])) {
    return 'There is no message or attachments for this message. Skip sending.'
  }
  const dnd = contact.dndSettings[type]
  if (contact.dnd || (isJson(dnd) && dnd['status'] === 'active')) {
    return `Cannot send message as DND is active for ${type}.`
  }
  if (['SMS', 'RCS', 'WhatsApp'].includes(type) && !contact.phone) return 'Missing phone number'
  if (type !== 'Email') return null
  if (!contact.email) return 'Contact does not have an email address'
  const to = textOf(body['emailTo'])
  return to !== null && to !== contact.email ? 'emailTo is not an address of the contact' : null
}
