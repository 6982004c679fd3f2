import type { Adapter } from '@parley/core'

/** The engine asks for the largest pages. Small ones make more of them. */
export function withPages(adapter: Adapter, size: number): Adapter {
  const { pageSize } = adapter.limits
  const small = Object.fromEntries(
    Object.entries(pageSize).map(([name, allowed]) => {
      const max = Math.min(size, allowed?.max ?? size)
      return [name, { default: max, max }]
    }),
  )
  return { ...adapter, limits: { ...adapter.limits, pageSize: small } }
}
