import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRetryAfter } from '../src/index.ts'
import { readHttpDate } from '../src/transport/limit-headers.ts'

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
    ['a Unix time', String(now / 1000 + 30), 30_000],
    ['a Unix time with a fraction', String(now / 1000 + 30.5), 30_500],
    ['a Unix time in milliseconds', String(now + 30_000), 30_000],
    ['a Unix time that is over', String(now / 1000 - 30), 0],
    ['the same twice', '120, 120', 120_000],
    ['the same date twice', 'Thu, 15 Jan 2026 10:30:30 GMT,Thu, 15 Jan 2026 10:30:30 GMT', 30_000],
    ['a fraction', '1.5', 1500],
  ])('reads %s', (_, value, expected) => {
    expect(read(value)).toBe(expected)
  })

  test('prefers the header with milliseconds', () => {
    expect(read('1500', 'retry-after-ms')).toBe(1500)
    expect(readRetryAfter(new Headers({ 'retry-after': '9', 'retry-after-ms': '1500.2' }), now)).toBe(1501)
    expect(readRetryAfter(new Headers({ 'retry-after': '9', 'retry-after-ms': 'soon' }), now)).toBe(9000)
  })

  const nonsense = [
    '',
    '-5',
    '-0.5',
    'NaN',
    'Infinity',
    '1e3',
    '0x10',
    'soon',
    '120, 60',
    '1,5',
    '9'.repeat(400),
    String(now * 1000),
    String(now / 1000 + 604_801),
    String(now + 604_800_001),
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'Fri, 30 Feb 2026 10:30:30 GMT',
    'Thu, 15 Foo 2026 10:30:30 GMT',
    'Thu, 15 Jan 2026 25:30:30 GMT',
    '2026-02-30T10:30:30Z',
  ]

  test.each(nonsense)('ignores %j with a warning that does not quote it', (value) => {
    for (const name of ['retry-after', 'retry-after-ms']) {
      const warnings: string[] = []
      const wait = readRetryAfter(new Headers({ [name]: value }), now, (message) => warnings.push(message))
      expect(wait).toBeUndefined()
      expect(warnings).toEqual([`The header ${name} does not say how long to wait; it is ignored.`])
    }
  })

  test('warns neither about a readable value nor about a missing header', () => {
    const warn = () => expect.unreachable()
    readRetryAfter(new Headers(), now, warn)
    readRetryAfter(new Headers({ 'retry-after': '7' }), now, warn)
    readRetryAfter(new Headers({ 'retry-after-ms': '7', 'retry-after': 'soon' }), now, warn)
  })

  test('reads a Unix time in the header with milliseconds', () => {
    expect(read(String(now + 1500), 'retry-after-ms')).toBe(1500)
  })

  test.each(['', 'soon', '-5', '5 minutes', 'May 5', '1, 2', '9'.repeat(400), '1'])('reads %j', (value) => {
    expect(read(value)).toBe(value === '1' ? 1000 : undefined)
  })

  test('is undefined without a header', () => {
    expect(readRetryAfter(new Headers(), now)).toBeUndefined()
  })

  test('is never negative, never infinite and never throws', () => {
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

/** What a machine in some time zone makes of texts, in a process of its own. */
async function readIn(zone: string, texts: readonly string[]): Promise<unknown> {
  const source = new URL('../src/transport/limit-headers.ts', import.meta.url).href
  const code = `import { readHttpDate } from ${JSON.stringify(source)}
    console.log(JSON.stringify(${JSON.stringify(texts)}.map((text) => readHttpDate(text, ${now}))))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { TZ: zone },
  })
  return JSON.parse(stdout)
}

describe('a date in a header', () => {
  const dates = [
    'Thu, 15 Jan 2026 10:30:30 GMT',
    'Thursday, 15-Jan-26 10:30:30 GMT',
    'Thu Jan 15 10:30:30 2026',
    'thu, 15 jan 2026 10:30:30 gmt',
    'Thu, 15 Jan 2026 10:30:30',
    'Thu, 15 Jan 2026 10:30:30 UTC',
    'Thu, 15 Jan 2026 12:30:30 +0200',
    'Thu, 15 Jan 2026 05:30:30 -05:00',
    'Thursday, 15-Jan-26 10:30:30',
    '15 Jan 2026 10:30:30 GMT',
    'Thu Jan 15 10:30:30 2026 GMT',
    '2026-01-15T10:30:30',
    '2026-01-15 10:30:30',
    '2026-01-15T10:30:30Z',
    '2026-01-15T12:30:30.000+02:00',
  ]

  test.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'is UTC on a machine in %s',
    async (zone) => {
      expect(await readIn(zone, dates)).toEqual(dates.map(() => now + 30_000))
    },
  )

  test.each([
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37Z'],
    ['Thursday, 15-Jan-76 10:30:00 GMT', '2076-01-15T10:30:00Z'],
    ['Thursday, 15-Jan-76 10:30:01 GMT', '1976-01-15T10:30:01Z'],
    ['Friday, 01-Jan-99 00:00:00 GMT', '1999-01-01T00:00:00Z'],
    ['Saturday, 01-Jan-00 00:00:00 GMT', '2000-01-01T00:00:00Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00Z'],
  ])('%s is read as %s', (text, instant) => {
    expect(readHttpDate(text, now)).toBe(Date.parse(instant))
  })

  test('with a year of two digits is at most 50 years ahead, in any century', () => {
    expect(readHttpDate('Thursday, 15-Jan-05 00:00:00 GMT', Date.UTC(2060, 0, 1))).toBe(Date.UTC(2105, 0, 15))
    expect(readHttpDate('Thursday, 15-Jan-99 00:00:00 GMT', Date.UTC(1999, 0, 1))).toBe(Date.UTC(1999, 0, 15))
  })

  test('is read back from what any platform writes', () => {
    const seconds = fc.integer({ min: -62_000_000_000, max: 200_000_000_000 })
    fc.assert(
      fc.property(seconds, (at) => {
        const text = new Date(at * 1000).toUTCString()
        fc.pre(/ \d{4} /.test(text) && new Date(at * 1000).getUTCFullYear() > 99)
        expect(readHttpDate(text, now)).toBe(at * 1000)
      }),
    )
  })
})
