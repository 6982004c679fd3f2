import { type Clock, isRecord } from '@parley/core'
import type { Kysely } from 'kysely'
import type { Accounts } from '../accounts.ts'
import { operatorIdsIn } from '../operator.ts'
import { wrongArgument } from '../ref-parts.ts'
import { isText } from '../store/cursor-parts.ts'
import type { Schema } from '../store/schema.ts'
import type { SyncedInbox } from '../synced.ts'
import type { Person } from './desk.ts'

/** What the parts of a desk share. */
export interface DeskContext {
  readonly db: Kysely<Schema>
  readonly accounts: Accounts
  /** Every write through it is stored at once. */
  readonly inbox: SyncedInbox
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Whether a value can be the id or the name of a person or an operator, or a tag. */
export const isName = (value: unknown, most = 200): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && isText(value)

/**
 * A person, as they may act.
 *
 * @param place the operation, and the argument.
 * @throws InvalidRequestError
 */
export function checkPerson(accounts: Accounts, given: unknown, [operation, path] = ['as', 'person']): Person {
  if (!isRecord(given)) throw wrongArgument(operation, path, 'must be an object')
  const unknown = Object.keys(given).find((name) => !/^(?:id|name|operatorIds)$/.test(name))
  if (unknown !== undefined) throw wrongArgument(operation, `${path}.${unknown}`, 'is not a field of a person')
  const { id, name, operatorIds } = given
  if (!isName(id)) throw wrongArgument(operation, `${path}.id`, 'must be a string of 1 to 200 characters')
  if (name !== undefined && !isName(name))
    throw wrongArgument(operation, `${path}.name`, 'must be a string of 1 to 200 characters')
  const ids =
    operatorIds === undefined
      ? undefined
      : Object.fromEntries(operatorIdsIn(accounts, operatorIds as Record<string, string>))
  return { id, ...(name !== undefined && { name }), ...(ids && { operatorIds: ids }) }
}
