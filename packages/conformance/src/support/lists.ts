import {
  type Adapter,
  can,
  type Entity,
  type EntityKind,
  type Feedback,
  type ListQuery,
  type OperationName,
  type OperationOptions,
  type Paged,
} from '@parley/core'
import type { Bench } from '../bench.ts'
import { nowhere, type Places, placesOf } from './places.ts'

/** What a list gives: entities, or ratings, which have no ref. */
export type Listed = Entity | Feedback

/** One of the adapter's lists, with what is the same about all of them. */
export interface AnyList {
  operation: OperationName
  /** What its items are. `feedback`: they are no entities. */
  kind: EntityKind | 'feedback'
  list(query?: ListQuery, options?: OperationOptions): Paged<Listed>
  /** Reads one of its items by id, where the adapter can. */
  get?: (target: string | Entity, options?: OperationOptions) => Promise<Entity>
  /** What reading one is called. */
  getting: OperationName
}

export const isEntity = (item: Listed): item is Entity => 'ref' in item

/** Every list that the adapter has; that of messages is the one of a conversation with messages. */
export const listsOf = async (bench: Bench): Promise<AnyList[]> => listsFor(bench.adapter, await placesOf(bench))

/** The same for any adapter of the account. Without places it is for those that will not answer anyway. */
export function listsFor(adapter: Adapter, { agentId, conversationId }: Places = nowhere): AnyList[] {
  const lists: AnyList[] = []
  const add = (operation: OperationName, kind: AnyList['kind'], list: AnyList['list'], one?: AnyList['get']): void => {
    const getting = operation.replace(/\w+$/, 'get') as OperationName
    lists.push({ operation, kind, list, getting, ...(one && can(adapter, getting) && { get: one }) })
  }
  const { agents, conversations, contacts, messages, knowledge, feedback } = adapter
  if (agents?.list) add('agents.list', 'agent', agents.list, asTarget(agents.get))
  const { list: listActions, get: getAction } = agents?.actions ?? {}
  if (listActions)
    add(
      'agents.actions.list',
      'action',
      (query, options) => listActions(agentId, query, options),
      getAction && ((action, options) => getAction(agentId, typeof action === 'string' ? action : action.id, options)),
    )
  if (conversations?.list) add('conversations.list', 'conversation', conversations.list, asTarget(conversations.get))
  if (contacts?.list) add('contacts.list', 'contact', contacts.list, asTarget(contacts.get))
  const { list: listMessages } = messages ?? {}
  if (listMessages)
    add(
      'messages.list',
      'message',
      (query, options) => listMessages(conversationId, query, options),
      asTarget(messages?.get),
    )
  if (messages?.export) add('messages.export', 'message', messages.export, asTarget(messages.get))
  if (knowledge?.list) add('knowledge.list', 'knowledge', knowledge.list)
  if (feedback?.list) add('feedback.list', 'feedback', feedback.list)
  if (feedback?.suggestions) add('feedback.suggestions', 'suggestion', feedback.suggestions)
  return lists
}

/** The suite hands each list's own items to its `get`, which the compiler cannot see. */
const asTarget = (get: unknown): AnyList['get'] => get as AnyList['get']
