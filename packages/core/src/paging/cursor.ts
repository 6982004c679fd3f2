import type { ListQuery } from '../contract/options.ts'
import { InvalidRequestError } from '../errors/kinds.ts'
import type { JsonValue } from '../model/entity.ts'
import { fingerprint } from '../read/text.ts'

/** Identifies the list that a cursor belongs to, for cursors and errors. */
export interface ListScope {
  vendor: string
  account: string
  operation: string
  /** The vendor's id of the account's scope, such as its agent, because two accounts may have the same name. */
  scope?: string | undefined
  /** The parent of the list, such as the conversation of a list of messages: an entity or its id. */
  of?: unknown
  /** The fields of the query that the vendor requires (`limits.required`). */
  required?: readonly string[] | undefined
}

/**
 * Binds a position to its list: `position.limit.print`, where the print covers the vendor, the account and its scope,
 * the operation and every part of the query except `cursor`. It prevents mix-ups, not forgery: it is not a signature.
 */
export const bindCursor = (position: string, place: ListScope, query: ListQuery): string =>
  `${position}.${query.limit ?? ''}.${bindingOf(place, query)}`

/**
 * The position inside a cursor, and the query with the cursor's page size. A query without a `limit` uses the cursor's.
 *
 * @throws InvalidRequestError with the field `cursor` for a cursor of another vendor, account, operation, query or
 * `limit`.
 */
export function openCursor<Query extends ListQuery>(
  cursor: unknown,
  place: ListScope,
  query: Query,
): { position: string; query: Query } {
  const parts = typeof cursor === 'string' ? cursor.split('.') : []
  const [position = '', size = '', binding] = parts
  if (parts.length !== 3 || !/^[1-9]\d*$|^$/.test(size)) throw foreign(place)
  const bound = size === '' ? query : { ...query, limit: query.limit ?? Number(size) }
  if (binding !== bindingOf(place, bound)) throw foreign(place)
  return { position, query: bound }
}

function foreign({ vendor, account, operation }: ListScope): InvalidRequestError {
  return new InvalidRequestError({
    vendor,
    account,
    operation,
    message: `${vendor} "${account}", ${operation}: the cursor is of another list, account, query or limit. Pass the same query as before, or start without a cursor.`,
    fields: [{ path: 'cursor', problem: 'must be the `next` of a page of the same account, query and limit' }],
    outcome: 'not-done',
  })
}

function bindingOf({ vendor, account, scope, operation, of }: ListScope, query: ListQuery): string {
  const { cursor: _, ...rest } = query ?? {}
  const owner = typeof of === 'object' && of !== null ? (of as { id?: unknown }).id : of
  try {
    return fingerprint(JSON.stringify([vendor, account, scope ?? null, operation, owner ?? null, rest], inOrder))
  } catch {
    throw new InvalidRequestError({
      vendor,
      account,
      operation,
      message: `${vendor} "${account}", ${operation}: query is nested too deeply.`,
      fields: [{ path: 'query', problem: 'is nested too deeply' }],
      outcome: 'not-done',
    })
  }
}

/** Returns the same text for the same fields in any order. */
const inOrder = (_: string, value: unknown): unknown =>
  // No vendor has an option that takes one; it is refused when the page is read.
  typeof value === 'bigint'
    ? String(value)
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value

/** Packs what an adapter needs for its next page into an opaque, URL-safe string. */
export function encodeCursor(state: JsonValue): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Unpacks a cursor and passes it to a function that checks it.
 *
 * @param read returns `undefined` when the cursor is not its own.
 * @throws InvalidRequestError when the cursor is invalid.
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
      'The cursor is of another list. Pass the `next` of a page, with the same query, or start without a cursor.',
    fields: [{ path: 'cursor', problem: 'must be the `next` of a page of the same query' }],
  })
}
