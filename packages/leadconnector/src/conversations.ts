import {
  anyOf,
  type Call,
  type Conversation,
  type ConversationOperations,
  type CreateConversationInput,
  checkChange,
  checkId,
  checkInput,
  type GetConversationOptions,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OperationOptions,
  type OptionRules,
  object,
  pathOf,
  refuseAgentId,
  refuseChanges,
  type Target,
  vendorOptions,
} from '@parley/core'
import { checkAssignee } from '@parley/core/operations'
import { type LeadConnectorConversation, listConversations, searchConversations } from './conversation-list.ts'
import type { LeadConnectorConversationUpdateOptions } from './options.ts'
import { type Context, unwrap } from './protocol.ts'
import { readContact } from './read/contact.ts'
import { readConversation } from './read/conversation.ts'

export interface LeadConnectorConversations
  extends Pick<
    ConversationOperations<LeadConnectorConversation>,
    'list' | 'get' | 'create' | 'update' | 'assign' | 'delete'
  > {
  /**
   * Opens the conversation of a contact. A contact has only one. If it already exists, it is returned with a `degraded`
   * warning, because the caller needs a conversation to write in.
   *
   * @throws ConflictError when it exists but the vendor's search, which lags by seconds, does not show it in time.
   */
  create: ConversationOperations<LeadConnectorConversation>['create']
  /**
   * Changes `unread` and `isStarred`; nothing else can be changed. `unread: true` sets the number of unread messages to
   * 1. `vendor.leadconnector` adds the visitor's feedback on a live chat, which cannot be read back.
   *
   * @throws UnsupportedError for a title, a context, a status or a state, which this vendor's conversations do not have.
   */
  update: ConversationOperations<LeadConnectorConversation>['update']
  /**
   * Makes the operator the owner of the contact, who is the assignee of its conversation. For `null`, the owner is set to
   * `null`: the vendor documents the field as nullable ("Update Contact"), and no other way to remove an owner. The result has
   * the assignee that the vendor's response shows; all else in it, also `raw`, was read before.
   */
  assign: ConversationOperations<LeadConnectorConversation>['assign']
}

export const createConversations = (context: Context): LeadConnectorConversations => ({
  list: (query, options) =>
    context.list('conversations.list', query, options, (call, query, cursor, seen) =>
      listConversations(context, call, query, cursor, seen),
    ),

  get: (conversation, options) => getConversation(context, conversation, options),

  create: (input, options) => createConversation(context, input, options),

  async update(conversation, input, options) {
    const call = context.begin('conversations.update', options)
    const id = checkId(call, conversation, 'conversation')
    checkInput(call, input)
    refuseChanges(call, input, ['title', 'context', 'status', 'stateId'])
    const { feedback, unreadCount = unreadCountOf(input.unread) } = vendorOptions(call, input.vendor, ownOptions)
    const changes = { unreadCount, starred: input.isStarred, feedback }
    checkChange(call, changes, ['unread', 'isStarred'])
    const spec = context.spec('conversations', {
      method: 'PUT',
      path: pathOf`/conversations/${id}`,
      body: { locationId: context.locationId, ...changes },
      ...(typeof feedback === 'string' && { headers: { version: 'v3' } }),
    })
    return call.read(spec, (answer, reading) => readConversation(unwrap(answer, 'conversation'), reading, id))
  },

  assign: (conversation, operatorId, options) => assignConversation(context, conversation, operatorId, options),

  async delete(conversation, options) {
    const call = context.begin('conversations.delete', options)
    const id = checkId(call, conversation, 'conversation')
    const path = pathOf`/conversations/${id}`
    const { body } = await call.request(context.spec('conversations', { method: 'DELETE', path }))
    return { id, confirmed: (body as { success?: unknown } | undefined)?.success === true }
  },
})

const ownOptions: OptionRules<LeadConnectorConversationUpdateOptions> = {
  feedback: (call, value, path) => (typeof value === 'string' ? word(call, value, path) : object(call, value, path)),
  unreadCount: (call, value, path) => {
    if (!Number.isInteger(value) || (value as number) < 0)
      throw invalid(call, path, 'must be a whole number of at least 0')
    return value as number
  },
}

const word = anyOf('positive', 'negative')

const unreadCountOf = (unread: boolean | undefined): number | undefined =>
  unread === undefined ? undefined : unread ? 1 : 0

