import { expect, test } from 'vitest'
import { inOrder } from '../../src/index.ts'

const item = (id: string, createdAt?: string | null) => ({ id, ...(createdAt !== undefined && { createdAt }) })
const ids = (items: { id: string }[]) => items.map(({ id }) => id).join('')

test.each([
  ['asc', 'bdac'],
  ['desc', 'cabd'],
] as const)('a page is sorted by the order %s, and items of one instant keep their order', (order, expected) => {
  const items = [item('a', '2026-01-02'), item('b', '2026-01-01'), item('c', '2026-01-03'), item('d', '2026-01-01')]
  expect(ids(inOrder(items, order, 'createdAt'))).toBe(expected)
})

test.each([undefined, null, ''])('a page with an item whose time is %j keeps the vendor’s order', (time) => {
  const items = [item('a', '2026-01-02'), item('b', time), item('c', '2026-01-01')]
  expect(ids(inOrder(items, 'asc', 'createdAt'))).toBe('abc')
  expect(ids(inOrder(items, 'desc', 'createdAt'))).toBe('abc')
})
