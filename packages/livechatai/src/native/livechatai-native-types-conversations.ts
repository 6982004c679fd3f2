import type { TextStream } from '@parley/core'
import type { LiveChatAIRawAnswer, LiveChatAIRawConversation, LiveChatAIRawReply } from '../wire/index.ts'
import type { LiveChatAIEnvelope, LiveChatAIPageMeta, LiveChatAIPerPageQuery } from './livechatai-native-envelope.ts'

/** Conversations. Apart from those with an id in the path, each wants the AI agent named. */
export interface LiveChatAIConversationEndpoints {
  /** "conversations/list": items have `contact`, and none of `agentId`, `contactId` and `messages`. */
  'GET /conversations': {
    query: LiveChatAIConversationQuery & {
      /** The AI agent. */
      agentId: string
      /** Which inbox of the dashboard. The default is undocumented. */
      type?: 'unassigned' | 'your-inbox' | 'all'
    }
    answer: LiveChatAIConversationPage
  }
  /**
   * "conversations/send-message": a question in the customer's name, answered by the AI within the request, which may
   * take a minute. Costs messages of the plan's quota.
   *
   * With `streaming: true` it answers a `TextStream` (`isTextStream`) unless the vendor sends JSON all the same: how the
   * stream is made up is undocumented.
   */
  'POST /conversations': {
    body: {
      /** The customer's words; for `IMAGE` presumably the image's address. Its longest length is undocumented. */
      question: string
      /** The AI agent, also where the conversation would tell it. */
      agentId: string
      /** The one to go on with. Left out, a new one begins. */
      conversationId?: string
      /** The customer of a new conversation. Left out, a contact may be created. In the newer edition only. */
      contactId?: string
      messageType?: LiveChatAIMessageType
      streaming?: boolean
      /** The customer's IP address. */
      ip?: string
      /** The customer's country, as a code. */
      country?: string
      /** Default `MARKDOWN`. */
      responseFormat?: 'MARKDOWN' | 'PLAIN'
      integrationType?: LiveChatAIIntegration
    }
    answer: LiveChatAIEnvelope<LiveChatAIRawAnswer> | TextStream
  }
  /** "conversations/create": an empty one. */
  'POST /conversations/create': {
    body: {
      agentId: string
      /** Left out, a new contact is created. */
      contactId?: string
      integrationType?: LiveChatAIIntegration
      /** Of a contact that is created. */
      ip?: string
      country?: string
    }
    answer: LiveChatAIEnvelope<{ conversationId: string; contactId?: string }>
  }
  /** "conversations/retrieve": with all its messages, whose order is undocumented; there is no paging. */
  'GET /conversations/{conversationId}': { answer: LiveChatAIEnvelope<LiveChatAIRawConversation> }
  /** "conversations/reply": in a teammate's name. The conversation's status follows, how is undocumented. */
  'POST /conversations/{conversationId}/reply': {
    body: {
      message: string
      /** The teammate. Their ids show as `agent.id` of conversations and messages; nothing lists them. */
      userId: string
      messageType?: LiveChatAIMessageType
    }
    answer: LiveChatAIEnvelope<{ messageId: string; conversationId?: string; message?: LiveChatAIRawReply }>
  }
  /** "conversations/end": marks it resolved. */
  'POST /conversations/{conversationId}/end': {
    body: {
      /** The teammate who does. Left out, the assigned one, else the workspace's owner. */
      userId?: string
    }
    answer: LiveChatAIEnvelope<{ conversationId?: string; userId?: string; contactId?: string }>
  }
  /** "conversations/list-views": the filters that were saved in the dashboard. */
  'GET /conversations/views': {
    query: LiveChatAIPerPageQuery & {
      agentId: string
      /** Text in the name. The parameter's name is presumed; the page leaves it out. */
      search?: string
    }
    answer: LiveChatAIEnvelope<{ views: LiveChatAIView[]; meta?: LiveChatAIPageMeta }>
  }
}

/** Filters of "conversations/list" and "contacts/list-conversations", combined with "and". */
export interface LiveChatAIConversationQuery extends LiveChatAIPerPageQuery {
  /** By `lastMessageDate`. Default `desc`. */
  sort?: 'asc' | 'desc'
  status?: 'open' | 'close'
  /** Unix seconds, which both editions take, or ISO 8601. Which date they compare is undocumented. */
  startDate?: number | string
  endDate?: number | string
  /** From "conversations/list-views". */
  viewId?: string
  // The newer edition describes these without their parameters' names, so all five names are presumed.
  /** A teammate's id, or `ai`: no person is assigned. */
  assignedTo?: string
  sentiment?: LiveChatAISentiment
  /** A topic's name. */
  topic?: string
  channel?: LiveChatAIIntegration | 'MESSENGER' | 'FULLPAGE' | 'INLINECHAT' | 'PREVIEW' | 'ONBOARDING'
  resolution?: 'AIHelped' | 'AIDidNotHelp' | 'TalkToAgent'
}

export type LiveChatAIConversationPage = LiveChatAIEnvelope<{
  conversations: LiveChatAIRawConversation[]
  meta?: LiveChatAIPageMeta
}>

export type LiveChatAISentiment = 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' | 'UNSPECIFIED'

/** `IMAGE`: what the text has to be is undocumented, presumably the image's address. */
type LiveChatAIMessageType = 'TEXT' | 'IMAGE'

type LiveChatAIIntegration = 'WHATSAPP' | 'SLACK'

interface LiveChatAIView {
  id: string
  name?: string
  query?: {
    /** Such as `AND`. */
    combinator?: string
    /** Such as `sentiment EQUALS NEGATIVE`. */
    rules?: { field?: string; operator?: string; value?: unknown }[]
  }
  createdAt?: string
}
