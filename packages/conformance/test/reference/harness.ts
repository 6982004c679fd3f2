import type { Adapter, Clock } from '@parley/core'
import type { Expectations, Harness } from '../../src/index.ts'
import type { Mutant } from '../mutants/mutate.ts'
import { type ReferenceOptions, reference } from './adapter.ts'
import { createServer, token } from './server.ts'
import { truthOf } from './truth.ts'
import { plant, usual } from './vendor.ts'

/** Waits pass as soon as nothing else is to be done; long deadlines never come. */
const hastyClock = (): Clock & { advance(milliseconds: number): void } => {
  let now = Date.UTC(2026, 0, 15, 10, 30)
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds
    },
    after(milliseconds, callback) {
      if (milliseconds >= 20_000) return () => {}
      const timer = setImmediate(() => {
        now += milliseconds
        callback()
      })
      return () => clearImmediate(timer)
    },
  }
}

/** The reference adapter over its server, both broken in the way a test asks for. */
export function referenceHarness(mutant: Mutant = {}): Harness {
  const clock = hastyClock()
  const server = createServer({ now: clock.now })
  const nobody = createServer({ empty: true })
  const make = (given: ReferenceOptions): Adapter => {
    const options = (mutant.options?.(given) ?? given) as ReferenceOptions
    const adapter: Adapter = reference({ clock, ...options })
    return mutant.adapter?.(adapter, options) ?? adapter
  }
  return {
    name: 'the reference adapter',
    fetch: server.fetch,
    reset: () => server.reset(),
    create: (options) => ({ adapter: make({ token, ...options }), secrets: [token] }),
    wrongCredential: (options) => ({
      adapter: make({ token: 'planted-wrong-token', ...options }),
      secrets: ['planted-wrong-token'],
    }),
    emptyAccount: (options) => ({ adapter: make({ token, ...options, fetch: nobody.fetch }) }),
    thread: {
      clock,
      set: (switches) => void Object.assign(server.vendor, usual, switches),
      plant: (id, message) => plant(server.store, id, message),
      colleagueId: 'staff-1',
    },
    use: {
      reply: { operatorId: 'staff-0' },
      note: { operatorId: 'staff-0' },
      required: { 'knowledge.list': { knowledgeBaseId: '*' } },
      waiting: { question: 'Please approve my refund.', value: 'yes' },
      several: 'Please look it up.',
      mark: (mark) => ({ vendor: { reference: { mark } } as object }),
    },
    expectations: (): Expectations => truthOf(server.store),
  }
}
