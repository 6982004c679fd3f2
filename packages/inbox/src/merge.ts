import type { Page } from '@parley/core'
import { inOrder, type Place, type Position, start, wasGiven } from './position.ts'

/** An account's page, with the account's position when it was read. */
export interface Part<Item> {
  name: string
  position: Position
  page: Page<Item>
}

interface Head<Item> extends Part<Item> {
  left: Item[]
}

/**
 * Takes the requested number of the newest items from several pages.
 *
 * It stops early when an account's page is used up but has a next page, because items there may be newer than the other
 * accounts' remaining items.
 *
 * @param placeOf what the items are ordered by.
 * @returns the items, and the new position of each account.
 */
export function merge<Item>(
  parts: readonly Part<Item>[],
  limit: number,
  placeOf: (item: Item) => Place,
): { items: Item[]; positions: Map<string, Position> } {
  const newestFirst = (a: Item, b: Item): number => inOrder(placeOf(a), placeOf(b))
  const heads = parts.map((part): Head<Item> => {
    const left = part.page.items.filter((item) => !wasGiven(part.position, placeOf(item))).sort(newestFirst)
    return { ...part, left }
  })
  const items: Item[] = []
  const blocked = () => heads.some(({ left, page }) => left.length === 0 && page.next !== null)
  while (items.length < limit && !blocked()) {
    const head = newest(heads, newestFirst)
    const item = head?.left.shift()
    if (!head || !item) break
    items.push(item)
    head.position = { ...head.position, last: placeOf(item) }
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
 * An account whose page is used up continues with its next page, or is done. The returned items do not constrain the
 * next page: vendors do not always list the newest first, and an item without a time can precede items with one.
 */
function reconcile<Item>({ left, page, position }: Head<Item>): Position {
  if (left.length > 0) return position
  return page.next === null ? { ...position, done: true } : { ...start, cursor: page.next }
}
