import type { Page } from '@parley/core'
import { giveOut, type Position, start, wasGiven } from './position.ts'

/** One account's page with where the account stood when it was read. */
export interface Part<Item> {
  name: string
  position: Position
  page: Page<Item>
}

/** What orders a merged list: a time (text order is time order) and, for ties, the ref. */
export interface Sortable {
  ref: string
}

interface Head<Item> extends Part<Item> {
  left: Item[]
}

/**
 * Takes the newest items over several pages, as many as asked for.
 *
 * It stops early when one account has nothing left on its page but more on its next: what comes there may be newer than
 * what the others still hold.
 *
 * @param timeOf the time an item is ordered by; `''` when it has none.
 * @returns the items, and where each account stands now.
 */
export function merge<Item extends Sortable>(
  parts: readonly Part<Item>[],
  limit: number,
  timeOf: (item: Item) => string,
): { items: Item[]; positions: Map<string, Position> } {
  const newestFirst = (a: Item, b: Item): number => compare(timeOf(b), timeOf(a)) || compare(a.ref, b.ref)
  const heads = parts.map((part): Head<Item> => {
    const left = part.page.items.filter((item) => !wasGiven(part.position, timeOf(item), item.ref)).sort(newestFirst)
    return { ...part, left }
  })
  const items: Item[] = []
  const blocked = () => heads.some(({ left, page }) => left.length === 0 && page.next !== null)
  while (items.length < limit && !blocked()) {
    const head = newest(heads, newestFirst)
    const item = head?.left.shift()
    if (!head || !item) break
    items.push(item)
    head.position = giveOut(head.position, timeOf(item), item.ref)
  }
  return { items, positions: new Map(heads.map((head) => [head.name, reconcile(head)])) }
}

function newest<Item>(heads: readonly Head<Item>[], newestFirst: (a: Item, b: Item) => number): Head<Item> | undefined {
  let best: Head<Item> | undefined
  for (const head of heads) {
    const [first] = head.left
    if (first === undefined) continue
    const [leader] = best?.left ?? []
    if (leader === undefined || newestFirst(first, leader) < 0) best = head
  }
  return best
}

/**
 * An account whose page is used up goes on to its next one, or is done. What was given out says nothing about the next
 * page: vendors do not always put the newest first, and an item without a time may come before some that have one.
 */
function reconcile<Item>({ left, page, position }: Head<Item>): Position {
  if (left.length > 0) return position
  return page.next === null ? { ...position, done: true } : { ...start, cursor: page.next }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
