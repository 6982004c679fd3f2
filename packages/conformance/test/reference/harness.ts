import type { Adapter, Clock } from '@parley/core'
import type { Expectations, Harness } from '../../src/index.ts'
import type { Mutant } from '../mutants/mutate.ts'
import { type ReferenceOptions, reference } from './adapter.ts'
import { createServer, token } from './server.ts'
import { truthOf } from './truth.ts'

/** Waits pass as soon as nothing else is to be done; long deadlines never come. */
const hastyClock = (): Clock => {
  let now = Date.UTC(2026, 0, 15, 10, 30)
  return {
    now: () => now,
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
  const server = createServer()
  const nobody = createServer({ empty: true })
  const make = (given: ReferenceOptions): Adapter => {
    const options = (mutant.options?.(given) ?? given) as ReferenceOptions
    const adapter: Adapter = reference({ clock: hastyClock(), ...options })
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
    expectations: (): Expectations => truthOf(server.store),
  }
}
