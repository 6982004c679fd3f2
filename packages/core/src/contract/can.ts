import { InvalidRequestError, UnsupportedError } from '../errors/kinds.ts'
import { didYouMean } from '../input/similar.ts'
import { isRaw } from '../read/reading.ts'
import type { Adapter, OperationName, OperationOf, With } from './adapter.ts'
import { operationNames } from './operation-names.ts'

type AnyOperation = (...args: never[]) => unknown

/** The operation under a name, step by step, `agents.actions.list` included. */
export function findOperation(groups: object, operation: string): AnyOperation | undefined {
  if (typeof operation !== 'string') return undefined
  let found: unknown = groups
  // The name may come from outside (a command line), and every object has a `toString`.
  for (const step of operation.split('.')) found = isRaw(found) && !(step in Object.prototype) ? found[step] : undefined
  return typeof found === 'function' ? (found as AnyOperation) : undefined
}

/**
 * Whether this adapter can do this; narrows its type, so that the operation can be called without a `?`.
 *
 * ```ts
 * if (can(adapter, 'messages.reply')) await adapter.messages.reply(conversation, { text })
 * ```
 */
export const can = <A extends Adapter, Name extends OperationName>(
  adapter: A,
  operation: Name,
): adapter is A & With<Name> => findOperation(adapter, operation) !== undefined

/**
 * The operation itself.
 *
 * @throws UnsupportedError when the vendor cannot do it; the message says why.
 */
export function need<Name extends OperationName>(adapter: Adapter, operation: Name): OperationOf<Name> {
  if (!isRaw(adapter) || typeof operation !== 'string') {
    const [path, problem] = isRaw(adapter) ? ['operation', 'must be a string'] : ['adapter', 'must be an adapter']
    throw new InvalidRequestError({ message: `need: ${path} ${problem}.`, fields: [{ path, problem }] })
  }
  const found = findOperation(adapter, operation)
  if (found) return found as OperationOf<Name>
  const reason = adapter.absent?.[operation]
  const hint = reason ? '' : didYouMean(operation, operationNames)
  throw new UnsupportedError({
    message: `${adapter.vendor} cannot do ${operation}${hint}.${reason ? ` ${reason}` : ''}`,
    vendor: adapter.vendor,
    account: adapter.account,
    operation,
  })
}
