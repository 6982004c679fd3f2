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

/** The made-up company whose customers the sandbox shows. */
export const company = {
  name: 'Quillon Cycles',
  site: 'https://www.quilloncycles.example',
  files: 'https://files.quilloncycles.example',
  mailDomain: 'quilloncycles.example',
} as const

/** Material for dialogues about one matter. Slots such as `{order}` are filled per dialogue. */
export interface Topic {
  /** Fits into "about …". */
  readonly about: string
  /** Key of the bot that usually deals with it; the shop's bot when unsupported. */
  readonly bot?: string
  readonly subjects: readonly string[]
  /** The first one opens the dialogue; the others follow in any number. */
  readonly exchanges: readonly Exchange[]
}

/** Questions of one kind, with their answers in the same order. */
export interface Exchange {
  readonly asks: readonly string[]
  readonly replies: readonly string[]
  /** Keys of the articles from which the answer is drawn, best first. */
  readonly articles: readonly string[]
  /** The customer sends a picture along. */
  readonly photo?: true
}

export const exchange = (
  articles: readonly string[],
  asks: readonly string[],
  replies: readonly string[],
  photo = false,
): Exchange => ({ asks, replies, articles, ...(photo && { photo }) })
