import {
  type Adapter,
  type Agent,
  type AgentQuery,
  type Contact,
  type ContactQuery,
  type ContactSearch,
  type Conversation,
  type ConversationQuery,
  type ListQuery,
  need,
  type OperationName,
  type OperationOptions,
  type Paged,
  systemClock,
} from '@parley/core'
import { accountsOf } from './accounts.ts'
import { addressed, addressedList, checkAttempt } from './addressed.ts'
import type { AccountChoice, Inbox, InboxOptions, InboxPage } from './inbox.ts'
import type { Sortable } from './merge.ts'
import { mergedList } from './merged-list.ts'

/**
 * One list of conversations over many accounts, with nothing stored.
 *
 * @throws ConfigurationError when two accounts have the same vendor and name.
 */
export function createInbox({ accounts: adapters, deadline = 10_000, clock = systemClock }: InboxOptions): Inbox {
  const accounts = accountsOf(adapters)

  /** A list over the chosen accounts. `limit` and `cursor` are the inbox's own; the rest of the query is the vendors'. */
  const listOver =
    <Item extends Sortable, Query extends ListQuery>(
      operation: OperationName,
      readList: (adapter: Adapter, query: Query, options: OperationOptions) => Paged<Item>,
      timeOf: (item: Item) => string = () => '',
    ) =>
    (query: Query & AccountChoice, options: OperationOptions = {}): Paged<Item, InboxPage<Item>> => {
      const { accounts: names, partial = false, ...own } = query
      const { limit: _, cursor: __, ...filters } = own
      return mergedList<Item>({
        operation,
        accounts: accounts.chosen(names),
        query: own as ListQuery,
        partial,
        deadline,
        clock,
        options,
        timeOf,
        // Asynchronous, so that a list that a vendor lacks is a failure of that account and of no other.
        read: async (adapter, page, limits) => readList(adapter, { ...filters, ...page } as Query, limits),
      })
    }

  const agents = listOver<Agent, AgentQuery>('agents.list', (adapter, ...args) => need(adapter, 'agents.list')(...args))
  const contacts = listOver<Contact, ContactQuery>('contacts.list', (adapter, ...args) =>
    need(adapter, 'contacts.list')(...args),
  )
  const conversations = listOver<Conversation, ConversationQuery>(
    'conversations.list',
    (adapter, ...args) => need(adapter, 'conversations.list')(...args),
    (conversation) => conversation.lastActivityAt ?? '',
  )
  const search = listOver<Contact, ContactSearch>('contacts.search', (adapter, ...args) =>
    need(adapter, 'contacts.search')(...args),
  )

  return {
    accounts: accounts.names,
    adapter: (of) => accounts.of(of),
    agents: { list: (query = {}, options) => agents(query, options) },
    conversations: {
      list: (query = {}, options) => conversations(query, options),
      get: addressed(accounts, 'conversations.get'),
      update: addressed(accounts, 'conversations.update'),
      close: addressed(accounts, 'conversations.close'),
      delete: addressed(accounts, 'conversations.delete'),
    },
    messages: {
      list: addressedList(accounts, 'messages.list'),
      get: addressed(accounts, 'messages.get'),
      ask: addressed(accounts, 'messages.ask'),
      reply: addressed(accounts, 'messages.reply'),
      note: addressed(accounts, 'messages.note'),
      settle: async (conversation, attempt, options) => {
        checkAttempt(accounts, conversation, attempt)
        return need(accounts.of(conversation), 'messages.settle')(attempt, options)
      },
    },
    sources: { of: addressed(accounts, 'sources.of') },
    contacts: {
      list: (query = {}, options) => contacts(query, options),
      search,
      get: addressed(accounts, 'contacts.get'),
      delete: addressed(accounts, 'contacts.delete'),
    },
    control: {
      get: addressed(accounts, 'control.get'),
      takeOver: addressed(accounts, 'control.takeOver'),
      release: addressed(accounts, 'control.release'),
    },
    generations: { get: addressed(accounts, 'generations.get') },
  }
}
