import type { LeadConnectorInboundType, LeadConnectorSendType } from './map/map-leadconnector-send-type.ts'

/** What `conversations.list` takes beyond the contract. */
export interface LeadConnectorConversationListOptions {
  /** Ids of operators who follow it. */
  followers?: string[]
  /** Ids of operators who are mentioned in it. */
  mentions?: string[]
  /** The type of the last message, such as `TYPE_SMS`. More exact than `channel`. */
  lastMessageType?: string
  lastMessageDirection?: 'inbound' | 'outbound'
  /** Whether a person or the platform wrote the last outbound message. */
  lastMessageAction?: 'automated' | 'manual'
  /** Created at or after this instant, ISO 8601. */
  createdSince?: string
  /** Created before or at this instant, ISO 8601. */
  createdUntil?: string
}

/** What `messages.list` takes beyond the contract. */
export interface LeadConnectorMessageListOptions {
  /** Only messages of these types, such as `TYPE_SMS`; internal comments are `TYPE_INTERNAL_COMMENTS` here. */
  types?: string[]
  /** Read the body of each email of the page as well; one request per email. Default `false`. */
  emailBodies?: boolean
}

/** What `messages.ask` takes beyond the contract. */
export interface LeadConnectorAskOptions {
  /** The vendor's message type, where the channel does not say enough. `Custom` needs a provider. */
  type?: LeadConnectorInboundType
  /** The provider of a marketplace app that the message came through. */
  conversationProviderId?: string
  /** The application's own id for the message. */
  altId?: string
  /** Email only. */
  subject?: string
  /** The email that this one answers. */
  emailMessageId?: string
}

/** What `messages.reply` takes beyond the contract. */
export interface LeadConnectorReplyOptions {
  /** The vendor's message type, where the channel does not say enough. `Custom` needs a provider. */
  type?: LeadConnectorSendType
  /** The provider of a marketplace app to send through. */
  conversationProviderId?: string
  fromNumber?: string
  toNumber?: string
  emailFrom?: string
  /** Must be an address of the contact. */
  emailTo?: string
  emailCc?: string[]
  emailBcc?: string[]
  emailReplyMode?: 'reply' | 'reply_all'
  threadId?: string
  /** A template of the account; WhatsApp needs one outside its 24 hours. */
  templateId?: string
}

declare module '@parley/core' {
  interface VendorOptions {
    leadconnector: {
      'conversations.list': LeadConnectorConversationListOptions
      'messages.list': LeadConnectorMessageListOptions
      'messages.ask': LeadConnectorAskOptions
      'messages.reply': LeadConnectorReplyOptions
    }
  }
}
