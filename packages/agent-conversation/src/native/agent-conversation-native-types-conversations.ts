import type { AgentConversationRawConversation } from '../wire/index.ts'
import type {
  AgentConversationList,
  AgentConversationPage,
  AgentConversationPageQuery,
} from './agent-conversation-native-shapes.ts'
import type { AgentConversationStartBody } from './agent-conversation-native-types-start.ts'

/** Conversations of the key's agent. No answer tells the status, the channel or the context; none deletes just one. */
export interface AgentConversationConversationEndpoints {
  /** "List conversations": with `feedbacks`. */
  'GET /conversations': {
    query: AgentConversationPageQuery & {
      /** The default is undocumented. */
      orderBy?: 'createdAt' | 'updatedAt'
      /** In the title, the summary, the agent's name and the user's names, email and phone. */
      searchKeyword?: string
      /** The user whom bodies call `conversationUserId`. */
      userId?: string
      /** Bounds of `updatedAt`, ISO 8601. */
      startDate?: string
      endDate?: string
      /** `true`: only those with feedback. Send it or leave it out; what `false` does is undocumented. */
      withFeedbacksOnly?: boolean
    }
    answer: AgentConversationPage<AgentConversationRawConversation>
  }
  /** "Create conversation": opens one; nothing is sent to the user. */
  'POST /conversations': {
    body: AgentConversationTexts & {
      /** One that is there already. */
      conversationUserId: string
      /** Comes back as `metadata.customData`, and cannot be changed. */
      customData?: Record<string, unknown>
      conversationStateId?: string
    }
    answer: AgentConversationRawConversation
  }
  /** "Delete all conversations of a user": of this agent, for good. A DELETE with a body. */
  'DELETE /conversations': { body: { conversationUserId: string }; answer: undefined }
  /** "List conversation states": the workflow labels that the organisation made in the console. */
  'GET /conversations/states': { answer: AgentConversationList<AgentConversationState> }
  /** "Get conversation": with `feedbacks`. */
  'GET /conversations/{id}': { answer: AgentConversationRawConversation }
  /** "Update conversation": what is left out stays. */
  'PUT /conversations/{id}': {
    body: AgentConversationTexts & {
      /** Nothing tells it afterwards. */
      status?: 'active' | 'inactive' | 'archived'
      conversationStateId?: string
    }
    answer: AgentConversationRawConversation
  }
  /**
   * "Start conversation": the vendor writes to or calls a person. For somebody known, the open conversation goes on
   * unless `resetConversation` archives it.
   */
  'POST /conversations/start': { body: AgentConversationStartBody; answer: { conversationId: string } }
  /**
   * "Set mode": `manual` keeps the agent silent until it is `ai` again. The mode is not marked as required; without it
   * nothing is set.
   */
  'PUT /conversations/{id}/mode': { body: { mode?: 'manual' | 'ai' }; answer: AgentConversationRawConversation }
}

interface AgentConversationTexts {
  /** At most 255 characters. */
  title?: string
  /** Background for the agent, at most 256,000 characters. Never given back. */
  context?: string
}

interface AgentConversationState {
  id: string
  name?: string
  description?: string | null
  /** In hexadecimal. */
  color?: string | null
  isPersistent?: boolean
  createdAt?: string
  updatedAt?: string
}
