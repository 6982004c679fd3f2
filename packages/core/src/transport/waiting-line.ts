import { type Priority, priorities } from '../contract/priority.ts'

/**
 * Who waits, in the order in which they go: by priority, and within one as they came. A step costs the same however many
 * they are.
 */
export interface WaitingLine<Waiter extends { readonly priority: Priority }> {
  readonly size: number
  /** How many of each priority wait. */
  counts(): Record<Priority, number>
  /** How many go before whoever joins now. */
  before(priority: Priority): number
  join(waiter: Waiter): void
  /** @returns whether it was there. */
  leave(waiter: Waiter): boolean
  /** The one whose turn it is; it stays until it leaves. */
  first(): Waiter | undefined
  all(): Waiter[]
}

interface Rank<Waiter> {
  /** In the order of arrival, from `head` on; whoever left is skipped and swept out now and then. */
  list: Waiter[]
  head: number
  waiting: Set<Waiter>
}

export function createWaitingLine<Waiter extends { readonly priority: Priority }>(): WaitingLine<Waiter> {
  const ranks = new Map<Priority, Rank<Waiter>>()
  let size = 0

  return {
    get size() {
      return size
    },
    counts: () =>
      Object.fromEntries(priorities.map((priority) => [priority, ranks.get(priority)?.waiting.size ?? 0])) as Record<
        Priority,
        number
      >,
    before(priority) {
      let count = 0
      for (const rank of priorities) {
        count += ranks.get(rank)?.waiting.size ?? 0
        if (rank === priority) break
      }
      return count
    },
    join(waiter) {
      const rank = ranks.get(waiter.priority) ?? { list: [], head: 0, waiting: new Set() }
      ranks.set(waiter.priority, rank)
      rank.list.push(waiter)
      rank.waiting.add(waiter)
      size++
    },
    leave(waiter) {
      const rank = ranks.get(waiter.priority)
      if (!rank?.waiting.delete(waiter)) return false
      size--
      if (rank.list.length > 2 * rank.waiting.size + 32) {
        rank.list = [...rank.waiting]
        rank.head = 0
      }
      return true
    },
    first() {
      for (const priority of priorities) {
        const rank = ranks.get(priority)
        if (!rank?.waiting.size) continue
        while (!rank.waiting.has(rank.list[rank.head] as Waiter)) rank.head++
        return rank.list[rank.head]
      }
      return undefined
    },
    all: () => priorities.flatMap((priority) => [...(ranks.get(priority)?.waiting ?? [])]),
  }
}
