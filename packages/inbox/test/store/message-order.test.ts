import type { Message } from '@parley/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, type MessagePlace, placed, placesOf } from '../../src/store/message-order.ts'
import { conversation } from '../fake-account.ts'
import { message } from '../synced/filled.ts'

const chat = conversation('acme', 'one', 'c1', null)
const timeOf = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()

/** The stored places of the messages of a thread, and how often one was written. */
class Stored {
  readonly places = new Map<string, MessagePlace>()
  writes = 0

  /** Reads the thread in pages. @param isOver whether the reader stops after a page, by how much it has written. */
  read(thread: readonly Message[], size: number, isOver = (_: number): boolean => false): void {
    let before: Message[] = []
    for (let from = 0; from < thread.length; from += size) {
      const items = thread.slice(from, from + size)
      const places = placesOf(before.map(placed), items.map(placed), (ref) => this.places.get(ref)?.position)
      const earlier = this.writes
      for (const { ref } of items) {
        const [known, place] = [this.places.get(ref), places.get(ref) as MessagePlace]
        if (known?.at === place.at && known.position === place.position) continue
        this.places.set(ref, place)
        this.writes++
      }
      if (isOver(this.writes - earlier)) return
      before = endOf([...before, ...items])
    }
  }

  /** Newest first. */
  refs(): string[] {
    return [...this.places]
      .sort(([a, one], [b, two]) =>
        one.at === two.at ? two.position - one.position || (a < b ? -1 : 1) : one.at < two.at ? 1 : -1,
      )
      .map(([ref]) => ref)
  }
}

const refs = (messages: readonly { ref: string }[]): string[] => messages.map(({ ref }) => ref)

/** Threads, newest first, with many messages of the same second. The order of their refs is another one. */
const threads = fc.array(fc.record({ step: fc.nat(1), key: fc.nat(6) }), { maxLength: 25 }).map((given) => {
  let second = 100
  return given.map(({ step, key }, index) => {
    second -= step
    return message(chat, `${key}-${index}`, { createdAt: timeOf(second) })
  })
})
const size = fc.integer({ min: 1, max: 6 })

describe('the places of messages', () => {
  it('keep the order of the vendor, in pages of any size', () => {
    fc.assert(
      fc.property(threads, size, (thread, pageSize) => {
        const stored = new Stored()
        stored.read(thread, pageSize)
        expect(stored.refs()).toEqual(refs(thread))
      }),
    )
  })

  it('do not change when the same messages are read again, in other pages', () => {
    fc.assert(
      fc.property(threads, size, size, (thread, one, two) => {
        const stored = new Stored()
        stored.read(thread, one)
        const { writes } = stored
        stored.read(thread, two)
        expect(stored.writes).toBe(writes)
      }),
    )
  })

  it('are right again after messages came in between, and after the vendor changed its order', () => {
    fc.assert(
      fc.property(threads, fc.infiniteStream(fc.nat(2)), size, size, (thread, choices, one, two) => {
        const choice = (): number => choices.next().value as number
        const early = thread
          .filter(() => choice() !== 0)
          .sort((a, b) =>
            a.createdAt === b.createdAt ? choice() - 1 : String(a.createdAt) < String(b.createdAt) ? 1 : -1,
          )
        const stored = new Stored()
        stored.read(early, one)
        stored.read(thread, two)
        expect(stored.refs()).toEqual(refs(thread))
      }),
    )
  })

  it('are right if only the new messages are read, down to a page without any', () => {
    fc.assert(
      fc.property(threads, fc.nat(25), size, size, (thread, known, one, two) => {
        const stored = new Stored()
        stored.read(thread.slice(known), one)
        stored.read(thread, two, (written) => written === 0)
        expect(stored.refs()).toEqual(refs(thread))
      }),
    )
  })

  it('of messages without a time are beside their neighbors', () => {
    const thread = [undefined, 9, undefined, undefined, 9, 5, undefined].map((second, index) =>
      message(chat, `${7 - index}`, second === undefined ? {} : { createdAt: timeOf(second) }),
    )
    for (const pageSize of [2, 3, 7]) {
      const stored = new Stored()
      stored.read(thread, pageSize)
      expect(stored.refs()).toEqual(refs(thread))
      const { writes } = stored
      stored.read(thread, 4)
      expect(stored.writes).toBe(writes)
    }
  })
})
