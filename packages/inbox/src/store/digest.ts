import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'

type Holder = Readonly<Record<string, unknown>>

/**
 * A JSON text that does not depend on the order of keys, without the vendor's payloads (see `serialize` of core) and
 * without what changes on every read although nothing has changed: the signature of a file's address and its expiry. A
 * record in which only these differ counts as unchanged.
 */
export function stableJson(value: unknown, isRequest = false): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => stableJson(item, isRequest)).join(',')}]`
  const holder = value as Holder
  const isSigned = typeof holder['access'] === 'string' && typeof holder['expiresAt'] === 'string'
  const fields: string[] = []
  for (const key of Object.keys(holder).sort()) {
    const field = holder[key]
    if (field === undefined || (key === 'raw' && (isRequest || hasPayload(holder)))) continue
    if (isSigned && key === 'expiresAt') continue
    // The signature of an address is in its query.
    const stable = isSigned && key === 'url' && typeof field === 'string' ? field.replace(/[?#].*$/s, '') : field
    fields.push(`${JSON.stringify(key)}:${stableJson(stable, key === 'inputRequests')}`)
  }
  return `{${fields.join(',')}}`
}

const hasPayload = (holder: Holder): boolean =>
  (typeof holder['vendor'] === 'string' && typeof holder['account'] === 'string') || Array.isArray(holder['schedule'])

/** 128 bits of SHA-256. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16)

/** The same as `digestOf`, by the database, which is several times faster. */
export const digestIn = (text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`substr(sha256(convert_to(${text}, 'UTF8')), 1, 16)`
