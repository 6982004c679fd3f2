import {
  type Adapter,
  accountName,
  buildRef,
  type ConversationFilter,
  type EntityKind,
  type OperationName,
  supports,
} from '@parley/core'
import type { Inbox } from '@parley/inbox'

/** What a synced inbox reads from its store, and the sources of stored messages. The kind is that of the target. */
const operations: readonly (readonly [name: OperationName, kind?: EntityKind])[] = [
  ...([['agents.list'], ['agents.get', 'agent'], ['contacts.list'], ['contacts.search']] as const),
  ...([['contacts.get', 'contact'], ['conversations.list'], ['conversations.get', 'conversation']] as const),
  ...([
    ['messages.list', 'conversation'],
    ['messages.get', 'message'],
    ['sources.list', 'message'],
  ] as const),
]

const filters: readonly ConversationFilter[] = [
  ...(['status', 'channel', 'agentId', 'contactId', 'assigneeId', 'unread', 'isStarred'] as const),
  ...(['since', 'until', 'search'] as const),
]

type Operation = (...args: unknown[]) => unknown

/** One account of a synced inbox as an adapter that only reads. It takes ids, as the account's own adapter does. */
export function accountOf(inbox: Inbox, adapter: Adapter): Adapter {
  const { vendor, account, limits, fields, traits } = adapter
  const accounts = [accountName(vendor, account)]
  const groups: Record<string, Record<string, Operation>> = {}
  for (const [name, kind] of operations) {
    if (!supports(adapter, name)) continue
    const [group = '', verb = ''] = name.split('.')
    const operation = (inbox as unknown as typeof groups)[group]?.[verb] as Operation
    const refOf = (target: unknown): unknown =>
      kind && typeof target === 'string' && target !== '' ? buildRef({ vendor, account, kind, id: target }) : target
    groups[group] = {
      ...groups[group],
      [verb]: kind
        ? (target, ...rest) => operation(refOf(target), ...rest)
        : (query, options) => operation({ ...(query as object), accounts }, options),
    }
  }
  return {
    ...{ vendor, account, ...(fields && { fields }), ...(traits && { traits }), ...groups },
    unsupported: adapter.unsupported,
    limits: {
      ...limits,
      // A page from the store.
      pageSize: Object.fromEntries(
        operations.map(([name]) => [name, { default: name === 'messages.list' ? 50 : 25, max: 1000 }]),
      ),
      // The store answers every filter for which the vendor gives the value.
      filters: Object.fromEntries(
        filters.map((name) => [name, limits.filters[name] === 'unanswerable' ? 'unanswerable' : 'vendor']),
      ),
    },
  }
}
