/** The scripts that are written without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005\u3006]+/gu

/** PostgreSQL accepts about one megabyte of words in one vector. */
const longest = 100_000

/**
 * The text as `to_tsvector('simple', …)` needs it. Texts without spaces become pairs of neighbouring characters, so that
 * every part of them can be found without a dictionary.
 */
export function searchText(text: string): string {
  const plain = storable(text.length > longest ? text.slice(0, longest) : text)
  return plain.replace(unspaced, (run) => ` ${pairs(run).join(' ')} `)
}

function pairs(run: string): string[] {
  const characters = [...run]
  return characters.map((character, index) => character + (characters[index + 1] ?? ''))
}

/** A text that PostgreSQL can store: without NUL and without half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
