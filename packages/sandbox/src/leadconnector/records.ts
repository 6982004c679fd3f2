/** The emulator's data. Instants are milliseconds. Each view writes them in the format of its endpoint. */
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
  /** The conversation search finds it from this instant on. */
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
  /** The bot is silent before this instant. Infinity: the bot was stopped. */
  botSleepsUntil: number
  botAnswers: number
}

export interface MessageRecord {
  readonly id: string
  readonly conversationId: string
  readonly contactId: string
  readonly messageType: string
  /** Replaces the numeric code, for kinds that no table lists. */
  readonly typeCode?: number
  readonly at: number
  /** The response omits the message's date. */
  readonly isUndated?: boolean
  updatedAt: number
  /**
   * The message is invisible before this instant. It delays the bot's answers, and new messages when the settings hide
   * them.
   */
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
  /** A pending message becomes delivered at this instant. */
  readonly deliveredAt?: number
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
  /** The field names of the agent's id in this response. Both occur, together and alone. */
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

/** A kind of message that a contact can unsubscribe from. */
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
  /** How much of the site the crawl covered: `Exact`, `Path`, `Domain`. */
  readonly mode?: string
  readonly updatedAt: number
}

/** A JSON object of a request or a response. */
export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The vendor omits a key that has no value. */
export function withoutUndefined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}

export function iso(at: number): string {
  return new Date(at).toISOString()
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * FNV-1a with a final mix, as a signed 32-bit number. It must be fast, because seeding calls it tens of thousands of
 * times.
 */
function hash(text: string): number {
  let sum = 0x811c9dc5 | 0
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return mix(sum)
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

/** The number at an index of a text's own sequence. The second hash separates two texts with equal first hashes. */
function numberAt(first: number, second: number, place: number): number {
  return mix(first + Math.imul(place + 1, 0x9e3779b9) + Math.imul(second, place | 1)) >>> 0
}

/** An opaque id in the vendor's usual form. The same key gives the same id. */
export function idFrom(key: string, length = 20): string {
  const first = hash(key)
  const second = hash(`${key}~`)
  let id = ''
  for (let place = 0; place < length; place += 1) id += alphabet[numberAt(first, second, place) % alphabet.length]
  return id
}

export function uuidFrom(key: string): string {
  const first = hash(key)
  const second = hash(`${key}~`)
  let hex = ''
  for (let place = 0; place < 4; place += 1) hex += numberAt(first, second, place).toString(16).padStart(8, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A number in [0, below) that depends on the key alone, so that every run has the same variety. */
export function pick(key: string, below: number): number {
  return (hash(key) >>> 0) % below
}
