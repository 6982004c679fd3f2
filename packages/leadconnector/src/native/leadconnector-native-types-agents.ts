import type { LeadConnectorAgentPayload, LeadConnectorKnowledgeBaseTrigger } from '../wire/agent.ts'
import type { LeadConnectorGenerationPayload } from '../wire/generation.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** "Create Agent", "Update Agent": what both may set. The model and its temperature are not among it: no API has them. */
export interface LeadConnectorAgentSettings {
  businessName?: string
  /** `auto-pilot` answers, `suggestive` proposes to the staff, `off` does nothing. Default `off`. */
  mode?: LeadConnectorWord<'off' | 'suggestive' | 'auto-pilot'>
  channels?: LeadConnectorWord<'IG' | 'FB' | 'SMS' | 'WebChat' | 'WhatsApp' | 'Live_Chat' | 'Email'>[]
  /** Whether it answers where nothing else decides. The first agent of a location is. Was seen not to persist. */
  isPrimary?: boolean
  /** How long it waits before it answers, in `waitTimeUnit`. At most 300 seconds or 5 minutes; default 2. */
  waitTime?: number
  /** Default `seconds`. */
  waitTimeUnit?: LeadConnectorWord<'seconds' | 'minutes'>
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  /** Pause after a person has written. */
  sleepOnManualMessage?: boolean
  /** Pause after a workflow has written. */
  sleepOnWorkflowMessage?: boolean
  /** In `sleepTimeUnit`, at most 48 hours, 2,880 minutes or 172,800 seconds. `null`: until someone resumes it. */
  sleepTime?: number | null
  sleepTimeUnit?: LeadConnectorWord<'hours' | 'minutes' | 'seconds'> | null
  knowledgeBaseIds?: string[]
  /** Can be set but not read back. Default `false`. */
  respondToImages?: boolean
  /** Can be set but not read back. Default `false`. */
  respondToAudio?: boolean
  /** When it is not empty it stands in for personality, goal and instructions. Only the newest reference has it. */
  fullPrompt?: string
}

export interface LeadConnectorCreateAgentBody extends LeadConnectorAgentSettings {
  name: string
  personality: string
  goal: string
  instructions: string
  /** 1 to 100 messages, default 75. Older pages say 25 for both. */
  autoPilotMaxMessages?: number
}

/** Documented as partial, but booleans that are left out were seen to fall back: send every one that is known. */
export interface LeadConnectorUpdateAgentBody extends LeadConnectorAgentSettings {
  /** 1 to 100 messages. */
  autoPilotMaxMessages: number
  name?: string
  personality?: string
  goal?: string
  instructions?: string
  /** In no schema of the body, but taken by it: which knowledge bases to use when. */
  knowledgeBaseTriggers?: LeadConnectorKnowledgeBaseTrigger[]
}

export interface LeadConnectorAgentSearchQuery {
  /** The id of the last agent of the page before. */
  startAfter?: string
  /** Neither a default nor a maximum is documented. */
  limit?: number
  /** In the name; must be in lower case. */
  query?: string
}

export interface LeadConnectorAgentSearchAnswer {
  /** Was seen missing although `count` was above zero: that is a fault, not an empty list. */
  agents?: LeadConnectorAgentPayload[]
  /** All agents of the location, whatever `query` says. */
  totalCount?: number
  /** Agents of this page. */
  count?: number
  traceId?: string
}

export interface LeadConnectorGenerationQuery {
  /** The id of a message that the agent made; any other is not found. */
  messageId: string
  /** `conversation` for answers in the inbox, `workflow` for those made inside a workflow. */
  source: LeadConnectorWord<'conversation' | 'workflow'>
}

/** "Conversation AI": agents, and how their answers were made. */
export interface LeadConnectorAgentEndpoints {
  'POST /conversation-ai/agents': { body: LeadConnectorCreateAgentBody; answer: LeadConnectorAgentPayload }
  'GET /conversation-ai/agents/search': { query: LeadConnectorAgentSearchQuery; answer: LeadConnectorAgentSearchAnswer }
  'GET /conversation-ai/agents/{agentId}': { answer: LeadConnectorAgentPayload }
  'PUT /conversation-ai/agents/{agentId}': { body: LeadConnectorUpdateAgentBody; answer: LeadConnectorAgentPayload }
  'DELETE /conversation-ai/agents/{agentId}': { answer: { success: boolean; id?: string; traceId?: string } }
  'GET /conversation-ai/generations': { query: LeadConnectorGenerationQuery; answer: LeadConnectorGenerationPayload }
}
