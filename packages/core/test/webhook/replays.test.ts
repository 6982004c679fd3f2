import { afterAll, describe, expect, test } from 'vitest'
import { memoryReplays } from '../../src/webhook.ts'
import { storesInMemory, storesInPostgres } from './replay-stores.ts'

const postgres = await storesInPostgres()
afterAll(postgres.close)

describe.each([
  ['in memory', storesInMemory()],
  ['in PostgreSQL', postgres.open],
])('a store %s', (_, open) => {
  let now = 1_000
  const stores = () => {
    now = 1_000
    return open(() => now)
  }

  test('grants an event to the first claim until that expires', async () => {
    const [one, other] = await stores()
    expect(await one.claim('a', 'first', 2_000)).toBe('claimed')
    expect(await other.claim('a', 'second', 3_000)).toBe('busy')
    expect(await other.claim('b', 'second', 3_000)).toBe('claimed')
    now = 1_999
    expect(await one.claim('a', 'first', 3_000)).toBe('busy')
    now = 2_000
    expect(await other.claim('a', 'third', 3_000)).toBe('claimed')
    expect(await one.claim('a', 'fourth', 4_000)).toBe('busy')
  })

  test('grants an event to one of many simultaneous claims', async () => {
    const [one, other] = await stores()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).claim('a', `claim ${index}`, 2_000)),
    )
    expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(19)
  })

  test('remembers a handled event until it expires, whoever handled it', async () => {
    const [one, other] = await stores()
    await one.claim('a', 'first', 1_500)
    await one.done('a', 2_000)
    await other.done('b', 2_000)
    now = 1_999
    expect([await other.claim('a', 'second', 3_000), await one.claim('b', 'second', 3_000)]).toEqual(['done', 'done'])
    now = 2_000
    expect([await other.claim('a', 'second', 3_000), await one.claim('b', 'second', 3_000)]).toEqual([
      'claimed',
      'claimed',
    ])
  })

  test('frees a released event', async () => {
    const [one, other] = await stores()
    await one.claim('a', 'first', 2_000)
    await one.release('a', 'first')
    expect(await other.claim('a', 'second', 2_000)).toBe('claimed')
  })

  test('ends no later claim and keeps handled events if an old claim is released', async () => {
    const [one, other] = await stores()
    await one.claim('a', 'first', 2_000)
    now = 2_000
    await other.claim('a', 'second', 3_000)
    await one.release('a', 'first')
    expect(await one.claim('a', 'third', 3_000)).toBe('busy')
    await other.done('a', 4_000)
    await other.release('a', 'second')
    await other.release('unknown', 'second')
    expect(await one.claim('a', 'third', 3_000)).toBe('done')
  })
})

test('a store in memory holds a limited number of events, and forgets the oldest first', () => {
  const replays = memoryReplays({ most: 3, now: () => 0 })
  for (const key of ['a', 'b', 'c', 'd']) replays.done(key, 10)
  expect(['d', 'c', 'b', 'a'].map((key) => replays.claim(key, 'x', 10))).toEqual(['done', 'done', 'done', 'claimed'])
})

test('a store in memory keeps a claim however many events are handled meanwhile, and a limited number of claims', () => {
  const replays = memoryReplays({ most: 3, now: () => 0 })
  replays.claim('slow', 'x', 10)
  for (let index = 0; index < 100; index++) {
    replays.claim(`event ${index}`, 'x', 10)
    replays.done(`event ${index}`, 10)
  }
  expect(replays.claim('slow', 'y', 10)).toBe('busy')
  for (const key of ['a', 'b', 'c']) replays.claim(key, 'x', 10)
  expect(replays.claim('slow', 'y', 10)).toBe('claimed')
})
