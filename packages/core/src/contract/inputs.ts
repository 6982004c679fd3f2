import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Channel, JsonObject, JsonValue, Timestamp } from '../model/entity.ts'
import type { WebhookTrigger } from '../model/event.ts'
import type { MessageStatus } from '../model/message.ts'
import type { VendorOptionsOf } from './options.ts'

/** An entity, or the vendor's id of it. */
export type Target<E extends { id: string }> = E | string

/** A conversation that does not exist yet, with a contact that does. */
export interface NewConversation {
  contact: Target<Contact>
}

/**
 * A person who writes to the business, as the application knows them. It needs an `externalId`, or an `email` or a `phone`
 * that is `verified`. For an anonymous visitor, make an id once and keep it with the visitor:
 * `{ externalId: crypto.randomUUID() }`.
 */
export interface Visitor {
  /** The application's own id of this person. Whoever has the same id is the same person. */
  externalId?: string
  /** The whole name, where the first name and the last name are not known separately. */
  name?: string
  firstName?: string
  lastName?: string
  email?: string
  phone?: string
  /**
   * Whether the application has proved that `email` and `phone` belong to this person. Only then are they sent to the
   * vendor, and only then do they find a contact: otherwise anyone who types a customer's address would get this
   * customer's conversations. Default `false`.
   */
  verified?: boolean
  customFields?: JsonObject
}

/** The conversation of a visitor: the one that is remembered for them, or else a new one. */
export interface VisitorTarget {
  visitor: Visitor
}

export interface CreateConversationInput {
  /** The conversation's contact. `contacts.ensure` finds or makes one. */
  contact: Target<Contact>
  /** The vendor's id of the agent that is to answer, where the account has several. Default: the account's own. */
  agentId?: string
  /** At most `limits.text['conversation.title']` characters. */
  title?: string
  /** Background for the agent; vendors never return it. At most `limits.text['conversation.context']` characters. */
  context?: string
  customFields?: JsonObject
  stateId?: string
  channel?: Channel
  vendor?: VendorOptionsOf<'conversations.create'>
}

export interface UpdateConversationInput {
  title?: string
  context?: string
  status?: 'open' | 'closed' | 'archived'
  stateId?: string
  /** `false` marks every message in the conversation as read. */
  unread?: boolean
  isStarred?: boolean
  vendor?: VendorOptionsOf<'conversations.update'>
}

/** The vendor writes to or calls a person over the business's own channel. The contact receives a real message. */
export interface StartConversationInput {
  contact: { firstName: string; lastName: string; email?: string; phone?: string; externalId?: string }
  channel: 'email' | 'sms' | 'voice'
  /** The first message: the body of the email, the text message, or the first spoken sentence. */
  text: string
  /** Required for email. */
  subject?: string
  /** Background for the agent about this conversation. */
  context?: string
  customFields?: JsonObject
  stateId?: string
  vendor?: VendorOptionsOf<'conversations.start'>
}

/** A file to send with a message: its bytes, its URL, or the result of `attachments.upload`. */
export interface AttachmentInput {
  url?: string
  /** Required with `content`. */
  fileName?: string
  /** A media type such as `image/png`. */
  contentType?: string
  /** The vendor's handle of an uploaded file. */
  uploadId?: string
  /** The bytes of the file, which are uploaded first. See `limits.notes` for the vendor's largest size. */
  content?: Blob | Uint8Array
}

/** A file to upload. */
export interface UploadInput {
  /** Sent without a path and control characters, at most 255 bytes long. A warning reports any change. */
  fileName: string
  /** A media type such as `image/png`. Default: that of the `Blob`, otherwise `application/octet-stream`. */
  contentType?: string
  content: Blob | Uint8Array
  vendor?: VendorOptionsOf<'attachments.upload'>
}

/** A message sent as the contact, so that the agent answers. */
export interface AskInput {
  text: string
  /** The vendor's id of the agent that is to answer, where the account has several. Default: the account's own. */
  agentId?: string
  /** Background for the agent about this message. */
  context?: string
  channel?: Channel
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is
   * unknown, only a later message can be recognized as this one (`SendAttempt.after`).
   */
  after?: string
  attachments?: AttachmentInput[]
  vendor?: VendorOptionsOf<'messages.ask'>
}

