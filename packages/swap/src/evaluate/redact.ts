import { folded } from './statistics.ts'

/** What is known of the people of a conversation. */
export interface KnownDetails {
  names?: readonly (string | null | undefined)[]
  /** Emails, phones, ids: anything that is written the same way each time. */
  values?: readonly (string | null | undefined)[]
}

/** Scripts that are written without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u

/**
 * A text without the details of people: known names become `[name]`, other known values `[id]`; emails become `[email]`, addresses of web
 * pages `[link]`, phones `[phone]`, and other numbers of five digits or more `[number]` (cards, accounts, orders, dates). It also
 * normalizes the text (NFKC), because a digit or a letter can be written in several ways.
 */
export function redact(text: string, { names = [], values = [] }: KnownDetails = {}): string {
  let result = text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
  result = result
    .replace(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/gu, '[email]')
    .replace(/\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+/giu, '[link]')
  for (const value of values) {
    const known = value?.normalize('NFKC').trim() ?? ''
    if (known.length >= 4) result = replaceFolded(result, known, '[id]')
  }
  for (const name of names) {
    const known = name?.normalize('NFKC').trim() ?? ''
    if (unspaced.test(known)) result = replaceFolded(result, known, '[name]')
  }
  const parts = new Set(
    names.flatMap((name) =>
      folded(name ?? '')
        .split(/[^\p{L}\p{N}]+/u)
        .filter((part) => part.length >= 2),
    ),
  )
  if (parts.size > 0)
    result = result.replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu, (word) => (parts.has(folded(word)) ? '[name]' : word))
  return (
    result
      .replace(/\b[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{2,4}){3,8}\b/gi, '[number]')
      .replace(/(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().\-/–]*\d){4,}(?!\p{N})/gu, (digits) =>
        /^\(?(?:\+|00)/.test(digits) || /^\(?0\d/.test(digits) ? '[phone]' : '[number]',
      )
      .replace(/\d{5,}/g, '[number]')
      // Several parts of a name, and the initials between them, are one name.
      .replace(/\[name\](?:[\s\-.’']*(?:\p{L}[’'.]\s*)?\[name\])+/gu, '[name]')
      .trim()
  )
}

/** Replaces every place where the text is, in any case and with any accents. */
function replaceFolded(text: string, wanted: string, by: string): string {
  const looked = folded(wanted)
  if (looked === '') return text
  const characters = [...text]
  const parts = characters.map(folded)
  let result = ''
  for (let at = 0; at < characters.length; ) {
    let [found, end] = ['', at]
    while (end < characters.length && found.length < looked.length) found += parts[end++]
    // What follows may belong to the last character.
    if (found === looked) {
      while (end < characters.length && parts[end] === '') end++
      result += by
      at = end
    } else result += characters[at++]
  }
  return result
}
