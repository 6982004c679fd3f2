import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Channel, JsonObject } from '../model/term.ts'
import type { VendorOptionsOf } from './options.ts'

/** Whom or what an operation is about: the entity, or the vendor's id of it. */
export type Target<E extends { id: string }> = E | string

/** A conversation that does not exist yet. `contact: null` lets the vendor make an anonymous contact, where it can. */
export interface NewConversation {
  contact: Target<Contact> | null
}

export interface CreateConversationInput {
  contact?: Target<Contact> | null
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
  /** `true` marks everything in it as read. */
  isRead?: boolean
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

/** A file to send along: by URL, or by what an upload gave back. */
export interface AttachmentInput {
  url?: string
  fileName?: string
  contentType?: string
  /** The vendor's handle of a file that was uploaded before. */
  uploadId?: string
}

/** Speaking as the contact: the agent answers. */
export interface AskInput {
  text: string
  /** Background for the agent about this message. */
  context?: string
  channel?: Channel
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
  attachments?: AttachmentInput[]
  vendor?: VendorOptionsOf<'messages.reply'>
}

/** Speaking to colleagues. There is no channel and no recipient here, so a note cannot reach the contact. */
export interface NoteInput {
  text: string
  operatorId?: string
  /** Ids of operators to notify. */
  mentions?: string[]
  vendor?: VendorOptionsOf<'messages.note'>
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
