import type { Page, Warning } from '@parley/core'
import type { AccountState } from '@parley/inbox'
import type { Run } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { asJson, forPeople } from '../text.ts'

export interface PrintOptions {
  json?: boolean
}

/** A page of one account, or of an inbox over several. */
type AnyPage<Item> = Pick<Page<Item>, 'items' | 'next' | 'warnings'> & { accounts?: AccountState[] }

/** How many items a page needs for a list that is cut off after `limit`. */
export const pageSizeFor = (limit: number): number => Math.min(limit, 100)

/**
 * Prints the items of a list. For people, as a table when all are read. As JSON, each on a line as soon as its page is read: the
 * reading stops when the reader of the output has gone. What the pages warn of, and that there are more items, is noted below. The exit
 * code is 1 if an account could not be read.
 *
 * @param list its `pages()` are read until there are `limit` items. Use `pageSizeFor`.
 * @param show the table. No line may be wider than `width`.
 */
export async function printList<Item>(
  run: Run,
  { json, limit }: PrintOptions & { limit: number },
  list: { pages(): AsyncIterable<AnyPage<Item>> },
  show: (items: readonly Item[], width: number) => string,
): Promise<void> {
  const { terminal } = run
  const shown: Item[] = []
  const notes = new Set<string>()
  let left = limit
  for await (const { items, next, accounts = [], warnings } of list.pages()) {
    // An account that is not synced yet, or whose vendor has no such list, did not fail. Set before anything is printed, because
    // nobody may read it.
    if (accounts.some(({ state }) => state === 'error' || state === 'timeout')) run.exitCode = 1
    for (const item of items.slice(0, left))
      if (json) await terminal.print(asJson(item, 0))
      else shown.push(item)
    for (const note of [...accounts.flatMap(problemsOf), ...warnings.map(({ message }) => message)]) notes.add(note)
    if (left < items.length || (left === items.length && next !== null)) notes.add('There are more: see --limit.')
    left -= items.length
    if (left <= 0) break
  }
  // An empty table would say that there is nothing.
  const isUnread = shown.length === 0 && run.exitCode === 1
  if (!json && !isUnread) await terminal.print(forPeople(show(shown, terminal.width)))
  for (const note of notes) terminal.note(`${note}\n`)
}

/** Prints one result: as a JSON document, or for people. */
export const printOne = <T>(
  { terminal }: Run,
  { json }: PrintOptions,
  value: T,
  show: (value: T, width: number) => string,
): Promise<void> => terminal.print(json ? asJson(value) : forPeople(show(value, terminal.width)))

/** Notes what an operation warns of. */
export function noteWarnings(warnings: readonly Warning[], terminal: Terminal): void {
  for (const { message, vendor, account } of warnings) terminal.note(`${vendor}:${account}: ${message}\n`)
}

function problemsOf({ account, state, error }: AccountState): string[] {
  if (state === 'ok' || state === 'done') return []
  return [`${account}: ${error?.message ?? 'The store does not have everything yet.'}`]
}
