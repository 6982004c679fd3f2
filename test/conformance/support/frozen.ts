import { type Adapter, can, type Entity, NotFoundError, type Page, type Paged, paged } from '@parley/core'

/** Everything that the checks of models, messages and truth read of an account, read once. */
export interface Snapshot {
  adapter: Adapter
  agents: Entity[]
  conversations: Entity[]
  contacts: Map<string, Entity>
  threads: Map<string, Entity[]>
}

export async function takeSnapshot(
  adapter: Adapter,
  wanted: { contacts: readonly string[]; threads: readonly string[] },
): Promise<Snapshot> {
  const all = async (list: Paged<Entity> | undefined) => {
    const items: Entity[] = []
    if (list) for await (const item of list) items.push(item)
    return items
  }
  const snapshot: Snapshot = {
    adapter,
    agents: await all(adapter.agents?.list?.()),
    conversations: await all(adapter.conversations?.list?.()),
    contacts: new Map(),
    threads: new Map(),
  }
  if (can(adapter, 'contacts.get')) {
    for (const id of wanted.contacts) snapshot.contacts.set(id, await adapter.contacts.get(id))
  }
  for (const id of wanted.threads) snapshot.threads.set(id, await all(adapter.messages?.list?.(id, { order: 'asc' })))
  return snapshot
}

/** The account from memory, with every entity changed in the same way wherever it is read. */
export function thaw(snapshot: Snapshot, change: (entity: Entity) => Entity): Adapter {
  const { adapter } = snapshot
  const place = { vendor: adapter.vendor, account: adapter.account, operation: 'any' }
  const list = (items: readonly Entity[]): Paged<never> =>
    paged(
      async (): Promise<Page<never>> => ({ items: items.map(change) as never[], next: null, warnings: [] }),
      undefined,
      place,
    )
  const found = (entity: Entity | undefined): never => {
    if (!entity) throw new NotFoundError({ message: 'It is not in the snapshot.' })
    return change(entity) as never
  }
  const { agents, conversations, contacts, threads } = snapshot
  return {
    ...place,
    absent: adapter.absent,
    limits: adapter.limits,
    agents: { list: () => list(agents) },
    conversations: { list: () => list(conversations) },
    messages: {
      list: (target, { order } = {}) => {
        const thread = threads.get(typeof target === 'string' ? target : target.id) ?? []
        return list(order === 'asc' ? thread : thread.toReversed())
      },
    },
    contacts: { get: async (target) => found(contacts.get(typeof target === 'string' ? target : target.id)) },
  }
}
