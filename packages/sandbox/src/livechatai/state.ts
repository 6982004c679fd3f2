import type { HiddenMessages } from '../kit/emulator.ts'

/** The data of the emulated workspace. Dates are milliseconds. Each endpoint writes them in its own format. */
export interface State {
  readonly agents: Map<string, StoredAgent>
  readonly teammates: Map<string, Teammate>
  /** The teammate that the API key acts for by default. */
  readonly ownerId: string
  readonly contacts: Map<string, StoredContact>
  readonly conversations: Map<string, StoredConversation>
  readonly dataSources: Map<string, StoredDataSource>
  readonly views: readonly StoredView[]
  /** Ids of AI messages whose improvement suggestion was dismissed. */
  readonly ignoredSuggestions: Set<string>
  readonly hidden: HiddenMessages
  /** A new id in the vendor's form. */
  newId(): string
  /** The current time, which never repeats a millisecond, so that a later event has a later time. */
  tick(): number
}

/** Replaces fields of a response when odd values are shown. `undefined` removes a field. */
export type Oddity = Readonly<Record<string, unknown>>

export interface StoredAgent {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly isLiveChatEnabled: boolean
  readonly isImageSharingEnabled: boolean
  readonly language: string
  readonly isArchived: boolean
  /** Attributes defined in the dashboard. A contact's other attributes are dropped. */
  readonly attributeKeys: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** A teammate: the nested `agent` of a conversation or message. */
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
  /** The customer's rating of an AI answer. */
  readonly rating: 'good' | 'bad' | null
  readonly createdAt: number
  /** The response omits the message's time. */
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
  /** Whether the AI uses it for answers. */
  readonly isUsed: boolean
  /** Listings left until the source is trained. */
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

/** A number in [0, 2^32) that depends on the text alone (FNV-1a with a final mix). */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on the text alone, so that a reset gives the same data again. */
export const chance = (text: string): number => hash(text) / 0x1_0000_0000

export function pick<T>(options: readonly [T, ...T[]], text: string): T {
  return options[hash(text) % options.length] ?? options[0]
}

/** An id in the form seen in real embed snippets: 25 lower-case letters and digits, starting with `c`. */
export function cuid(text: string): string {
  const part = (salt: number): string => hash(`${salt}:${text}`).toString(36).padStart(7, '0').slice(-6)
  return `c${part(1)}${part(2)}${part(3)}${part(4)}`
}

/** `2025-03-04T09:15:00Z`: conversation lists, contact lists and suggestions have no milliseconds. */
export const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** `2025-03-04T09:15:00.000Z`: the format of all other endpoints. */
export const isoMilliseconds = (at: number): string => new Date(at).toISOString()

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. Throws a RangeError for an unknown zone. */
export function dayIn(timezone: string, at: number): string {
  let formatter = formatters.get(timezone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timezone, formatter)
  }
  return formatter.format(at)
}

/** The day a number of days later. Both are `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** A slug that no other agent of the workspace has. */
export function freeSlug(state: State, name: string): string {
  const taken = new Set([...state.agents.values()].map((agent) => agent.slug))
  const slug = slugOf(name) || 'agent'
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}

/**
 * The types that can be deleted. A filter also accepts `ALL`. `YOUTUBE` and `NOTION` occur only in citations and lists.
 */
export const sourceTypes = ['WEBSITE', 'TEXT', 'QA', 'PDF', 'DOCX', 'IMAGE'] as const
