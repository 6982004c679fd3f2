import {
  type Adapter,
  type Clock,
  type OperationOptions,
  type Page,
  type Paged,
  paged,
  type Warning,
} from '@parley/core'
import type { AccountState, InboxPage } from './inbox.ts'
import { merge, type Part, type Sortable } from './merge.ts'
import { decodePositions, encodePositions, type Position, start } from './position.ts'
import { readAccount } from './read-account.ts'

export interface MergedList<Item extends Sortable> {
  operation: string
  accounts: readonly { name: string; adapter: Adapter }[]
  limit: number
  cursor: string | undefined
  deadline: number
  clock: Clock
  options: OperationOptions
  timeOf(item: Item): string
  /** Reads one account's page. */
  read(adapter: Adapter, query: { limit: number; cursor?: string }, options: OperationOptions): PromiseLike<Page<Item>>
}

/** One list over many accounts. See `Inbox.conversations.list` for what it promises. */
export function mergedList<Item extends Sortable>(list: MergedList<Item>): Paged<Item, InboxPage<Item>> {
  /** While one list is iterated, a page that was only partly used is not read a second time. */
  const kept = new Map<string, { cursor: string | null; page: Page<Item> }>()
  const place = { vendor: 'inbox', account: 'inbox', operation: list.operation }

  return paged<Item, InboxPage<Item>>((cursor) => readPage(cursor), list.cursor, place)

  async function readPage(cursor: string | undefined): Promise<InboxPage<Item>> {
    if (cursor === undefined) kept.clear()
    const before = cursor === undefined ? new Map<string, Position>() : decodePositions(cursor)
    const open = list.accounts
      .map(({ name, adapter }) => ({ name, adapter, position: before.get(name) ?? start }))
      .filter(({ position }) => !position.done)
    const results = await Promise.all(open.map((account) => readPart(account)))

    const parts: Part<Item>[] = []
    const warnings: Warning[] = []
    for (const [index, { page }] of results.entries()) {
      const account = open[index]
      if (!page || !account) continue
      parts.push({ name: account.name, position: account.position, page })
      warnings.push(...page.warnings)
      kept.set(account.name, { cursor: account.position.cursor, page })
    }
    const read = new Map(results.map(({ state }) => [state.account, state]))
    const stateOf = (name: string): AccountState => read.get(name) ?? { account: name, state: 'done', asOf: null }
    const { items, positions } = merge(parts, list.limit, list.timeOf)
    const after = new Map(before)
    for (const { name, position } of open) after.set(name, positions.get(name) ?? position)
    for (const { state } of results)
      if (state.state === 'unsupported') after.set(state.account, { ...start, done: true })
    const next = encodePositions(after)
    // An account that keeps failing would keep the list from ending; once the others are through, it ends. The page's
    // `accounts` say so, and the cursor it was read with can be tried again.
    const stuck = [...after.values()].every(({ done }) => done) || next === encodePositions(before)
    return { items, next: stuck ? null : next, warnings, accounts: list.accounts.map(({ name }) => stateOf(name)) }
  }

  function readPart({ name, adapter, position }: { name: string; adapter: Adapter; position: Position }) {
    const held = kept.get(name)
    const read = (options: OperationOptions): PromiseLike<Page<Item>> =>
      held?.cursor === position.cursor
        ? Promise.resolve({ ...held.page, warnings: [] })
        : list.read(
            adapter,
            { limit: list.limit, ...(position.cursor !== null && { cursor: position.cursor }) },
            options,
          )
    const { signal, timeout } = list.options
    return readAccount(name, read, Math.min(list.deadline, timeout ?? list.deadline), list.clock, signal)
  }
}
