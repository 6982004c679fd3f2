/** Material for dialogues about one matter. Slots such as `{order}` are filled per dialogue. */
export interface Topic {
  /** Fits into "about …". */
  readonly about: string
  /** Key of the bot that usually deals with it; the shop's bot when absent. */
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
