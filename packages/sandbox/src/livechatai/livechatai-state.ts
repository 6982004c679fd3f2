import type { HiddenMessages } from '../kit/sending.ts'

/** What the emulated workspace remembers. Dates are milliseconds; each endpoint writes them in its own format. */
export interface State {
  readonly agents: Map<string, StoredAgent>
  readonly teammates: Map<string, Teammate>
  /** The teammate whom the API key acts for when a call names nobody. */
  readonly ownerId: string
  readonly contacts: Map<string, StoredContact>
  readonly conversations: Map<string, StoredConversation>
  readonly dataSources: Map<string, StoredDataSource>
  readonly views: readonly StoredView[]
  /** Ids of AI messages whose improvement suggestion was dismissed. */
  readonly ignoredSuggestions: Set<string>
  readonly hidden: HiddenMessages
  /** A new id of the vendor's kind. */
  newId(): string
  /** The time now, never the same millisecond twice, so that what happened later also reads as later. */
  tick(): number
}

/** Fields that replace those of an answer when odd values are shown; an `undefined` takes a field away. */
export type Oddity = Readonly<Record<string, unknown>>

export interface StoredAgent {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly isLiveChatEnabled: boolean
  readonly isImageSharingEnabled: boolean
  readonly language: string
  readonly isArchived: boolean
  /** Keys configured in the dashboard; a contact's other attributes are dropped. */
  readonly attributeKeys: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** A human: the nested `agent` of a conversation or message. */
export interface Teammate {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly avatar: string | null
}

export type AttributeValue = string | number | boolean

export interface StoredContact {
  readonly id: string
  readonly agentId: string
  distinctId: string | null
  name: string | null
  email: string | null
  phone: string | null
  readonly country: string | null
  readonly ip: string | null
  readonly chatSource: string | null
  attributes: Record<string, AttributeValue>
  readonly createdAt: number
  updatedAt: number
}

export interface Citation {
  readonly id: string
  readonly type: string
  readonly link: string | null
  readonly distance: number
}

export interface StoredMessage {
  readonly id: string
  readonly content: string
  readonly role: 'user' | 'assistant'
  readonly type: 'TEXT' | 'IMAGE'
  readonly source: readonly Citation[]
  readonly agent: Teammate | null
  /** A customer's thumb under an AI answer. */
  readonly rating: 'good' | 'bad' | null
  readonly createdAt: number
  /** Shown without a time. */
  readonly isUndated?: boolean
  readonly oddity?: Oddity
}

export type Sentiment = 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' | 'UNSPECIFIED'
export type Resolution = 'AIHelped' | 'AIDidNotHelp' | 'TalkToAgent'

export interface Survey {
  readonly id: string
  readonly score: number
  readonly comment: string | null
  readonly triggerReason: string
  readonly createdAt: number
}

export interface StoredConversation {
  readonly id: string
  readonly agentId: string
  readonly contactId: string
  isResolved: boolean
  isAgent: boolean
  readonly isMuted: boolean
  readonly isStarred: boolean
  readonly integrationType: string | null
  agent: Teammate | null
  readonly messages: StoredMessage[]
  readonly sentiment: Sentiment
  readonly topic: string | null
  readonly resolution: Resolution | null
  readonly survey: Survey | null
  readonly createdAt: number
  updatedAt: number
  readonly oddity?: Oddity
}

export interface StoredDataSource {
  readonly id: string
  readonly agentId: string
  readonly source: string
  readonly title: string
  readonly text: string
  readonly url: string | null
  readonly isGeneratedByAI: boolean
  /** Whether the AI draws answers from it. */
  readonly isUsed: boolean
  /** Listings left until it is trained. */
  processing: number
  readonly failed: boolean
  readonly createdAt: number
  readonly updatedAt: number
  readonly oddity?: Oddity
}

export interface ViewRule {
  readonly field: string
  readonly operator: 'EQUALS' | 'NOT_EQUALS'
  readonly value: string
}

export interface StoredView {
  readonly id: string
  readonly agentId: string
  readonly name: string
  readonly query: { readonly combinator: 'AND' | 'OR'; readonly rules: readonly ViewRule[] }
  readonly createdAt: number
}

export const lastMessageAt = (conversation: StoredConversation): number | null =>
  conversation.messages.at(-1)?.createdAt ?? null

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
