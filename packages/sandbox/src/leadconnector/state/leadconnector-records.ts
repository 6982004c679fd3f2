import type { Json } from '../leadconnector-json.ts'

/** What the emulator remembers. Instants are milliseconds; each view turns them into the form of its endpoint. */
export interface AgentRecord {
  readonly id: string
  name: string
  businessName?: string
  mode: string
  channels: string[] | null
  isPrimary: boolean
  waitTime: number
  waitTimeUnit: string
  sleepEnabled: boolean
  sleepOnManualMessage: boolean
  sleepOnWorkflowMessage: boolean
  sleepTime: number | null
  sleepTimeUnit: string | null
  personality: string
  goal: string
  instructions: string
  fullPrompt?: string
  autoPilotMaxMessages: number
  knowledgeBaseIds: string[]
  knowledgeBaseTriggers?: unknown[]
  respondToImages: boolean
  respondToAudio: boolean
  readonly actions: ActionRecord[]
  workingHours: Json | null
  readonly createdAt: number
  updatedAt: number
}

export interface ActionRecord {
  readonly id: string
  name: string
  readonly agentId: string
  type: string
  details: Json
}

export interface ContactRecord {
  readonly id: string
  readonly locationId: string
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  companyName: string | null
  country: string | null
  timezone: string | null
  source: string | null
  assignedTo: string | null
  tags: string[]
  dnd: boolean
  dndSettings: Json
  customFields: unknown[]
  visitorId: string | null
  readonly dateAdded: number
  dateUpdated: number
}

export interface ConversationRecord {
  readonly id: string
  readonly contactId: string
  readonly createdAt: number
  /** The search shows it from here on. */
  readonly searchableAt: number
  updatedAt: number
  unreadCount: number
  starred: boolean
  deleted: boolean
  feedback: unknown
  readonly followers: string[]
  readonly mentions: string[]
  readonly score: number
  /** Oldest first. */
  readonly messages: MessageRecord[]
  /** The bot is silent before this instant; Infinity when it was stopped. */
  botSleepsUntil: number
  botAnswers: number
}

export interface MessageRecord {
  readonly id: string
  readonly conversationId: string
  readonly contactId: string
  readonly messageType: string
  /** Overrides the numeric code, for kinds that no table lists. */
  readonly typeCode?: number
  readonly at: number
  /** Shown without its date. */
  readonly isUndated?: boolean
  updatedAt: number
  /** Nobody sees it earlier: the bot's answer waits here, and what was just sent where the vendor hides it. */
  readonly visibleAt: number
  readonly direction: 'inbound' | 'outbound'
  readonly body?: string
  status?: string
  readonly contentType?: string
  attachments?: string[]
  readonly source?: string
  readonly userId?: string
  readonly conversationProviderId?: string
  readonly chatWidgetId?: string
  readonly altId?: string
  readonly from?: string
  readonly to?: string
  error?: string
  readonly activity?: Json
  readonly mentions?: readonly string[]
  readonly call?: { readonly duration: number; readonly status: string; readonly sentences?: readonly Sentence[] }
  readonly emailIds?: readonly string[]
  readonly page?: { readonly kind: 'ig' | 'fb'; readonly id: string; readonly name: string }
  /** A pending message settles by itself when the clock reaches this. */
  readonly settlesAt?: number
  readonly scheduledFor?: number
}

export interface Sentence {
  readonly mediaChannel: number
  readonly startTime: number
  readonly endTime: number
  readonly transcript: string
  readonly confidence: number
}

export interface EmailRecord {
  readonly id: string
  readonly messageId: string
  readonly threadId: string
  readonly subject: string
  readonly html: string
  readonly direction: 'inbound' | 'outbound'
  readonly at: number
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly attachments: readonly string[]
  readonly replyToMessageId?: string
  readonly altId?: string
  status?: string
  events: Record<string, number>
  recipients: Json[]
}

export interface GenerationRecord {
  readonly messageId: string
  readonly source: 'conversation' | 'workflow'
  readonly agentId: string
  /** Which names the vendor gives the agent in this answer: both occur, together and alone. */
  readonly agentKeys: readonly ('agentId' | 'employeeId')[]
  readonly prompt: string
  readonly intent: string
  readonly input: string
  readonly mode: string
  readonly responseMessage: string
  readonly history: readonly Json[]
  readonly faqs: readonly Json[]
  readonly website: readonly Json[]
  readonly richText: readonly Json[]
  readonly actionLogs: readonly Json[]
  readonly visibleAt: number
}

export interface UserRecord {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

/** What a contact can unsubscribe from. */
export interface SubtypeRecord {
  readonly id: string
  name: string
  description: string
  readonly channel: string
  readonly language: string
  archived: boolean
  readonly createdAt: number
  updatedAt: number
}

export interface KnowledgeBaseRecord {
  readonly id: string
  name: string
  description: string
  readonly isDefault: boolean
  readonly createdAt: number
  updatedAt: number
  readonly faqs: FaqRecord[]
  readonly pages: PageRecord[]
  readonly richText: number
  readonly files: number
}

export interface FaqRecord {
  readonly id: string
  question: string
  answer: string
  readonly createdAt: number
  updatedAt: number
}

export interface PageRecord {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly text: string
  status: string
  /** How much of the site the search for it took in: `Exact`, `Path`, `Domain`. */
  readonly mode?: string
  readonly updatedAt: number
}
