import {
  type Agent,
  type AgentQuery,
  accountName,
  type Clock,
  type Contact,
  type ContactQuery,
  type ContactSearch,
  type Conversation,
  type ConversationQuery,
  checkInput,
  checkOptions,
  decodeCursor,
  encodeCursor,
  isParleyError,
  type ListQuery,
  type Message,
  type MessageQuery,
  mayPass,
  type OperationName,
  type OperationOptions,
  type Page,
  type Paged,
  requireOperation,
} from '@parley/core'
import type { Accounts } from './accounts.ts'
import { later, refOf } from './addressed.ts'
import type { Inbox, InboxPage } from './inbox.ts'
import { openLive } from './live-inbox.ts'
import { mergedList } from './merged-list.ts'
import { inNameOf } from './operator.ts'
import { type Asked, overAccounts } from './over-accounts.ts'
import { type Keep, recordingAdapter } from './recording-adapter.ts'
import { argumentsOf, placeOf, wrongArgument } from './ref-parts.ts'
import { checkChanges, checkHistory, checkSearch } from './search-request.ts'
import type { StoredAccount } from './store/account-states.ts'
import type { RecordKind } from './store/schema.ts'
import type {
  Change,
  HistoryQuery,
  SearchHit,
  SearchPage,
  SearchQuery,
  SyncedInbox,
  SyncedInboxOptions,
} from './synced.ts'

/** The code that reads the store. The live inbox loads none of it. */
const reading = () => import('./store/reading.ts')

/**
 * An inbox whose lists are read from the store. `SyncedInbox` documents it.
 *
 * @param given the accounts as the application made them.
 */
export function syncedInbox(options: SyncedInboxOptions, given: Accounts): SyncedInbox {
  const code = async () => {
    const loaded = await reading()
    return { ...loaded, db: loaded.databaseOf(options.store) }
  }
  const keep: Keep = async (done) => {
    const { keepDone, db } = await code()
    await keepDone(db, done)
  }
  const recording = given.all.map(({ adapter }) => recordingAdapter(adapter, keep))
  const { accounts, deadline, clock, live } = openLive({ ...options, accounts: recording })

  /** A list over accounts of which the store has every item. */
  const stored = <Item, Query extends ListQuery>(
    operation: OperationName,
    page: 'conversationsPage' | 'contactsPage' | 'agentsPage',
  ) =>
    overAccounts<Item, Query>(operation, accounts, (asked) =>
      later(async () => {
        const { storedList, db, ...pages } = await code()
        return () => storedList<Item, Query>(operation, asked, db, pages[page] as never)
      }),
    )

  /** A record from the store, or else from the vendor. */
  const get =
    <Item extends { ref: string }, Options extends OperationOptions>(
      kind: RecordKind,
      fromVendor: (...args: never) => Promise<Item>,
      isEnough: (item: Item, options: Options) => boolean = () => true,
    ) =>
    async (...given: [target: Item | string, options?: Options]): Promise<Item> => {
      const operation = `${kind}s.get`
      const args = argumentsOf(operation, given)()
      const [target, options = {} as Options] = args
      checkOptions(placeOf(operation), options)
      options.signal?.throwIfAborted()
      const ref = refOf(accounts, target, kind)
      if (ref !== undefined) {
        const { storedRecord, db } = await code()
        const item = (await storedRecord(db, kind, ref, options.raw === true)) as Item | undefined
        if (item && isEnough(item, options)) return item
      }
      return fromVendor(...(args as never))
    }

  const contactSearch = overAccounts<Contact, ContactSearch>('contacts.search', accounts, (asked) =>
    mixedSearch(asked, code, { deadline, clock }),
  )
  const conversations = stored<Conversation, ConversationQuery>('conversations.list', 'conversationsPage')
  const contacts = stored<Contact, ContactQuery>('contacts.list', 'contactsPage')
  const agents = stored<Agent, AgentQuery>('agents.list', 'agentsPage')

  const inbox: SyncedInbox = {
    ...live,
    adapter: (of) => given.of(of),
    agents: {
      ...live.agents,
      list: (query = {}, options) => agents(query, options),
      get: get<Agent, OperationOptions>('agent', live.agents.get),
    },
    conversations: {
      ...live.conversations,
      list: (query = {}, options) => conversations(query, options),
      // Only the vendor knows more of the contact.
      get: get('conversation', live.conversations.get, (_, { withContact }) => withContact !== true),
    },
    messages: {
      ...live.messages,
      list: (...given) => messageList(given, accounts, live, code),
      // A list can leave out the text of an email.
      get: get<Message, OperationOptions>('message', live.messages.get, ({ text }) => text !== undefined),
    },
    contacts: {
      ...live.contacts,
      list: (query = {}, options) => contacts(query, options),
      search: contactSearch,
      get: get<Contact, OperationOptions>('contact', live.contacts.get),
    },
    search: (...given) => search(given, accounts, code),
    async changes(...given) {
      const [query = {}, options = {}] = argumentsOf('changes', given)()
      const names = checkChanges(accounts, query, options)
      options.signal?.throwIfAborted()
      const { changesAfter, db } = await code()
      return changesAfter(db, query.after, query.limit, names)
    },
    async *watch(...given) {
      const [query = {}, options = {}] = argumentsOf('changes', given)()
      const names = checkChanges(accounts, query, options)
      const { changesFrom, db } = await code()
      yield* changesFrom(db, query.after, {
        ...{ limit: query.limit, accounts: names, signal: options.signal, clock, every: pollMs },
      })
    },
    history(...given) {
      const args = argumentsOf('history', given)
      return later(async () => {
        const [record, query = {}, options = {}] = args()
        const ref = checkHistory(accounts, record, query, options)
        const { boundList, historyPage, db } = await code()
        return () =>
          boundList<Change, HistoryQuery, Page<Change>>('history', ref, query, options, (cursor, own) =>
            historyPage(db, ref, own, cursor),
          )
      })
    },
    as: (operatorIds) => inNameOf(inbox, accounts, operatorIds),
  }
  return inbox
}

