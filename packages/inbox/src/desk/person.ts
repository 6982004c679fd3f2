import { isRecord } from '@parley/core'
import type { Accounts } from '../accounts.ts'
import { operatorIdsIn } from '../operator.ts'
import { wrongArgument } from '../ref-parts.ts'
import { isText } from '../store/cursor-parts.ts'

/** A person who works at the desk, or a program that acts in its own name. */
export interface Person {
  /** The application's own id. The audit and the sends have it. */
  id: string
  name?: string
  /**
   * The person's operator id in each account, `vendor:account`. Replies, notes and closings carry it. A vendor that requires
   * an operator for a reply refuses a person who has none there.
   */
  operatorIds?: Readonly<Record<string, string>>
}

/** A person as the audit and the sends name them. */
export interface PersonSummary {
  id: string
  name?: string
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
export function checkPerson(
  accounts: Accounts,
  given: unknown,
  [operation, path]: [operation: string, path: string] = ['as', 'person'],
): Person {
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
