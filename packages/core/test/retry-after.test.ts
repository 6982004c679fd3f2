import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRetryAfter } from '../src/index.ts'

const now = Date.parse('2026-01-15T10:30:00.000Z')
const read = (value: string, name = 'retry-after') => readRetryAfter(new Headers({ [name]: value }), now)

describe('readRetryAfter', () => {
  test.each([
    ['seconds', '7', 7000],
    ['seconds with a fraction', '0.25', 250],
    ['no wait', '0', 0],
    ['spaces', ' 7 ', 7000],
    ['a week', '604800', 604_800_000],
    ['too many seconds to mean seconds', '700000', 700_000],
    ['a unit', '7s', 7000],
    ['another unit', '250 ms', 250],
    ['an HTTP date', 'Thu, 15 Jan 2026 10:30:30 GMT', 30_000],
    ['an old kind of HTTP date', 'Thursday, 15-Jan-26 10:30:30 GMT', 30_000],
    ['an ISO date', '2026-01-15T10:30:30Z', 30_000],
    ['a date that is over', 'Thu, 15 Jan 2026 10:29:00 GMT', 0],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toBe(expected)
  })

  test('milliseconds have a header of their own, and it wins', () => {
    expect(read('1500', 'retry-after-ms')).toBe(1500)
    expect(readRetryAfter(new Headers({ 'retry-after': '9', 'retry-after-ms': '1500.2' }), now)).toBe(1501)
    expect(readRetryAfter(new Headers({ 'retry-after': '9', 'retry-after-ms': 'soon' }), now)).toBe(9000)
  })

  test.each(['', 'soon', '-5', '5 minutes', 'May 5', '1, 2', '9'.repeat(400), '1'])('%j', (value) => {
    expect(read(value)).toBe(value === '1' ? 1000 : undefined)
  })

  test('is undefined without a header', () => {
    expect(readRetryAfter(new Headers(), now)).toBeUndefined()
  })

  test('is never negative, never endless and never throws', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.-+: ,TZsmGJan'.split('')) })
    fc.assert(
      fc.property(text, fc.constantFrom('retry-after', 'retry-after-ms'), (value, name) => {
        const wait = read(value, name)
        if (wait !== undefined) expect(wait >= 0 && Number.isFinite(wait)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
