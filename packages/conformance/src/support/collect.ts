import type { Page, Paged } from '@parley/core'

/** Everything a list holds. */
export async function collect<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

/** All pages of a list, or the first few. */
export async function collectPages<Item>(
  list: Paged<Item>,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Page<Item>[]> {
  const pages: Page<Item>[] = []
  for await (const page of list.pages()) {
    pages.push(page)
    if (pages.length >= most) break
  }
  return pages
}

/** What tells items apart: their ids, or all that is said of one without. */
export const idsOf = (items: readonly { id: string | null }[]): string[] =>
  items.map((item) => item.id ?? JSON.stringify(item))
