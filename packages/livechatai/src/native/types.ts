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

/** Every endpoint of API v2 by its route, with what it takes and what it answers. */
export interface LiveChatAIEndpoints
  extends LiveChatAIAgentEndpoints,
    LiveChatAIConversationEndpoints,
    LiveChatAIContactEndpoints,
    LiveChatAIDataSourceEndpoints,
    LiveChatAISuggestionEndpoints,
    LiveChatAIAnalyticsEndpoints {}

/**
 * `adapter.native`. Routes accept any AI agent of the workspace, not only the adapter's: `agentId` is never filled in.
 */
export type LiveChatAINative = NativeApi<LiveChatAIEndpoints>

/**
 * The AI agents of the whole workspace. No endpoint changes one: model, prompt and language are set in the dashboard.
 */
interface LiveChatAIAgentEndpoints {
  /** "agents/list": archived ones too; no filter is documented. */
  'GET /agents': {
    query: LiveChatAILimitQuery
    answer: { status?: string; data: LiveChatAIAgentPayload[] } & LiveChatAIPages
  }
  /** "agents/create". */
  'POST /agents': {
    body: {
      name: string
      /** Whether people can be asked to join. */
      isLiveChatEnabled: boolean
      isImageSharingEnabled?: boolean
    }
    answer: LiveChatAIAgentAnswer
  }
  /** "agents/retrieve": by id or slug. */
  'GET /agents/{agentId}': {
    query: {
      /** Marks the request as one of an embed, so that the vendor answers from a cache. */
      isEmbed?: boolean
    }
    answer: LiveChatAIAgentAnswer
  }
  /** "agents/delete": permanent, with everything that belongs to the agent. The answer is undocumented. */
  'DELETE /agents/{agentId}': { answer: unknown }
}

/** Undocumented. It may be the agent itself, or wrapped in `data`, or in `data.agent`. */
interface LiveChatAIAgentAnswer extends Partial<LiveChatAIAgentPayload> {
  status?: string
  data?: Partial<LiveChatAIAgentPayload> & { agent?: LiveChatAIAgentPayload }
}

/** Contacts. Each belongs to one AI agent; nothing deletes one. */
interface LiveChatAIContactEndpoints {
  /** "contacts/create": creates, or changes the one with the same `contactId` or (presumably) `distinctId`. */
  'POST /contacts': {
    body: {
      agentId: string
      /** The application's own id. Required even with `contactId`. */
      distinctId: string
      contactId?: string
      /** Proof of identity, required where the agent has secure identification on. How it is made is not described. */
      userHash?: string
      name?: string
      email?: string
      phone?: string
      /** Keys that are defined in the dashboard. Others are dropped without an error. A time is in Unix seconds. */
      attributes?: Record<string, string | number | boolean>
    }
    /** Without `data`. */
    answer: { status?: string; contactId: string }
  }
  /** "contacts/list": without attributes and `updatedAt`. */
  'GET /contacts': {
    query: LiveChatAILimitQuery & { agentId: string }
    answer: { status?: string; agentId?: string; data: LiveChatAIContactPayload[] } & LiveChatAIPages
  }
  /** "contacts/retrieve": the contact itself, without an envelope; its `attributes` are a list here. */
  'GET /contacts/{contactId}': { answer: LiveChatAIContactPayload }
  /** "contacts/list-conversations". The path is presumed from the page's name. */
  'GET /contacts/{contactId}/conversations': { query: LiveChatAIConversationQuery; answer: LiveChatAIConversationPage }
}

/**
 * The knowledge of an AI agent. Nothing retrieves, changes or trains a single source; training goes on after a create,
 * and the list's `status` tells. Lengths are undocumented, and so is what happens to a duplicate.
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
  /** "data-sources/create-qa". Which fields are required is presumed. */
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
  /** "data-sources/create-file": the text that was taken out of a file, not the file. */
  'POST /data-sources/file': {
    body: {
      agentId: string
      title: string
      content: string
      /** In lower case here, and in upper case in every answer. */
      fileType: 'pdf' | 'docx' | 'image'
    }
    answer: LiveChatAIDataSourceCreated
  }
  /**
   * "data-sources/delete": a DELETE with a body. Sources of one type at a time; what was not there is in `notFound` and
   * no error. `source` of the answer is not to be relied on.
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

/** The vendor's suggestions, one for each answer that it considers poor. */
interface LiveChatAISuggestionEndpoints {
  /** "ai-suggestions/list". Its order is undocumented. */
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
  /** "ai-suggestions/delete": marks it ignored. The path is presumed; what it answers is undocumented. */
  'DELETE /ai-suggestions/{suggestionId}': { answer: unknown }
}

/** Conversations. Every endpoint without an id in its path requires the id of the AI agent. */
interface LiveChatAIConversationEndpoints {
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
   * With `streaming: true`, the answer is a `TextStream` (`isTextStream`), unless the vendor sends JSON. The format of the
   * stream is undocumented.
   */
  'POST /conversations': {
    body: {
      /** The customer's words; for `IMAGE` presumably the image's address. Its longest length is undocumented. */
      question: string
      /** The AI agent. Required even with `conversationId`. */
      agentId: string
      /** The conversation to continue. Omitted: a new one begins. */
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
    answer: LiveChatAIEnvelope<LiveChatAIAnswerPayload> | TextStream
  }
  /** "conversations/create": an empty one. */
  'POST /conversations/create': {
    body: {
      agentId: string
      /** Omitted: a new contact is created. */
      contactId?: string
      integrationType?: LiveChatAIIntegration
      /** Of a contact that is created. */
      ip?: string
      country?: string
    }
    answer: LiveChatAIEnvelope<{ conversationId: string; contactId?: string }>
  }
  /** "conversations/retrieve": with all its messages, whose order is undocumented; there is no paging. */
  'GET /conversations/{conversationId}': { answer: LiveChatAIEnvelope<LiveChatAIConversationPayload> }
  /** "conversations/reply": in a teammate's name. The conversation's status follows, how is undocumented. */
  'POST /conversations/{conversationId}/reply': {
    body: {
      message: string
      /** The teammate. Their ids show as `agent.id` of conversations and messages; nothing lists them. */
      userId: string
      messageType?: LiveChatAIMessageType
    }
    answer: LiveChatAIEnvelope<{ messageId: string; conversationId?: string; message?: LiveChatAIReplyPayload }>
  }
  /** "conversations/end": marks it resolved. */
  'POST /conversations/{conversationId}/end': {
    body: {
      /** The teammate who ends it. Default: the assigned one, or else the owner of the workspace. */
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
