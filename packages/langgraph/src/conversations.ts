import {
  anyOf,
  type Call,
  type Conversation,
  type ConversationOperations,
  type ConversationQuery,
  type CreateConversationInput,
  checkChange,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  ignoreOptions,
  type OptionRules,
  object,
  type Page,
  pathOf,
  refuseChanges,
  type UpdateConversationInput,
  vendorOptions,
} from '@parley/core'
import { filterLocally, numberedPage, pagePosition } from '@parley/core/operations'
import { openThread } from './ask.ts'
import { limits, pageSize } from './capabilities.ts'
import type { LangGraphVendorOptions } from './options.ts'
import { type Context, recordOf, threadIdOf } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import { searchPage } from './read/page.ts'
import type { LangGraphThreadPayload } from './wire.ts'

/**
 * The threads of the server, by the time of their last change. What the contract knows of a conversation and a thread has
 * no field for (contact, title, custom fields) is in the thread's metadata.
 */
export type LangGraphConversations = Pick<
  ConversationOperations<Found>,
  'list' | 'get' | 'create' | 'update' | 'delete'
>

type Found = Conversation<LangGraphThreadPayload>

export const createConversations = (context: Context): LangGraphConversations => ({
  list: (query, options) =>
    context.list('conversations.list', query, options, (call, own, cursor, seen) =>
      listConversations(context, call, own, cursor, seen),
    ),
  get: async (target, options) => {
    const call = context.begin('conversations.get', options)
    return readOne(context, call, { path: pathOf`/threads/${threadIdOf(call, target)}` })
  },
  create: async (input, options) => createConversation(context, context.begin('conversations.create', options), input),
  update: async (target, input, options) => {
    const call = context.begin('conversations.update', options)
    return updateConversation(context, call, threadIdOf(call, target), input)
  },
  delete: async (target, options) => {
    const call = context.begin('conversations.delete', options)
    const id = threadIdOf(call, target)
    await call.request({ method: 'DELETE', path: pathOf`/threads/${id}`, expect: 'none' })
    return { id, confirmed: true }
  },
})

const readOne = (context: Context, call: Call, spec: Parameters<Call['read']>[0]): Promise<Found> =>
  call.read(spec, (body, reading) => readConversation(recordOf(body), reading, context))

const ownQuery: OptionRules<LangGraphVendorOptions['conversations.list']> = {
  status: anyOf('idle', 'busy', 'interrupted', 'error'),
  metadata: object,
  values: object,
}

/** What the server filters itself. All threads are open. */
const pushedDown: ReadonlySet<string> = new Set(['agentId', 'contactId'])

async function listConversations(
  context: Context,
  call: Call,
  given: ConversationQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  const { metadata, ...own } = vendorOptions(call, query.vendor, ownQuery)
  const order = checkWord(call, query.order, 'order', ['asc', 'desc']) ?? 'desc'
  const agentId = checkOptionalText(call, query.agentId, 'agentId')
  const contactId = query.contactId == null ? undefined : checkId(call, query.contactId, 'contactId')
  const wanted = compact<Record<string, unknown>>({
    ...metadata,
    assistant_id: agentId,
    [context.contactKey]: contactId,
  })
  const body = {
    ...own,
    ...(Object.keys(wanted).length > 0 && { metadata: wanted }),
    ...{ sort_by: 'updated_at', sort_order: order },
  }
  const place = { place: pagePosition(cursor), size: checkLimit(call, query.limit, pageSize), seen }
  const turned = await searchPage(call, '/threads/search', body, place, (raw) =>
    readConversation(raw, call.reading, context),
  )
  const left = filterLocally(turned.items, query, pushedDown, limits.filters, call.reading)
  return { ...numberedPage(call.reading, turned), ...left, items: left.items as Found[] }
}

async function createConversation(context: Context, call: Call, conversation: CreateConversationInput): Promise<Found> {
  const input = checkInput(call, conversation)
  const { metadata, graphId = context.graphId } = vendorOptions(call, input.vendor, {
    metadata: object,
    graphId: checkText,
  })
  const contactId = checkId(call, input.contact, 'contact')
  ignoreOptions(call, input, ['context', 'stateId', 'channel'], 'a thread has no such field.')
  const all = compact<Record<string, unknown>>({
    ...metadata,
    ...input.customFields,
    title: checkOptionalText(call, input.title, 'title'),
    assistant_id: checkOptionalText(call, input.agentId, 'agentId'),
    graph_id: graphId,
  })
  return openThread(context, call, crypto.randomUUID(), contactId, all, (raw, reading) =>
    readConversation(raw, reading, context),
  )
}

async function updateConversation(
  context: Context,
  call: Call,
  id: string,
  change: UpdateConversationInput,
): Promise<Found> {
  const input = checkInput(call, change)
  const { metadata } = vendorOptions(call, input.vendor, { metadata: object })
  refuseChanges(call, input, ['context', 'status', 'stateId', 'unread', 'isStarred'])
  const changes = compact<Record<string, unknown>>({
    ...metadata,
    title: checkOptionalText(call, input.title, 'title'),
  })
  checkChange(call, changes, ['title', 'vendor.langgraph.metadata'])
  const body = { metadata: changes }
  return readOne(context, call, { method: 'PATCH', path: pathOf`/threads/${id}`, body, idempotent: true })
}
