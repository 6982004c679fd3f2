import type { Event } from '@parley/core'
import type { Machine, Process } from './machine.ts'
import type { Random } from './random.ts'

/** What takes a webhook's event: a process with a sync. */
export interface Receiver {
  readonly process: Process
  receive(event: Event): Promise<unknown>
}

export interface DeliveryRates {
  /** The event is never sent. */
  lost: number
  /** It is sent twice. */
  duplicate: number
  /** It is sent much later than others. */
  late: number
}

/** The vendors' deliveries of webhooks. A delivery that is not acknowledged is made again, a few times. */
export interface Deliveries {
  send(event: Event): void
  /** The events that were acknowledged. */
  readonly acknowledged: ReadonlySet<Event>
  /** Those of them that were not stored by then. */
  readonly unstored: readonly Event[]
}

const tries = 4

export function deliveriesTo(
  machine: Machine,
  receivers: () => readonly Receiver[],
  {
    random,
    rates,
    count,
    isStored,
  }: {
    random: Random
    rates: DeliveryRates
    count: (what: string) => void
    isStored: (event: Event) => Promise<boolean>
  },
): Deliveries {
  const acknowledged = new Set<Event>()
  const unstored: Event[] = []

  function deliver(event: Event, attempt: number): void {
    const again = () => {
      if (attempt < tries) machine.after(random.between(1_000, 60_000), () => deliver(event, attempt + 1))
      else count('fault: webhook given up')
    }
    const alive = receivers().filter(({ process }) => !process.isDead)
    if (alive.length === 0) {
      again()
      return
    }
    const { process, receive } = random.pick(alive)
    count('delivery')
    const received = process.run(() => receive(event))
    void Promise.race([received, process.death]).then((answer) => {
      if (answer === 'killed') {
        again()
        return
      }
      acknowledged.add(event)
      void isStored(event).then((is) => {
        if (!is) unstored.push(event)
      })
    }, again)
  }

  return {
    acknowledged,
    unstored,
    send(event) {
      if (random.chance(rates.lost)) {
        count('fault: webhook lost')
        return
      }
      const copies = random.chance(rates.duplicate) ? 2 : 1
      if (copies === 2) count('fault: webhook duplicated')
      for (let copy = 0; copy < copies; copy += 1) {
        const isLate = random.chance(rates.late)
        if (isLate) count('fault: webhook late')
        machine.after(random.between(0, isLate ? 600_000 : 2_000), () => deliver(event, 1))
      }
    },
  }
}
