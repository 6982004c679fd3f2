import type { TermMap } from './reading.ts'

/** How two spellings of one vendor word are compared: `Live_Chat`, `LIVE_CHAT` and `liveChat` are the same. */
export const foldWord = (word: string | number | boolean): string =>
  String(word)
    .toLowerCase()
    .replace(/[\s_-]/g, '')

/**
 * A vocabulary map from a table: the vendor's word, folded, to ours. A word that is not in it is `'unknown'`.
 *
 * @param table keys in any spelling.
 */
export function words<Value extends string>(table: Readonly<Record<string, Value>>): TermMap<Value> {
  const folded = new Map<string, Value>()
  for (const [word, value] of Object.entries(table)) folded.set(foldWord(word), value)
  // Vendors repeat a few words thousands of times; looking one up as it came is cheaper than folding it each time.
  const exact = new Map<string | number | boolean, Value>(Object.entries(table))
  return (native) => exact.get(native) ?? folded.get(foldWord(native)) ?? 'unknown'
}
