import {
  type Adapter,
  type Agent,
  type AgentQuery,
  type Clock,
  type Contact,
  type ContactQuery,
  type ContactSearch,
  type Conversation,
  type ConversationQuery,
  checkFunctionOptions,
  clockOption,
  type KnowledgeItem,
  type KnowledgeQuery,
  type ListQuery,
  numberOption,
  type OperationName,
  type OperationOptions,
  type Operator,
  type OperatorQuery,
  optional,
  type Paged,
  requireOperation,
  type Suggestion,
  type SuggestionQuery,
  systemClock,
} from '@parley/core'
import { type Accounts, accountsOf, accountsOption } from './accounts.ts'
import { addressed, addressedList, addressedStream, checkAttempt, inAccount, inAccountList } from './addressed.ts'
import type { Inbox, InboxOptions } from './inbox.ts'
import { mergedList } from './merged-list.ts'
import { inNameOf } from './operator.ts'
import { overAccounts } from './over-accounts.ts'
import { argumentsOf } from './ref-parts.ts'
import { storeOption } from './store/connected.ts'
import type { SyncedInboxOptions } from './synced.ts'

/** An inbox without a store, and what it is made of. */
export interface LiveParts {
  accounts: Accounts
  deadline: number
  clock: Clock
  live: Inbox
}

/** @throws ConfigurationError for an invalid option of `createInbox`. */
export function openLive(options: InboxOptions | SyncedInboxOptions): LiveParts {
  checkFunctionOptions('createInbox', options, {
    store: optional(storeOption),
    accounts: accountsOption,
    deadline: optional(numberOption(1)),
    clock: optional(clockOption),
  })
  const { deadline = 10_000, clock = systemClock } = options
  const accounts = accountsOf(options.accounts)
  return { accounts, deadline, clock, live: liveInbox(accounts, deadline, clock) }
}

