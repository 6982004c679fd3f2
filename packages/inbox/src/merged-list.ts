import {
  type Adapter,
  bindCursor,
  type Clock,
  type IncompleteAccount,
  IncompleteError,
  type ListQuery,
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
  /** Filters, `limit` and `cursor`. */
  query: ListQuery
  /** Whether the iteration may end without the items of a failed account. */
  partial: boolean
  deadline: number
  clock: Clock
  options: OperationOptions
  timeOf(item: Item): string
  /** Reads one account's page. */
  read(adapter: Adapter, query: { limit: number; cursor?: string }, options: OperationOptions): PromiseLike<Page<Item>>
}

const usualLimit = 25

/** How many pages of each account are read for one page of the list, at most. */
const mostRounds = 10

/** An account that is not finished, and its position. */
interface Open {
  name: string
  adapter: Adapter
  position: Position
}

/** One list over many accounts. `Inbox.conversations.list` documents its guarantees. */
export function mergedList<Item extends Sortable>(list: MergedList<Item>): Paged<Item, InboxPage<Item>> {
  /** Keeps partly used pages during an iteration, so that they are not read again. */
  const kept = new Map<string, { cursor: string | null; page: Page<Item> }>()
  // A cursor has a position in each account, so it is bound to all of them.
  const of = JSON.stringify(list.accounts.map(({ name }) => name))
  const place = { vendor: 'inbox', account: 'inbox', operation: list.operation, of }
  /** The positions of the accounts after each page, even the last; by the page's `accounts`. */
  const standings = new WeakMap<readonly AccountState[], { cursor: string; isThrough: boolean }>()

  const pages = paged<Item, InboxPage<Item>>(readPage, list.query, place)
  return { ...pages, [Symbol.asyncIterator]: list.partial ? pages[Symbol.asyncIterator] : allItems }

  /** Yields all available items, then throws if some are missing. */
  async function* allItems(): AsyncGenerator<Item, void, undefined> {
    const failed = new Map<string, IncompleteAccount>()
    let standing: { cursor: string; isThrough: boolean } | undefined
    for await (const page of pages.pages()) {
      yield* page.items
      for (const account of page.accounts) note(failed, account)
      standing = standings.get(page.accounts)
    }
    if (failed.size > 0) throw incomplete([...failed.values()], standing?.isThrough ? null : (standing?.cursor ?? null))
  }

  function incomplete(accounts: IncompleteAccount[], cursor: string | null): IncompleteError {
    const names = accounts.map(({ account, state, error }) => `${account} (${error?.code ?? state})`)
    const waits = accounts.flatMap(({ error }) => error?.retryAfterMs ?? [])
    const advice = cursor === null ? 'leave them out with "accounts"' : 'continue from the cursor of this error'
    return new IncompleteError({
      operation: list.operation,
      message: `${list.operation} of the inbox: items are missing from ${names.join(', ')}; ${advice}, or accept a partial list with { partial: true }.`,
      accounts,
      cursor,
      ...(waits.length > 0 && { retryAfterMs: Math.max(...waits) }),
    })
  }

  /** Reads the accounts again until the page is full, because filters and the order can leave a round short. */
  async function readPage(cursor: string | undefined, query: ListQuery): Promise<InboxPage<Item>> {
    const limit = Math.max(1, query.limit ?? usualLimit)
    if (cursor === undefined) kept.clear()
    const end = list.clock.now() + list.deadline
    const first = cursor === undefined ? new Map<string, Position>() : decodePositions(cursor)
    const items: Item[] = []
    const warnings = new Map<string, Warning>()
    const states = new Map<string, AccountState>()
    let positions: ReadonlyMap<string, Position> = first
    let hasMoved = true
    for (let round = 0; round < mostRounds && items.length < limit && hasMoved; round++) {
      const left = end - list.clock.now()
      if (round > 0 && left <= 0) break
      const open = openAccounts(positions).filter(({ name }) => isReadable(states.get(name)))
      if (open.length === 0) break
      const before = encodePositions(positions)
      const read = await readRound(open, positions, limit - items.length, limit, left)
      items.push(...read.items)
      for (const warning of read.warnings)
        warnings.set(JSON.stringify([warning.code, warning.account, warning.message, warning.path]), warning)
      for (const state of read.states) states.set(state.account, withEarlier(state, states.get(state.account)))
      positions = read.positions
      hasMoved = encodePositions(positions) !== before
    }
    const next = encodePositions(positions)
    // An account that keeps failing must not keep the list from ending, so the list ends when the others are finished.
    // The page's `accounts` show the failure, and its cursor can be tried again.
    const isThrough = list.accounts.every(({ name }) => positions.get(name)?.done)
    const stuck = isThrough || next === encodePositions(first)
    const accounts = list.accounts.map(({ name }) => states.get(name) ?? done(name))
    const unapplied = [...new Set(accounts.flatMap((account) => account.unapplied ?? []))]
    const page: InboxPage<Item> = {
      items,
      next: stuck ? null : next,
      warnings: [...warnings.values()],
      accounts,
      ...(unapplied.length > 0 && { unapplied }),
    }
    standings.set(accounts, { cursor: bindCursor(next, place, query), isThrough })
    return page
  }

  /** What an account looked through, if something was searched. */
  function withSearched(state: AccountState, adapter: Adapter | undefined): AccountState {
    const isSearch =
      'search' in list.query && list.query.search !== undefined && list.operation === 'conversations.list'
    const { search } = adapter?.limits ?? {}
    return isSearch && search && state.state === 'ok' ? { ...state, searched: [...search] } : state
  }

  function openAccounts(positions: ReadonlyMap<string, Position>): Open[] {
    const all = list.accounts.map(({ name, adapter }) => ({ name, adapter, position: positions.get(name) ?? start }))
    return all.filter(({ position }) => !position.done)
  }

  /** One page of each open account, and what can be given out of them. */
  async function readRound(
    open: readonly Open[],
    before: ReadonlyMap<string, Position>,
    wanted: number,
    limit: number,
    left: number,
  ): Promise<{ items: Item[]; positions: Map<string, Position>; states: AccountState[]; warnings: Warning[] }> {
    const results = await Promise.all(open.map((account) => readPart(account, limit, left)))
    const parts: Part<Item>[] = []
    const warnings: Warning[] = []
    const states = new Map<string, AccountState>()
    const repeating = new Set<string>()
    for (const [index, { page, state }] of results.entries()) {
      states.set(state.account, withSearched(state, open[index]?.adapter))
      const account = open[index]
      if (!page || !account) continue
      // A page whose next page is itself is the end. Its items are used, and its account has failed.
      const repeats = page.next !== null && page.next === account.position.cursor
      parts.push({ name: account.name, position: account.position, page: repeats ? { ...page, next: null } : page })
      if (repeats) repeating.add(account.name)
      warnings.push(...page.warnings)
      kept.set(account.name, { cursor: account.position.cursor, page })
    }
    for (const name of repeating) states.set(name, repeated(name))
    const { items, positions } = merge(parts, wanted, list.timeOf)
    const after = new Map(before)
    for (const { name, position } of open) {
      const reached = positions.get(name) ?? position
      after.set(name, repeating.has(name) ? { ...reached, done: false } : reached)
    }
    for (const { account, state } of states.values())
      if (state === 'unsupported') after.set(account, { ...start, done: true })
    return { items, positions: after, states: [...states.values()], warnings }
  }

  function readPart({ name, adapter, position }: Open, limit: number, left: number) {
    const held = kept.get(name)
    const query = { limit, ...(position.cursor !== null && { cursor: position.cursor }) }
    const read = (own: OperationOptions): PromiseLike<Page<Item>> =>
      held?.cursor === position.cursor
        ? Promise.resolve({ ...held.page, warnings: [] })
        : list.read(adapter, query, { ...list.options, ...own })
    const { signal, timeout } = list.options
    return readAccount(name, read, Math.max(1, Math.min(left, timeout ?? left)), list.clock, signal)
  }
}

/** Whether an account can be read again for the same page. */
const isReadable = (state: AccountState | undefined): boolean => state === undefined || state.state === 'ok'

/** What an account said in an earlier round of the same page still holds. */
function withEarlier(state: AccountState, earlier: AccountState | undefined): AccountState {
  const unapplied = [...new Set([...(earlier?.unapplied ?? []), ...(state.unapplied ?? [])])]
  return unapplied.length > 0 ? { ...state, unapplied } : state
}

const done = (account: string): AccountState => ({ account, state: 'done', asOf: null })

/** An account that fails for one page may succeed for the next, which then continues from its position. */
function note(failed: Map<string, IncompleteAccount>, { account, state, error }: AccountState): void {
  if (state === 'ok') failed.delete(account)
  else if (state !== 'done') failed.set(account, { account, state, ...(error && { error }) })
}

const repeated = (account: string): AccountState => ({
  account,
  state: 'error',
  asOf: null,
  error: {
    code: 'response',
    message: `${account}: the vendor repeated a cursor.`,
    retryable: false,
  },
})
