import type { NativeApi } from '@parley/core'
import type { TextStream } from '@parley/core/operations'
import type {
  LiveChatAIAgentPayload,
  LiveChatAIAnswerPayload,
  LiveChatAIContactPayload,
  LiveChatAIConversationPayload,
  LiveChatAIDataSourcePayload,
  LiveChatAIReplyPayload,
  LiveChatAISuggestionPayload,
} from '../wire.ts'
import type {
  LiveChatAIEnvelope,
  LiveChatAILimitQuery,
  LiveChatAIPageMeta,
  LiveChatAIPages,
  LiveChatAIPagination,
  LiveChatAIPerPageQuery,
  LiveChatAISentiment,
} from './envelope.ts'
import type { LiveChatAIAnalyticsEndpoints } from './types-analytics.ts'

/** Every endpoint of API v2, keyed by its route, with its request and response. */
export interface LiveChatAIEndpoints
  extends LiveChatAIAgentEndpoints,
    LiveChatAIConversationEndpoints,
    LiveChatAIContactEndpoints,
    LiveChatAIDataSourceEndpoints,
    LiveChatAISuggestionEndpoints,
    LiveChatAIAnalyticsEndpoints {}

/**
 * `adapter.native`. Routes accept any AI agent of the workspace, not only the adapter's. `agentId` is never filled in.
 */
export type LiveChatAINative = NativeApi<LiveChatAIEndpoints>

/**
 * The AI agents of the whole workspace. No endpoint changes one: model, prompt and language are set in the dashboard.
 */
interface LiveChatAIAgentEndpoints {
  /** "agents/list": includes archived agents. No filter is documented. */
  'GET /agents': {
    query: LiveChatAILimitQuery
    answer: { status?: string; data: LiveChatAIAgentPayload[] } & LiveChatAIPages
  }
  /** "agents/create". */
  'POST /agents': {
    body: {
      name: string
      /** Whether a teammate can join a conversation. */
      isLiveChatEnabled: boolean
      isImageSharingEnabled?: boolean
    }
    answer: LiveChatAIAgentAnswer
  }
  /** "agents/retrieve": by id or slug. */
  'GET /agents/{agentId}': {
    query: {
      /** Marks the request as one of an embed, so that the vendor responds from a cache. */
      isEmbed?: boolean
    }
    answer: LiveChatAIAgentAnswer
  }
  /** "agents/delete": permanently deletes the agent and everything that belongs to it. The response is undocumented. */
  'DELETE /agents/{agentId}': { answer: unknown }
}

/** Undocumented. It may be the agent itself, or have it in `data` or `data.agent`. */
interface LiveChatAIAgentAnswer extends Partial<LiveChatAIAgentPayload> {
  status?: string
  data?: Partial<LiveChatAIAgentPayload> & { agent?: LiveChatAIAgentPayload }
}

/** Contacts. Each belongs to one AI agent. No endpoint deletes one. */
interface LiveChatAIContactEndpoints {
  /**
   * "contacts/create": creates a contact, or updates the one with the same `contactId` or (presumably) `distinctId`.
   */
  'POST /contacts': {
    body: {
      agentId: string
      /** The application's own id. Required even with `contactId`. */
      distinctId: string
      contactId?: string
      /**
       * Proof of identity, required if the agent uses secure identification. The reference does not describe how to
       * compute it.
       */
      userHash?: string
      name?: string
      email?: string
      phone?: string
      /** Attributes that are defined in the dashboard. Others are silently dropped. A time is in Unix seconds. */
      attributes?: Record<string, string | number | boolean>
    }
    /** The response has no `data`. */
    answer: { status?: string; contactId: string }
  }
  /** "contacts/list": without attributes and `updatedAt`. */
  'GET /contacts': {
    query: LiveChatAILimitQuery & { agentId: string }
    answer: { status?: string; agentId?: string; data: LiveChatAIContactPayload[] } & LiveChatAIPages
  }
  /** "contacts/retrieve": the contact without an envelope. Its `attributes` are a list here. */
  'GET /contacts/{contactId}': { answer: LiveChatAIContactPayload }
  /** "contacts/list-conversations". The path is derived from the page's name. */
  'GET /contacts/{contactId}/conversations': { query: LiveChatAIConversationQuery; answer: LiveChatAIConversationPage }
}

/**
 * The knowledge of an AI agent. No endpoint reads, changes or trains a single source. Training continues after a
 * create; the list shows the `status`. Maximum lengths and the treatment of duplicates are undocumented.
 */
