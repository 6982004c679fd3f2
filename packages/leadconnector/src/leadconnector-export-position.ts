import { decodeCursor, encodeCursor, isRaw, type JsonValue } from '@parley/core'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'

/** Which instant of a message the list is ordered by. */
export type ExportedBy = 'createdAt' | 'updatedAt'

/** Where an export stands. The vendor's own cursor dies within minutes; date and ids can go on without it. */
export interface ExportPosition {
  /** The pass over the emails, which come after all others. */
  emails: boolean
  /** The vendor's cursor, and when it was given. */
  cursor: string | null
  issued: number
  /** The instant that the vendor's list was begun at, when this one was resumed by date. */
  from: string | null
  /** The instant of the last message given out, and the messages of that instant that were. */
  at: string | null
  given: string[]
}

export const startOfPass = (emails: boolean): ExportPosition => ({
  emails,
  cursor: null,
  issued: 0,
  from: null,
  at: null,
  given: [],
})

/** After these messages. Those of the last one's instant are remembered, because a date alone would repeat them. */
export function after(
  position: ExportPosition,
  messages: readonly LeadConnectorMessage[],
  by: ExportedBy,
): Pick<ExportPosition, 'at' | 'given'> {
  const last = messages.at(-1)
  if (!last) return position
  const at = last[by] ?? null
  const given = messages
    .filter((message) => message === last || (at !== null && message[by] === at))
    .map(({ id }) => id)
  return { at, given: at !== null && at === position.at ? [...position.given, ...given] : given }
}

export const encodeExport = (position: ExportPosition): string => encodeCursor({ ...position })

export const decodeExport = (cursor: string): ExportPosition => decodeCursor(cursor, readPosition)

function readPosition(state: JsonValue): ExportPosition | undefined {
  if (!isRaw(state)) return undefined
  const { emails, cursor, issued, from, at, given } = state
  const isText = (value: unknown): value is string | null =>
    value === null || (typeof value === 'string' && value !== '')
  if (typeof emails !== 'boolean' || typeof issued !== 'number' || !isText(cursor) || !isText(from) || !isText(at))
    return undefined
  if (!Array.isArray(given) || !given.every((id) => typeof id === 'string')) return undefined
  return { emails, cursor, issued, from, at, given }
}
