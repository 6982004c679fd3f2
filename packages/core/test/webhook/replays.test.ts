import { expect, test } from 'vitest'
import { memoryReplays } from '../../src/webhook.ts'

test('remembers until the time is over', () => {
  let now = 1_000
  const replays = memoryReplays({ now: () => now })
  expect(replays.seen('a', 2_000)).toBe(false)
  expect(replays.seen('a', 2_000)).toBe(true)
  now = 2_000
  expect(replays.seen('a', 3_000)).toBe(false)
  expect(replays.seen('a', 3_000)).toBe(true)
})

test('forgets what it is told to forget', () => {
  const replays = memoryReplays({ now: () => 0 })
  replays.seen('a', 1)
  replays.forget('a')
  expect(replays.seen('a', 1)).toBe(false)
})

test('holds no more than it may, and forgets the oldest first', () => {
  const replays = memoryReplays({ most: 3, now: () => 0 })
  for (const key of ['a', 'b', 'c', 'd']) replays.seen(key, 10)
  expect(['d', 'c', 'b'].map((key) => replays.seen(key, 10))).toEqual([true, true, true])
  expect(replays.seen('a', 10)).toBe(false)
})
