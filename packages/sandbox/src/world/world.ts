/**
 * The neutral story that the three emulated vendors tell in their own formats: a company, its knowledge, its bots,
 * its customers and what they talked about. Knows no vendor. Made from a seed: the same seed gives the same world.
 */
export interface World {
  readonly seed: number
  /** The instant at which the story ends, in milliseconds since the epoch; nothing in it is later. */
  readonly now: number
  readonly bots: readonly Bot[]
  readonly operators: readonly Operator[]
  readonly people: readonly Person[]
  readonly knowledge: readonly Article[]
  /** At least 250 per vendor, over every channel, at least 5,000 messages in all; some empty, one very long. */
  readonly dialogues: readonly Dialogue[]
}

export interface Bot {
  readonly key: string
  readonly name: string
  readonly goal: string
  readonly personality: string
  readonly instructions: string
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Operator {
  readonly key: string
  readonly name: string
  readonly email: string
}

export interface Person {
  readonly key: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly phone: string | null
  readonly country: string
  readonly externalId: string | null
  readonly tags: readonly string[]
  readonly createdAt: number
}

export interface Article {
  readonly key: string
  readonly kind: 'website' | 'faq' | 'file' | 'text'
  readonly title: string
  readonly url: string | null
  readonly text: string
}

export type WorldChannel =
  | 'sms'
  | 'email'
  | 'whatsapp'
  | 'messenger'
  | 'instagram'
  | 'web'
  | 'voice'
  | 'slack'
  | 'teams'
  | 'tiktok'
  | 'google'
  | 'api'

export interface Dialogue {
  readonly key: string
  readonly person: string
  readonly bot: string
  readonly channel: WorldChannel
  readonly subject: string
  /** A human took over at some point and still holds the conversation. */
  readonly handedOver: boolean
  readonly resolved: boolean
  readonly starred: boolean
  readonly unread: number
  readonly assignedTo: string | null
  readonly createdAt: number
  /** Oldest first. */
  readonly turns: readonly Turn[]
}

export interface Turn {
  readonly key: string
  readonly by: 'person' | 'bot' | 'operator' | 'automation' | 'system'
  readonly operator: string | null
  readonly text: string
  readonly at: number
  /** Keys of the articles that a bot's answer was drawn from, best first. */
  readonly articles: readonly string[]
  readonly attachment: { readonly name: string; readonly type: string; readonly url: string } | null
}

/** What the emulated bot says to a question, and from which articles; `articles` is empty when it does not know. */
export interface BotAnswer {
  readonly text: string
  readonly articles: readonly Article[]
}
