import type { LeadConnectorWorkingHoursPayload } from './action.ts'

/** An AI agent as `GET /conversation-ai/agents/{agentId}` and the agent search send it; neither sends every field. */
export interface LeadConnectorAgentPayload {
  id: string
  name?: string
  businessName?: string
  /** `off`, `suggestive`, `auto-pilot`; `autoPilot` was seen as well. */
  mode?: string
  /** `IG`, `FB`, `SMS`, `WebChat`, `WhatsApp`, `Live_Chat`, `Email`, in several spellings. */
  channels?: string[] | null
  isPrimary?: boolean
  waitTime?: number
  /** `seconds` or `minutes`. */
  waitTimeUnit?: string
  /** Deprecated by the vendor. */
  sleepEnabled?: boolean
  sleepOnManualMessage?: boolean
  sleepOnWorkflowMessage?: boolean
  /** `null`: until someone resumes it. */
  sleepTime?: number | null
  sleepTimeUnit?: string | null
  personality?: string
  /** An object in the search, a text elsewhere. */
  goal?: string | LeadConnectorAgentGoal
  instructions?: string
  fullPrompt?: string
  autoPilotMaxMessages?: number
  knowledgeBaseIds?: string[]
  respondToImages?: boolean
  respondToAudio?: boolean
  actions?: LeadConnectorActionPointer[]
  emailWaitTime?: number
  emailWaitTimeUnit?: string
  /** The vendor names the field and not what is in it. */
  emailSettings?: Record<string, unknown>
  knowledgeBaseTriggers?: LeadConnectorKnowledgeBaseTrigger[]
  workingHours?: LeadConnectorWorkingHoursPayload | null
  /** Only in the search. */
  createdAt?: string
  /** Only in the search. */
  updatedAt?: string
  traceId?: string
}

export interface LeadConnectorAgentGoal {
  prompt?: string
  type?: string
  actionId?: string | null
}

export interface LeadConnectorActionPointer {
  id: string
  type?: string
}

/** Which knowledge bases are used when. */
export interface LeadConnectorKnowledgeBaseTrigger {
  id?: string
  /** Such as `all`. */
  mode?: string
  knowledgeBaseIds?: string[]
  triggerCondition?: string
  priority?: number
}
