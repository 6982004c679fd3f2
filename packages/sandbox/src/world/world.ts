/**
 * The neutral data that the emulated vendors show in their own formats: a company, its knowledge, its bots, its
 * customers and their conversations. It contains nothing of a vendor. The same seed gives the same world.
 */
export interface World {
  readonly seed: number
  /** The ids of what is created after the start follow from it. */
  readonly idSeed: number
  /** The end of the story, in milliseconds since the epoch. Nothing in the world is later. */
  readonly now: number
  readonly bots: readonly Bot[]
  readonly operators: readonly Operator[]
  readonly people: readonly Person[]
  readonly knowledge: readonly Article[]
  /**
   * In every channel. At a scale of 1 at least 250 per vendor, with at least 5,000 messages in all. Some are empty, one is
   * very long.
   */
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
  /** An operator took over and still has the conversation. */
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
  /** Keys of the articles that the bot's answer uses, best first. */
  readonly articles: readonly string[]
  readonly attachment: { readonly name: string; readonly type: string; readonly url: string } | null
}

/**
 * The emulated bot's answer to a question, and its articles. `articles` is empty if the bot does not know the answer.
 */
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

/** Text for dialogues about one topic. Each dialogue fills slots such as `{order}`. */
export interface Topic {
  /** Completes the phrase "about …". */
  readonly about: string
  /** Key of the bot that usually answers. Default: the shop's bot. */
  readonly bot?: string
  readonly subjects: readonly string[]
  /** The first exchange opens the dialogue. Any number of the others follow. */
  readonly exchanges: readonly Exchange[]
}

/** Questions of one kind and their answers, in the same order. */
export interface Exchange {
  readonly asks: readonly string[]
  readonly replies: readonly string[]
  /** Keys of the articles that the answer uses, best first. */
  readonly articles: readonly string[]
  /** The customer sends a picture with the question. */
  readonly photo?: true
}

export const exchange = (
  articles: readonly string[],
  asks: readonly string[],
  replies: readonly string[],
  photo = false,
): Exchange => ({ asks, replies, articles, ...(photo && { photo }) })
