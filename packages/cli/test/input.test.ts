import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { instant, wakeTime } from '../src/input.ts'
import { clock, day } from '../src/text.ts'

describe('times in the zone of this machine', () => {
  beforeAll(() => void vi.stubEnv('TZ', 'America/New_York'))
  afterAll(() => void vi.unstubAllEnvs())

  it.each([
    ['2027-01-01T09:00', '2027-01-01T14:00:00.000Z'],
    ['2027-07-01 09:00:30', '2027-07-01T13:00:30.000Z'],
    ['2027-01-01', '2027-01-01T05:00:00.000Z'],
    ['2027-01-01T09:00Z', '2027-01-01T09:00:00.000Z'],
    ['2027-01-01T09:00+02', '2027-01-01T07:00:00.000Z'],
    ['2027-03-14T02:30', '2027-03-14T07:30:00.000Z'],
  ])('%s is %s', (text, read) => {
    expect(instant(text)).toBe(read)
  })

  it('are printed with the zone, in a form that is read again', () => {
    const printed = ['2027-01-01T14:00:00.000Z', '2027-07-01T13:00:00.000Z', null].map(day)
    expect(printed).toEqual(['2027-01-01 09:00-05:00', '2027-07-01 09:00-04:00', '-'])
    expect(instant('2027-01-01 09:00-05:00')).toBe('2027-01-01T14:00:00.000Z')
    expect([clock('2026-01-15T10:30:00.000Z'), clock(null)]).toEqual(['05:30', '--:--'])
    vi.stubEnv('TZ', 'UTC')
    expect(day('2026-01-15T10:30:00.000Z')).toBe('2026-01-15 10:30Z')
    vi.stubEnv('TZ', 'Asia/Kathmandu')
    expect(day('2026-01-15T22:30:00.000Z')).toBe('2026-01-16 04:15+05:45')
  })
})

describe('until when a conversation is snoozed', () => {
  beforeAll(() => void vi.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z'), toFake: ['Date'] }))
  afterAll(() => void vi.useRealTimers())

  it.each([
    ['30m', '2027-01-01T00:30:00.000Z'],
    ['2h', '2027-01-01T02:00:00.000Z'],
    ['3d', '2027-01-04T00:00:00.000Z'],
    ['1w', '2027-01-08T00:00:00.000Z'],
    ['2027-01-01T00:00:01Z', '2027-01-01T00:00:01.000Z'],
    ['none', null],
  ])('%s is %s', (text, until) => {
    expect(wakeTime(text)).toBe(until)
  })

  it.each(['0h', '2', 'h', '2 h', '-2h', '2y', '999999d', '2h30m', 'later', ''])('%j is refused', (text) => {
    expect(() => wakeTime(text)).toThrow(/It must be how long, such as 30m, 2h, 3d or 1w, a time .*, or none\./)
  })

  it('is not in the past', () => {
    expect(() => wakeTime('2027-01-01T00:00Z')).toThrow(/The time has passed/)
  })
})
