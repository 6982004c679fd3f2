import type { HiddenMessages } from '../kit/emulator.ts'
import { characters, createRandom, uuid } from '../kit/random.ts'

/** The emulator's data. Instants are milliseconds, and become strings only in responses. */
export interface State {
  readonly agents: Map<string, StoredAgent>
  readonly users: Map<string, StoredUser>
  readonly conversations: Map<string, StoredConversation>
  readonly workflowStates: readonly WorkflowState[]
  readonly staff: readonly Staff[]
  readonly roles: readonly AgentRole[]
  readonly organizationId: string
  readonly agentFiles: Map<string, StoredAgentFile>
  readonly messageFiles: Map<string, StoredMessageFile>
  readonly uploads: Map<string, Upload>
  readonly webhooks: StoredWebhook[]
  readonly prompts: Map<string, StoredPrompt>
  /** Keyed by user or agent id. */
  readonly limits: Map<string, Limits>
  readonly usage: { readonly agentId: string; readonly type: string; readonly amount: number; readonly at: number }[]
  /** Pending answers, keyed by question. */
  readonly pending: Map<string, PendingAnswer>
  /** The time of the last message in each active dialog, keyed by conversation. */
  readonly dialogs: Map<string, number>
  readonly hidden: HiddenMessages
  newId(): string
  /** The current time, which never repeats a millisecond, so that a later event has a later time. */
  tick(): number
}

export interface StoredAgent {
  readonly id: string
  readonly apiKey: string
  /** Without the API skill, the key does not work and is not shown. */
  readonly isApiSkillEnabled: boolean
  readonly roleId: string
  readonly aiConfigId: string
  readonly name: string
  readonly publicName: string
  readonly description: string | null
  readonly instructions: string | null
  readonly model: string
  readonly temperature: number | null
  readonly topP: number | null
  readonly isFileSearchEnabled: boolean
  readonly isCodeInterpreterEnabled: boolean
  readonly fileSearchMaxNumResults: number | null
  readonly reasoningEffort: string | null
  readonly reasoningMode: string | null
  readonly isOutputJsonSchemaEnabled: boolean
  readonly outputJsonSchema: string
  readonly avatarUrl: string | null
  /** Clients can write it. No response has it. */
  readonly backgroundUrl: string | null
  readonly defaultErrorMessage: string | null
  readonly status: 'active' | 'inactive' | 'draft'
  readonly tags: readonly string[] | null
  readonly restrictDocumentsToOwnerOnly: boolean
}

/** The roles that an agent can be created with. */
export interface AgentRole {
  readonly id: string
  readonly name: string
  readonly description: string
}

export interface StoredUser {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly phoneNumber: string | null
  readonly fkId: string | null
  readonly fkUserId: string | null
  readonly context: string | null
  readonly source: string | null
  readonly customData: CustomData | null
  /** The agents that the user belongs to, with or without a conversation. */
  readonly agentIds: Set<string>
  readonly isAnonymized: boolean
  readonly createdAt: number
}

type CustomData = Readonly<Record<string, unknown>>

export type Mode = 'ai' | 'manual'

export interface StoredConversation {
  readonly id: string
  readonly agentId: string
  readonly userId: string
  title: string | null
  readonly score: number | null
  readonly summary: string | null
  readonly aiConversationId: string
  readonly customData: CustomData | null
  readonly aiCallId: string | null
  mode: Mode
  /** Clients can write it. No response has it. */
  status: 'active' | 'inactive' | 'archived'
  /** Background for the agent. No response has it. */
  context: string | null
  stateId: string | null
  assignedTo: string | null
  /** The `source` of its messages, unless a message has its own. */
  readonly source: string
  readonly isAnonymized: boolean
  readonly createdAt: number
  updatedAt: number
  readonly messages: StoredMessage[]
}

