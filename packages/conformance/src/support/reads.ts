import { type Adapter, can, type OperationName, type OperationOptions } from '@parley/core'
import type { Bench } from '../bench.ts'
import { placesOf } from './places.ts'
import { someConversations, threadOf } from './sample.ts'

/** An operation that reads something by its id, or what belongs to it. */
export interface AnyRead {
  operation: OperationName
  /** What is there. */
  id: string
  run(adapter: Adapter, id: string, options?: OperationOptions): PromiseLike<unknown>
}

/** Every operation of the adapter that reads about one thing. */
export async function readsOf(bench: Bench): Promise<AnyRead[]> {
  const { adapter } = bench
  const { agentId, conversationId } = await placesOf(bench)
  const thread = can(adapter, 'messages.list') ? await threadOf(adapter, conversationId) : []
  const answerId = thread.findLast(({ author }) => author.kind === 'agent')?.id
  const listed = can(adapter, 'conversations.list') ? await someConversations(adapter) : []
  const contactId = listed.flatMap(({ contact }) => contact?.id ?? [])[0]
  const [agent] = (await adapter.agents?.list?.())?.items ?? []
  const reads: AnyRead[] = []
  const add = (operation: OperationName, id: string | undefined, run: AnyRead['run']): void => {
    if (can(adapter, operation) && id !== undefined) reads.push({ operation, id, run })
  }
  const nothing = Promise.resolve(undefined)
  add('agents.get', agent?.id, (own, id, options) => own.agents?.get?.(id, options) ?? nothing)
  add(
    'agents.actions.list',
    agentId,
    (own, id, options) => own.agents?.actions?.list?.(id, undefined, options) ?? nothing,
  )
  add('agents.workingHours.get', agentId, (own, id, options) => own.agents?.workingHours?.get?.(id, options) ?? nothing)
  add('conversations.get', conversationId, (own, id, options) => own.conversations?.get?.(id, options) ?? nothing)
  add('messages.list', conversationId, (own, id, options) => own.messages?.list?.(id, undefined, options) ?? nothing)
  add('messages.get', answerId, (own, id, options) => own.messages?.get?.(id, options) ?? nothing)
  add('sources.of', answerId, (own, id, options) => own.sources?.of?.(id, options) ?? nothing)
  add('generations.get', answerId, (own, id, options) => own.generations?.get?.(id, options) ?? nothing)
  add('contacts.get', contactId, (own, id, options) => own.contacts?.get?.(id, options) ?? nothing)
  add('control.get', conversationId, (own, id, options) => own.control?.get?.(id, options) ?? nothing)
  return reads
}
