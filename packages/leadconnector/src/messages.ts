import { checkId, lazily, type MessageOperations, reconcileAttempt, streamOnce } from '@parley/core'
import { ask } from './ask.ts'
import type { SourceCache } from './generations.ts'
import { getMessage, type LeadConnectorMessage, listMessages } from './message-list.ts'
import type { Client } from './protocol.ts'
import { reply } from './reply.ts'
import { sentReader } from './sent.ts'

export interface LeadConnectorMessages extends MessageOperations<LeadConnectorMessage> {
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
   * pause the agent for this contact (`sleepOnManualMessage`). `accepted`: it is stored, usually `pending`; with
   * `sendAt` it is `scheduled`, to the whole second.
   */
  reply: MessageOperations<LeadConnectorMessage>['reply']
  /**
   * An internal comment. Whom it mentions is told by the vendor; for its interface to show that, their ids also have to
   * be tagged in the text. A contact without a conversation gets one, without anything being sent.
   */
  note: MessageOperations<LeadConnectorMessage>['note']
  /** The vendor streams nothing: the whole answer comes as one part, after a `no-streaming` warning. */
  stream: MessageOperations<LeadConnectorMessage>['stream']
  /**
   * The messages of the location, 500 a page. Emails are a second pass after all others, unless a channel is asked for,
   * and come without their bodies unless `vendor.leadconnector.emailBodies` asks for them. Group chats and review requests
   * are never in it.
   *
   * The vendor's cursor lives for two minutes; after that the list goes on from the date of the last message.
   */
  export: MessageOperations<LeadConnectorMessage>['export']
  /** Calls off what `reply` scheduled. Of a bare id the message is read first, because emails go another way. */
  cancel: MessageOperations<LeadConnectorMessage>['cancel']
  /**
   * For marketplace apps, about messages of their own conversation provider. A message that was just sent is refused for
   * some seconds; that is waited for, up to ten. `failure` needs its `code` and `type` here.
   *
   * @throws PermissionError with a private integration token, or for a message of another provider.
   */
  setStatus: MessageOperations<LeadConnectorMessage>['setStatus']
  /**
   * By the rules of `Reconciliation`. `not-done` is said three minutes after the attempt at the earliest: a question may be
   * under way for two minutes, and a message may take one to show. An attempt of another process takes ten minutes more.
   */
  reconcile: MessageOperations<LeadConnectorMessage>['reconcile']
}

export const createMessages = (client: Client, cache: SourceCache): LeadConnectorMessages => ({
  list: (conversation, query, options) =>
    client.list(
      'messages.list',
      query,
      options,
      (call, query, cursor) => listMessages(client, call, conversation, query, cursor),
      conversation,
    ),

  get: async (message, options) => {
    const call = client.begin('messages.get', options)
    return getMessage(client, call, checkId(call, message, 'message'))
  },

  ask: (target, input, options) => ask(client, cache, target, input, options),

  reply: (conversation, input, options) => reply(client, cache, conversation, input, options),

  note: lazily(async () => (await import('./note.ts')).note.bind(undefined, client, cache)),

  stream: (target, input, options) =>
    streamOnce(client, () => ask(client, cache, target, input, options, 'messages.stream')),

  export: (query, options) =>
    client.list('messages.export', query, options, async (call, query, cursor) =>
      (await exports()).exportMessages(client, call, query, cursor),
    ),

  cancel: lazily(async () => (await import('./message-status.ts')).cancel.bind(undefined, client)),

  setStatus: lazily(async () => (await import('./message-status.ts')).setStatus.bind(undefined, client)),

  reconcile: async (attempt, options) =>
    reconcileAttempt(client.begin('messages.reconcile', options), sentReader(client, cache), attempt, options),
})

const exports = () => import('./export.ts')
