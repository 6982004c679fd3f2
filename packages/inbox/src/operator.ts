import { accountName, isRecord, type Target } from '@parley/core'
import type { Accounts } from './accounts.ts'
import type { Inbox } from './inbox.ts'
import { wrongArgument } from './ref-parts.ts'

/**
 * An inbox in which one person speaks: `Inbox.as`.
 *
 * @throws NotFoundError for an account that the inbox does not have; InvalidRequestError for an id that is none.
 */
export function inNameOf(inbox: Inbox, accounts: Accounts, given: Readonly<Record<string, string>>): Inbox {
  if (!isRecord(given)) throw wrongArgument('as', 'operatorIds', 'must be an object of operator ids by account')
  const ids = new Map(Object.entries(given))
  accounts.chosen([...ids.keys()])
  for (const [account, id] of ids)
    if (typeof id !== 'string' || !/^\S+$/.test(id))
      throw wrongArgument('as', `operatorIds.${account}`, 'must be an id, a text without spaces')

  /** The input, or the options, with the person's id, unless they have one. Odd arguments are refused by the operation. */
  const named = <Given>(target: Target<{ id: string; ref: string }>, input: Given): Given => {
    const id = idIn(target)
    if (id === undefined || (input !== undefined && !isRecord(input))) return input
    const { operatorId } = (input ?? {}) as { operatorId?: string }
    return operatorId === undefined ? { ...input, operatorId: id } : input
  }
  const idIn = (target: Target<{ id: string; ref: string }>): string | undefined => {
    const { vendor, account } = accounts.of(target)
    return ids.get(accountName(vendor, account))
  }
  const { messages, conversations } = inbox
  return {
    ...inbox,
    conversations: {
      ...conversations,
      close: async (conversation, options) => conversations.close(conversation, named(conversation as never, options)),
    },
    messages: {
      ...messages,
      reply: async (conversation, input, options) =>
        messages.reply(conversation, named(conversation as never, input), options),
      note: async (conversation, input, options) =>
        messages.note(conversation, named(conversation as never, input), options),
      provideInput: async (conversation, input, options) =>
        messages.provideInput(conversation, named(conversation as never, input), options),
    },
    as: (operatorIds) => inNameOf(inbox, accounts, operatorIds),
  }
}
