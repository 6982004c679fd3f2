import type { Page } from '@parley/core'
import { inOrder, mostOpen, type Place, type Position, start, wasGiven } from './position.ts'

/** An account's open pages, with the account's position when they were read. If reading has failed, the last are missing. */
export interface Part<Item> {
  name: string
  position: Position
  pages: readonly Page<Item>[]
}

interface Left<Item> {
  item: Item
  place: Place
  /** The index of its page. */
  page: number
}

interface Head<Item> extends Part<Item> {
  left: Left<Item>[]
}

/**
 * Takes the requested number of the newest items from several pages.
 *
 * It stops early when the pages of an account are used up but have a next page, because items there may be newer than the
 * other accounts' remaining items. It also stops at an item that the next page may have to precede.
 *
 * @param placeOf what the items are ordered by.
 * @returns the items, and the new position of each account.
 */
export function merge<Item>(
  parts: readonly Part<Item>[],
  limit: number,
  placeOf: (item: Item) => Place,
): { items: Item[]; positions: Map<string, Position> } {
  const heads = parts.map((part): Head<Item> => ({ ...part, left: leftOf(part, placeOf) }))
  const items: Item[] = []
  const blocked = () => heads.some(({ left, pages }) => left.length === 0 && pages.at(-1)?.next !== null)
  while (items.length < limit && !blocked()) {
    const head = newest(heads)
    if (head && isTied(head)) {
      head.position = { ...head.position, lasts: [...head.position.lasts, null] }
      break
    }
    const first = head?.left.shift()
    if (!head || !first) break
    items.push(first.item)
    head.position = after(head, first.place)
  }
  return { items, positions: new Map(heads.map((head) => [head.name, reconcile(head)])) }
}

/** What the open pages of an account still have, newest first. */
export const leftOf = <Item>({ position, pages }: Part<Item>, placeOf: (item: Item) => Place): Left<Item>[] =>
  pages
    .flatMap(({ items }, page) => items.map((item): Left<Item> => ({ item, place: placeOf(item), page })))
    .filter(({ place, page }) => !wasGiven(position.lasts[page], place))
    .sort((a, b) => inOrder(a.place, b.place))

function newest<Item>(heads: readonly Head<Item>[]): Head<Item> | undefined {
  let best: Head<Item> | undefined
  for (const head of heads) {
    const [first] = head.left
    if (first === undefined) continue
    const [leader] = best?.left ?? []
    if (leader === undefined || inOrder(first.place, leader.place) < 0) best = head
  }
  return best
}

/**
 * Whether the next page must be opened first: all that is left has the same time, and the next page may have more of it,
 * with a lower ref. This costs one request where filters left nothing of a page, because only the last page with items can
 * end in the middle of a time. Items without a time stay in the order of their pages: a vendor may have no times at all.
 */
function isTied<Item>({ left, pages, position }: Head<Item>): boolean {
  const at = left[0]?.place.at
  if (!at || left.at(-1)?.place.at !== at || pages.at(-1)?.next === null) return false
  if (pages.length < position.lasts.length || pages.length === mostOpen) return false
  return left.some(({ page }) => page === pages.length - 1)
}

/** The position after an item: everything up to its place was returned, from each page that was read. */
const after = <Item>({ position, pages }: Head<Item>, place: Place): Position => ({
  ...position,
  lasts: position.lasts.map((last, page) => (page >= pages.length || wasGiven(last, place) ? last : place)),
})

/**
 * Pages that are used up are closed. An account without an open page continues with its next page, or is done. The returned
 * items do not constrain the next page: vendors do not always list the newest first, and an item without a time can precede
 * items with one.
 */
function reconcile<Item>({ left, pages, position }: Head<Item>): Position {
  const used = Math.min(pages.length, ...left.map(({ page }) => page))
  const last = pages[used - 1]
  if (last === undefined) return position
  if (last.next === null) return { ...position, done: true }
  const lasts = position.lasts.slice(used)
  return { ...position, cursor: last.next, lasts: lasts.length > 0 ? lasts : start.lasts }
}
