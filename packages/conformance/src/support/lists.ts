import {
  type Adapter,
  can,
  type Entity,
  type EntityKind,
  type ListQuery,
  type OperationName,
  type OperationOptions,
  type Paged,
} from '@parley/core'
import type { Bench } from '../bench.ts'
import { talkingId } from './sample.ts'

/** One of the adapter's lists, with what is the same about all of them. */
export interface AnyList {
  operation: OperationName
  kind: EntityKind
  list(query?: ListQuery, options?: OperationOptions): Paged<Entity>
  /** Reads one of its items by id, where the adapter can. */
  get?: (target: string | Entity, options?: OperationOptions) => Promise<Entity>
}

/** Every list that the adapter has; that of messages is the one of a conversation with messages. */
export async function listsOf(bench: Bench, adapter: Adapter = bench.adapter): Promise<AnyList[]> {
  const conversationId = can(adapter, 'messages.list') ? await talkingId(bench) : ''
  return listsFor(adapter, conversationId)
}

export function listsFor(adapter: Adapter, conversationId: string): AnyList[] {
  const lists: AnyList[] = []
  const { agents, conversations, contacts, messages } = adapter
  const { list: listAgents } = agents ?? {}
  const { list: listConversations } = conversations ?? {}
  const { list: listContacts } = contacts ?? {}
  const { list: listMessages } = messages ?? {}
  const add = (operation: OperationName, kind: EntityKind, list: AnyList['list'] | undefined, get: unknown): void => {
    if (list) lists.push({ operation, kind, list, ...(get ? { get: get as NonNullable<AnyList['get']> } : {}) })
  }
  add('agents.list', 'agent', listAgents, agents?.get)
  add('conversations.list', 'conversation', listConversations, conversations?.get)
  add('contacts.list', 'contact', listContacts, contacts?.get)
  const messagesOf =
    listMessages && ((query?: ListQuery, options?: OperationOptions) => listMessages(conversationId, query, options))
  add('messages.list', 'message', messagesOf, messages?.get)
  return lists
}
