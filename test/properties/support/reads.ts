import { type Adapter, can, isParleyError, type Message } from '@parley/core'

/** A short thread in which the contact and the agent speak. */
async function threadOf(adapter: Adapter): Promise<Message[]> {
  if (!can(adapter, 'conversations.list') || !can(adapter, 'messages.list')) throw new Error('no threads')
  for (const { id } of (await adapter.conversations.list({ limit: 50 })).items) {
    const { items, next } = await adapter.messages.list(id)
    const kinds = new Set(items.map(({ author }) => author.kind))
    if (next === null && items.length < 12 && kinds.has('contact') && kinds.has('agent')) return items
  }
  throw new Error('no short thread')
}

/** Every way of reading that an adapter has, each over things that exist. */
export async function readsOf(adapter: Adapter): Promise<Record<string, (adapter: Adapter) => Promise<unknown>>> {
  const thread = await threadOf(adapter)
  const [message] = thread
  const conversationId = message?.conversationId ?? ''
  const reads: Record<string, (adapter: Adapter) => Promise<unknown>> = {
    'agents.list': async ({ agents }) => (await agents?.list?.({ limit: 3 }))?.items,
    'conversations.list': async ({ conversations }) => (await conversations?.list?.({ limit: 6 }))?.items,
    'conversations.get': async ({ conversations }) => conversations?.get?.(conversationId),
    'messages.list': async ({ messages }) => (await messages?.list?.(conversationId))?.items,
  }
  const [agent] = can(adapter, 'agents.list') ? (await adapter.agents.list()).items : []
  if (agent) reads['agents.get'] = async ({ agents }) => agents?.get?.(agent.id)
  const [conversation] = can(adapter, 'conversations.list') ? (await adapter.conversations.list()).items : []
  const contactId = conversation?.contact?.id
  if (contactId) reads['contacts.get'] = async ({ contacts }) => contacts?.get?.(contactId)
  if (can(adapter, 'contacts.list'))
    reads['contacts.list'] = async (other) => (await other.contacts?.list?.({ limit: 5 }))?.items
  if (message && can(adapter, 'messages.get'))
    reads['messages.get'] = async ({ messages }) => messages?.get?.(message.id)
  const made = can(adapter, 'generations.get') ? await generatedOf(adapter, thread) : undefined
  if (made) reads['generations.get'] = async ({ generations }) => generations?.get?.(made)
  if (made && can(adapter, 'sources.of')) reads['sources.of'] = async ({ sources }) => sources?.of?.(made)
  return reads
}

async function generatedOf(adapter: Adapter, thread: readonly Message[]): Promise<string | undefined> {
  for (const { id } of thread) {
    try {
      await adapter.generations?.get?.(id)
      return id
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
  }
  return undefined
}
