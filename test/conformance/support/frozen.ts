import {
  type Adapter,
  type Entity,
  type Feedback,
  NotFoundError,
  type Page,
  type Paged,
  paged,
  supports,
} from '@parley/core'

/** The data of an account that the checks of models, messages and truth read. It is read once. */
export interface Snapshot {
  adapter: Adapter
  agents: Entity[]
  conversations: Entity[]
  contacts: Map<string, Entity>
  threads: Map<string, Entity[]>
  /** Keyed by the agent's id. */
  actions: Map<string, Entity[]>
  knowledge: Entity[]
  feedback: Feedback[]
  suggestions: Entity[]
}

export async function takeSnapshot(
  adapter: Adapter,
  wanted: { contacts: readonly string[]; threads: readonly string[] },
): Promise<Snapshot> {
  const all = async <Item>(list: Paged<Item> | undefined) => {
    const items: Item[] = []
    if (list) for await (const item of list) items.push(item)
    return items
  }
  const snapshot: Snapshot = {
    adapter,
    agents: await all(adapter.agents?.list?.()),
    conversations: await all(adapter.conversations?.list?.()),
    contacts: new Map(),
    threads: new Map(),
    actions: new Map(),
    knowledge: await all(adapter.knowledge?.list?.()),
    feedback: await all(adapter.feedback?.list?.()),
    suggestions: await all(adapter.feedback?.suggestions?.()),
  }
  if (supports(adapter, 'agents.actions.list'))
    for (const { id } of snapshot.agents) snapshot.actions.set(id, await all(adapter.agents.actions.list(id)))
  if (supports(adapter, 'contacts.get')) {
    for (const id of wanted.contacts) snapshot.contacts.set(id, await adapter.contacts.get(id))
  }
  for (const id of wanted.threads) snapshot.threads.set(id, await all(adapter.messages?.list?.(id, { order: 'asc' })))
  return snapshot
}

/** The account from memory, with every entity changed in the same way in every result. */
export function thaw(snapshot: Snapshot, change: <Read extends Entity | Feedback>(read: Read) => Read): Adapter {
  const { adapter } = snapshot
  const place = { vendor: adapter.vendor, account: adapter.account, operation: 'any' }
  const list = (items: readonly (Entity | Feedback)[]): Paged<never> =>
    paged(
      async (): Promise<Page<never>> => ({ items: items.map(change) as never[], next: null, warnings: [] }),
      undefined,
      place,
    )
  const found = (entity: Entity | undefined): never => {
    if (!entity) throw new NotFoundError({ message: 'It is not in the snapshot.' })
    return change(entity) as never
  }
  const { agents, conversations, contacts, threads, actions, knowledge, feedback, suggestions } = snapshot
  const idOf = (target: string | { id: string }): string => (typeof target === 'string' ? target : target.id)
  return {
    ...place,
    unsupported: adapter.unsupported,
    limits: adapter.limits,
    agents: {
      list: () => list(agents),
      ...(supports(adapter, 'agents.actions.list') && {
        actions: { list: (agent: string | { id: string }) => list(actions.get(idOf(agent)) ?? []) },
      }),
    },
    ...(supports(adapter, 'knowledge.list') && { knowledge: { list: () => list(knowledge) } }),
    feedback: {
      ...(supports(adapter, 'feedback.list') && { list: () => list(feedback) }),
      ...(supports(adapter, 'feedback.suggestions') && { suggestions: () => list(suggestions) }),
    },
    conversations: { list: () => list(conversations) },
    messages: {
      list: (target, { order } = {}) => {
        const thread = threads.get(idOf(target)) ?? []
        return list(order === 'asc' ? thread : thread.toReversed())
      },
    },
    contacts: { get: async (target) => found(contacts.get(idOf(target))) },
  }
}
