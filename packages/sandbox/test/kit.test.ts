import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Emulator } from '../src/kit/emulator.ts'
import { createRandom, pick, shuffle, uuid } from '../src/kit/random.ts'
import { type ServedEmulator, serveEmulator } from '../src/kit/serve.ts'
import { testClock } from '../src/kit/test-clock.ts'
import { createWorld } from '../src/world/index.ts'

let writes = 0

function createToy(): Emulator {
  const app = new Hono()
  app.get('/items', (c) => c.json({ total: 4, items: [1, 2, 3, 4].map((id) => ({ id, status: 'open', name: 'a b' })) }))
  app.post('/items', async (c) => {
    writes += 1
    return c.json(await c.req.json(), 201)
  })
  app.notFound((c) => c.text('toy knows no such page', 404))
  return {
    vendor: 'toy',
    accountOptions: (baseUrl) => ({ baseUrl }),
    credentials: { apiKey: 'made-up' },
    app,
    settings: {},
    webhooks: undefined,
    plant: () => null,
    reset() {
      writes = 0
    },
  }
}

const world = createWorld(7)
let toy: ServedEmulator

beforeAll(async () => {
  toy = await serveEmulator(createToy, { world, clock: testClock(world.now, { automatic: true }), name: 'toy' })
})
afterAll(() => toy.stop())
beforeEach(() => toy.reset())

const get = (path = '/items') => fetch(toy.url + path, { redirect: 'manual' })
const post = () => fetch(`${toy.url}/items`, { method: 'POST', body: JSON.stringify({ id: 5, apiKey: 'x' }) })
const items = async () => ((await (await get()).json()) as { items: { id: number; status: string }[] }).items

describe('random numbers', () => {
  test('repeat for a seed and differ between names', () => {
    const [a, b, other] = [createRandom(7, 'x'), createRandom(7, 'x'), createRandom(7, 'y')]
    const draw = (random: () => number) => Array.from({ length: 5 }, random)
    const first = draw(a)
    expect(draw(b)).toEqual(first)
    expect(draw(other)).not.toEqual(first)
    expect(uuid(a)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(shuffle(a, [1, 2, 3]).sort()).toEqual([1, 2, 3])
    expect(() => pick(a, [])).toThrow(RangeError)
  })
})

describe('an emulator that is served', () => {
  test('answers on its own port and keeps its own not-found page', async () => {
    expect(await items()).toHaveLength(4)
    expect(await (await get('/nowhere')).text()).toBe('toy knows no such page')
  })

  test('records requests with credentials masked', async () => {
    await fetch(`${toy.url}/items?a=1&a=2&token=abc`, {
      method: 'POST',
      headers: { 'Secret-Key': 'k' },
      body: JSON.stringify({ id: 5, apiKey: 'x' }),
    })
    expect(toy.requests).toHaveLength(1)
    expect(toy.requests[0]).toMatchObject({
      method: 'POST',
      path: '/items',
      query: { a: ['1', '2'], token: '***' },
      body: { id: 5, apiKey: '***' },
      status: 201,
    })
    expect(toy.requests[0]?.headerNames).toContain('secret-key')
    expect(JSON.stringify(toy.requests)).not.toContain('"k"')
  })

  test('refuses a port that is taken', async () => {
    const port = Number(new URL(toy.url).port)
    await expect(serveEmulator(createToy, { world, clock: testClock(0), name: 'toy', port })).rejects.toThrow(
      'EADDRINUSE',
    )
  })

  test('stops at once although a request hangs', async () => {
    const other = await serveEmulator(createToy, { world, clock: testClock(world.now), name: 'toy' })
    other.faults.next({ kind: 'hang' })
    const hanging = expect(fetch(`${other.url}/items`)).rejects.toThrow()
    await expect.poll(() => other.requests.length).toBe(1)
    await other.stop()
    await hanging
  })
})

describe('scripted faults', () => {
  test('returns a status with headers and body once', async () => {
    toy.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow down' } })
    const response = await get()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await response.json()).toEqual({ message: 'slow down' })
    expect((await get()).status).toBe(200)
    expect(toy.faults.injected).toEqual([{ method: 'GET', path: '/items', kind: 'status' }])
  })

  test('are applied in order, as often as configured, and only where they match', async () => {
    toy.faults.script([
      { kind: 'html', on: { method: 'POST' } },
      { kind: 'status', status: 500, times: 2, on: { path: /items$/ } },
    ])
    expect(toy.faults.pending()).toBe(3)
    expect((await get()).status).toBe(500)
    const page = await post()
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect((await get('/other')).status).toBe(404)
    expect((await get()).status).toBe(500)
    expect(toy.faults.pending()).toBe(0)
    expect(writes).toBe(0)
  })

  test('can redirect', async () => {
    toy.faults.next({ kind: 'redirect', to: 'https://elsewhere.example/' })
    const response = await get()
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://elsewhere.example/'])
  })

  test('can cut off a body', async () => {
    toy.faults.next({ kind: 'truncate' })
    const response = await get()
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test('can reset a connection before or after the work', async () => {
    toy.faults.next({ kind: 'reset' }, { kind: 'reset', after: true })
    await expect(post()).rejects.toThrow()
    expect(writes).toBe(0)
    await expect(post()).rejects.toThrow()
    expect(writes).toBe(1)
    expect(toy.requests.map(({ status }) => status)).toEqual([null, null])
  })

  test('can hang a connection until its client leaves', async () => {
    toy.faults.next({ kind: 'hang' })
    await expect(fetch(`${toy.url}/items`, { signal: AbortSignal.timeout(30) })).rejects.toThrow('timeout')
    expect((await get()).status).toBe(200)
  })

  test('can delay an answer', async () => {
    toy.faults.next({ kind: 'delay', milliseconds: 1 })
    expect(await items()).toHaveLength(4)
  })

  test('can repeat, drop or reorder items of a list', async () => {
    toy.faults.next({ kind: 'duplicate' }, { kind: 'drop' }, { kind: 'reorder' })
    const ids = async () => (await items()).map(({ id }) => id)
    const doubled = await ids()
    expect([doubled.length, new Set(doubled).size]).toEqual([5, 4])
    expect(await ids()).toHaveLength(3)
    const mixed = await ids()
    expect(mixed).not.toEqual([1, 2, 3, 4])
    expect(mixed.sort()).toEqual([1, 2, 3, 4])
  })

  test('can send unknown words', async () => {
    toy.faults.next({ kind: 'unknownValues' })
    expect((await items())[0]).toEqual({ id: 1, status: 'never_seen_open', name: 'a b' })
  })
})

describe('random faults', () => {
  const run = async () => {
    Object.assign(toy.faults.rate, { status429: 0.3, status5xx: 0.2, duplicate: 0.3, drop: 0.2, reset: 0.1 })
    const seen: string[] = []
    for (let index = 0; index < 25; index += 1) {
      const outcome = await get().then(
        async (response) => `${response.status} ${await response.text()}`,
        () => 'reset',
      )
      seen.push(outcome)
    }
    return seen
  }

  test('are the same for the same seed', async () => {
    const first = await run()
    expect(new Set(first.map((outcome) => outcome.slice(0, 3))).size).toBeGreaterThan(2)
    toy.reset()
    expect(await run()).toEqual(first)
  })

  test('stop after they were cleared', async () => {
    toy.faults.rate.status429 = 1
    expect((await get()).headers.get('retry-after')).toBe('1')
    toy.faults.clear()
    expect((await get()).status).toBe(200)
  })
})
