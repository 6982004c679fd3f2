import {
  type Adapter,
  type Conversation,
  type Entity,
  type EntityKind,
  type Feedback,
  type Generation,
  isParleyError,
  type ListQuery,
  type Message,
  type OperationName,
  type OperationOptions,
  type Page,
  type Paged,
  requireOperation,
  type Source,
  supports,
} from '@parley/core'
import { type Bench, Violation } from '../check.ts'

/** All items of a list. */
export async function collect<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

/** All pages of a list, or the first few. */
export async function collectPages<Item>(
  list: Paged<Item>,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Page<Item>[]> {
  const pages: Page<Item>[] = []
  for await (const page of list.pages()) {
    pages.push(page)
    if (pages.length >= most) break
  }
  return pages
}

/** Identifies items: by their ids, or by their whole content if they have no id. */
export const idsOf = (items: readonly { id: string | null }[]): string[] =>
  items.map((item) => item.id ?? JSON.stringify(item))

/** One value inside a model. `key` is the name of its field. */
interface Place {
  path: string
  key: string
  value: unknown
}

/** Every value inside a model, except the vendor's payload and the application's own data, which Parley does not define. */
export function* walk(value: unknown, path = '', key = ''): Generator<Place, void, undefined> {
  yield { path, key, value }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`, key)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      if (name !== 'raw' && name !== 'customFields' && name !== 'attributes' && name !== 'details')
        yield* walk(member, path ? `${path}.${name}` : name, name)
  }
}

/** The parents of lists: a conversation for its messages, an agent for its actions. */
interface Places {
  conversationId: string
  agentId: string
}

const nowhere: Places = { conversationId: 'any-id', agentId: 'any-id' }

/** A conversation in which both the contact and the agent have written, and an agent that has actions, if there is one. */
export async function placesOf(bench: Bench): Promise<Places> {
  const { adapter } = bench
  return {
    conversationId: supports(adapter, 'messages.list') ? await talkingId(bench) : nowhere.conversationId,
    agentId: supports(adapter, 'agents.actions.list') ? await busyAgentId(adapter) : nowhere.agentId,
  }
}

async function busyAgentId(adapter: Adapter): Promise<string> {
  const { items = [] } = (await adapter.agents?.list?.()) ?? {}
  for (const { id } of items.slice(0, 5)) {
    const actions = await adapter.agents?.actions?.list?.(id, { limit: 1 })
    if (actions && actions.items.length > 0) return id
  }
  return items[0]?.id ?? nowhere.agentId
}

/** An item of a list: an entity, or feedback, which has no ref. */
export type Listed = Entity | Feedback

/** One of the adapter's lists, in a form that is the same for all lists. */
interface AnyList {
  operation: OperationName
  /** The kind of its items. `feedback` is not an entity. */
  kind: EntityKind | 'feedback'
  list(query?: ListQuery, options?: OperationOptions): Paged<Listed>
  /** Reads one of its items by id. Missing if the adapter cannot. */
  get?: (target: string | Entity, options?: OperationOptions) => Promise<Entity>
  /** The operation that reads one item. */
  getting: OperationName
}

export const isEntity = (item: Listed): item is Entity => 'ref' in item

/** Every list of the adapter. The list of messages is that of a conversation with messages. */
export const listsOf = async (bench: Bench): Promise<AnyList[]> => listsFor(bench.adapter, await placesOf(bench))

/** The same for any adapter of the account. Without places, the lists cannot succeed and are only used to check errors. */
export function listsFor(adapter: Adapter, { agentId, conversationId }: Places = nowhere): AnyList[] {
  const lists: AnyList[] = []
  const add = (operation: OperationName, kind: AnyList['kind'], list: AnyList['list'], one?: AnyList['get']): void => {
    const getting = operation.replace(/\w+$/, 'get') as OperationName
    lists.push({ operation, kind, list, getting, ...(one && supports(adapter, getting) && { get: one }) })
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

/** The suite passes only a list's own items to its `get`, which the compiler cannot know. */
const asTarget = (get: unknown): AnyList['get'] => get as AnyList['get']

/** An operation that reads an entity by its id, or something that belongs to the entity. */
interface AnyRead {
  operation: OperationName
  /** The id of an existing entity. */
  id: string
  run(adapter: Adapter, id: string, options?: OperationOptions): PromiseLike<unknown>
}

/** Every operation of the adapter that reads by the id of an entity. */
export async function readsOf(bench: Bench): Promise<AnyRead[]> {
  const { adapter } = bench
  const { agentId, conversationId } = await placesOf(bench)
  const thread = supports(adapter, 'messages.list') ? await threadOf(adapter, conversationId) : []
  const answerId = thread.findLast(({ author }) => author.kind === 'agent')?.id
  const listed = supports(adapter, 'conversations.list') ? await someConversations(adapter) : []
  const contactId = listed.flatMap(({ contact }) => contact?.id ?? [])[0]
  const [agent] = (await adapter.agents?.list?.())?.items ?? []
  const reads: AnyRead[] = []
  const add = (operation: OperationName, id: string | undefined, run: AnyRead['run']): void => {
    if (supports(adapter, operation) && id !== undefined) reads.push({ operation, id, run })
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
  add('sources.list', answerId, (own, id, options) => own.sources?.list?.(id, undefined, options) ?? nothing)
  add('generations.get', answerId, (own, id, options) => own.generations?.get?.(id, options) ?? nothing)
  add('contacts.get', contactId, (own, id, options) => own.contacts?.get?.(id, options) ?? nothing)
  add('control.get', conversationId, (own, id, options) => own.control?.get?.(id, options) ?? nothing)
  return reads
}

/** The most conversations that are searched for a suitable one. */
const maxConversations = 40

/** The first conversations of the list. */
export async function someConversations(adapter: Adapter): Promise<Conversation[]> {
  const { items } = await requireOperation(adapter, 'conversations.list')()
  if (items.length === 0) throw new Violation('The account has no conversations; most checks need some.')
  return items
}

/** The id of a conversation in which both the contact and the agent have written. */
export async function talkingId(bench: Bench): Promise<string> {
  return bench.harness.use?.conversationId ?? (await firstTalk(bench.adapter)).id
}

async function firstTalk(adapter: Adapter): Promise<Conversation> {
  for (const conversation of (await someConversations(adapter)).slice(0, maxConversations)) {
    const messages = await threadOf(adapter, conversation.id)
    const kinds = new Set(messages.map(({ author }) => author.kind))
    if (kinds.has('contact') && kinds.has('agent')) return conversation
  }
  throw new Violation(
    `None of the first ${maxConversations} conversations has messages of the contact and of the agent; name a conversation in use.conversationId.`,
  )
}

/** All messages of a conversation, oldest first. */
export const threadOf = (adapter: Adapter, conversationId: string): Promise<Message[]> =>
  collect(requireOperation(adapter, 'messages.list')(conversationId, { order: 'asc' }))

/** All messages of a few conversations. In at least one of them, both sides have written. */
export async function someMessages(bench: Bench, conversations = 6): Promise<Message[]> {
  const listed = await someConversations(bench.adapter)
  const ids = new Set([await talkingId(bench), ...listed.slice(0, conversations).map(({ id }) => id)])
  const threads: Message[] = []
  for (const id of ids) threads.push(...(await threadOf(bench.adapter, id)))
  return threads
}

/** A contact for new conversations. */
export async function someContactId({ harness, adapter }: Bench): Promise<string> {
  if (harness.use?.contactId !== undefined) return harness.use.contactId
  const listed = supports(adapter, 'contacts.list') ? (await adapter.contacts.list()).items[0]?.id : undefined
  if (listed !== undefined) return listed
  for (const { contact } of await someConversations(adapter)) if (contact?.id) return contact.id
  throw new Violation('No contact can be found; name a contact in use.contactId.')
}

/** The agent's messages that have sources, or may have some. */
export const answersOf = async (bench: Bench): Promise<Message[]> =>
  (await someMessages(bench)).filter(
    ({ author, sourcesState, sources }) =>
      author.kind === 'agent' && (sourcesState === 'fetchable' || (sources !== undefined && sources.length > 0)),
  )

/** The sources of some messages, read with the message or by `sources.list`. */
export async function someSources(bench: Bench): Promise<Source[]> {
  const { adapter } = bench
  const found: Source[] = []
  for (const message of (await answersOf(bench)).slice(0, 10)) {
    if (message.sourcesState === 'inline') found.push(...(message.sources ?? []))
    else if (supports(adapter, 'sources.list')) found.push(...(await adapter.sources.list(message)).items)
  }
  return found
}

/** The first message with a generation, and its generation. */
export async function someGeneration(bench: Bench): Promise<{ message: Message; generation: Generation } | undefined> {
  const { adapter } = bench
  if (!supports(adapter, 'generations.get')) return undefined
  for (const message of await answersOf(bench)) {
    try {
      return { message, generation: await adapter.generations.get(message) }
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'not-found') throw error
    }
  }
  return undefined
}

/** Short lists that are read completely, because each item may be of another kind. */
const whole: ReadonlySet<string> = new Set(['agents.list', 'agents.actions.list', 'knowledge.list'])

/**
 * A large sample of the adapter's entities: the short lists completely, one page of every other list, messages with their
 * sources, a generation.
 */
export async function everything(bench: Bench, adapter: Adapter = bench.adapter): Promise<Entity[]> {
  const here: Bench = { ...bench, adapter }
  const entities: Entity[] = []
  for (const { operation, list, get } of await listsOf(here)) {
    const listed = whole.has(operation) ? await collect(list()) : (await list()).items
    const items = listed.filter(isEntity)
    entities.push(...items)
    if (get && items[0]) entities.push(await get(items[0].id))
  }
  if (!supports(adapter, 'messages.list')) return entities
  const messages = await someMessages(here)
  entities.push(...messages)
  const [answer] = await answersOf(here)
  if (answer && supports(adapter, 'sources.list')) entities.push(...(await adapter.sources.list(answer)).items)
  const made = await someGeneration(here)
  if (made) entities.push(made.generation)
  return entities
}
