import {
  type Adapter,
  checkInput,
  checkOptions,
  type ListQuery,
  type OperationName,
  type OperationOptions,
  type Paged,
} from '@parley/core'
import type { Accounts } from './accounts.ts'
import { lazily } from './addressed.ts'
import type { AccountChoice, InboxPage } from './inbox.ts'
import { argumentsOf, placeOf, wrongArgument } from './ref-parts.ts'

/** What a list over accounts was asked for. */
export interface Asked<Query extends ListQuery = ListQuery> {
  accounts: readonly { name: string; adapter: Adapter }[]
  /** Filters, `limit` and `cursor`. */
  query: Query
  /** Whether the iteration may end without the items of a failed account. */
  partial: boolean
  options: OperationOptions
}

export type ListOver<Item, Query> = (
  query: Query & AccountChoice,
  options?: OperationOptions,
) => Paged<Item, InboxPage<Item>>

/** A list over the chosen accounts. Its arguments are checked when it is read, like those of every list. */
export const overAccounts =
  <Item, Query extends ListQuery>(
    operation: OperationName,
    accounts: Accounts,
    make: (asked: Asked<Query>) => Paged<Item, InboxPage<Item>>,
  ): ListOver<Item, Query> =>
  (givenQuery, givenOptions = {}) => {
    const args = argumentsOf(operation, [givenQuery, givenOptions] as const)
    return lazily(() => {
      const [query, options] = args()
      const place = placeOf(operation)
      const { accounts: names, partial = false, ...own } = checkInput(place, query, 'query')
      checkChoice(operation, names, partial, own)
      checkOptions(place, options)
      return make({ accounts: accounts.chosen(names), query: own as unknown as Query, partial, options })
    })
  }

/** The inbox's own part of a query. @throws InvalidRequestError */
function checkChoice(operation: string, names: unknown, partial: unknown, own: object): void {
  if (names !== undefined && !(Array.isArray(names) && names.every((name) => typeof name === 'string')))
    throw wrongArgument(operation, 'accounts', 'must be a list of accounts, each vendor:account')
  if (typeof partial !== 'boolean') throw wrongArgument(operation, 'partial', 'must be true or false')
  if ('order' in own && own.order !== undefined)
    throw wrongArgument(operation, 'order', 'is not a filter of this list: an inbox is sorted newest first')
}
