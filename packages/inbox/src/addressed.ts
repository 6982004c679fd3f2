import { InvalidRequestError, need, type OperationName, type OperationOf, type Paged, parseRef } from '@parley/core'
import type { Accounts } from './accounts.ts'

type Args<Name extends OperationName> = Parameters<OperationOf<Name>>

/**
 * An operation of the contract, addressed by ref: finds the account, turns the ref into the vendor's id, passes an
 * entity on as it is (it may spare the adapter a call).
 */
export const addressed = <Name extends OperationName>(accounts: Accounts, name: Name): OperationOf<Name> =>
  // Asynchronous, so that an unknown account or an operation that the vendor lacks is a rejection like every other.
  (async (target: never, ...rest: never[]) => {
    const adapter = accounts.of(whose(target))
    return (need(adapter, name) as (...args: unknown[]) => unknown)(idOf(target), ...rest)
  }) as OperationOf<Name>

/** The same for a list. */
export const addressedList =
  (accounts: Accounts, name: 'messages.list'): OperationOf<'messages.list'> =>
  (...[target, ...rest]: Args<'messages.list'>) => {
    const list = () => need(accounts.of(target), name)(idOf(target), ...rest)
    return lazily(list)
  }

/** A list that is only made when it is used, so that a failure to make it is a failure to read it. */
function lazily<Item>(make: () => Paged<Item>): Paged<Item> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list is its first page; that is the contract
    then: (onPage, onError) => Promise.resolve().then(make).then(onPage, onError),
    async *pages() {
      yield* make().pages()
    },
    async *[Symbol.asyncIterator]() {
      yield* make()
    },
  }
}

/** A new conversation is addressed by its contact; without one nobody can tell in which account to open it. */
function whose(
  target: string | { ref: string } | { contact: string | { ref: string } | null },
): string | { ref: string } {
  if (typeof target === 'string' || 'ref' in target) return target
  if (target.contact !== null) return target.contact
  throw new InvalidRequestError({
    message: 'A new conversation in an inbox needs a contact, which says in which account it is.',
    fields: [{ path: 'contact', problem: 'is required' }],
  })
}

function idOf<T>(target: T): T {
  if (typeof target === 'string') return parseRef(target).id as T
  if (typeof target === 'object' && target !== null && 'contact' in target && !('ref' in target)) {
    return { ...target, contact: idOf(target.contact) }
  }
  return target
}