/** What a person gives to an agent that waits for it (`outcome: 'needs-input'`). */
export interface ProvideInput {
  /** The `id` of the request. Required if the agent waits for several. */
  requestId?: string
  /** A text, one of the request's `choices`, or whatever the agent expects. */
  value: JsonValue
  /** The vendor's id of the operator who gives it. */
  operatorId?: string
  vendor?: VendorOptionsOf<'messages.provideInput'>
}

/** A message sent as an operator. It reaches the contact. */
export interface ReplyInput {
  text: string
  html?: string
  subject?: string
  /** Default: the channel of the conversation. */
  channel?: Channel
  /** The vendor's id of the operator who sends the message. */
  operatorId?: string
  /** The vendor's id of the message that this one answers. */
  inReplyTo?: string
  /** When to send the message, ISO 8601. Default: now. `messages.cancel` cancels a scheduled message. */
  sendAt?: Timestamp
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is
   * unknown, only a later message can be recognized as this one (`SendAttempt.after`).
   */
  after?: string
  attachments?: AttachmentInput[]
  vendor?: VendorOptionsOf<'messages.reply'>
}

/** A note for colleagues. It has no channel and no recipient, so it cannot reach the contact. */
export interface NoteInput {
  text: string
  operatorId?: string
  /** Ids of operators to notify. */
  mentions?: string[]
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is
   * unknown, only a later message can be recognized as this one (`SendAttempt.after`).
   */
  after?: string
  vendor?: VendorOptionsOf<'messages.note'>
}

/** The status of a message that the application delivered itself, as the provider of its channel. */
export interface MessageStatusInput {
  status: Extract<MessageStatus, 'pending' | 'delivered' | 'read' | 'failed'>
  /** Why it was not delivered. */
  failure?: { code?: string; type?: string; message: string }
  vendor?: VendorOptionsOf<'messages.setStatus'>
}

/** New knowledge for the agent. */
export type KnowledgeInput = { knowledgeBaseId?: string; vendor?: VendorOptionsOf<'knowledge.add'> } & (
  | {
      kind: 'website'
      url: string
      /** Only this page (the default), every page below its path, or the whole site, where a vendor can crawl. */
      scope?: 'page' | 'path' | 'site'
    }
  | { kind: 'text'; title: string; text: string }
  | { kind: 'faq'; question: string; answer: string }
  | {
      kind: 'file'
      title?: string
      fileName?: string
      /** The text of the file, already extracted. Either this or `content`. */
      text?: string
      /** The bytes of the file, where a vendor reads files. */
      content?: Blob | Uint8Array
      contentType?: string
    }
)

/** A rating of an answer, on behalf of its author. */
export interface FeedbackInput {
  vote: 'up' | 'down'
  /** The vendor's id of the rating's author. */
  authorId?: string
  /** The question that was asked. */
  question?: string
  /** The answer that would have been right. */
  answer?: string
  comment?: string
  vendor?: VendorOptionsOf<'feedback.give'>
}

export interface CreateWebhookInput {
  title: string
  description?: string
  /** An HTTPS URL on a public host. */
  url: string
  /** What makes the vendor call. */
  trigger: WebhookTrigger
  /** Sent with every delivery. Put a secret into a header and check it on arrival. */
  headers?: Readonly<Record<string, string>>
  vendor?: VendorOptionsOf<'webhooks.create'>
}

export interface CreateContactInput {
  name?: string
  firstName?: string
  lastName?: string
  email?: string
  phone?: string
  externalId?: string
  country?: string
  tags?: string[]
  customFields?: JsonObject
  vendor?: VendorOptionsOf<'contacts.create'>
}

/**
 * Creates the contact if none matches `externalId`, email or phone (which of them depends on the vendor); otherwise
 * changes it.
 */
export interface UpsertContactInput extends CreateContactInput {
  id?: string
}

/** Where a question is asked: in an existing conversation, in a new one, or wherever this visitor's conversation is. */
export type AskTarget = ConversationTarget | VisitorTarget

/** A conversation, or a new one with a contact. */
export type ConversationTarget = Target<Conversation> | NewConversation
