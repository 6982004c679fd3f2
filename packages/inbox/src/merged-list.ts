import {
  type Adapter,
  bindCursor,
  type Clock,
  type ListQuery,
  type OperationOptions,
  type Page,
  type Paged,
  paged,
  type Warning,
} from '@parley/core'
import { filtersOf } from './filters.ts'
import type { AccountState, InboxPage } from './inbox.ts'
import { incomplete, type Missing, note } from './incomplete.ts'
import { leftOf, merge, type Part } from './merge.ts'
import type { Asked } from './over-accounts.ts'
import { decodePositions, encodePositions, type Place, type Position, start } from './position.ts'
import { readAccount } from './read-account.ts'
import { placeOf } from './ref-parts.ts'

export interface MergedList<Item> extends Asked {
  operation: string
  deadline: number
  clock: Clock
  /** What the list is ordered by. */
  placeOf(item: Item): Place
  /** Reads one account's page. */
  read(adapter: Adapter, query: { limit: number; cursor?: string }, options: OperationOptions): PromiseLike<Page<Item>>
}

const usualLimit = 25

/** How many requests to each account a page of the list costs, at most. */
const mostRequests = 10

/** What a page has found out about an account so far. */
interface Progress {
  readonly name: string
  readonly adapter: Adapter
  position: Position
  /** How many requests were made for this page. */
  requests: number
  /** `undefined`: not read yet. */
  state: AccountState | undefined
  readonly warnings: Warning[]
}

