import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromMilliseconds, readTimestamp } from '../src/index.ts'

const normalized = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const instant = '2026-01-15T10:30:00.000Z'
const milliseconds = Date.parse(instant)

describe('readTimestamp', () => {
  test.each([
    ['the normalized form', instant],
    ['without milliseconds', '2026-01-15T10:30:00Z'],
    ['without seconds', '2026-01-15T10:30Z'],
    ['without a zone, which means UTC', '2026-01-15T10:30:00'],
    ['with a space', '2026-01-15 10:30:00'],
    ['with a space and UTC in words', '2026-01-15 10:30:00 UTC'],
    ['with GMT in words', '2026-01-15 10:30:00 GMT'],
    ['with an offset', '2026-01-15T12:30:00+02:00'],
    ['with an offset without a colon', '2026-01-15T05:00:00-0530'],
    ['with an offset after a space', '2026-01-15 12:30:00 +0200'],
    ['with an offset of hours only', '2026-01-15 12:30:00+02'],
    ['in lower case', '2026-01-15t10:30:00z'],
    ['with microseconds', '2026-01-15T10:30:00.000123Z'],
    ['with nanoseconds', '2026-01-15T10:30:00.000123456Z'],
    ['with a comma', '2026-01-15T10:30:00,000Z'],
    ['with spaces around', ` ${instant} `],
    ['Unix milliseconds', milliseconds],
    ['Unix seconds', milliseconds / 1000],
    ['Unix seconds with a fraction', milliseconds / 1000 + 0.0004],
    ['Unix milliseconds as text', String(milliseconds)],
    ['Unix seconds as text', String(milliseconds / 1000)],
    ['{ seconds, nanoseconds }', { seconds: milliseconds / 1000, nanoseconds: 999_999 }],
    ['{ _seconds, _nanoseconds }', { _seconds: milliseconds / 1000, _nanoseconds: 0 }],
    ['{ seconds }', { seconds: milliseconds / 1000 }],
  ])('reads %s', (_, value) => {
    expect(readTimestamp(value)).toBe(instant)
  })

  test('reads a date without a time as its first instant in UTC', () => {
    expect(readTimestamp('2026-01-15')).toBe('2026-01-15T00:00:00.000Z')
  })

  test('keeps milliseconds', () => {
    expect(readTimestamp('2026-01-15T10:30:00.987Z')).toBe('2026-01-15T10:30:00.987Z')
    expect(readTimestamp('2026-01-15T10:30:00.9Z')).toBe('2026-01-15T10:30:00.900Z')
    expect(readTimestamp({ seconds: 1_768_473_000, nanoseconds: 987_654_321 })).toBe('2026-01-15T10:30:00.987Z')
  })

  test.each(['2024-02-29T10:30:00.000Z', '2026-01-31T10:30:00.000Z', '2026-12-30T10:30:00.000Z'])(
    'reads the existing date %s',
    (value) => {
      expect(readTimestamp(value)).toBe(value)
    },
  )

  test.each([
    '2026-02-30T10:30:00.000Z',
    '2026-02-29T10:30:00.000Z',
    '2026-04-31T10:30:00.000Z',
    '2026-00-10T10:30:00.000Z',
    '2026-01-00T10:30:00.000Z',
    '2026-02-30T10:30:00Z',
    '2026-02-30',
    '2026-13-01',
    '2026-01-15T25:00:00Z',
  ])('refuses the impossible date %s', (value) => {
    expect(readTimestamp(value)).toBeUndefined()
  })

  test.each(['', ' ', 'soon', '5 minutes', '2026-01-15T10:30:00 foo', '15.01.2026', 'May 5', '-', '2026-01-15T'])(
    'cannot read %j',
    (value) => {
      expect(readTimestamp(value)).toBeUndefined()
    },
  )

  test.each([null, undefined, true, Number.NaN, Infinity, 1e300, [], {}, { seconds: 'x' }, { seconds: Infinity }])(
    'cannot read the value %j',
    (value) => {
      expect(readTimestamp(value)).toBeUndefined()
    },
  )

  test('returns a normalized instant or undefined for any input', () => {
    const parts = fc.record({ seconds: fc.anything(), nanoseconds: fc.anything() })
    const datelike = fc
      .tuple(
        fc.nat(9999),
        fc.nat(19),
        fc.nat(39),
        fc.nat(29),
        fc.nat(69),
        fc.constantFrom('', 'Z', '.123Z', '+02:00', ' UTC'),
      )
      .map(([y, mo, d, h, mi, zone]) => `${pad(y, 4)}-${pad(mo)}-${pad(d)}T${pad(h)}:${pad(mi)}:00${zone}`)
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double(), fc.integer(), fc.maxSafeInteger(), datelike, parts, fc.anything()),
        (value) => {
          const read = readTimestamp(value)
          if (read === undefined) return
          expect(read).toMatch(normalized)
          expect(new Date(read).toISOString()).toBe(read)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('reads every instant back from its text', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => {
        expect(readTimestamp(date.toISOString())).toBe(date.toISOString())
        expect(fromMilliseconds(date.getTime())).toBe(date.toISOString())
      }),
    )
  })
})

test('fromMilliseconds writes what Date writes, for neighbours and for strangers', () => {
  const near = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 })
  const any = fc.double({ min: -62_167_219_200_000, max: 253_402_300_799_999, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.oneof(near, any), { minLength: 1, maxLength: 20 }), (instants) => {
      for (const instant of instants) expect(fromMilliseconds(instant)).toBe(new Date(instant).toISOString())
    }),
  )
})

test('fromMilliseconds refuses years whose text order is no longer time order', () => {
  expect(fromMilliseconds(253_402_300_799_999)).toBe('9999-12-31T23:59:59.999Z')
  expect(fromMilliseconds(253_402_300_800_000)).toBeUndefined()
  expect(fromMilliseconds(-62_167_219_200_000)).toBe('0000-01-01T00:00:00.000Z')
  expect(fromMilliseconds(-62_167_219_200_001)).toBeUndefined()
  expect(fromMilliseconds(Number.NaN)).toBeUndefined()
})

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')
