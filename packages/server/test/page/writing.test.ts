import { expect, test } from 'vitest'
import { base64Of, fitting, isTooLong, mostBytes } from '../../page/src/composer/files.ts'
import { smsParts } from '../../page/src/composer/sms.ts'
import { partsOf, refBeside } from '../../page/src/side/refs.ts'
import { localTime, snoozeTimes } from '../../page/src/thread/snooze-times.ts'

const fileOf = (name: string, size: number): File =>
  Object.defineProperty(new File(['x'], name), 'size', { value: size })

test('files are attached as long as they fit into a request', () => {
  const present = [fileOf('large', mostBytes - 10)]
  const { files, problems } = fitting(present, [fileOf('too large', 11), fileOf('empty', 0), fileOf('fits', 10)])
  expect(files.map(({ name }) => name)).toEqual(['large', 'fits'])
  expect(problems).toEqual([
    { name: 'too large', problem: 'too-large' },
    { name: 'empty', problem: 'empty' },
  ])
  const twenty = Array.from({ length: 20 }, (_, index) => fileOf(`${index}`, 1))
  expect(fitting(twenty, [fileOf('one more', 1)]).problems).toEqual([{ name: 'one more', problem: 'too-many' }])
})

test('the largest files fit into a body of 36 MB in base64, with room for the text', () => {
  expect(Math.ceil(mostBytes / 3) * 4).toBeLessThan(36 * 2 ** 20 - 60_000)
})

test('a text that the server would refuse is too long', () => {
  expect(isTooLong('reply', 'a'.repeat(1_000_000))).toBe(false)
  expect(isTooLong('reply', 'a'.repeat(1_000_001))).toBe(true)
  expect(isTooLong('note', '\u0001'.repeat(900_000))).toBe(true)
})

test('a file of any bytes and any length is written in base64', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)
  expect(await base64Of(new Blob([bytes]))).toBe(Buffer.from(bytes).toString('base64'))
})

test('an SMS has 160 characters, and 70 as soon as one of them is not of its own alphabet', () => {
  expect([1, 160, 161, 306, 307].map((length) => smsParts('a'.repeat(length)))).toEqual([1, 1, 2, 2, 3])
  expect([70, 71, 134, 135].map((length) => smsParts('я'.repeat(length)))).toEqual([1, 2, 2, 3])
  expect(smsParts('€'.repeat(80))).toBe(1)
  expect(smsParts('€'.repeat(81))).toBe(2)
  expect(smsParts('😀'.repeat(35))).toBe(1)
  expect(smsParts('😀'.repeat(36))).toBe(2)
})

test('snoozing until tomorrow and next week means 9 in the morning', () => {
  const times = (now: Date) => Object.values(snoozeTimes(now)).map(localTime)
  // A Wednesday.
  expect(times(new Date(2026, 0, 14, 10, 20))).toEqual(['2026-01-14T13:00', '2026-01-15T09:00', '2026-01-19T09:00'])
  // Late on a Sunday, and early on a Monday.
  expect(times(new Date(2026, 0, 18, 22, 0))).toEqual(['2026-01-19T09:00', '2026-01-19T09:00'])
  expect(times(new Date(2026, 0, 19, 1, 0))).toEqual(['2026-01-19T04:00', '2026-01-20T09:00', '2026-01-26T09:00'])
})

test('the ref of an agent is that of its account and its id', () => {
  const conversation = 'acme:my%20shop/conversation/1'
  expect(refBeside(conversation, 'agent', "a/b (c)'!")).toBe('acme:my%20shop/agent/a%2Fb%20%28c%29%27%21')
  expect(partsOf('acme:my%20shop/contact/a%2Fb')).toEqual({ account: 'acme:my%20shop', id: 'a/b' })
})
