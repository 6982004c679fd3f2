import { describe, expect, it } from 'vitest'
import { fromMilliseconds, readTimestamp } from '../../src/index.ts'

const days = (month: number) => new Date(Date.UTC(2023, month, 0)).getUTCDate()
const two = (value: number) => String(value).padStart(2, '0')

describe('every date', () => {
  it('of a year is read in each spelling, and no invalid date is read', () => {
    for (let month = 0; month <= 13; month++)
      for (let day = 0; day <= 32; day++) {
        const date = `2023-${two(month)}-${two(day)}`
        const exists = month >= 1 && month <= 12 && day >= 1 && day <= days(month)
        const instant = exists ? `${date}T10:20:30.000Z` : undefined
        for (const text of [`${date}T10:20:30Z`, `${date}T10:20:30.000Z`, `${date} 10:20:30`, `${date}T10:20:30+00:00`])
          expect([text, readTimestamp(text)]).toStrictEqual([text, instant])
      }
  })

  it('of February 29 is read in leap years only', () => {
    expect(readTimestamp('2024-02-29T00:00:00Z')).toBe('2024-02-29T00:00:00.000Z')
    expect(readTimestamp('2023-02-29T00:00:00Z')).toBeUndefined()
  })
})

describe('an instant', () => {
  it.each([
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['2026-01-02T10:20', '2026-01-02T10:20:00.000Z'],
    ['2026-01-02T10:20Z', '2026-01-02T10:20:00.000Z'],
    ['2026-01-02T10:20:30.1234567Z', '2026-01-02T10:20:30.123Z'],
    ['2026-01-02T10:20:30,5Z', '2026-01-02T10:20:30.500Z'],
    ['2026-01-02T10:20:30 UTC', '2026-01-02T10:20:30.000Z'],
    ['2026-01-02T10:20:30gmt', '2026-01-02T10:20:30.000Z'],
    ['2026-01-02T10:20:30+02', '2026-01-02T08:20:30.000Z'],
    ['2026-01-02T10:20:30-0230', '2026-01-02T12:50:30.000Z'],
    ['2026-01-02T10:20:30+02:30', '2026-01-02T07:50:30.000Z'],
    [' 2026-01-02T10:20:30Z ', '2026-01-02T10:20:30.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['1767312000', '2026-01-02T00:00:00.000Z'],
    ['1767312000.25', '2026-01-02T00:00:00.250Z'],
    ['-1', '1969-12-31T23:59:59.000Z'],
    [99_999_999_999, '5138-11-16T09:46:39.000Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000Z'],
    [-100_000_000_000, '1966-10-31T14:13:20.000Z'],
    [{ seconds: 1767312000 }, '2026-01-02T00:00:00.000Z'],
    [{ seconds: 1767312000, nanoseconds: 250_999_999 }, '2026-01-02T00:00:00.250Z'],
    [{ _seconds: 1767312000, _nanoseconds: 5_000_000 }, '2026-01-02T00:00:00.005Z'],
  ])('from %j is %s', (value, instant) => {
    expect(readTimestamp(value)).toBe(instant)
  })

  it.each([
    'x2026-01-02T10:20:30Z',
    '2026-01-02T10:20:30Zx',
    'x2026-01-02T10:20:30.000Z',
    '2026-01-02T10:20:30.000Zx',
    '2026-01-02T24:00:01Z',
    '2026-01-02T10:60:00Z',
    '2026-01-02T10:20:60Z',
    '2026-01-02T3:00:00Z',
    '22026-01-02T10:20:30Z',
    '226-01-02T10:20:30Z',
    '2026-1-2',
    '2026-01-02T',
    '2026-01-02T10',
    '1767312000.',
    '1.2.3',
    '--1',
    '',
    ' ',
    'now',
    'x 2026-01-02',
    true,
    null,
    undefined,
    [],
    {},
    Number.NaN,
    Number.POSITIVE_INFINITY,
    8.64e15,
    { seconds: '1767312000' },
    { nanoseconds: 5 },
    { seconds: 1767312000, nanoseconds: '5' },
    { _seconds: 1767312000, _nanoseconds: '5' },
    { seconds: null, nanoseconds: null },
  ])('cannot be read from %j', (value) => {
    expect(readTimestamp(value)).toBeUndefined()
  })

  it('is written the same however many were written before', () => {
    for (let round = 0; round < 2; round++)
      for (let day = 0; day < 200; day++) {
        const at = day * 86_400_000 + 3_661_007
        expect(fromMilliseconds(at)).toBe(new Date(at).toISOString())
      }
  })
})