async function assignConversation(
  context: Context,
  target: Target<Conversation>,
  operatorId: string | null,
  options: OperationOptions | undefined,
): Promise<LeadConnectorConversation> {
  const call = context.begin('conversations.assign', options)
  const id = checkId(call, target, 'conversation')
  const assignedTo = checkAssignee(call, operatorId)
  const { assignee: _, ...conversation } = await readOne(context, call, id)
  const contactId = conversation.contact?.id
  if (!contactId) throw invalid(call, 'conversation', 'has no contact, whose owner would be the assignee')
  const spec = context.spec('contacts', { method: 'PUT', path: pathOf`/contacts/${contactId}`, body: { assignedTo } })
  const { assigneeId } = await call.read(spec, (answer, reading) =>
    readContact(unwrap(answer, 'contact'), reading, contactId),
  )
  // A contact without an owner may lack the field.
  const shown = assigneeId || null
  if (shown !== assignedTo)
    call.reading.warn('degraded', 'The vendor accepted the assignment, but its response does not show it.')
  if (assigneeId === undefined && assignedTo !== null) return conversation
  return { ...conversation, assignee: shown === null ? null : { id: shown } }
}

/** The pauses between searches for a conversation that exists but is not shown yet, in milliseconds. */
const lookAgainAfter = [1_000, 2_000, 4_000]

async function createConversation(
  context: Context,
  input: CreateConversationInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorConversation> {
  const call = context.begin('conversations.create', options)
  vendorOptions(call, checkInput(call, input).vendor, {})
  const contactId = checkId(call, input.contact, 'contact')
  refuseAgentId(call, input.agentId)
  ignoreOptions(call, input, ['title'], 'conversations have no title.')
  ignoreOptions(call, input, ['context'], 'conversations have no context field.')
  ignoreOptions(call, input, ['customFields'], 'conversations have no custom fields.')
  ignoreOptions(call, input, ['stateId'], 'conversations have no workflow states.')
  ignoreOptions(call, input, ['channel'], 'a conversation has the channel of its last message.')
  const body = { locationId: context.locationId, contactId }
  // The slash at the end is part of the path.
  const spec = context.spec('conversations', { method: 'POST', path: '/conversations/', body })
  try {
    return await call.read(spec, (answer, reading) => readConversation(unwrap(answer, 'conversation'), reading))
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'conflict') throw error
    const existing = await findExisting(context, call, contactId)
    if (!existing) throw error
    call.reading.warn('degraded', 'The contact already has a conversation, which is returned instead of a new one.')
    return existing
  }
}

/** The refusal does not name the conversation, and the search shows a new one only after a few seconds. */
async function findExisting(
  context: Context,
  call: Call,
  contactId: string,
): Promise<LeadConnectorConversation | undefined> {
  for (const wait of [...lookAgainAfter, undefined]) {
    const found = await findByContact(context, call, contactId)
    if (found || wait === undefined || (await call.wait(wait))) return found
  }
  return undefined
}

/** The one conversation of a contact, if the search shows it. */
export async function findByContact(
  context: Context,
  call: Call,
  contactId: string,
): Promise<LeadConnectorConversation | undefined> {
  const { raws } = await searchConversations(context, call, { contactId, limit: 1 })
  const raw = raws.find((candidate) => isRecord(candidate) && candidate['contactId'] === contactId)
  return isRecord(raw) ? readConversation(raw, call.reading) : undefined
}

async function getConversation(
  context: Context,
  target: Target<Conversation>,
  options: GetConversationOptions | undefined,
): Promise<LeadConnectorConversation> {
  const call = context.begin('conversations.get', options)
  const conversation = await readOne(context, call, checkId(call, target, 'conversation'))
  return options?.withContact ? withDisplayData(context, call, conversation) : conversation
}

/** `GET /conversations/{conversationId}`: returns number codes, and neither names nor the last text. */
export const readOne = (context: Context, call: Call, id: string): Promise<LeadConnectorConversation> =>
  call.read(context.spec('conversations', { path: pathOf`/conversations/${id}` }), (body, reading) =>
    readConversation(unwrap(body, 'conversation'), reading, id),
  )

/** Fills in the fields that only the search returns. Fields of the get take precedence. */
async function withDisplayData(
  context: Context,
  call: Call,
  conversation: LeadConnectorConversation,
): Promise<LeadConnectorConversation> {
  const { raws } = await searchConversations(context, call, { id: conversation.id, limit: 1 })
  const raw = raws.find((candidate) => isRecord(candidate) && candidate['id'] === conversation.id)
  if (!isRecord(raw)) {
    call.reading.warn('degraded', 'The search does not show the conversation yet, so its contact’s name is missing.')
    return conversation
  }
  const found = readConversation(raw, call.reading)
  const merged: LeadConnectorConversation = { ...found, ...conversation }
  if (found.contact) merged.contact = found.contact
  if (found.channel && found.lastMessage) merged.channel = found.channel
  if (found.lastMessage !== undefined) merged.lastMessage = found.lastMessage
  return merged
}
