import type { Article, BotAnswer, World } from './world.ts'

const stopWords = new Set(
  'a an and are as at be but by can could do does for from had has have how i if in is it its me my not of on one or our so that the them there they this to us was we what when where which who will with would you your please about'.split(
    ' ',
  ),
)

/** Customers' words for terms of the articles. */
const synonyms: Readonly<Record<string, string>> = {
  open: 'opening',
  close: 'opening',
  closed: 'opening',
  hour: 'opening',
  cost: 'price',
  much: 'price',
  cheap: 'price',
  ship: 'delivery',
  shipping: 'delivery',
  arrive: 'delivery',
  deliver: 'delivery',
  parcel: 'delivery',
  refund: 'return',
  appointment: 'booking',
  book: 'booking',
  repair: 'booking',
  broken: 'warranty',
  guarantee: 'warranty',
  charge: 'battery',
  range: 'battery',
  stolen: 'theft',
  login: 'sign',
  password: 'sign',
  invoice: 'pay',
  payment: 'pay',
  card: 'pay',
  lease: 'leasing',
  size: 'size',
  tall: 'size',
}

/** Answers from the articles that share the question's rarest words. If none does, the answer says so. */
export function answer(world: Pick<World, 'knowledge'>, question: string): BotAnswer {
  const wanted = new Set(words(question))
  const scored = world.knowledge
    .map((article) => ({ article, score: score(article, wanted, world.knowledge) }))
    .filter((entry) => entry.score >= 1)
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best) {
    return {
      text: 'I am sorry, I do not know that. Would you like me to pass your question on to a colleague?',
      articles: [],
    }
  }
  const used = second && second.score > best.score * 0.7 ? [best.article, second.article] : [best.article]
  const sentences = used.flatMap((article, rank) => bestSentences(article, wanted, rank === 0 ? 2 : 1))
  return { text: sentences.join(' '), articles: used }
}

function score(article: Article, wanted: ReadonlySet<string>, all: readonly Article[]): number {
  const title = new Set(words(article.title))
  const body = new Set(words(article.text))
  let sum = 0
  for (const word of wanted) {
    if (!title.has(word) && !body.has(word)) continue
    const spread = all.filter((other) => other.text.toLowerCase().includes(word)).length
    sum += (title.has(word) ? 2 : 1) * Math.log(1 + all.length / (1 + spread))
  }
  return sum
}

function bestSentences(article: Article, wanted: ReadonlySet<string>, count: number): string[] {
  const sentences = article.text.split(/(?<=\.)\s+/)
  const hits = sentences.map((sentence) => words(sentence).filter((word) => wanted.has(word)).length)
  const ranked = sentences.map((_, at) => at).sort((a, b) => (hits[b] ?? 0) - (hits[a] ?? 0) || a - b)
  // The sentences keep the article's order.
  const chosen = ranked.slice(0, count).sort((a, b) => a - b)
  return chosen.map((at) => sentences[at] ?? '')
}

function words(text: string): string[] {
  const found = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  return found.filter((word) => word.length > 1 && !stopWords.has(word)).map(stem)
}

function stem(word: string): string {
  const singular = word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
  return synonyms[singular] ?? singular
}
