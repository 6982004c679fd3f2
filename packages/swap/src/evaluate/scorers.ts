import type { EvaluatedSource, Scorer } from './evaluation.ts'
import { folded } from './statistics.ts'

/** Without case, accents, punctuation and repeated spaces. */
const plain = (text: string): string =>
  folded(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * 1 if the answer is the `expected` one, 0 if not. Case, accents, punctuation and spaces do not count. Applies only to questions with
 * `expected`.
 */
export const exact =
  (): Scorer =>
  ({ question: { expected }, answer: { text } }) =>
    expected === undefined ? null : Number(plain(text) === plain(expected))

/** The part of the texts in `contains` that the answer has, compared as by `exact`. Applies only to questions with `contains`. */
export const contains =
  (): Scorer =>
  ({ question: { contains: wanted }, answer: { text } }) => {
    if (!wanted || wanted.length === 0) return null
    const said = ` ${plain(text)} `
    const missing = wanted.filter((each) => !said.includes(` ${plain(each)} `))
    const score = 1 - missing.length / wanted.length
    return missing.length === 0 ? score : { score, reason: `Missing: ${missing.join(', ')}` }
  }

/**
 * 1 if the answer cites a source, 0 if not. If the question has a `source`, only a source counts whose title, address or file name has
 * this text.
 */
export const citesSource =
  (): Scorer =>
  ({ question: { source }, answer: { sources } }) => {
    const wanted = source === undefined ? '' : folded(source)
    const isIt = ({ title, url, fileName }: EvaluatedSource) =>
      [title, url, fileName].some((text) => text !== null && folded(text).includes(wanted))
    return Number(source === undefined ? sources.length > 0 : sources.some(isIt))
  }