function liveInbox(accounts: Accounts, deadline: number, clock: Clock): Inbox {
  /** A list over the chosen accounts. The inbox handles `limit` and `cursor`; the vendors get the rest of the query. */
  const listOver = <Item extends { ref: string }, Query extends ListQuery>(
    operation: OperationName,
    readList: (adapter: Adapter, query: Query, options: OperationOptions) => Paged<Item>,
    timeOf: (item: Item) => string = () => '',
  ) =>
    overAccounts<Item, Query>(operation, accounts, (asked) => {
      const { limit: _, cursor: __, ...filters } = asked.query
      return mergedList<Item>({
        ...asked,
        operation,
        deadline,
        clock,
        // One conversation that a person reads goes before the lists of many.
        options: { ...asked.options, priority: asked.options.priority ?? 'catch-up' },
        placeOf: (item) => ({ at: timeOf(item), ref: item.ref }),
        // Asynchronous, so that an unsupported list fails only for its own account.
        read: async (adapter, page, limits) => readList(adapter, { ...filters, ...page } as Query, limits),
      })
    })

  const agents = listOver<Agent, AgentQuery>('agents.list', (adapter, ...args) =>
    requireOperation(adapter, 'agents.list')(...args),
  )
  const contacts = listOver<Contact, ContactQuery>('contacts.list', (adapter, ...args) =>
    requireOperation(adapter, 'contacts.list')(...args),
  )
  const conversations = listOver<Conversation, ConversationQuery>(
    'conversations.list',
    (adapter, ...args) => requireOperation(adapter, 'conversations.list')(...args),
    (conversation) => conversation.lastActivityAt ?? '',
  )
  const search = listOver<Contact, ContactSearch>('contacts.search', (adapter, ...args) =>
    requireOperation(adapter, 'contacts.search')(...args),
  )

  const operators = listOver<Operator, OperatorQuery>('operators.list', (adapter, ...args) =>
    requireOperation(adapter, 'operators.list')(...args),
  )
  const knowledge = listOver<KnowledgeItem, KnowledgeQuery>('knowledge.list', (adapter, ...args) =>
    requireOperation(adapter, 'knowledge.list')(...args),
  )
  const suggestions = listOver<Suggestion, SuggestionQuery>('feedback.suggestions', (adapter, ...args) =>
    requireOperation(adapter, 'feedback.suggestions')(...args),
  )

  const inbox: Inbox = {
    accounts: accounts.names,
    adapter: (of) => accounts.of(of),
    agents: {
      list: (query = {}, options) => agents(query, options),
      get: addressed(accounts, 'agents.get'),
      create: inAccount(accounts, 'agents.create'),
      update: addressed(accounts, 'agents.update'),
      delete: addressed(accounts, 'agents.delete'),
      actions: {
        list: addressedList(accounts, 'agents.actions.list'),
        get: addressed(accounts, 'agents.actions.get'),
        attach: addressed(accounts, 'agents.actions.attach'),
        update: addressed(accounts, 'agents.actions.update'),
        remove: addressed(accounts, 'agents.actions.remove'),
      },
      followUp: { update: addressed(accounts, 'agents.followUp.update') },
      workingHours: {
        get: addressed(accounts, 'agents.workingHours.get'),
        set: addressed(accounts, 'agents.workingHours.set'),
        clear: addressed(accounts, 'agents.workingHours.clear'),
      },
    },
    conversations: {
      list: (query = {}, options) => conversations(query, options),
      get: addressed(accounts, 'conversations.get'),
      create: addressed(accounts, 'conversations.create'),
      start: inAccount(accounts, 'conversations.start'),
      update: addressed(accounts, 'conversations.update'),
      assign: addressed(accounts, 'conversations.assign'),
      close: addressed(accounts, 'conversations.close'),
      delete: addressed(accounts, 'conversations.delete'),
      deleteForContact: addressed(accounts, 'conversations.deleteForContact'),
    },
    messages: {
      list: addressedList(accounts, 'messages.list'),
      get: addressed(accounts, 'messages.get'),
      ask: addressed(accounts, 'messages.ask'),
      stream: addressedStream(accounts),
      cancel: addressed(accounts, 'messages.cancel'),
      reply: addressed(accounts, 'messages.reply'),
      note: addressed(accounts, 'messages.note'),
      provideInput: addressed(accounts, 'messages.provideInput'),
      setStatus: addressed(accounts, 'messages.setStatus'),
      export: inAccountList(accounts, 'messages.export'),
      reconcile: async (...given) => {
        const [conversation, attempt, options] = argumentsOf('messages.reconcile', given)()
        checkAttempt(accounts, conversation, attempt)
        return requireOperation(accounts.of(conversation), 'messages.reconcile')(attempt, options)
      },
    },
    sources: { list: addressedList(accounts, 'sources.list') },
    contacts: {
      list: (query = {}, options) => contacts(query, options),
      search,
      create: inAccount(accounts, 'contacts.create'),
      upsert: inAccount(accounts, 'contacts.upsert'),
      ensure: inAccount(accounts, 'contacts.ensure'),
      get: addressed(accounts, 'contacts.get'),
      delete: addressed(accounts, 'contacts.delete'),
    },
    control: {
      get: addressed(accounts, 'control.get'),
      takeOver: addressed(accounts, 'control.takeOver'),
      release: addressed(accounts, 'control.release'),
    },
    generations: { get: addressed(accounts, 'generations.get') },
    operators: { list: (query = {}, options) => operators(query, options) },
    attachments: {
      upload: addressed(accounts, 'attachments.upload'),
      url: addressed(accounts, 'attachments.url'),
      read: addressed(accounts, 'attachments.read'),
    },
    knowledge: {
      list: (query = {}, options) => knowledge(query, options),
      add: inAccount(accounts, 'knowledge.add'),
      remove: addressed(accounts, 'knowledge.remove'),
    },
    feedback: {
      suggestions: (query = {}, options) => suggestions(query, options),
      list: inAccountList(accounts, 'feedback.list'),
      give: addressed(accounts, 'feedback.give'),
      dismiss: addressed(accounts, 'feedback.dismiss'),
    },
    webhooks: { create: inAccount(accounts, 'webhooks.create') },
    as: (operatorIds) => inNameOf(inbox, accounts, operatorIds),
  }
  return inbox
}
