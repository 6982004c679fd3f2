/**
 * The percentile by nearest rank: the smallest of the values that is not exceeded by this part of them.
 *
 * @param sorted in ascending order, not empty.
 * @param part above 0, up to 1.
 */
export const nearestRank = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] as number

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** `null` of no values. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length

/** A text without case, accents and differences of width. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

let segmenter: Intl.Segmenter | undefined

/** The different words of a text, folded. Without spaces, as in Chinese, the platform's dictionary separates them. */
export function wordsOf(text: string): Set<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' })
  const words = new Set<string>()
  for (const { segment, isWordLike } of segmenter.segment(folded(text))) if (isWordLike) words.add(segment)
  return words
}

/**
 * How much two texts differ: one less the part of their different words that both have (the Jaccard index), from 0 to 1. Case,
 * accents, order, punctuation and repeated words do not count. It compares words and not meaning: a paraphrase counts as
 * different, and “open” and “not open” are nearly the same.
 */
export const difference = (one: string, other: string): number => distance(wordsOf(one), wordsOf(other))

/** The mean `difference` of all pairs. `null` of fewer than two texts. */
export function disagreementOf(texts: readonly string[]): number | null {
  const sets = texts.map(wordsOf)
  const distances = sets.flatMap((one, index) => sets.slice(index + 1).map((other) => distance(one, other)))
  return mean(distances)
}

function distance(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0
  for (const word of one) if (other.has(word)) both++
  const all = one.size + other.size - both
  return all === 0 ? 0 : 1 - both / all
}
