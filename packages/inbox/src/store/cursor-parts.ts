import { instantOf } from '@parley/core'
import { storable } from './search-words.ts'

/*
 * What a cursor may consist of. A cursor comes from outside, so nothing of it reaches the database that the database refuses.
 */

export const isText = (value: unknown): value is string => typeof value === 'string' && storable(value) === value

/** An id of the store's own. */
export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)

/** A time as the database orders it. */
export const isSortTime = (value: unknown): value is string => value === '-infinity' || instantOf(value) !== undefined

export const isInteger = (value: unknown): value is number => typeof value === 'number' && value === (value | 0)

/** A number of 64 bits that is not negative, as text. */
export const isBigint = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{1,19}$/.test(value) && BigInt(value) < 2n ** 63n
