import { checkId, type MessageOperations } from '@parley/core'
import { askAs, reconcileAttempt, streamAs, streamOnce, type VisitorWays } from '@parley/core/operations'
import { ask } from './ask.ts'
import { createContacts } from './contacts.ts'
import { createConversations } from './conversations.ts'
import { exportMessages } from './export.ts'
import { sourceCacheOf } from './generations.ts'
import { getMessage, type LeadConnectorMessage, listMessages } from './message-list.ts'
import { cancel, setStatus } from './message-status.ts'
import { note } from './note.ts'
import type { Context } from './protocol.ts'
import { sentReader } from './reconcile.ts'
import { reply } from './reply.ts'

export interface LeadConnectorMessages extends Omit<MessageOperations<LeadConnectorMessage>, 'provideInput'> {
  /**
   * The messages of a conversation in all channels. The vendor's order is newest first. `order: 'asc'` reads the thread
   * from its newest message and reverses it, with a `degraded` warning; without `limit`, everything is one page. The
   * bodies of emails are missing unless `vendor.leadconnector.emailBodies` is `true`.
   */
  list: MessageOperations<LeadConnectorMessage>['list']
  /**
   * One message with its body. For an email, this reads the newest email of the message. Read the others by their own
   * ids (`message.email.ids`).
   */
  get: MessageOperations<LeadConnectorMessage>['get']
  /**
   * Adds a message of the contact to the conversation, which starts the agent of the channel, and waits for the agent's
   * reply, 120 seconds by default. A generation confirms the answer and provides its sources.
   *
   * **The agent answers over the channel: the contact may receive a real text message or email.** Without a channel, a
   * new conversation is a live chat, in which nothing leaves the platform.
   *
   * An agent that only proposes answers (`suggestive`), is off or is paused never answers: `outcome: 'pending'`.
   */
  ask: MessageOperations<LeadConnectorMessage>['ask']
  /**
   * Sends a real message to the contact, by default over the channel of the conversation's last message. It may pause
   * the agent for this contact (`sleepOnManualMessage`). `accepted`: the message is stored, usually as `pending`; with
   * `sendAt` it is `scheduled`, to the whole second.
   */
  reply: MessageOperations<LeadConnectorMessage>['reply']
  /**
   * Adds an internal comment. The vendor notifies the mentioned operators; for its interface to show the mentions, tag
   * their ids in the text too. If the contact has no conversation, one is opened, and nothing is sent.
   */
  note: MessageOperations<LeadConnectorMessage>['note']
  /** The vendor does not stream: the whole answer is one part, after a `no-streaming` warning. */
  stream: MessageOperations<LeadConnectorMessage>['stream']
  /**
   * The messages of the location, 500 per page. Emails come after all others, unless the query has a channel, and
   * without their bodies unless `vendor.leadconnector.emailBodies` is `true`. Group chats and review requests are never
   * included.
   *
   * The vendor's cursor expires after two minutes; then the list continues from the date of the last message.
   */
  export: MessageOperations<LeadConnectorMessage>['export']
  /** Cancels a scheduled reply. With a bare id, the message is read first, because emails have another endpoint. */
  cancel: MessageOperations<LeadConnectorMessage>['cancel']
  /**
   * For marketplace apps and messages of their own conversation provider. The vendor refuses a new message for some
   * seconds, so this retries for up to ten seconds. `failure` requires `code` and `type` here.
   *
   * @throws PermissionError with a private integration token, or for a message of another provider.
   */
  setStatus: MessageOperations<LeadConnectorMessage>['setStatus']
  /**
   * Follows the rules of `Reconciliation`. The earliest `not-done` is three minutes after the attempt: a question can
   * take two minutes, and a message can take one minute to appear. An attempt of another process takes ten minutes
   * more.
   */
  reconcile: MessageOperations<LeadConnectorMessage>['reconcile']
}

export function createMessages(context: Context): LeadConnectorMessages {
  const cache = sourceCacheOf(context)
  const visitors: VisitorWays = {
    ensure: createContacts(context).ensure,
    open: (contact, options) => createConversations(context).create({ contact }, options),
    // A new conversation has no channel, and the vendor would send text messages in it.
    channel: 'web',
  }
  return {
    list: (conversation, query, options) =>
      context.list(
        'messages.list',
        query,
        options,
        (call, query, cursor) => listMessages(context, call, conversation, query, cursor),
        conversation,
      ),

    get: async (message, options) => {
      const call = context.begin('messages.get', options)
      return getMessage(context, call, checkId(call, message, 'message'))
    },

    ask: (target, input, options) =>
      askAs(context, [target, input, options], visitors, (...asked) => ask(context, cache, ...asked)),

    reply: (conversation, input, options) => reply(context, cache, conversation, input, options),

    note: (conversation, input, options) => note(context, cache, conversation, input, options),

    stream: (target, input, options) =>
      streamAs(context, [target, input, options], visitors, (...asked) =>
        streamOnce(context, () => ask(context, cache, ...asked, 'messages.stream')),
      ),

    export: (query, options) =>
      context.list('messages.export', query, options, async (call, query, cursor) =>
        exportMessages(context, call, query, cursor),
      ),

    cancel: (message, options) => cancel(context, message, options),

    setStatus: (message, input, options) => setStatus(context, message, input, options),

    reconcile: async (attempt, options) =>
      reconcileAttempt(context.begin('messages.reconcile', options), sentReader(context, cache), attempt, options),
  }
}
