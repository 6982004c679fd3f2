import type { LiveChatAIEnvelope, LiveChatAIPageMetadata, LiveChatAISentiment } from './envelope.ts'

/** Figures of one AI agent for a range of days, and for the days before. Percentages unless a field says otherwise. */
export interface LiveChatAIAnalyticsEndpoints {
  /** "analytics/main". Its parameters are assumed to be those of the other pages. */
  'GET /analytics': {
    query: LiveChatAIAnalyticsQuery
    answer: LiveChatAIEnvelope<{
      currentPeriod: LiveChatAIFigures & {
        dailyData?: { date?: string; total?: number; aiResolved?: number; humanInvolved?: number }[]
        changes?: LiveChatAIChanges
      }
      previousPeriod?: LiveChatAIFigures
    }>
  }
  /** "analytics/agent": all teammates, or one of them. */
  'GET /analytics/agent': {
    query: LiveChatAIAnalyticsQuery & {
      /** The id of a teammate. */
      userId?: string
    }
    answer: LiveChatAIEnvelope<{
      currentPeriod: LiveChatAITeamFigures & { changes?: LiveChatAIChanges }
      previousPeriod?: LiveChatAITeamFigures
    }>
  }
  /** "analytics/ai-functions". */
  'GET /analytics/ai-functions': {
    query: LiveChatAIAnalyticsQuery
    answer: LiveChatAIEnvelope<{
      currentPeriod: LiveChatAICalls & { functions?: LiveChatAIFunction[] }
      previousPeriod?: LiveChatAICalls
      changes?: LiveChatAIChanges
    }>
  }
  /** "analytics/csat": the customers' answers to the survey. `scores` has pages. */
  'GET /analytics/csat': {
    query: LiveChatAIAnalyticsQuery & {
      /** From 1. Default 1. */
      page?: number
      /** 1 to 100. Default 10. */
      pageSize?: number
    }
    answer: LiveChatAIEnvelope<{
      currentPeriod: LiveChatAIScores
      previousPeriod?: LiveChatAIScores
      changes?: LiveChatAIChanges
      metadata?: LiveChatAIPageMetadata
    }>
  }
  /** "analytics/topics": one row per day, with one column for each of `keys`. */
  'GET /analytics/topics': {
    query: LiveChatAIAnalyticsQuery & {
      /** Default `false`: only the six most frequent topics. */
      showAllTopics?: boolean
    }
    answer: LiveChatAIEnvelope<LiveChatAIDay<string>[]> & {
      keys?: string[]
      allTopics?: LiveChatAICount<string>[]
      areAllTopicsVisible?: boolean
    }
  }
  /** "analytics/sentiments": one row per day, with one column for each sentiment. */
  'GET /analytics/sentiments': {
    query: LiveChatAIAnalyticsQuery
    answer: LiveChatAIEnvelope<LiveChatAIDay<LiveChatAISentiment>[]> & {
      keys?: (LiveChatAISentiment | (string & {}))[]
      allSentimentsCounts?: LiveChatAICount<LiveChatAISentiment | (string & {})>[]
    }
  }
}

interface LiveChatAIAnalyticsQuery {
  agentId: string
  /** The first and the last day, `YYYY-MM-DD`. */
  startDate: string
  endDate: string
  /** A name of the IANA database. Set it, because the default is the vendor's undefined "system timezone". */
  timezone?: string
}

/** The change of each figure in percent. Some figures are missing. */
type LiveChatAIChanges = Record<string, number | null>

interface LiveChatAIFigures {
  totalConversationCount?: number
  openConversationCount?: number
  closedConversationCount?: number
  totalResolutionCount?: number
  /** The share of conversations that a teammate joined. */
  agentJoinedConversationRate?: number
  averageResolutionRate?: number
  totalGoodResponse?: number
  totalBadResponse?: number
  goodResponseRate?: number
  badResponseRate?: number
  totalContactsCapture?: number
  /** In seconds, judging by the next field. */
  averageChatDuration?: number
  humanizedAverageChatDuration?: string
  averageAIAgentCSATScore?: number
  totalAIAgentCSATResponses?: number
}

interface LiveChatAITeamFigures {
  totalConversationCount?: number
  closedConversationCount?: number
  /** The unit is undocumented. */
  agentResponseTime?: number
  /** Misspelled by the vendor, who may correct it. */
  avarageMessagesPerConversation?: number
  averageMessagesPerConversation?: number
  averageAgentCSATScore?: number
  totalAgentCSATResponses?: number
}

interface LiveChatAICalls {
  total?: number
  totalFailed?: number
}

interface LiveChatAIFunction extends LiveChatAICalls {
  name?: string
  description?: string | null
  /** Example: `CUSTOM`. */
  type?: string
  mcpName?: string | null
  mcpProvider?: string | null
}

interface LiveChatAIScores {
  averageScore?: number | null
  totalResponses?: number
  scores?: {
    id: string
    score?: number
    comment?: string | null
    email?: string | null
    name?: string | null
    /** Example: `AFTER_RESOLUTION`. */
    triggerReason?: string
    createdAt?: string
  }[]
}

/** `date` is a day, `YYYY-MM-DD`. The other columns are counts. */
type LiveChatAIDay<Column extends string> = { date: string } & { [Name in Column]?: number | string }

interface LiveChatAICount<Name extends string> {
  name: Name
  count?: number
}
