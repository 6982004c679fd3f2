import type { LiveChatAIRawContact } from '../wire/index.ts'
import type { LiveChatAILimitQuery, LiveChatAIPages } from './livechatai-native-envelope.ts'
import type {
  LiveChatAIConversationPage,
  LiveChatAIConversationQuery,
} from './livechatai-native-types-conversations.ts'

/** Contacts. Each belongs to one AI agent; nothing deletes one. */
export interface LiveChatAIContactEndpoints {
  /** "contacts/create": creates, or changes the one with the same `contactId` or (presumably) `distinctId`. */
  'POST /contacts': {
    body: {
      agentId: string
      /** The application's own id, required also where `contactId` says whom. */
      distinctId: string
      contactId?: string
      /** Proof of identity, required where the agent has secure identification on. How it is made is not described. */
      userHash?: string
      name?: string
      email?: string
      phone?: string
      /** Of keys set up in the dashboard; others are dropped without a word. A time is Unix seconds. */
      attributes?: Record<string, string | number | boolean>
    }
    /** Without `data`. */
    answer: { status?: string; contactId: string }
  }
  /** "contacts/list": without attributes and `updatedAt`. */
  'GET /contacts': {
    query: LiveChatAILimitQuery & { agentId: string }
    answer: { status?: string; agentId?: string; data: LiveChatAIRawContact[] } & LiveChatAIPages
  }
  /** "contacts/retrieve": the contact itself, without an envelope; its `attributes` are a list here. */
  'GET /contacts/{contactId}': { answer: LiveChatAIRawContact }
  /** "contacts/list-conversations". The path is presumed from the page's name. */
  'GET /contacts/{contactId}/conversations': { query: LiveChatAIConversationQuery; answer: LiveChatAIConversationPage }
}
