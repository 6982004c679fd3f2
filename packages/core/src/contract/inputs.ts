import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Channel, JsonObject, Timestamp } from '../model/entity.ts'
import type { WebhookTrigger } from '../model/event.ts'
import type { MessageStatus } from '../model/message.ts'
import type { VendorOptionsOf } from './options.ts'

/** Whom or what an operation is about: the entity, or the vendor's id of it. */
export type Target<E extends { id: string }> = E | string

/** A conversation that does not exist yet. `contact: null` lets the vendor make an anonymous contact, where it can. */
export interface NewConversation {
  contact: Target<Contact> | null
}

export interface CreateConversationInput {
  /** Whose it is. `null`: an anonymous contact, where the vendor can make one. It cannot be left out. */
  contact: Target<Contact> | null
  /** At most what `limits.text['conversation.title']` says. */
  title?: string
  /** Background for the agent; vendors never return it. At most `limits.text['conversation.context']`. */
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
  /** `false` marks everything in it as read. */
  unread?: boolean
  isStarred?: boolean
  vendor?: VendorOptionsOf<'conversations.update'>
}

/** The vendor itself contacts a person over a channel that the business owns. A real message goes out. */
export interface StartConversationInput {
  contact: { firstName: string; lastName: string; email?: string; phone?: string; externalId?: string }
  channel: 'email' | 'sms' | 'voice'
  /** The first thing said: the email's body, the text message, the first spoken line. */
  text: string
  /** Required for email. */
  subject?: string
  /** Background for the agent about this conversation. */
  context?: string
  customFields?: JsonObject
  stateId?: string
  vendor?: VendorOptionsOf<'conversations.start'>
}

/** A file to send along: by its bytes, by URL, or by what `attachments.upload` gave back. */
export interface AttachmentInput {
  url?: string
  /** With `content`: required. */
  fileName?: string
  /** A media type such as `image/png`. */
  contentType?: string
  /** The vendor's handle of a file that was uploaded before. */
  uploadId?: string
  /** The file itself; it is uploaded first. At most `limits.notes` and the vendor allow. */
  content?: Blob | Uint8Array
}

/** A file to upload. */
export interface UploadInput {
  /** Sent as nothing but a name: without a path, without control characters, at most 255 bytes. A warning says when it changed. */
  fileName: string
  /** A media type such as `image/png`. Default: that of the `Blob`, otherwise `application/octet-stream`. */
  contentType?: string
  content: Blob | Uint8Array
  vendor?: VendorOptionsOf<'attachments.upload'>
}

/** Speaking as the contact: the agent answers. */
export interface AskInput {
  text: string
  /** Background for the agent about this message. */
  context?: string
  channel?: Channel
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is unknown,
   * only a later message is taken for this one (`Attempt.after`).
   */
  after?: string
  attachments?: AttachmentInput[]
  vendor?: VendorOptionsOf<'messages.ask'>
}

/** Speaking as an operator: reaches the contact. */
export interface ReplyInput {
  text: string
  html?: string
  subject?: string
  /** Default: the channel of the conversation. */
  channel?: Channel
  /** The vendor's id of the operator who speaks. */
  operatorId?: string
  /** The id of the message that is answered. */
  inReplyTo?: string
  /** Send it at this instant instead of now, ISO 8601; `messages.cancel` calls it off. */
  sendAt?: Timestamp
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is unknown,
   * only a later message is taken for this one (`Attempt.after`).
   */
  after?: string
  attachments?: AttachmentInput[]
  vendor?: VendorOptionsOf<'messages.reply'>
}

/** Speaking to colleagues. There is no channel and no recipient here, so a note cannot reach the contact. */
export interface NoteInput {
  text: string
  operatorId?: string
  /** Ids of operators to notify. */
  mentions?: string[]
  /**
   * The vendor's id of the newest message that you have seen in the conversation. If the outcome of the send is unknown,
   * only a later message is taken for this one (`Attempt.after`).
   */
  after?: string
  vendor?: VendorOptionsOf<'messages.note'>
}

/** What became of a message that the application itself delivered, as the provider of its channel. */
export interface MessageStatusInput {
  status: Extract<MessageStatus, 'pending' | 'delivered' | 'read' | 'failed'>
  /** Why it was not delivered. */
  failure?: { code?: string; type?: string; message: string }
  vendor?: VendorOptionsOf<'messages.setStatus'>
}

/** Something new for the agent to answer from. */
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
      /** The file itself, where a vendor reads files. */
      content?: Blob | Uint8Array
      contentType?: string
    }
)

/** A rating of an answer, given in somebody's name. */
export interface FeedbackInput {
  vote: 'up' | 'down'
  /** The vendor's id of who gives it. */
  authorId?: string
  /** What was asked. */
  question?: string
  /** What would have been the right answer. */
  answer?: string
  comment?: string
  vendor?: VendorOptionsOf<'feedback.give'>
}

export interface CreateWebhookInput {
  title: string
  description?: string
  /** Public HTTPS. */
  url: string
  /** What makes the vendor call. */
  trigger: WebhookTrigger
  /** Sent with every call: put a secret in it, and check it when it comes. */
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

/** Made when nothing matches `externalId`, email or phone (each vendor says which), otherwise changed. */
export interface UpsertContactInput extends CreateContactInput {
  id?: string
}

/** Everything that can be addressed when speaking: an existing conversation, or a new one. */
export type AskTarget = Target<Conversation> | NewConversation