/** One list over many accounts. `Inbox.conversations.list` documents its guarantees. */
export function mergedList<Item>(list: MergedList<Item>): Paged<Item, InboxPage<Item>> {
  /** Keeps the open pages of each account during an iteration, by their cursors, so that they are not read again. */
  const kept = new Map<string, Map<string | null, Page<Item>>>()
  const filters = filtersOf(list.operation, list.query)
  // A cursor has a position in each account, so it is bound to all of them.
  const of = JSON.stringify(list.accounts.map(({ name }) => name))
  const place = { ...placeOf(list.operation), of }
  /** The positions of the accounts after each page, even the last; by the page's `accounts`. */
  const standings = new WeakMap<readonly AccountState[], { cursor: string; isThrough: boolean }>()

  const pages = paged<Item, InboxPage<Item>>(readPage, list.query, place)
  return { ...pages, [Symbol.asyncIterator]: list.partial ? pages[Symbol.asyncIterator] : allItems }

  /** Yields all available items, then throws if some are missing. */
  async function* allItems(): AsyncGenerator<Item, void, undefined> {
    const failed: Missing = new Map()
    let standing: { cursor: string; isThrough: boolean } | undefined
    for await (const page of pages.pages()) {
      yield* page.items
      for (const account of page.accounts) note(failed, account)
      standing = standings.get(page.accounts)
    }
    if (failed.size > 0)
      throw incomplete(list.operation, failed, standing?.isThrough ? null : (standing?.cursor ?? null))
  }

  /** Reads the accounts again until the page is full, because filters and the order can leave a round short. */
  async function readPage(cursor: string | undefined, query: ListQuery): Promise<InboxPage<Item>> {
    const limit = Math.max(1, query.limit ?? usualLimit)
    if (cursor === undefined) kept.clear()
    const end = list.clock.now() + Math.min(list.deadline, list.options.timeout ?? list.deadline)
    const accounts = begin(cursor)
    const before = encode(accounts)
    const items: Item[] = []
    for (let open = accounts.filter(isOpen); open.length > 0 && items.length < limit; open = accounts.filter(isOpen)) {
      const parts = await Promise.all(open.map((account) => readPart(account, limit, end)))
      // What the others have left may be older than what a stopped account has next. Only an empty page would be worse.
      if (items.length > 0 && open.some((account, index) => isStopped(account) && !parts[index])) break
      const given = parts.filter((part) => part !== undefined)
      const merged = merge(given, limit - items.length, list.placeOf)
      items.push(...merged.items)
      for (const account of open) {
        const position = merged.positions.get(account.name) ?? account.position
        // What a failed account still has can be tried again.
        account.position = account.state?.state === 'error' ? { ...position, done: false } : position
      }
      if (open.some((account, index) => isStopped(account) && parts[index])) break
    }
    const next = encode(accounts)
    // An account that keeps failing must not keep the list from ending, so the list ends when the others are finished.
    // The page's `accounts` show the failure, and its cursor can be tried again.
    const isThrough = accounts.every(({ position }) => position.done)
    const isStuck = cursor !== undefined && next === before
    const states = accounts.map(({ name, state }) => state ?? done(name))
    const unapplied = [...new Set(states.flatMap((state) => state.unapplied ?? []))]
    standings.set(states, { cursor: bindCursor(next, place, query), isThrough })
    return {
      items,
      next: isThrough || isStuck ? null : next,
      warnings: onceEach(accounts.flatMap(({ warnings }) => warnings)),
      accounts: states,
      ...(unapplied.length > 0 && { unapplied }),
    }
  }

  /** The accounts at their positions in the cursor. */
  function begin(cursor: string | undefined): Progress[] {
    const positions = cursor === undefined ? new Map<string, Position>() : decodePositions(cursor)
    return list.accounts.map(({ name, adapter }) => {
      const account = { name, adapter, requests: 0, warnings: [] }
      const position = positions.get(name) ?? start
      const unapplied = filters.excludingAllOf(adapter)
      if (position.done || unapplied.length === 0) return { ...account, position, state: undefined }
      // A request could bring nothing.
      const state: AccountState = { account: name, state: 'ok', asOf: null, unapplied }
      return { ...account, position: { ...position, done: true }, state }
    })
  }

  /**
   * The open pages of an account that has something to give. The account is read on until then, so that it does not wait
   * for the others after each page of which its filters left nothing.
   *
   * @returns `undefined` if the account has failed or was stopped, and has nothing in hand.
   */
  async function readPart(account: Progress, limit: number, end: number): Promise<Part<Item> | undefined> {
    for (;;) {
      const { name, position } = account
      const pages = await readOpen(account, limit, end)
      const part = { name, position, pages }
      const next = pages.at(-1)?.next
      if (next === null || leftOf(part, list.placeOf).length > 0) return part
      if (next === undefined || pages.length < position.lasts.length) return undefined
      account.position = { ...start, cursor: next }
    }
  }

  /** The open pages at the account's position, or the first of them if the account has failed or was stopped. */
  async function readOpen(account: Progress, limit: number, end: number): Promise<Page<Item>[]> {
    const { name, position } = account
    const pages: Page<Item>[] = []
    const open = new Map<string | null, Page<Item>>()
    let { cursor } = position
    while (pages.length < position.lasts.length) {
      const page = await readNext(account, cursor, limit, end)
      if (!page) break
      account.warnings.push(...page.warnings)
      open.set(cursor, page)
      // A page whose next page was already read is the end. Its items are used, and its account has failed.
      const isRepeated = page.next !== null && open.has(page.next)
      if (isRepeated) account.state = repeated(name)
      pages.push(isRepeated ? { ...page, next: null } : page)
      if (isRepeated || page.next === null) break
      cursor = page.next
    }
    kept.set(name, open)
    return pages
  }

  /** The page at the cursor: the one that is kept, or else one request. */
  async function readNext(
    account: Progress,
    cursor: string | null,
    limit: number,
    end: number,
  ): Promise<Page<Item> | undefined> {
    const { name, adapter, state: earlier } = account
    const held = kept.get(name)?.get(cursor)
    const left = end - list.clock.now()
    if (earlier && !held && (left <= 0 || account.requests >= mostRequests)) {
      account.state = { ...earlier, stoppedBy: left <= 0 ? 'deadline' : 'requests' }
      return undefined
    }
    const query = {
      limit: filters.pageSizeOf(adapter, limit),
      ...(cursor !== null && { cursor }),
    }
    const read = (own: OperationOptions): PromiseLike<Page<Item>> => {
      if (held) return Promise.resolve({ ...held, warnings: [] })
      account.requests++
      return list.read(adapter, query, { ...list.options, ...own })
    }
    const { page, state } = await readAccount(name, read, Math.max(1, left), list.clock, list.options.signal)
    // An account that has answered for this page has not failed if only time is missing, also for the vendor's rate limit.
    const isLate = state.error?.code === 'timeout' || state.error?.code === 'rate-limit'
    if (earlier && isLate) account.state = { ...earlier, stoppedBy: 'deadline' }
    else account.state = withEarlier({ ...state, ...(page && filters.searchedBy(adapter)) }, earlier)
    if (state.state === 'unsupported') account.position = { ...start, done: true }
    return page ?? undefined
  }
}

const encode = (accounts: readonly Progress[]): string =>
  encodePositions(new Map(accounts.map(({ name, position }) => [name, position])))

const isFailed = ({ state }: Progress): boolean => state !== undefined && state.state !== 'ok'
const isStopped = ({ state }: Progress): boolean => state?.stoppedBy !== undefined

/** Whether the account can have more for the same page. */
const isOpen = (account: Progress): boolean => !account.position.done && !isFailed(account) && !isStopped(account)

/** What an account said earlier for the same page still holds. */
function withEarlier(state: AccountState, earlier: AccountState | undefined): AccountState {
  const unapplied = [...new Set([...(earlier?.unapplied ?? []), ...(state.unapplied ?? [])])]
  return unapplied.length > 0 ? { ...state, unapplied } : state
}

/**
 * Each warning once, with the place of the first: a value that a vendor sends with many items is one finding, not many. An
 * item that is missing has a warning of its own.
 */
function onceEach(warnings: readonly Warning[]): Warning[] {
  const seen = new Set<string>()
  return warnings.filter(({ code, account, message, path, raw }) => {
    if (code === 'bad-item') return true
    const key = JSON.stringify([code, account, message, path?.replace(/\[\d+\]/g, '[]'), raw])
    return !seen.has(key) && seen.add(key)
  })
}

const done = (account: string): AccountState => ({ account, state: 'done', asOf: null })

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
