import type { LiveChatAIRawAgent } from '../wire/index.ts'
import type { LiveChatAILimitQuery, LiveChatAIPages } from './livechatai-native-envelope.ts'

/** AI agents: the whole workspace's. There is none to change one: model, prompt and language are the dashboard's. */
export interface LiveChatAIAgentEndpoints {
  /** "agents/list": archived ones too; no filter is documented. */
  'GET /agents': {
    query: LiveChatAILimitQuery
    answer: { status?: string; data: LiveChatAIRawAgent[] } & LiveChatAIPages
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
      /** Marks the call as an embed’s, which makes the vendor answer from a cache. */
      isEmbed?: boolean
    }
    answer: LiveChatAIAgentAnswer
  }
  /** "agents/delete": for good, with all that belongs to it. What it answers is undocumented. */
  'DELETE /agents/{agentId}': { answer: unknown }
}

/** Undocumented. It may be the agent itself, or wrapped in `data`, or in `data.agent`. */
interface LiveChatAIAgentAnswer extends Partial<LiveChatAIRawAgent> {
  status?: string
  data?: Partial<LiveChatAIRawAgent> & { agent?: LiveChatAIRawAgent }
}
