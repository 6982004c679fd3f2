import {
  checkId,
  decodeCursor,
  encodeCursor,
  type ListQuery,
  type OperationOptions,
  type Paged,
  paged,
  pathOf,
  type Query,
  type Raw,
  type Reading,
  type Transport,
  vendorOptions,
} from '@parley/core'
import { kindOf } from './kind-of.ts'
import { object } from './read.ts'

export type PageMaker = <T>(
  operation: string,
  path: string | readonly [before: string, owner: string | { id: string }, after: string],
  query: ListQuery & { vendor?: object },
  options: OperationOptions | undefined,
  read: (raw: Raw, reading: Reading) => T,
  more?: { send?: Query; keep?: (item: T) => boolean; filter?: (items: T[], reading: Reading) => T[] },
) => Paged<T>

/** Lists of this vendor all come the same way: a numbered page, its size, whether there are more. */
export const pageMaker =
  (transport: Transport): PageMaker =>
  (operation, path, query, options, read, { send = {}, keep = () => true, filter } = {}) => {
    const place = { vendor: 'reference', account: transport.settings.account, operation }
    const whole = Object.keys(query).every((key) => ['limit', 'cursor', 'order'].includes(key))
    return paged(
      async (cursor, { limit }) => {
        const page = cursor === undefined ? 1 : decodeCursor(cursor, (state) => (isPage(state) ? state : undefined))
        const size = Math.min(limit ?? 10, 20)
        const call = transport.begin(operation, options)
        vendorOptions(call, query.vendor, {})
        const [before, owner, after] = typeof path === 'string' ? [path] : path
        const own =
          owner === undefined && after === undefined
            ? ''
            : pathOf`/${checkId(call, owner, 'target', kindOf(operation))}` + after
        return call.read({ path: before + own, query: { page, size, ...send } }, (body, reading) => {
          const { items: raw, more, total } = object(body)
          const all = reading.items(raw, 'items', (item) => read(item, reading)).filter(keep)
          const items = filter ? filter(all, reading) : all
          const next = more === true ? encodeCursor(page + 1) : null
          return {
            items,
            next,
            warnings: reading.warnings,
            ...(whole && typeof total === 'number' && { total }),
          }
        })
      },
      query,
      { ...place, of: JSON.stringify([path, send]) },
    )
  }

const isPage = (state: unknown): state is number => Number.isSafeInteger(state) && (state as number) > 1
