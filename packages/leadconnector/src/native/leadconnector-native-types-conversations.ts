import type { LeadConnectorConversationPayload } from '../wire/conversation.ts'
import type { LeadConnectorMessagePayload } from '../wire/message.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

export interface LeadConnectorConversationSearchQuery {
  locationId: string
  /** A contact has one conversation, so this finds at most one. */
  contactId?: string
  /** A conversation's id. */
  id?: string
  /** Free text; a phone number or an email address works. A new conversation is found only after some seconds. */
  query?: string
  /** Ids of users, separated by commas, or `unassigned`. */
  assignedTo?: string
  /** Ids of users, separated by commas. */
  followers?: string
  /** Ids of users, separated by commas. */
  mentions?: string
  status?: LeadConnectorWord<'all' | 'read' | 'unread' | 'starred' | 'recents'>
  /** Of the last message only: `TYPE_SMS`, `TYPE_EMAIL` and forty others. */
  lastMessageType?: string
  lastMessageDirection?: LeadConnectorWord<'inbound' | 'outbound'>
  /** Of the last outbound message. */
  lastMessageAction?: LeadConnectorWord<'automated' | 'manual'>
  sortBy?: LeadConnectorWord<
    'last_message_date' | 'last_manual_message_date' | 'score_profile' | 'overdue_at' | 'due_at'
  >
  sort?: LeadConnectorWord<'asc' | 'desc'>
  /** The `sort` of the last conversation of the page before: its first number, or all of them where several tie. */
  startAfterDate?: number | readonly number[]
  /** Default 20. 100 is the largest that was seen to work. */
  limit?: number
  /** Unix milliseconds, of when the conversation was begun. */
  startDate?: number
  /** Unix milliseconds, of when the conversation was begun. */
  endDate?: number
  sortScoreProfile?: string
  scoreProfile?: string
  scoreProfileMin?: number
  scoreProfileMax?: number
}

export interface LeadConnectorMessageListQuery {
  /** The `lastMessageId` of the page before. */
  lastMessageId?: string
  /** Default 20. 100 is the largest that was seen to work. */
  limit?: number
  /** Separated by commas: `TYPE_SMS,TYPE_CALL`. Internal comments are `TYPE_INTERNAL_COMMENTS` here, in the plural. */
  type?: string
}

export interface LeadConnectorMessageListPage {
  lastMessageId?: string
  /** Whether there are older messages. */
  nextPage?: boolean
  /** Newest first. */
  messages: LeadConnectorMessagePayload[]
}

/** The schema has the page itself; what is sent has it one level deeper, in `messages`. */
export type LeadConnectorMessageListAnswer =
  | (LeadConnectorMessageListPage & { traceId?: string })
  | { messages: LeadConnectorMessageListPage; traceId?: string }

interface ConversationAnswer {
  success?: boolean
  conversation: LeadConnectorConversationPayload
  traceId?: string
}

/** "Conversations". */
export interface LeadConnectorConversationEndpoints {
  'GET /conversations/search': {
    query: LeadConnectorConversationSearchQuery
    answer: { conversations: LeadConnectorConversationPayload[]; total?: number; traceId?: string }
  }
  /** Without names and texts, which only the search has. */
  'GET /conversations/{conversationId}': { answer: LeadConnectorConversationPayload }
  'POST /conversations/': { body: { locationId: string; contactId: string }; answer: ConversationAnswer }
  'PUT /conversations/{conversationId}': {
    body: {
      locationId: string
      /** 0 marks it as read. */
      unreadCount?: number
      starred?: boolean
      /** Of a live chat. An object in the older reference, a word in the newer one. */
      feedback?: LeadConnectorWord<'positive' | 'negative'> | Record<string, unknown>
    }
    answer: ConversationAnswer
  }
  'DELETE /conversations/{conversationId}': { answer: { success: boolean; traceId?: string } }
  'GET /conversations/{conversationId}/messages': {
    query: LeadConnectorMessageListQuery
    answer: LeadConnectorMessageListAnswer
  }
}
