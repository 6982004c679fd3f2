/**
 * How much two texts differ: one less the part of their words that both have (the Jaccard index), from 0 to 1. Capitals, order,
 * punctuation and repeated words do not count. It does not know what the words mean: “open” and “closed” differ as much as any
 * two words.
 */
export function difference(one: string, other: string): number {
  const [first, second] = [wordsOf(one), wordsOf(other)]
  const all = new Set([...first, ...second])
  if (all.size === 0) return 0
  const common = [...first].filter((word) => second.has(word)).length
  return 1 - common / all.size
}

const segmenter = /* @__PURE__ */ new Intl.Segmenter(undefined, { granularity: 'word' })

const wordsOf = (text: string): Set<string> =>
  new Set(
    [...segmenter.segment(text.normalize('NFKC').toLowerCase())].flatMap(({ segment, isWordLike }) =>
      isWordLike ? [segment] : [],
    ),
  )
