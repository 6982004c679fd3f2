import { expect, test, vi } from 'vitest'
import { lockByLease } from '../../src/index.ts'
import { createTestClock, idle } from '../helpers/test-clock.ts'
import { hurriedClock, leaseTable } from './stores.ts'

test('a lock waits for another lease, and no longer than that lasts', async () => {
  const clock = hurriedClock(0)
  const table = leaseTable(clock)
  await table.take('key', 'one that died', 10_000)
  expect(await lockByLease(table, { clock })('key', async () => 'mine')).toBe('mine')
  expect(clock.now()).toBeGreaterThanOrEqual(10_000)
  expect(clock.now()).toBeLessThan(11_000)
  expect(table.rows.size).toBe(0)
})

test('a lock extends its lease while the work runs, and not after it', async () => {
  const clock = createTestClock({ start: 0 })
  const table = leaseTable(clock)
  const take = vi.spyOn(table, 'take')
  let finish = () => {}
  const work = lockByLease(table, { clock })('key', () => new Promise<void>((resolve) => (finish = resolve)))
  await idle()
  await clock.advance(60_000)
  expect(table.rows.get('key')?.until).toBeGreaterThan(60_000)
  const owners = new Set(take.mock.calls.map(([, owner]) => owner))
  expect(owners.size).toBe(1)
  finish()
  await work
  expect(table.rows.size).toBe(0)
  const times = take.mock.calls.length
  await clock.advance(60_000)
  expect(take).toHaveBeenCalledTimes(times)
  expect(clock.pending()).toBe(0)
})

test('a lock releases its lease after an extension that was under way', async () => {
  const clock = createTestClock({ start: 0 })
  const table = leaseTable(clock)
  let answer = () => {}
  let finish = () => {}
  const take = vi.fn(table.take)
  const lock = lockByLease({ take, release: table.release }, { clock })
  const work = lock('key', () => new Promise<void>((resolve) => (finish = resolve)))
  await idle()
  take.mockImplementationOnce(async (...row) => {
    await new Promise<void>((resolve) => (answer = resolve))
    return table.take(...row)
  })
  await clock.advance(4_000)
  finish()
  await idle()
  answer()
  await work
  expect(table.rows.size).toBe(0)
})

test('a lock continues if a lease cannot be extended, and stops trying when it is lost', async () => {
  const clock = createTestClock({ start: 0 })
  const table = leaseTable(clock)
  const take = vi.fn(table.take)
  const lock = lockByLease({ take, release: table.release }, { clock })
  let finish = (_: string) => {}
  const work = lock('key', () => new Promise<string>((resolve) => (finish = resolve)))
  await idle()
  take.mockRejectedValueOnce(new Error('database gone'))
  await clock.advance(7_000)
  expect(take).toHaveBeenCalledTimes(3)
  take.mockResolvedValueOnce(false)
  await clock.advance(60_000)
  expect(take).toHaveBeenCalledTimes(4)
  finish('done')
  expect(await work).toBe('done')
})

test('a lock reports a lease that cannot be acquired, and lets one expire that cannot be released', async () => {
  const clock = hurriedClock(0)
  const table = leaseTable(clock)
  const broken = new Error('database gone')
  const failing = async () => {
    throw broken
  }
  await expect(lockByLease({ ...table, take: failing }, { clock })('key', async () => 1)).rejects.toBe(broken)
  expect(await lockByLease({ ...table, release: failing }, { clock })('key', async () => 1)).toBe(1)
  expect(await lockByLease(table, { clock })('key', async () => 2)).toBe(2)
  expect(clock.now()).toBeGreaterThanOrEqual(10_000)
})

test.each(['take', 'release'] as const)(
  'a lock returns although the database never answers a %s again',
  async (method) => {
    const clock = createTestClock({ start: 0 })
    const table = leaseTable(clock)
    let finish = (_: string) => {}
    const silent = { ...table }
    const work = lockByLease(
      { take: (...row) => silent.take(...row), release: (...row) => silent.release(...row) },
      { clock },
    )('key', () => new Promise<string>((resolve) => (finish = resolve)))
    await idle()
    Object.assign(silent, { [method]: () => new Promise(() => {}) })
    await clock.advance(4_000)
    finish('done')
    await idle()
    await clock.advance(10_000)
    expect(await work).toBe('done')
    expect(clock.pending()).toBe(0)
    // The lease that could not be released has expired.
    expect(await lockByLease(table, { clock })('key', async () => 'free')).toBe('free')
  },
)