interface LiveChatAIDataSourceEndpoints {
  /** "data-sources/list". */
  'GET /data-sources': {
    query: LiveChatAILimitQuery & { agentId: string; source?: LiveChatAISourceType | 'ALL' }
    answer: LiveChatAIEnvelope<{ agentId?: string; items: LiveChatAIDataSourcePayload[] } & LiveChatAIPages>
  }
  /** "data-sources/create-url": one page; there is no crawl. */
  'POST /data-sources/url': { body: { agentId: string; url: string }; answer: LiveChatAIDataSourceCreated }
  /** "data-sources/create-text". */
  'POST /data-sources/text': {
    body: { agentId: string; title: string; content: string }
    answer: LiveChatAIDataSourceCreated
  }
  /** "data-sources/create-qa". Which fields are required is an assumption. */
  'POST /data-sources/qa': {
    body: {
      agentId: string
      question: string
      answer: string
      isGeneratedByAI?: boolean
      /** The message that the entry comes from. */
      relatedMessageId?: string
    }
    answer: LiveChatAIDataSourceCreated
  }
  /** "data-sources/create-file": the text of a file, not the file itself. */
  'POST /data-sources/file': {
    body: {
      agentId: string
      title: string
      content: string
      /** Lower case here, upper case in every response. */
      fileType: 'pdf' | 'docx' | 'image'
    }
    answer: LiveChatAIDataSourceCreated
  }
  /**
   * "data-sources/delete": a DELETE with a body, for sources of one type. Unknown ids are in `notFound` and are no
   * error. `source` of the response is not reliable.
   */
  'DELETE /data-sources': {
    body: {
      agentId: string
      /** `YOUTUBE` and `NOTION` cannot be deleted. */
      source: LiveChatAISourceType
    } & ({ id: string; ids?: string[] } | { ids: string[]; id?: string })
    answer: LiveChatAIEnvelope<{
      message?: string
      agentId?: string
      source?: string
      deleted: string[]
      notFound?: string[]
    }>
  }
}

type LiveChatAISourceType = 'WEBSITE' | 'TEXT' | 'QA' | 'PDF' | 'DOCX' | 'IMAGE'

type LiveChatAIDataSourceCreated = LiveChatAIEnvelope<{
  message?: string
  item: Pick<LiveChatAIDataSourcePayload, 'id' | 'source' | 'isGeneratedByAI'>
}>

/** The vendor's suggestions: one for each answer that it considers poor. */
interface LiveChatAISuggestionEndpoints {
  /** "ai-suggestions/list". The order is undocumented. */
  'GET /ai-suggestions': {
    query: LiveChatAILimitQuery & {
      agentId: string
      /** ISO 8601 with a time. */
      startDate?: string
      endDate?: string
    }
    answer: LiveChatAIEnvelope<{
      agentId?: string
      suggestions: LiveChatAISuggestionPayload[]
      pagination?: LiveChatAIPagination
    }>
  }
  /** "ai-suggestions/retrieve". */
  'GET /ai-suggestions/{suggestionId}': { answer: LiveChatAIEnvelope<LiveChatAISuggestionPayload> }
  /**
   * "ai-suggestions/delete": marks the suggestion as ignored. The path is an assumption. The response is undocumented.
   */
  'DELETE /ai-suggestions/{suggestionId}': { answer: unknown }
}

/** Conversations. Every endpoint without an id in its path requires the id of the AI agent. */
interface LiveChatAIConversationEndpoints {
  /** "conversations/list": items have a `contact`, but no `agentId`, `contactId` or `messages`. */
  'GET /conversations': {
    query: LiveChatAIConversationQuery & {
      /** The AI agent. */
      agentId: string
      /** An inbox of the dashboard. The default is undocumented. */
      type?: 'unassigned' | 'your-inbox' | 'all'
    }
    answer: LiveChatAIConversationPage
  }
  /**
   * "conversations/send-message": sends a question in the customer's name. The AI answers in the same request, which
   * may take a minute. Uses messages of the plan's quota.
   *
   * With `streaming: true`, the response is a `TextStream` (`isTextStream`), unless the vendor sends JSON. The format
   * of the stream is undocumented.
   */
  'POST /conversations': {
    body: {
      /** The customer's text; for `IMAGE` presumably the image's URL. The maximum length is undocumented. */
      question: string
      /** The AI agent. Required even with `conversationId`. */
      agentId: string
      /** The conversation to continue. Omitted: a new conversation. */
      conversationId?: string
      /** The customer of a new conversation. Omitted: the vendor may create a contact. Only in the newer edition. */
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
    answer: LiveChatAIEnvelope<LiveChatAIAnswerPayload> | TextStream
  }
  /** "conversations/create": an empty one. */
  'POST /conversations/create': {
    body: {
      agentId: string
      /** Omitted: a new contact is created. */
      contactId?: string
      integrationType?: LiveChatAIIntegration
      /** The IP address of a new contact. */
      ip?: string
      country?: string
    }
    answer: LiveChatAIEnvelope<{ conversationId: string; contactId?: string }>
  }
  /** "conversations/retrieve": with all messages. Their order is undocumented. There are no pages. */
  'GET /conversations/{conversationId}': { answer: LiveChatAIEnvelope<LiveChatAIConversationPayload> }
  /** "conversations/reply": in a teammate's name. The effect on the conversation's status is undocumented. */
  'POST /conversations/{conversationId}/reply': {
    body: {
      message: string
      /** The teammate. Teammates' ids are in `agent.id` of conversations and messages. No endpoint lists them. */
      userId: string
      messageType?: LiveChatAIMessageType
    }
    answer: LiveChatAIEnvelope<{ messageId: string; conversationId?: string; message?: LiveChatAIReplyPayload }>
  }
  /** "conversations/end": marks it resolved. */
  'POST /conversations/{conversationId}/end': {
    body: {
      /** The teammate who ends the conversation. Default: the assigned one, else the workspace's owner. */
      userId?: string
    }
    answer: LiveChatAIEnvelope<{ conversationId?: string; userId?: string; contactId?: string }>
  }
  /** "conversations/list-views": the filters saved in the dashboard. */
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
interface LiveChatAIConversationQuery extends LiveChatAIPerPageQuery {
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

type LiveChatAIConversationPage = LiveChatAIEnvelope<{
  conversations: LiveChatAIConversationPayload[]
  meta?: LiveChatAIPageMeta
}>

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