/** How often the feed is asked for more, in milliseconds. */
const pollMs = 1000

function search(
  given: Parameters<SyncedInbox['search']>,
  accounts: Accounts,
  code: Code,
): ReturnType<SyncedInbox['search']> {
  const args = argumentsOf('search', given)
  return later<SearchHit, SearchPage>(async () => {
    const [asked, options = {}] = args()
    const { query, accounts: chosen, conversation } = checkSearch(accounts, asked, options)
    const { boundList, readSearch, searchPage, db } = await code()
    const words = readSearch(query.text)
    if (words.wanted.length === 0) throw wrongArgument('search', 'text', 'must have a word that is to be found')
    const of = [chosen.map(({ name }) => name), conversation]
    return () =>
      boundList<SearchHit, SearchQuery, SearchPage>('search', of, query, options, (cursor, own) =>
        searchPage(db, { query: own, words, accounts: chosen, conversation }, cursor),
      )
  })
}

type Loaded = typeof import('./store/reading.ts')
type Code = () => Promise<Loaded & { db: ReturnType<Loaded['databaseOf']> }>

/**
 * A search for contacts in the store, for the accounts whose contacts it has; of the others, the vendor is asked. Some
 * vendors find contacts, but cannot list them.
 */
function mixedSearch(
  asked: Asked<ContactSearch>,
  code: Code,
  limits: { deadline: number; clock: Clock },
): Paged<Contact, InboxPage<Contact>> {
  let known: Promise<Map<string, StoredAccount>> | undefined
  const states = async () => {
    const { storedAccounts, db } = await code()
    return new Map((await storedAccounts(db, asked.accounts, 'contacts')).map((account) => [account.name, account]))
  }
  const { limit: _, cursor: __, ...search } = asked.query
  return mergedList<Contact>({
    ...asked,
    ...limits,
    operation: 'contacts.search',
    options: { ...asked.options, priority: asked.options.priority ?? 'catch-up' },
    placeOf: ({ ref }) => ({ at: '', ref }),
    read: async (adapter, page, options) => {
      known ??= states()
      const account = (await known).get(accountName(adapter.vendor, adapter.account))
      const { foundContacts, hasVendorOptions, db } = await code()
      const isStored = account?.isRead === true && account.no !== undefined && !hasVendorOptions(search)
      if (!isStored) return requireOperation(adapter, 'contacts.search')({ ...search, ...page }, options)
      const found = await foundContacts(
        db,
        account.no as number,
        { ...search, limit: page.limit },
        page.cursor,
        options.raw === true,
      )
      return { ...found, asOf: account.state.asOf as string }
    },
  })
}

/** The failures after which what the store has is shown, because the vendor cannot be asked now. */
const isPassing = (error: unknown): boolean => isParleyError(error) && mayPass(error)

/**
 * The messages of a conversation from the store, if it has all of them. Otherwise the vendor is asked, because a person who
 * opens a conversation expects to see it whole. If the vendor cannot be asked now, what the store has is shown, with a
 * warning.
 */
function messageList(
  given: Parameters<Inbox['messages']['list']>,
  accounts: Accounts,
  live: Inbox,
  code: Code,
): Paged<Message> {
  const operation = 'messages.list'
  const args = argumentsOf(operation, given)
  return later<Message, Page<Message>>(async () => {
    const [target, query = {}, options = {}] = args()
    checkInput(placeOf(operation), query, 'query')
    checkOptions(placeOf(operation), options)
    const ref = refOf(accounts, target, 'conversation')
    const { boundList, hasVendorOptions, isThreadComplete, messagesPage, db } = await code()
    if (ref === undefined || hasVendorOptions(query)) return () => live.messages.list(target, query, options)
    const warning = () => {
      const { vendor, account } = accounts.of(ref)
      const message = 'The vendor could not be asked, and not all messages of this conversation are stored yet.'
      return { code: 'degraded', message, vendor, account, operation } as const
    }
    const readPage = async (cursor: string | undefined, own: MessageQuery): Promise<Page<Message>> => {
      const state = cursor === undefined ? undefined : decodeCursor(cursor, readSource)
      const withRaw = options.raw === true
      const fromStore = async (at: string | undefined): Promise<Page<Message>> => {
        const page = await messagesPage(db, ref, own, at, withRaw)
        return { ...page, next: page.next && encodeCursor(['stored', page.next]) }
      }
      if (state?.source === 'stored') return fromStore(state.cursor)
      if (!state && !withRaw && (await isThreadComplete(db, ref))) return fromStore(undefined)
      try {
        const page = await live.messages.list(target, { ...own, cursor: state?.cursor }, options)
        return { ...page, next: page.next && encodeCursor(['live', page.next]) }
      } catch (error) {
        if (state || withRaw || !isPassing(error)) throw error
        const page = await fromStore(undefined)
        if (page.items.length === 0) throw error
        return { ...page, warnings: [warning()] }
      }
    }
    return () => boundList<Message, MessageQuery, Page<Message>>(operation, ref, query, options, readPage)
  })
}

function readSource(state: unknown): { source: 'live' | 'stored'; cursor: string } | undefined {
  if (!Array.isArray(state)) return undefined
  const [source, cursor] = state as unknown[]
  return (source === 'live' || source === 'stored') && typeof cursor === 'string' ? { source, cursor } : undefined
}
