import { isRecord, type ListQuery, type OperationOptions, type Page, type Paged, paged } from '@parley/core'
import type { Kysely } from 'kysely'
import type { InboxPage } from '../inbox.ts'
import { incomplete, type Missing, note } from '../incomplete.ts'
import type { Asked } from '../over-accounts.ts'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import type { Schema } from './schema.ts'

/** A list over accounts that is read from the store. */
export function storedList<Item, Query extends ListQuery>(
  operation: string,
  asked: Asked<Query>,
  db: Kysely<Schema>,
  readPage: (
    db: Kysely<Schema>,
    asked: Asked<Query>,
    query: Query,
    cursor: string | undefined,
  ) => Promise<InboxPage<Item>>,
): Paged<Item, InboxPage<Item>> {
  const names = asked.accounts.map(({ name }) => name)
  const pages = boundList<Item, Query, InboxPage<Item>>(operation, names, asked.query, asked.options, (cursor, query) =>
    readPage(db, asked, query, cursor),
  )
  /** Yields all available items, then throws if some are missing. */
  async function* allItems(): AsyncGenerator<Item, void, undefined> {
    const missing: Missing = new Map()
    for await (const page of pages.pages()) {
      yield* page.items
      for (const account of page.accounts) note(missing, account)
    }
    // No cursor brings what the sync has not read.
    if (missing.size > 0) throw incomplete(operation, missing, null)
  }
  return { ...pages, [Symbol.asyncIterator]: asked.partial ? pages[Symbol.asyncIterator] : allItems }
}

/** Whether a query has options that only a vendor understands. */
export const hasVendorOptions = (query: object): boolean =>
  'vendor' in query && query.vendor !== undefined && !(isRecord(query.vendor) && Object.keys(query.vendor).length === 0)

/** A list that is read from the store. Its cursors are bound to `of`. */
export function boundList<Item, Query extends ListQuery, P extends Page<Item>>(
  operation: string,
  of: unknown,
  query: Query,
  { signal }: OperationOptions,
  readPage: (cursor: string | undefined, query: Query) => Promise<P>,
): Paged<Item, P> {
  if (hasVendorOptions(query))
    throw wrongArgument(operation, 'vendor', 'has no effect on what is stored: use inbox.adapter(account)')
  return paged<Item, P, Query>(
    async (cursor, own) => {
      signal?.throwIfAborted()
      return readPage(cursor, own)
    },
    query,
    { ...placeOf(operation), of: JSON.stringify(['stored', of]) },
  )
}
