import {
  anyOf,
  type Call,
  type ConversationOperations,
  checkChange,
  checkId,
  checkInput,
  ignoreOptions,
  invalid,
  type OptionRules,
  object,
  paged,
  pathOf,
  UnsupportedError,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { createConversation } from './leadconnector-conversation-create.ts'
import { getConversation } from './leadconnector-conversation-get.ts'
import { type LeadConnectorConversation, listConversations } from './leadconnector-conversation-list.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import type { LeadConnectorConversationUpdateOptions } from './leadconnector-vendor-options.ts'
import { readConversation } from './read/read-leadconnector-conversation.ts'

export interface LeadConnectorConversations
  extends Pick<ConversationOperations<LeadConnectorConversation>, 'list' | 'get' | 'create' | 'update' | 'delete'> {
  /**
   * Opens the conversation of a contact. A contact has only one: where it exists already, that one is given back and
   * `onWarning` is told (`degraded`), because the caller wanted a conversation to write in.
   *
   * @throws ConflictError when it exists and the vendor's search does not show it in time; the search lags by seconds.
   */
  create: ConversationOperations<LeadConnectorConversation>['create']
  /**
   * Changes the two things that can be changed: `isRead` and `isStarred`. `isRead: false` sets the count of unread
   * messages to 1, the smallest that is not read. `vendor.leadconnector` adds the visitor's feedback on a live chat,
   * which cannot be read back.
   *
   * @throws UnsupportedError for a title, a status or a state, which conversations do not have here.
   */
  update: ConversationOperations<LeadConnectorConversation>['update']
}

export const leadConnectorConversations = (client: LeadConnectorClient): LeadConnectorConversations => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listConversations(client, query, cursor, options, seen),
      query,
      client.listPlace('conversations.list'),
    ),

  get: (conversation, options) => getConversation(client, conversation, options),

  create: (input, options) => createConversation(client, input, options),

  async update(conversation, input, options) {
    const call = client.begin('conversations.update', options)
    const id = checkId(call, conversation, 'conversation')
    checkInput(call, input)
    for (const field of ['title', 'status', 'stateId'] as const) {
      if (input[field] !== undefined) throw noPlace(call, field)
    }
    ignoreOptions(call, input, ['context'], 'conversations have no background text.')
    const { feedback, unreadCount = unreadCountOf(input.isRead) } = vendorOptions(call, input.vendor, ownOptions)
    const changes = { unreadCount, starred: input.isStarred, feedback }
    checkChange(call, changes, ['isRead', 'isStarred'])
    const spec = client.spec('conversations', {
      method: 'PUT',
      path: pathOf`/conversations/${id}`,
      body: { locationId: client.locationId, ...changes },
      ...(typeof feedback === 'string' && { headers: { version: 'v3' } }),
    })
    return call.read(spec, (answer, reading) => readConversation(unwrap(answer, 'conversation'), reading, id))
  },

  async delete(conversation, options) {
    const call = client.begin('conversations.delete', options)
    const id = checkId(call, conversation, 'conversation')
    const path = pathOf`/conversations/${id}`
    const { body } = await call.request(client.spec('conversations', { method: 'DELETE', path }))
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

const unreadCountOf = (isRead: boolean | undefined): number | undefined =>
  isRead === undefined ? undefined : isRead ? 0 : 1

const noPlace = (call: Call, field: string): UnsupportedError =>
  new UnsupportedError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${call.vendor} "${call.account}", ${call.operation}: a conversation has no ${field} that could be changed.`,
    fields: [{ path: field, problem: 'has no place at this vendor' }],
    outcome: 'not-done',
  })
