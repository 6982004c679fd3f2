import { checkInput, checkOptions, type OperationOptions } from '@parley/core'
import type { Accounts } from './accounts.ts'
import { refOf } from './addressed.ts'
import { placeOf, wrongArgument } from './ref-parts.ts'
import type { ChangeQuery, SearchQuery } from './synced.ts'

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')

/** Checks what is the same for every list of a synced inbox. @throws InvalidRequestError */
export function checkFields(operation: string, query: object, names: readonly string[]): void {
  checkInput(placeOf(operation), query, 'query')
  const unknown = Object.keys(query).find((name) => !names.includes(name))
  if (unknown !== undefined) throw wrongArgument(operation, unknown, 'is not a field of this query')
  const { accounts, limit } = query as { accounts?: unknown; limit?: unknown }
  if (accounts !== undefined && !isTextList(accounts))
    throw wrongArgument(operation, 'accounts', 'must be a list of accounts, each vendor:account')
  if (limit !== undefined && !(Number.isSafeInteger(limit) && (limit as number) > 0))
    throw wrongArgument(operation, 'limit', 'must be a whole number of at least 1')
}

export interface CheckedSearch {
  query: Omit<SearchQuery, 'conversation'>
  accounts: ReturnType<Accounts['chosen']>
  conversation: string | undefined
}

/** The longest text of a search, in characters. */
const longestText = 1000

/** @throws InvalidRequestError */
export function checkSearch(accounts: Accounts, given: SearchQuery, options: OperationOptions): CheckedSearch {
  const operation = 'search'
  checkFields(operation, given, ['text', 'accounts', 'conversation', 'since', 'until', 'limit', 'cursor'])
  checkOptions(placeOf(operation), options)
  const { conversation: target, ...query } = given
  if (typeof query.text !== 'string' || query.text.trim() === '' || query.text.length > longestText)
    throw wrongArgument(operation, 'text', `must be a text of 1 to ${longestText} characters`)
  const conversation = target === undefined ? undefined : refOf(accounts, target, 'conversation')
  if (target !== undefined && conversation === undefined)
    throw wrongArgument(operation, 'conversation', 'must be the ref of a conversation of this inbox')
  const own = conversation?.slice(0, conversation.indexOf('/'))
  return { query, accounts: accounts.chosen(own === undefined ? query.accounts : [own]), conversation }
}

/** @returns the accounts of which changes are wanted. @throws InvalidRequestError */
export function checkChanges(accounts: Accounts, query: ChangeQuery, options: OperationOptions): readonly string[] {
  const operation = 'changes'
  checkFields(operation, query, ['after', 'accounts', 'limit'])
  checkOptions(placeOf(operation), options)
  if (query.after !== undefined && typeof query.after !== 'string')
    throw wrongArgument(operation, 'after', 'must be the `next` of a page, or now')
  return accounts.chosen(query.accounts).map(({ name }) => name)
}

/** The record whose history is wanted. @throws InvalidRequestError */
export function checkHistory(accounts: Accounts, record: unknown, query: object, options: OperationOptions): string {
  const operation = 'history'
  checkFields(operation, query, ['limit', 'cursor'])
  checkOptions(placeOf(operation), options)
  const kinds = ['conversation', 'message', 'contact', 'agent'] as const
  for (const kind of kinds) {
    const ref = refOf(accounts, record, kind)
    if (ref !== undefined) return ref
  }
  throw wrongArgument(operation, 'record', `must be the ref of a ${kinds.join(', ')} of this inbox`)
}
