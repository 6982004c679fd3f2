import type { LeadConnectorEmailPayload, LeadConnectorMessagePayload } from '../wire/message.ts'
import type { LeadConnectorSendAnswer } from './leadconnector-native-types-sending.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

export interface LeadConnectorExportQuery {
  locationId: string
  /** 10 to 500, default 100. The developer site says up to 1,000. */
  limit?: number
  /** The `nextCursor` of the page before. It lives for about two minutes. */
  cursor?: string
  /** Default `createdAt`. */
  sortBy?: LeadConnectorWord<'createdAt' | 'updatedAt'>
  /** Default `desc`. */
  sortOrder?: LeadConnectorWord<'asc' | 'desc'>
  conversationId?: string
  contactId?: string
  /** Without it everything comes except emails. */
  channel?: LeadConnectorWord<'Call' | 'SMS' | 'Email' | 'WhatsApp' | 'Instagram' | 'Facebook'>
  /** ISO 8601. */
  startDate?: string
  /** ISO 8601. */
  endDate?: string
}

export interface LeadConnectorExportAnswer {
  messages: LeadConnectorMessagePayload[]
  /** `null` at the end. */
  nextCursor?: string | null
  total?: number
  traceId?: string
}

/** Of a message that the application delivers itself, as the provider of its channel. */
export interface LeadConnectorMessageStatusBody {
  status: LeadConnectorWord<'delivered' | 'failed' | 'pending' | 'read'>
  error?: { code: string; type: string; message: string }
  emailMessageId?: string
  /** Declared as texts; the examples are objects. */
  recipients?: (string | { emailId: string; status?: string })[]
}

export type LeadConnectorEmailEvent =
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'failed'
  | 'accepted'
  | 'rejected'
  | 'unsubscribed'
  | 'complained'
  | 'stored'

export interface LeadConnectorEmailStatusBody {
  /** A later one implies the earlier: what was clicked was opened and delivered. */
  status: LeadConnectorWord<
    | 'pending'
    | 'scheduled'
    | 'sent'
    | 'delivered'
    | 'read'
    | 'undelivered'
    | 'connected'
    | 'failed'
    | 'opened'
    | 'clicked'
  >
  /** Counters that are added to those stored, free ones among them. */
  events?: { [Event in LeadConnectorEmailEvent]?: number } & Record<string, number>
  /** Each replaces the entry of the same `emailId`. */
  recipients?: { emailId: string; status: string; failReason?: string }[]
}

/** The status of the cancellation itself. One of 400 and more inside a 200 is thrown as an error. */
export interface LeadConnectorCancelAnswer {
  status?: number
  message?: string
  traceId?: string
}

/** "Conversations / Messages": reading them, and what becomes of them. */
export interface LeadConnectorMessageEndpoints {
  /** The schema has the message itself; what is sent has it in `message`. */
  'GET /conversations/messages/{id}': {
    answer: LeadConnectorMessagePayload | { message: LeadConnectorMessagePayload; traceId?: string }
  }
  /** The id of an email (`meta.email.messageIds`), not of its message. The body is HTML. */
  'GET /conversations/messages/email/{id}': { answer: LeadConnectorEmailPayload }
  'GET /conversations/messages/export': { query: LeadConnectorExportQuery; answer: LeadConnectorExportAnswer }
  /** Only for the application that owns the provider, and not in the first 5 to 10 seconds after the send. */
  'PUT /conversations/messages/{messageId}/status': {
    body: LeadConnectorMessageStatusBody
    answer: Partial<LeadConnectorSendAnswer>
  }
  'PUT /conversations/messages/email/{id}/status': {
    body: LeadConnectorEmailStatusBody
    answer: { success?: boolean; message?: string; traceId?: string }
  }
  'DELETE /conversations/messages/{messageId}/schedule': { answer: LeadConnectorCancelAnswer }
  'DELETE /conversations/messages/email/{emailMessageId}/schedule': { answer: LeadConnectorCancelAnswer }
  /** Replaces the attachments of a call that the application added itself. The vendor declares no answer. */
  'PUT /conversations/messages/{messageId}/attachments': {
    /** At most 5 addresses. */
    body: { attachments: string[] }
    answer: unknown
  }
}
