import type { HiddenMessages } from '../kit/emulator.ts'
import { characters, createRandom, uuid } from '../kit/random.ts'

/** What the emulated deployment remembers. Instants are milliseconds; they are written as text only when shown. */
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
  /** By user or agent id. */
  readonly limits: Map<string, Limits>
  readonly usage: { readonly agentId: string; readonly type: string; readonly amount: number; readonly at: number }[]
  /** Answers that have not been given yet, by question. */
  readonly pending: Map<string, PendingAnswer>
  /** When somebody last wrote in each dialog that is going on, by conversation. */
  readonly dialogs: Map<string, number>
  readonly hidden: HiddenMessages
  newId(): string
  /** The time now, never the same millisecond twice, so that what happened later also reads as later. */
  tick(): number
}

export interface StoredAgent {
  readonly id: string
  readonly apiKey: string
  /** Without it the key opens nothing, and is not told. */
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
  /** Written, and shown by no answer. */
  readonly backgroundUrl: string | null
  readonly defaultErrorMessage: string | null
  readonly status: 'active' | 'inactive' | 'draft'
  readonly tags: readonly string[] | null
  readonly restrictDocumentsToOwnerOnly: boolean
}

/** What an agent can be made as. */
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
  /** Agents whose users they are, also without a conversation. */
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
  /** Written by clients, shown by no answer. */
  status: 'active' | 'inactive' | 'archived'
  /** Background for the agent; never returned. */
  context: string | null
  stateId: string | null
  assignedTo: string | null
  /** The `source` of its messages, as far as these name no other. */
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
  /** The question that it answers; a customer's message names itself, another, or none. */
  readonly questionId: string | null
  readonly source: string
  /** Words that no document names, shown unless the settings hide them. */
  readonly odd: { readonly senderRole?: string; readonly source?: string }
  readonly aiResponse: AiResponse | null
  readonly subagentId: string | null
  readonly files: readonly StoredMessageFile[]
  readonly isAnonymized: boolean
  readonly createdAt: number
  /** Shown without a time. */
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
  /** Null until the bytes have been put to the signed URL. */
  bytes: Uint8Array<ArrayBuffer> | null
}

export interface StoredAgentFile {
  readonly id: string
  readonly agentId: string
  readonly fileName: string
  /** Null for uploads, which the emulator serves itself. */
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

/** A label that the organisation defines; the vendor calls it a conversation state. */
export interface WorkflowState {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly color: string | null
  readonly isPersistent: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** A platform user: a human of the organisation. */
export interface Staff {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: 'owner' | 'admin' | 'user' | 'copilot_user' | 'copilot_agent_user' | 'copilot_admin'
  readonly avatarUrl: string | null
  readonly phoneNumber: string
}

/** Stores a message at its place among the others; no read shows it as long as the setting says. */
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

/** The vendor's id for a record of the world: the same for the same seed, whatever else is seeded. */
export const idOf = (seed: number, key: string): string => uuid(streamOf(seed, key))

/** Letters and digits for keys and for the ids of the model behind the vendor. */
export const tokenOf = (seed: number, key: string, length: number): string =>
  characters(streamOf(seed, `token/${key}`), length, 'abcdefghijkmnpqrstuvwxyz23456789')

/** ISO 8601 in UTC. Whole seconds come without milliseconds: the vendor's samples show both forms. */
export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
