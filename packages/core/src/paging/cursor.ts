import { InvalidRequestError } from '../errors/kinds.ts'
import type { JsonValue } from '../model/term.ts'

/** Packs what an adapter needs for its next page into one opaque, URL-safe text. */
export function encodeCursor(state: JsonValue): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Unpacks a cursor and hands it to a function that checks it.
 *
 * @param read gives `undefined` when the cursor is not one of its own.
 * @throws InvalidRequestError when it is none.
 */
export function decodeCursor<T>(cursor: string, read: (state: JsonValue) => T | undefined): T {
  let state: T | undefined
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    state = read(
      JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))) as JsonValue,
    )
  } catch {
    state = undefined
  }
  if (state !== undefined) return state
  throw new InvalidRequestError({
    message:
      'The cursor was not given out by this list. Pass the `next` of a page, with the same query, or start without a cursor.',
    fields: [{ path: 'cursor', problem: 'must be the `next` of a page of the same query' }],
  })
}
