import { afterAll, describe, expect, test } from 'vitest'
import type { Event } from '../../src/index.ts'
import type { ReplayStore } from '../../src/webhook.ts'
import { acmeWebhook, deferred, noon, payload, requestOf } from './acme-webhook.ts'
import { type OpenStores, storesInMemory, storesInPostgres } from './replay-stores.ts'

const lease = 300_000
const postgres = await storesInPostgres()
afterAll(postgres.close)

/** A process that dies, or an await that throws, at one of the awaits of a delivery. */
class Fault {
  readonly #at: number
  readonly #kind: 'dies' | 'throws'
  #awaits = 0
  /** What was awaited when it happened. */
  place: string | undefined
  readonly #died = deferred()

  constructor(at: number, kind: 'dies' | 'throws') {
    this.#at = at
    this.#kind = kind
  }

  async #check(place: string): Promise<void> {
    if (this.#awaits++ !== this.#at) return
    this.place = place
    if (this.#kind === 'throws') throw new Error('planted')
    this.#died.resolve()
    // A dead process goes no further.
    await new Promise(() => {})
  }

  /** Each call may fail before it had an effect, and after. */
  async during<Result>(place: string, work: () => Result | Promise<Result>): Promise<Result> {
    await this.#check(`before ${place}`)
    const result = await work()
    await this.#check(`after ${place}`)
    return result
  }

  store(store: ReplayStore): ReplayStore {
    return {
      claim: (...given) => this.during('claim', () => store.claim(...given)),
      done: (...given) => this.during('done', () => store.done(...given)),
      release: (...given) => this.during('release', () => store.release(...given)),
    }
  }

  /** The status that the vendor sees; `null`: the connection broke. */
  async answer(work: Promise<{ status: number }>): Promise<number | null> {
    const end = await Promise.race([work.catch(() => ({ status: 500 })), this.#died.promise])
    return end?.status ?? null
  }
}

describe.each([
  ['in memory', storesInMemory()],
  ['in PostgreSQL', postgres.open],
])('two processes that share a store %s', (_, open) => {
  /**
   * One delivery to the first process, with a fault, and the vendor's tries at the second process until one is accepted.
   */
  async function deliver(fault: Fault, handlerFails = false) {
    let now = noon
    const clock = () => now
    const [first, second] = await open(clock)
    const handled: string[] = []
    const handle = async (events: Event[]) => {
      for (const { dedupeKey } of events) handled.push(dedupeKey)
    }
    const dying = acmeWebhook({ replays: fault.store(first), now: clock, tolerance: 3_600_000 })
    const other = acmeWebhook({ replays: second, now: clock, tolerance: 3_600_000 })
    const received = dying.receive(await requestOf(payload), (events) =>
      fault.during('handle', async () => {
        if (handlerFails) throw new Error('the database is down')
        await handle(events)
      }),
    )
    const statuses = [await fault.answer(received)]
    while (statuses.at(-1) !== 200) {
      const { status } = await other.receive(await requestOf(payload), handle)
      statuses.push(status)
      now += 60_000
      if (statuses.length > 20) throw new Error('The event is never accepted.')
    }
    return { handled, statuses, waited: now - noon }
  }

  test('handle an event once without a failure', async () => {
    const { handled, statuses } = await deliver(new Fault(-1, 'dies'))
    expect(handled).toEqual(['acme:main:e1'])
    expect(statuses).toEqual([200])
  })

  test.each(['dies', 'throws'] as const)('lose no event if the first one %s at any await', async (kind) => {
    const places: string[] = []
    // It was handled, and the mark is missing. When only the mark failed, the vendor was answered 200 and sends no more.
    const twice = kind === 'dies' ? ['after handle', 'before done'] : ['after handle']
    for (const handlerFails of [false, true]) {
      for (let at = 0; ; at++) {
        const fault = new Fault(at, kind)
        const { handled, waited } = await deliver(fault, handlerFails)
        if (fault.place === undefined) break
        places.push(fault.place)
        expect([fault.place, handled.length]).toEqual([fault.place, twice.includes(fault.place) ? 2 : 1])
        expect(waited).toBeLessThanOrEqual(lease + 120_000)
      }
    }
    expect(new Set(places)).toEqual(
      new Set([
        'before claim',
        'after claim',
        'before handle',
        'after handle',
        'before done',
        'after done',
        'before release',
        'after release',
      ]),
    )
  })

  test('answer 429 to a delivery that the other one is handling, and 200 once it is handled', async () => {
    const [first, second] = await open(() => noon)
    const [one, other] = [acmeWebhook({ replays: first }), acmeWebhook({ replays: second })]
    const handled: string[] = []
    const started = deferred()
    const over = deferred()
    const busy = one.receive(await requestOf(payload), async () => {
      started.resolve()
      await over.promise
      handled.push('one')
    })
    await started.promise
    expect(await other.receive(await requestOf(payload), () => handled.push('other'))).toMatchObject({
      status: 429,
      events: [],
      refusal: { reason: 'in-progress' },
    })
    over.resolve()
    expect((await busy).status).toBe(200)
    expect(await other.receive(await requestOf(payload), () => handled.push('other'))).toMatchObject({
      status: 200,
      replayed: 1,
    })
    expect(handled).toEqual(['one'])
  })

  test('handle an event that the other one could not handle', async () => {
    const [first, second] = await open(() => noon)
    const failing = acmeWebhook({ replays: first }).receive(await requestOf(payload), () => Promise.reject('planted'))
    await expect(failing).rejects.toBe('planted')
    const { events } = await acmeWebhook({ replays: second }).receive(await requestOf(payload), () => undefined)
    expect(events).toHaveLength(1)
  })

  test('handle one of 32 simultaneous deliveries of one event, and acknowledge none that can still fail', async () => {
    const [first, second] = await open(() => noon)
    const webhooks = [acmeWebhook({ replays: first }), acmeWebhook({ replays: second })] as const
    let handled = 0
    const requests = await Promise.all(Array.from({ length: 32 }, () => requestOf(payload)))
    const received = await Promise.all(
      requests.map((request, index) =>
        (index % 2 ? webhooks[0] : webhooks[1]).receive(request, async () => {
          handled += 1
        }),
      ),
    )
    expect(handled).toBe(1)
    expect(received.filter(({ events }) => events.length > 0)).toHaveLength(1)
    for (const { status, replayed, events } of received) expect(status === 429).toBe(replayed + events.length === 0)
  })
})

describe('a process that dies while it handles an event', () => {
  const open: OpenStores = storesInMemory()

  test('has its event handled by another process when its lease ends', async () => {
    let now = noon
    const [store] = await open(() => now)
    const options = { replays: store, now: () => now, tolerance: 3_600_000 }
    void acmeWebhook(options).receive(await requestOf(payload), () => new Promise(() => {}))
    await expect.poll(() => store.claim('acme:main:e1', 'x', now)).toBe('busy')
    const next = async () => (await acmeWebhook(options).receive(await requestOf(payload), () => undefined)).status
    now += lease - 1
    expect(await next()).toBe(429)
    now += 1
    expect(await next()).toBe(200)
  })

  test('delays others for the requested lease', async () => {
    let now = noon
    const [store] = await open(() => now)
    const options = { replays: store, now: () => now, lease: 10_000 }
    void acmeWebhook(options).receive(await requestOf(payload), () => new Promise(() => {}))
    await expect.poll(() => store.claim('acme:main:e1', 'x', now)).toBe('busy')
    now += 10_000
    expect((await acmeWebhook(options).receive(await requestOf(payload), () => undefined)).status).toBe(200)
  })
})
