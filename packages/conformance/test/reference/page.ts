import {
  checkId,
  type ListQuery,
  type OperationOptions,
  type Paged,
  type Payload,
  type PayloadReader,
  paged,
  pathOf,
  type Query,
  type Transport,
  vendorOptions,
} from '@parley/core'
import { numberedCursor, pagePosition, turnPage } from '@parley/core/operations'
import { kindOf } from './kind-of.ts'
import { object } from './read.ts'

/** The fields of a query without which this vendor lists nothing. */
export const requiredFields: Readonly<Record<string, readonly string[]>> = { 'knowledge.list': ['knowledgeBaseId'] }

export type PageMaker = <T extends { id: string | null }>(
  operation: string,
  path: string | readonly [before: string, owner: string | { id: string }, after: string],
  query: ListQuery & { vendor?: object },
  options: OperationOptions | undefined,
  read: (raw: Payload, reading: PayloadReader) => T,
  more?: {
    send?: Query
    keep?: (item: T) => boolean
    filter?: (items: T[], reading: PayloadReader) => { items: T[]; unapplied?: string[] }
  },
) => Paged<T>

/** Lists of this vendor all come the same way: a numbered page, its size, whether there are more. */
export const pageMaker =
  (transport: Transport): PageMaker =>
  (operation, path, query, options, read, { send = {}, keep = () => true, filter } = {}) => {
    const required = requiredFields[operation]
    const place = { vendor: 'reference', account: transport.settings.account, operation, required }
    const whole = Object.keys(query).every((key) => ['limit', 'cursor', 'order', 'knowledgeBaseId'].includes(key))
    return paged(
      async (cursor, { limit }, seen) => {
        const at = pagePosition(cursor)
        const size = Math.min(limit ?? 10, 20)
        const call = transport.begin(operation, options)
        vendorOptions(call, query.vendor, {})
        const [before, owner, after] = typeof path === 'string' ? [path] : path
        const own =
          owner === undefined && after === undefined
            ? ''
            : pathOf`/${checkId(call, owner, 'target', kindOf(operation))}` + after
        return call.read({ path: before + own, query: { page: at.page, size, ...send } }, (body, reading) => {
          const { items: raw, more, total } = object(body)
          const all = reading.items(raw, 'items', (item) => read(item, reading))
          const info = { hasMore: more === true, ...(typeof total === 'number' && { total }) }
          const turned = turnPage(reading, at, all, (raw as unknown[]).length, info, seen)
          const kept = turned.items.filter(keep)
          const filtered = filter ? filter(kept, reading) : { items: kept }
          const next = numberedCursor(turned.next)
          return {
            ...filtered,
            next,
            warnings: reading.warnings,
            ...(whole && typeof total === 'number' && { total }),
          }
        })
      },
      query,
      { ...place, of: JSON.stringify([path, send], (_, part) => part?.id ?? part) },
    )
  }