export interface StoredMessage {
  readonly id: string
  readonly text: string
  readonly rawText: string | null
  readonly senderRole: 'conversation_user' | 'assistant' | 'manual_assistant'
  /** The question that the message answers. A customer's message refers to itself, to another one, or to none. */
  readonly questionId: string | null
  readonly source: string
  /** Undocumented values, shown unless the settings hide them. */
  readonly odd: { readonly senderRole?: string; readonly source?: string }
  readonly aiResponse: AiResponse | null
  readonly subagentId: string | null
  readonly files: readonly StoredMessageFile[]
  readonly isAnonymized: boolean
  readonly createdAt: number
  /** The response omits the message's time. */
  readonly isUndated?: boolean
  readonly feedbacks: StoredFeedback[]
}

export interface AiResponse {
  readonly reasoning: readonly string[] | null
  readonly outputText: string
  readonly urlCitations: readonly { readonly url: string; readonly title: string }[]
  readonly fileCitations: readonly { readonly fileId: string; readonly filename: string }[] | null
}

export interface StoredFeedback {
  readonly id: string
  readonly userId: string
  voteType: 'up' | 'down'
  question: string | null
  answer: string | null
  comment: string | null
  readonly userEmail: string | null
  readonly createdAt: number
  updatedAt: number
}

export interface StoredMessageFile {
  readonly id: string
  readonly conversationId: string
  readonly fileName: string
  readonly openAIFileId: string
  readonly storagePath: string
  readonly size: number | null
  readonly createdAt: number
}

export interface Upload {
  readonly contentType: string
  /** Null until the client has uploaded the file to the signed URL. */
  bytes: Uint8Array<ArrayBuffer> | null
}

export interface StoredAgentFile {
  readonly id: string
  readonly agentId: string
  readonly fileName: string
  /** Null for uploads, which the emulator serves. */
  readonly url: string | null
  readonly storagePath: string
  vectorStoreFileId: string | null
  status: 'processing' | 'done' | 'failed' | null
  uploadedToVectorStoreAt: number | null
  readonly createdAt: number
}

export interface StoredWebhook {
  readonly id: string
  readonly agentId: string
  readonly title: string
  readonly description: string
  readonly url: string
  readonly triggerCondition: string
  readonly headers: Readonly<Record<string, string>>
  readonly createdAt: number
}

export interface StoredPrompt {
  readonly response: string
  readonly totalTokens: number
  readonly readyAt: number
  looksLeft: number
}

export interface PendingAnswer {
  readonly conversation: StoredConversation
  readonly question: StoredMessage
  readonly readyAt: number
  looksLeft: number
}

export interface Limits {
  readonly id: string
  readonly tokensAmountPerMonth: number
  readonly smsAmountPerMonth: number
  readonly emailsAmountPerMonth: number
  readonly secondsAmountPerMonth: number
}

/** A label that the organization defines. The vendor calls it a conversation state. */
export interface WorkflowState {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly color: string | null
  readonly isPersistent: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** A platform user: an operator of the organization. */
export interface Staff {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: 'owner' | 'admin' | 'user' | 'copilot_user' | 'copilot_agent_user' | 'copilot_admin'
  readonly avatarUrl: string | null
  readonly phoneNumber: string
}

/** Inserts a message in order of time. Reads do not show it until the delay in the settings has passed. */
export function storeMessage(
  { hidden }: Pick<State, 'hidden'>,
  conversation: StoredConversation,
  message: StoredMessage,
  hideMs = 0,
): void {
  hidden.add(hideMs, () => {
    const { messages } = conversation
    const place = messages.findLastIndex(({ createdAt }) => createdAt <= message.createdAt)
    messages.splice(place + 1, 0, message)
  })
}

const streamOf = (seed: number, key: string) => createRandom(seed, `agent-conversation/${key}`)

/** The vendor's id of a record of the world. It depends on the seed and the key alone. */
export const idOf = (seed: number, key: string): string => uuid(streamOf(seed, key))

/** Letters and digits for keys, and for ids of the vendor's model provider. */
export const tokenOf = (seed: number, key: string, length: number): string =>
  characters(streamOf(seed, `token/${key}`), length, 'abcdefghijkmnpqrstuvwxyz23456789')

/** ISO 8601 in UTC. Whole seconds have no milliseconds, because the vendor's samples show both forms. */
export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
