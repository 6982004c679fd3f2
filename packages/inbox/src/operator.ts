import { isRecord, readable } from '@parley/core'
import type { Accounts } from './accounts.ts'
import { addressed } from './addressed.ts'
import type { Inbox } from './inbox.ts'
import { argumentsOf, placeOf, wrongArgument } from './ref-parts.ts'

/**
 * An inbox in which one person speaks: `Inbox.as`.
 *
 * @throws NotFoundError for an account that the inbox does not have; InvalidRequestError for an id that is none.
 */
export function inNameOf<I extends Inbox>(inbox: I, accounts: Accounts, given: Readonly<Record<string, string>>): I {
  const ids = operatorIdsIn(accounts, given)
  /** The operation with the person's id in the first argument after the conversation: the input, or the options. */
  const speaking = <Name extends 'conversations.close' | 'messages.reply' | 'messages.note' | 'messages.provideInput'>(
    name: Name,
  ) =>
    addressed(accounts, name, (account, [first, ...rest]) => {
      const operatorId = ids.get(account)
      // The operation refuses an argument that is no object.
      const isFree = first === undefined || (isRecord(first) && first['operatorId'] === undefined)
      return operatorId !== undefined && isFree ? [{ ...first, operatorId }, ...rest] : [first, ...rest]
    })
  return {
    ...inbox,
    conversations: { ...inbox.conversations, close: speaking('conversations.close') },
    messages: {
      ...inbox.messages,
      reply: speaking('messages.reply'),
      note: speaking('messages.note'),
      provideInput: speaking('messages.provideInput'),
    },
    as: (operatorIds) => inNameOf(inbox, accounts, operatorIds),
  }
}

/** The ids of one person, by account. @throws NotFoundError, InvalidRequestError */
export function operatorIdsIn(
  accounts: Accounts,
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const [operatorIds] = argumentsOf('as', [given] as const)()
  const entries = readable(placeOf('as'), 'operatorIds', () =>
    // Not of a map or a list, which have no names of accounts as fields.
    Object.prototype.toString.call(operatorIds) === '[object Object]' ? Object.entries(operatorIds) : undefined,
  )
  if (!entries) throw wrongArgument('as', 'operatorIds', 'must be an object of operator ids by account')
  const ids = new Map(entries)
  accounts.chosen([...ids.keys()])
  for (const [account, id] of ids)
    if (typeof id !== 'string' || !/^\S+$/.test(id))
      throw wrongArgument('as', `operatorIds.${account}`, 'must be an id, a text without spaces')
  return ids
}
