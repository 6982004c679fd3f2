import { leadConnector } from '@parley/leadconnector'
import { sandbox } from '@parley/sandbox'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock } from '../../packages/core/test/helpers/test-clock.ts'

// The adapter and the emulated vendor share one clock, which advances as far as the adapter waits.
const clock = createTestClock({ skip: 29_000 })
const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], clock })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
beforeEach(() => {
  vendor.reset()
  // Later than the window and the day of the previous test, because the rate limiter is shared in the whole process.
  clock.jump(86_400_000)
})

const { token = '', locationId = '' } = vendor.credentials
function account(more: Partial<Parameters<typeof leadConnector>[0]> = {}) {
  const statuses: (number | undefined)[] = []
  const onRequest = ({ status }: { status?: number }) => statuses.push(status)
  return {
    ...leadConnector({ token, locationId, baseUrl: vendor.url, clock, onRequest, ...more }),
    statuses,
  }
}
const hour = 3_600_000

describe('the limit of a location', () => {
  test('is seen in its headers, the daily one too', async () => {
    const { conversations, rateLimitStatus } = account()
    expect(rateLimitStatus()).toMatchObject({
      used: 0,
      allowed: 100,
      windowMs: 10_000,
      source: 'documented',
      daily: null,
    })
    await conversations.list({ limit: 1 })
    const { used, allowed, source, daily } = rateLimitStatus()
    expect({ used, allowed, source }).toEqual({ used: 1, allowed: 100, source: 'vendor' })
    expect(daily).toMatchObject({ remaining: 199_999, max: 200_000, at: clock.now() })
    expect(daily?.resetsAt).toBe((Math.floor(clock.now() / 86_400_000) + 1) * 86_400_000)
  })

  test('is one for all adapters of it, whatever their priority', async () => {
    const [backfill, live] = [account({ priority: 'backfill' }), account()]
    await Promise.all(Array.from({ length: 30 }, async () => backfill.conversations.list({ limit: 1 })))
    await live.conversations.list({ limit: 1 })
    expect(live.rateLimitStatus()).toEqual(backfill.rateLimitStatus())
    expect(live.rateLimitStatus().used).toBe(31)
  })

  test('is waited for, not run into', async () => {
    const { conversations, statuses } = account()
    const began = clock.now()
    for (let turn = 0; turn < 250; turn++) await conversations.list({ limit: 1 })
    expect(statuses).toEqual(Array.from({ length: 250 }, () => 200))
    expect(clock.now() - began).toBeGreaterThanOrEqual(20_000)
  })
})

describe('the limit of a day', () => {
  test('when it is used up, everything fails at once until the vendor’s day ends, and nothing is sent', async () => {
    vendor.settings.rateLimitDaily = 3
    const { conversations, contacts, rateLimitStatus, statuses } = account()
    for (let turn = 0; turn < 3; turn++) await conversations.list({ limit: 1 })
    const untilMidnight = (Math.floor(clock.now() / 86_400_000) + 1) * 86_400_000 - clock.now()
    expect(rateLimitStatus().daily).toMatchObject({ remaining: 0, max: 3, resetsAt: clock.now() + untilMidnight })
    const failed = { code: 'rate-limit', retryAfterMs: untilMidnight, retryable: true }
    await expect(conversations.list({ limit: 1 })).rejects.toMatchObject(failed)
    const write = contacts.upsert({ email: 'ada@quill.example' })
    await expect(write).rejects.toMatchObject({ ...failed, outcome: 'not-done' })
    expect(statuses).toHaveLength(3)
    clock.jump(untilMidnight)
    await conversations.list({ limit: 1 })
    expect(rateLimitStatus().daily).toMatchObject({ remaining: 2 })
  })

  test('is told by the refusal itself when another program used it up', async () => {
    vendor.settings.rateLimitDaily = 0
    const { conversations, statuses, rateLimitStatus } = account()
    const refused = await conversations.list({ limit: 1 }).then(
      () => expect.unreachable(),
      (error: { retryAfterMs?: number }) => error,
    )
    expect(refused).toMatchObject({ code: 'rate-limit', status: 429 })
    expect(refused.retryAfterMs).toBeGreaterThan(0)
    expect(refused.retryAfterMs).toBeLessThanOrEqual(24 * hour)
    expect(rateLimitStatus().daily).toMatchObject({ remaining: 0 })
    expect(statuses).toEqual([429])
  })

  test('leaves a fiftieth to people, which history cannot use', async () => {
    vendor.settings.rateLimitDaily = 100
    const { conversations, rateLimitStatus, statuses } = account()
    await Promise.all(Array.from({ length: 98 }, async () => conversations.list({ limit: 1 })))
    expect(rateLimitStatus().daily).toMatchObject({ remaining: 2 })
    await expect(conversations.list({ limit: 1 }, { priority: 'backfill' })).rejects.toMatchObject({
      code: 'rate-limit',
    })
    await conversations.list({ limit: 1 })
    expect(statuses).toHaveLength(99)
  })
})
