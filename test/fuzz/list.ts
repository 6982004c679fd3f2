import type { Adapter, Page } from '@parley/core'

/** A list of an account, read from a made-up response. */
export interface List {
  operation: string
  /** Possible items. */
  items: readonly unknown[]
  /** The field of an item that has its id. Default `id`. */
  idField?: string
  /** The response that contains the items. */
  answer(items: readonly unknown[]): unknown
  /** Whether the response is one item and no list. A missing item is then an error. */
  holdsOne?: boolean
  list(adapter: Adapter): PromiseLike<Page<unknown>>
}

export const conversations: Pick<List, 'operation' | 'list'> = {
  operation: 'conversations.list',
  list: async ({ conversations: operations }) => page(operations?.list?.()),
}
export const messages: Pick<List, 'operation' | 'list'> = {
  operation: 'messages.list',
  list: async ({ messages: operations }) => page(operations?.list?.('own-1')),
}
export const agents: Pick<List, 'operation' | 'list'> = {
  operation: 'agents.list',
  list: async ({ agents: operations }) => page(operations?.list?.()),
}
export const contacts: Pick<List, 'operation' | 'list'> = {
  operation: 'contacts.list',
  list: async ({ contacts: operations }) => page(operations?.list?.()),
}

export const knowledge: Pick<List, 'operation' | 'list'> = {
  operation: 'knowledge.list',
  list: async ({ knowledge: operations }) => page(operations?.list?.({ knowledgeBaseId: 'kb_2' })),
}

export async function page(listed: PromiseLike<Page<unknown>> | undefined): Promise<Page<unknown>> {
  if (listed === undefined) throw new Error('There is no such list.')
  return listed
}
