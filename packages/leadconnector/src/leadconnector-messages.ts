import { checkId, type MessageOperations, paged } from '@parley/core'
import { ask } from './leadconnector-ask.ts'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { getMessage } from './leadconnector-message-get.ts'
import { listMessages } from './leadconnector-message-list.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import { leadConnectorVendor } from './leadconnector-protocol.ts'
import { reply } from './leadconnector-reply.ts'
import { settle } from './leadconnector-settle.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'

export interface LeadConnectorMessages
  extends Pick<MessageOperations<LeadConnectorMessage>, 'list' | 'get' | 'ask' | 'reply' | 'settle'> {
  /**
   * The messages of a conversation, all channels mixed. Newest first is the vendor's order; `order: 'asc'` reads the
   * thread from its newest message down and turns it around, which a `degraded` warning says: without `limit` it is one
   * page with everything. The bodies of emails are missing unless `vendor.leadconnector.emailBodies` asks for them.
   */
  list: MessageOperations<LeadConnectorMessage>['list']
  /**
   * One message with its body. For an email the newest behind the message is read; the others of its thread are read by
   * their own ids (`message.email.ids`).
   */
  get: MessageOperations<LeadConnectorMessage>['get']
  /**
   * Writes a message of the contact into the timeline, which starts an agent that serves the channel, and waits for what
   * the agent sends, 120 seconds by default. The answer is confirmed by its generation and comes with its sources.
   *
   * **The agent answers over the channel: a real text message or email may go out to the contact.** A new conversation
   * is asked in a live chat unless a channel is given, where nothing leaves the platform.
   *
   * An agent that only proposes (`suggestive`), that is off or that pauses never answers: `outcome: 'pending'`.
   */
  ask: MessageOperations<LeadConnectorMessage>['ask']
  /**
   * Sends a real message to the contact, over the channel of the conversation's last message unless one is given. It may
   * pause the agent for this contact (`sleepOnManualMessage`). `accepted`: it is stored, usually `pending`.
   */
  reply: MessageOperations<LeadConnectorMessage>['reply']
  /**
   * Looks for what was sent by its id, or by direction, time and text. `not-done` is only said a minute after the
   * attempt, when no request can be under way any more.
   */
  settle: MessageOperations<LeadConnectorMessage>['settle']
}

export const leadConnectorMessages = (client: LeadConnectorClient, cache: SourceCache): LeadConnectorMessages => ({
  list: (conversation, query = {}, options) =>
    paged((cursor) => listMessages(client, conversation, query, cursor, options), query.cursor, {
      vendor: leadConnectorVendor,
      account: client.account,
      operation: 'messages.list',
    }),

  get: async (message, options) => {
    const call = client.begin('messages.get', options)
    return getMessage(client, call, checkId(call, message, 'message'))
  },

  ask: (target, input, options) => ask(client, cache, target, input, options),

  reply: (conversation, input, options) => reply(client, conversation, input, options),

  settle: (attempt, options) => settle(client, cache, attempt, options),
})
