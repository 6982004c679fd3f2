import {
  ConflictError,
  InvalidRequestError,
  isParleyError,
  NetworkError,
  PermissionError,
  RateLimitError,
} from '@parley/core'
import { each, errors, type Mutant, pages, query, replace, result } from './mutate.ts'

const without =
  (name: string) =>
  (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
const filter = (name: string): Mutant[] => [{ adapter: query('conversations.list', without(name)) }]
const refused = (message: string) => new InvalidRequestError({ message })
const unless = (code: string, other: unknown) => (error: unknown) =>
  isParleyError(error) && error.code === code ? other : error

/** For every check at least one adapter that it has to catch, by the check's name. */
export const mutants: Record<string, Mutant[]> = {
  'every operation is either there or has a reason': [
    { adapter: (adapter) => ({ ...adapter, absent: { 'messages.ask': 'It is there all the same.' } }) },
    { adapter: ({ control: _, ...adapter }) => adapter },
  ],
  'asking for an operation that is not there says why': [
    { adapter: (adapter) => ({ ...adapter, absent: { 'messages.ask': 'It is there all the same.' } }) },
  ],
  'making an adapter sends nothing': [
    {
      adapter(adapter, { fetch }) {
        void fetch?.('https://reference.example/agents')
        return adapter
      },
    },
  ],
  'an adapter carries its vendor in lower case and the account it was given': [
    { options: without('account') },
    { adapter: (adapter) => ({ ...adapter, vendor: 'Reference' }) },
  ],
  'limits are plain data about operations and filters of the contract': [
    { adapter: (adapter) => ({ ...adapter, limits: { ...adapter.limits, filters: ['mood'] } }) },
  ],

  'every model is plain data that JSON leaves as it is': [
    { adapter: each('conversations', (item) => ({ ...item, unreadCount: Number.NaN })) },
    { adapter: each('messages', (item) => ({ ...item, externalId: undefined })) },
    { adapter: each('contacts', (item) => ({ ...item, createdAt: new Date(0) })) },
  ],
  'every model has the shape of the contract, and no fields of its own': [
    { adapter: each('messages', ({ type: _, ...item }) => item) },
    { adapter: each('conversations', (item) => ({ ...item, status: 'open' })) },
    { adapter: each('agents', (item) => ({ ...item, status: { value: 'sleeping', native: 'sleeping' } })) },
  ],
  'every ref parses back to the entity it stands on': [
    { adapter: each('conversations', (item) => ({ ...item, ref: item.ref.replace('/conversation/', '/message/') })) },
    { adapter: each('messages', (item) => ({ ...item, id: `${item.id}x` })) },
    { adapter: each('contacts', (item) => ({ ...item, account: 'another' })) },
  ],
  'no two things have the same ref': [
    { adapter: pages('conversations.list', (page) => ({ ...page, items: [...page.items, page.items[0]] })) },
    { adapter: each('messages', (item) => ({ ...item, ref: 'reference:default/message/same' })) },
  ],
  'every instant is ISO 8601 in UTC with milliseconds': [
    { adapter: each('messages', (item) => ({ ...item, createdAt: item.createdAt.replace('.000', '') })) },
    { adapter: each('conversations', (item) => ({ ...item, lastActivityAt: '1970-01-21T11:00:00.000Z' })) },
  ],
  'a word that nobody has mapped is unknown, keeps the word, and is told': [{ options: without('onWarning') }],
  'what stands beside a normalized value is a word that the vendor sent': [
    { adapter: each('conversations', (item) => ({ ...item, channel: { ...item.channel, native: 'CHAT' } })) },
  ],
  'raw holds what the vendor sent, unless it is left away': [
    { options: (options) => ({ ...options, raw: true }) },
    { options: (options) => ({ ...options, raw: false }) },
  ],

  'a list awaited is its first page': [
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.list', (list) => (...args) => ({
          ...list(...args),
          // biome-ignore lint/suspicious/noThenProperty: a list that is awaited
          then: (onPage: (page: object) => unknown) => onPage({ items: [], next: null, warnings: [] }),
        })),
    },
  ],
  'a list asks for nothing before it is awaited or iterated': [
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.list', (list) => (...args) => {
          list(...args).then(() => {})
          return list(...args)
        }),
    },
  ],
  'pages of any size make the same list, nothing repeated and nothing skipped': [
    {
      adapter: pages('conversations.list', (page, { limit }) =>
        limit ? { ...page, items: page.items.slice(0, -1) } : page,
      ),
    },
    { adapter: pages('contacts.list', (page) => ({ ...page, items: [page.items[0], ...page.items] })) },
    { adapter: query('messages.list', without('limit')) },
  ],
  'a total is how many items the list has': [
    { adapter: pages('conversations.list', (page) => ({ ...page, total: 10 })) },
  ],
  'a page has at most as many items as asked for, and never more than the vendor allows': [
    { adapter: query('conversations.list', without('limit')) },
    {
      adapter: (adapter) => ({
        ...adapter,
        limits: { ...adapter.limits, pageSize: { 'conversations.list': { default: 5, max: 5 } } },
      }),
    },
  ],
  'a cursor goes on where the page ended, also in another process': [
    {
      adapter(adapter) {
        let mine = false
        return replace(adapter, 'conversations.list', (list) => (asked, ...rest) => {
          if (asked?.cursor && !mine) throw refused('This cursor is of another adapter.')
          mine = true
          return list(asked, ...rest)
        })
      },
    },
  ],
  'a cursor that no page gave out is refused': [
    {
      adapter: query('contacts.list', ({ cursor, ...rest }) => (cursor?.startsWith('f') ? rest : { cursor, ...rest })),
    },
  ],
  'conversations come newest activity first, and oldest first when asked': [
    { adapter: query('conversations.list', without('order')) },
    { adapter: pages('conversations.list', (page) => ({ ...page, items: page.items.toReversed() })) },
  ],
  'messages come newest first, and reversed when asked for oldest first': [
    { adapter: query('messages.list', without('order')) },
    {
      adapter: query('messages.list', ({ order, ...rest }) => ({ ...rest, order: order === 'asc' ? 'desc' : 'asc' })),
    },
  ],

  'the filter status keeps the conversations that match it, and no others': filter('status'),
  'the filter channel keeps the conversations that match it, and no others': filter('channel'),
  'the filter agentId keeps the conversations that match it, and no others': filter('agentId'),
  'the filter contactId keeps the conversations that match it, and no others': filter('contactId'),
  'the filter assigneeId keeps the conversations that match it, and no others': filter('assigneeId'),
  'the filter isUnread keeps the conversations that match it, and no others': filter('isUnread'),
  'the filter isStarred keeps the conversations that match it, and no others': filter('isStarred'),
  'the filter since keeps the conversations that match it, and no others': [
    ...filter('since'),
    { adapter: pages('conversations.list', (page, { since }) => (since ? { ...page, items: [] } : page)) },
  ],
  'the filter until keeps the conversations that match it, and no others': filter('until'),
  'a search for a name finds the conversation with it, and for nonsense nothing': [
    ...filter('search'),
    { adapter: query('conversations.list', (asked) => (asked.search ? { ...asked, search: 'zz' } : asked)) },
  ],
  'two filters together keep what both keep': [
    {
      adapter: query('conversations.list', (asked) =>
        asked.since && asked.channel ? without('channel')(asked) : asked,
      ),
    },
  ],
  'a filter that the vendor lacks is told by a warning that names it': [
    { adapter: pages('conversations.list', (page) => ({ ...page, warnings: [] })) },
  ],

  'reading one thing says the same as the list, as far as both say it': [
    { adapter: result('conversations.get', (item) => ({ ...item, title: 'Other' })) },
    { adapter: result('messages.get', (item) => ({ ...item, author: { ...item.author, kind: 'system' } })) },
  ],
  'an entity and its id point at the same thing': [
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.get', (get) => (target) => get(typeof target === 'string' ? 'agent-2a' : target)),
    },
  ],
  'an id that nobody has is not found': [
    { adapter: errors('conversations.get', unless('not-found', refused('no'))) },
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.get', () => async (id) => ({ id, ref: `reference:d/contact/${id}` })),
    },
  ],
  'a conversation says of its contact what the contact says': [
    { adapter: result('contacts.get', (item) => ({ ...item, name: 'Somebody Else' })) },
  ],
  'contacts are found by what is known of them, and strangers are not': [
    { adapter: pages('contacts.search', (page) => ({ ...page, items: [] })) },
    { adapter: query('contacts.search', without('email')) },
  ],
  'an account without conversations has empty lists': [
    { adapter: pages('conversations.list', (page) => ({ ...page, next: 'more' })) },
  ],
  'agents are found by text in their name': [{ adapter: query('agents.list', without('search')) }],

  'every message says who wrote it, how that is known, and goes the way such a message goes': [
    { adapter: each('messages', (item) => ({ ...item, author: { ...item.author, kind: 'agent' } })) },
    { adapter: each('messages', (item) => ({ ...item, direction: 'outbound' })) },
    { adapter: each('messages', (item) => ({ ...item, author: { kind: item.author.kind } })) },
  ],
  'every message names the conversation it is in': [
    { adapter: each('messages', (item) => ({ ...item, conversationId: item.id })) },
  ],
  'a message that answers another names one that is there and is older': [
    { adapter: each('messages', (item) => ({ ...item, inReplyTo: item.id })) },
  ],
  'sourcesState says where the sources of a message are, and there they are': [
    { adapter: each('messages', (item) => ({ ...item, sourcesState: 'inline' })) },
    { adapter: each('messages', (item) => ({ ...item, sources: [] })) },
    { adapter: ({ sources: _, ...adapter }) => adapter },
  ],
  'a score of a source says what it measures and which way is better': [
    { adapter: scored({ metric: 'similarity', higherIsBetter: false }) },
    { adapter: scored({ value: '85 %' }) },
  ],
  'answers of the agent can be traced to sources that say what they are': [
    {
      adapter: each('messages', (item) => ({
        ...item,
        ...sourcesOf(item, ({ title: _, url: __, ...rest }) => ({ ...rest, id: '1#0' })),
      })),
    },
  ],
  'what was said is there as text, without markup': [
    { adapter: each('messages', (item) => ({ ...item, text: `<p>${item.text}</p>` })) },
    { adapter: each('messages', (item) => ({ ...item, text: null })) },
  ],

  'asking gives the agent’s answer, and the thread then has it': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, outcome: 'pending' })) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, text: 'Something else.' })) },
  ],
  'a question stands in the thread once, as the contact’s, before its answer': [{ adapter: twice('messages.ask') }],
  'an attempt that was answered settles as done, also in another process': [
    { adapter: result('messages.settle', (settlement) => ({ ...settlement, outcome: 'unknown' })) },
  ],
  'an answer brings its sources the way its sourcesState says': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, sources: [] })) },
  ],
  'asking for a contact opens a conversation and says which': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, conversationId: null })) },
  ],
  'a question whose answer was lost on the way is not asked again, and can be settled': [
    { adapter: again('messages.ask') },
  ],
  'a reply is accepted, and stands in the thread once, on its way to the contact': [
    { adapter: twice('messages.reply') },
    { adapter: result('messages.reply', (sent) => ({ ...sent, outcome: 'unknown' })) },
    { adapter: each('messages', (item) => ({ ...item, direction: 'inbound' })) },
  ],
  'a reply is the operator’s': [
    { adapter: each('messages', (item) => ({ ...item, author: { ...item.author, kind: 'agent' } })) },
  ],
  'a reply whose answer was lost on the way is not sent again, and can be settled': [
    { adapter: again('messages.reply') },
  ],
  'a reply while the agent is in control is taken, or refused as a conflict and not sent': [
    { adapter: errors('messages.reply', unless('conflict', refused('no'))) },
    { adapter: errors('messages.reply', unless('conflict', new ConflictError({ message: 'no', outcome: 'unknown' }))) },
  ],
  'a note stays among operators': [
    { adapter: each('messages', (item) => ({ ...item, direction: 'outbound' })) },
    { adapter: each('messages', (item) => ({ ...item, type: { value: 'text', native: null } })) },
  ],
  'an attempt that nobody made does not settle as done': [
    { adapter: result('messages.settle', (settlement) => ({ ...settlement, outcome: 'done' })) },
  ],
  'speaking in a conversation that nobody has is not found, and nothing was sent': [
    { adapter: errors('messages.ask', unless('not-found', refused('no'))) },
    { adapter: errors('messages.reply', unless('not-found', refused('no'))) },
  ],

  'taking over and releasing change who is in control, wherever one looks': [
    { adapter: (adapter) => replace(adapter, 'control.release', () => async () => ({ holder: 'agent' })) },
    { adapter: result('control.get', (control) => ({ ...control, holder: 'agent' })) },
  ],
  'while an operator is in control the agent stays silent, and an ask says so': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, outcome: 'answered' })) },
    { adapter: (adapter) => replace(adapter, 'control.takeOver', () => async () => ({ holder: 'operator' })) },
  ],

  'a new conversation is read back as it was made': [
    { adapter: result('conversations.create', (item) => ({ ...item, title: 'Other' })) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'conversations.create',
          (create) =>
            ({ title: _, ...input }) =>
              create(input),
        ),
    },
  ],
  'a change of a conversation is read back, or refused as unsupported': [
    { adapter: (adapter) => replace(adapter, 'conversations.update', () => async () => undefined) },
    { adapter: errorsOfUpdate() },
  ],
  'a conversation that was closed is closed': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.close', () => async () => ({ status: { value: 'closed' } })),
    },
  ],
  'a conversation that was deleted is gone': [
    { adapter: (adapter) => replace(adapter, 'conversations.delete', () => async (id) => ({ id, confirmed: true })) },
  ],
  'all conversations of a contact can be deleted, and of nobody else': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.deleteAllOf', () => async (id) => ({ id, confirmed: true })),
    },
  ],
  'a conversation that the business starts begins with what it said': [
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.start', (start) => (input) => start({ ...input, text: 'Hello' })),
    },
  ],
  'a new contact is read back as it was made, and found by its address': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.create',
          (create) =>
            ({ email: _, ...input }) =>
              create(input),
        ),
    },
    { adapter: each('contacts', ({ externalId: _, ...item }) => item) },
  ],
  'upserting a contact makes it once, and changes it the next time': [
    { adapter: (adapter) => replace(adapter, 'contacts.upsert', () => adapter.contacts?.create as never) },
  ],
  'a contact that was deleted is gone': [
    { adapter: (adapter) => replace(adapter, 'contacts.delete', () => async (id) => ({ id, confirmed: true })) },
  ],

  'a generation says how its message was made, from the sources that the message has': [
    { adapter: result('generations.get', (made) => ({ ...made, sources: [] })) },
    { adapter: result('generations.get', (made) => ({ ...made, response: { ...made.response, text: 'Other' } })) },
  ],
  'a message of the contact has no generation': [
    {
      adapter: (adapter) =>
        replace(adapter, 'generations.get', () => async ({ id }) => ({ id })),
    },
  ],

  'a wrong credential fails everywhere, names the account, and is itself named nowhere': [
    { adapter: errors('agents.list', unless('authentication', new PermissionError({ message: 'no' }))) },
    { adapter: errors('contacts.list', (error) => Object.assign(error, { note: 'planted-wrong-token' })) },
  ],
  'a call that was given up before it began sends nothing and ends in the caller’s reason': [
    { adapter: (adapter) => replace(adapter, 'contacts.list', (list) => (asked) => list(asked)) },
  ],
  'a call that is given up on its way ends at once in the caller’s reason': [
    { adapter: errors('contacts.list', () => new Error('AbortError')) },
    { adapter: (adapter) => replace(adapter, 'agents.list', (list) => (asked) => list(asked)) },
  ],
  'a deadline ends a call that gets no answer': [
    { adapter: errors('contacts.list', unless('timeout', new NetworkError({ message: 'no' }))) },
    { adapter: (adapter) => replace(adapter, 'agents.get', (get) => (target) => get(target)) },
  ],
  'a vendor that fails is a vendor fault that says where, and is asked again for what only reads': [
    { options: (options) => ({ ...options, retries: 0 }) },
    { adapter: errors('agents.list', (error) => Object.assign(error, { account: 'other' })) },
  ],
  'a page that cannot be read at all is an error, not an empty list': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.list',
          (list) =>
            (...args) =>
              Promise.resolve(list(...args)).catch(() => ({ items: [], next: null, warnings: [] })),
        ),
    },
  ],
  'a vendor that asks for an hour’s patience is not waited for, and the error says how long it wants': [
    { adapter: errors('messages.list', unless('rate-limit', new RateLimitError({ message: 'no' }))) },
  ],

  'what a page warns of, onWarning is told as well': [
    { adapter: pages('conversations.list', (page) => ({ ...page, warnings: [] })) },
    { options: without('onWarning') },
  ],
  'every warning is plain data that says where it comes from': [
    { options: without('onWarning') },
    { options: without('account') },
  ],

  'the agents are those that the server holds': [
    { adapter: each('agents', (item) => ({ ...item, name: item.name.toUpperCase() })) },
    { adapter: pages('agents.list', (page) => ({ ...page, items: page.items.slice(1) })) },
  ],
  'the conversations are those that the server holds': [
    { adapter: each('conversations', (item) => ({ ...item, unreadCount: 0 })) },
    { adapter: each('conversations', (item) => ({ ...item, status: { ...item.status, value: 'open' } })) },
    { adapter: each('conversations', (item) => ({ ...item, control: { ...item.control, holder: 'agent' } })) },
  ],
  'the messages are those that the server holds': [
    { adapter: each('messages', (item) => ({ ...item, text: item.text.trimEnd().slice(0, -1) })) },
    {
      adapter: each('messages', (item) =>
        item.author.kind === 'operator' ? { ...item, author: { ...item.author, kind: 'agent' } } : item,
      ),
    },
  ],
  'the contacts are those that the server holds': [{ adapter: each('contacts', (item) => ({ ...item, email: null })) }],
}

function sourcesOf(item: { sources?: object[] }, change: (source: Record<string, unknown>) => object): object {
  return item.sources ? { sources: item.sources.map((source) => change(source as never)) } : {}
}

function scored(score: object): NonNullable<Mutant['adapter']> {
  return each('messages', (item) => ({
    ...item,
    ...sourcesOf(item, (source) => ({ ...source, score: { ...(source['score'] as object), ...score } })),
  }))
}

/** Sends everything twice. */
function twice(name: 'messages.ask' | 'messages.reply'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, name, (send) => async (...args) => {
      await send(...args)
      return send(...args)
    })
}

/** Sends again what it does not know the outcome of. */
function again(name: 'messages.ask' | 'messages.reply'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, name, (send) => async (...args) => {
      const sent = await send(...args)
      return sent.outcome === 'unknown' ? send(...args) : sent
    })
}

function errorsOfUpdate(): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, 'conversations.update', () => async () => {
      throw refused('no')
    })
}
