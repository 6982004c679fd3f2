import { isRecord } from '@parley/core'
import { each, type Mutant, refused, replace, result } from './mutate.ts'

/** By the check that has to catch it: what is wrong with changes and with generations. */
export const writing: Record<string, Mutant[]> = {
  'an entity of another vendor, account or kind is refused before anything is sent': (
    ['messages.reply', 'conversations.get', 'contacts.delete'] as const
  ).flatMap((operation) =>
    ['vendor', 'account', 'ref'].map((field) => ({
      adapter: (adapter) =>
        replace(
          adapter,
          operation,
          (own) =>
            (target: never, ...rest: never[]) =>
              (own as (...args: unknown[]) => never)(
                typeof target === 'object' ? { ...(target as object), [field]: undefined } : target,
                ...rest,
              ),
        ),
    })),
  ),
  'a change writes nothing when beforeSend throws, and fails with what it threw': (
    ['agents.update', 'agents.actions.attach', 'knowledge.add', 'contacts.upsert'] as const
  ).map((operation) => ({
    adapter: (adapter) =>
      replace(
        adapter,
        operation,
        (own) =>
          (...args: never[]) =>
            (own as (...args: unknown[]) => never)(
              ...args.map((argument: unknown) =>
                isRecord(argument) && 'beforeSend' in argument ? { ...argument, beforeSend: undefined } : argument,
              ),
            ),
      ),
  })),
  'a new conversation is read back as it was made': [
    { adapter: result('conversations.create', (item) => ({ ...item, title: 'Other' })) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'conversations.create',
          (create) =>
            ({ title: _, ...input }) =>
              create(input),
        ),
    },
  ],
  'a change of a conversation is read back, or refused as unsupported': [
    { adapter: (adapter) => replace(adapter, 'conversations.update', () => async () => undefined) },
    { adapter: errorsOfUpdate() },
  ],
  'a conversation that was closed is closed': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.close', () => async () => ({ status: { value: 'closed' } })),
    },
  ],
  'a conversation that was assigned shows its operator, and shows nobody after it was unassigned': [
    // Does nothing; never unassigns; is right only in the result; shows the assignee nowhere.
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.assign', () => async (id) => adapter.conversations?.get?.(id)),
    },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'conversations.assign',
          (assign) => (id, operatorId) =>
            operatorId === null ? adapter.conversations?.get?.(id) : assign(id, operatorId),
        ),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.assign', () => async (id, operatorId) => ({
          ...(await adapter.conversations?.get?.(id)),
          assignee: operatorId === null ? null : { id: operatorId },
        })),
    },
    {
      adapter: (adapter, options) =>
        result('conversations.assign', ({ assignee: _, ...item }) => item)(
          each('conversations', ({ assignee: _, ...item }) => item)(adapter, options),
          options,
        ),
    },
  ],
  'a conversation that was deleted is gone': [
    { adapter: (adapter) => replace(adapter, 'conversations.delete', () => async (id) => ({ id, confirmed: true })) },
  ],
  'all conversations of a contact can be deleted without affecting other contacts': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.deleteForContact', () => async (id) => ({ id, confirmed: true })),
    },
  ],
  'a conversation that the business starts begins with the business’s message': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.start', (start) => (input) => start({ ...input, text: 'Hello' })),
    },
  ],
  'a new contact is read back as it was made, and found by its address': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.create',
          (create) =>
            ({ email: _, ...input }) =>
              create(input),
        ),
    },
    { adapter: each('contacts', ({ externalId: _, ...item }) => item) },
  ],
  'upserting a contact makes it once, and changes it the next time': [
    { adapter: (adapter) => replace(adapter, 'contacts.upsert', () => adapter.contacts?.create as never) },
  ],
  'a contact that was deleted is gone': [
    { adapter: (adapter) => replace(adapter, 'contacts.delete', () => async (id) => ({ id, confirmed: true })) },
  ],
  'a generation says how its message was made, from the sources that the message has': [
    { adapter: result('generations.get', (made) => ({ ...made, sources: [] })) },
    { adapter: result('generations.get', (made) => ({ ...made, response: { ...made.response, text: 'Other' } })) },
  ],
  'a message of the contact has no generation': [
    {
      adapter: (adapter) =>
        replace(adapter, 'generations.get', () => async ({ id }) => ({ id })),
    },
  ],
}

function errorsOfUpdate(): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, 'conversations.update', () => async () => {
      throw refused('no')
    })
}
