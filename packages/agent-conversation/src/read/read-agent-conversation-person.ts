import type { JsonObject, Raw, Reading } from '@parley/core'

/** First and last name as one. Anonymised people have blank ones: `null`. */
export function readFullName(raw: Raw, reading: Reading): string | null | undefined {
  const first = reading.text(raw, 'firstName')
  const last = reading.text(raw, 'lastName')
  if (first === undefined && last === undefined) return undefined
  return [first?.trim(), last?.trim()].filter(Boolean).join(' ') || null
}

/**
 * The application's own id. `fkId` is the one that the vendor's search finds; `fkUserId` stands in where an application
 * has only given that.
 */
export const readExternalId = (raw: Raw, reading: Reading): string | null | undefined => {
  const record = reading.text(raw, 'fkId')
  return record ? record : (reading.text(raw, 'fkUserId') ?? record)
}

/** The object that the application gave with the record; other keys of `metadata` are the vendor's. */
export const readCustomData = (raw: Raw, reading: Reading): JsonObject | undefined =>
  reading.nested(raw, 'metadata', (metadata) => reading.object(metadata, 'customData')) ?? undefined
