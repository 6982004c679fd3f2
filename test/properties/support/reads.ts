import { type Adapter, isParleyError, type Message, supports } from '@parley/core'

/** Short threads of one page, as different as the account has them. */
async function threadsOf(adapter: Adapter): Promise<Message[][]> {
  if (!supports(adapter, 'conversations.list') || !supports(adapter, 'messages.list')) throw new Error('no threads')
  const threads = new Map<string, Message[]>()
  for (const { id } of (await adapter.conversations.list({ limit: 60 })).items) {
    const { items, next } = await adapter.messages.list(id)
    if (next !== null || items.length === 0 || items.length > 12) continue
    const sorts = items.flatMap(({ author, type, attachments }) => [
      author.kind,
      type.value,
      attachments?.length ? 'file' : '',
    ])
    threads.set([...new Set(sorts)].sort().join(), items)
  }
  return [...threads.values()]
}

/** Every read of an adapter, with existing entities. */
export async function readsOf(adapter: Adapter): Promise<Record<string, (adapter: Adapter) => Promise<unknown>>> {
  const threads = await threadsOf(adapter)
  const message = threads[0]?.[0]
  const conversationId = message?.conversationId ?? ''
  const reads: Record<string, (adapter: Adapter) => Promise<unknown>> = {
    'agents.list': async ({ agents }) => (await agents?.list?.({ limit: 3 }))?.items,
    'conversations.list': async ({ conversations }) => (await conversations?.list?.({ limit: 3 }))?.items,
    'conversations.get': async ({ conversations }) => conversations?.get?.(conversationId),
  }
  for (const [index, [first]] of threads.slice(0, 8).entries())
    reads[`messages.list ${index + 1}`] = async ({ messages }) =>
      (await messages?.list?.(first?.conversationId ?? ''))?.items
  const [agent] = supports(adapter, 'agents.list') ? (await adapter.agents.list()).items : []
  if (agent) reads['agents.get'] = async ({ agents }) => agents?.get?.(agent.id)
  const [conversation] = supports(adapter, 'conversations.list') ? (await adapter.conversations.list()).items : []
  const contactId = conversation?.contact?.id
  const email = conversation?.contact?.email
  if (email && supports(adapter, 'contacts.search'))
    reads['contacts.search'] = async ({ contacts }) => (await contacts?.search?.({ email }))?.items
  if (contactId && supports(adapter, 'contacts.get'))
    reads['contacts.get'] = async ({ contacts }) => contacts?.get?.(contactId)
  if (supports(adapter, 'contacts.list'))
    reads['contacts.list'] = async (other) => (await other.contacts?.list?.({ limit: 5 }))?.items
  if (message && supports(adapter, 'messages.get'))
    reads['messages.get'] = async ({ messages }) => messages?.get?.(message.id)
  const made = supports(adapter, 'generations.get') ? await generatedOf(adapter, threads.flat()) : undefined
  if (made) reads['generations.get'] = async ({ generations }) => generations?.get?.(made)
  if (made && supports(adapter, 'sources.list'))
    reads['sources.list'] = async ({ sources }) => (await sources?.list?.(made))?.items
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
