import { digest } from './digest.ts'
import { isRecord } from './read/reading.ts'
import { tryParseJson } from './read/text.ts'

/**
 * The name under which a store keeps a key: 64 hexadecimal digits. A key can be long, contain any characters and differ
 * from another only in case. Names of files, of database rows and of the keys of other stores cannot.
 */
// JSON escapes half of a surrogate pair, which UTF-8 would replace by the same character for every half.
export const entryName = (key: string): Promise<string> => digest(JSON.stringify(key))

/** What a store keeps for a key, as JSON: text without NUL, whatever the value contains. */
export const entryOf = (key: string, value: string): string => JSON.stringify({ key, value })

/**
 * The value in what a store kept for a key.
 *
 * @param entry JSON, or what a database made of it.
 * @returns `undefined` for an entry that is damaged, or belongs to another key.
 */
export function valueIn(entry: unknown, key: string): string | undefined {
  const parsed = typeof entry === 'string' ? tryParseJson(entry) : entry
  const value = isRecord(parsed) && parsed['key'] === key ? parsed['value'] : undefined
  return typeof value === 'string' ? value : undefined
}
