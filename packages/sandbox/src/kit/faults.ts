import type { MiddlewareHandler } from 'hono'
import { applyFault } from './apply-fault.ts'
import type { Clock } from './clock.ts'
import { drawFaults } from './draw-faults.ts'
import { checkFault, type Fault, type FaultKind, type FaultRate, faultApplies, noFaults } from './fault.ts'
import { createRandom } from './random.ts'

/** What went wrong so far, in order: for tests to compare with what the client made of it. */
export interface InjectedFault {
  readonly method: string
  readonly path: string
  readonly kind: FaultKind
}

/** Everything that can go wrong between one emulator and its clients. */
export interface Faults {
  /** Probabilities per response; change them while it runs. The same seed and the same requests give the same faults. */
  readonly rate: FaultRate
  /** What a random 429 says in `Retry-After`. */
  retryAfterSeconds: number
  /** The longest random delay. */
  delayMilliseconds: number
  readonly injected: readonly InjectedFault[]
  /** Forces the next matching responses, in this order; those scripted earlier come first. */
  next(...faults: Fault[]): void
  /** The same for a list. */
  script(faults: readonly Fault[]): void
  /** How many scripted faults still wait for a request. */
  pending(): number
  /** Ends all faults: empties the script, sets every rate to 0, and starts the seed anew. */
  clear(): void
}

export interface FaultInjector {
  readonly faults: Faults
  readonly middleware: MiddlewareHandler
}

export function createFaults(seed: number, name: string, clock: Clock): FaultInjector {
  let random = createRandom(seed, `${name}/faults`)
  let queue: { fault: Fault; left: number }[] = []
  const injected: InjectedFault[] = []

  const script = (list: readonly Fault[]) => {
    for (const fault of list) checkFault(fault)
    queue.push(...list.map((fault) => ({ fault, left: fault.times ?? 1 })))
  }
  const faults: Faults = {
    rate: noFaults(),
    retryAfterSeconds: 1,
    delayMilliseconds: 50,
    injected,
    next: (...list) => script(list),
    script,
    pending: () => queue.reduce((sum, { left }) => sum + left, 0),
    clear() {
      queue = []
      injected.length = 0
      Object.assign(faults.rate, noFaults())
      random = createRandom(seed, `${name}/faults`)
    },
  }

  const scripted = (method: string, path: string): Fault | undefined => {
    const entry = queue.find(({ fault, left }) => left > 0 && faultApplies(fault, method, path))
    if (!entry) return undefined
    entry.left -= 1
    queue = queue.filter(({ left }) => left > 0)
    return entry.fault
  }

  const middleware: MiddlewareHandler = async (c, next) => {
    const { method, path } = c.req
    const drawn = drawFaults(random, faults)
    const forced = scripted(method, path)
    // A forced fault stands alone: a test that asks for one must not meet another by chance.
    const met = forced ? [forced] : drawn
    for (const fault of met) injected.push({ method, path, kind: fault.kind })
    // The first drawn is the outermost, so that a body can be both spoiled and cut off.
    const work = met.reduceRight<() => Promise<void>>(
      (inner, fault) => () => applyFault(c, inner, fault, { random, clock }),
      next,
    )
    await work()
  }
  return { faults, middleware }
}
