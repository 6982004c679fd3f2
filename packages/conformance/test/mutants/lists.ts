import { NotFoundError, pagedOf } from '@parley/core'
import { errors, type Mutant, pages, query, refused, replace, result, unless, without } from './mutate.ts'

const filter = (name: string): Mutant[] => [{ adapter: query('conversations.list', without(name)) }]

/** By the check that has to catch it: what is wrong with lists, filters and single reads. */
export const lists: Record<string, Mutant[]> = {
  'a list without what the vendor requires is refused by name, and nothing is sent': [
    { adapter: query('knowledge.list', (given) => ({ ...given, knowledgeBaseId: '*' })) },
    { adapter: errors('knowledge.list', () => refused('something is missing')) },
    {
      adapter: (adapter) =>
        replace(adapter, 'knowledge.list', (list) => (...args) => {
          const sent = adapter.agents?.list?.()
          return pagedOf({
            first: async () => {
              await sent
              return list(...args)
            },
            pages: () => list(...args).pages(),
            items: () => list(...args),
          })
        }),
    },
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
  'a list is a promise of its first page, and the cursor null is that page': [
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.list', (list) => (...args) => ({
          ...list(...args),
          // biome-ignore lint/suspicious/noThenProperty: a list that is awaited
          then: (onPage: () => unknown, onError: () => unknown) => list(...args).then(onPage, onError),
        })),
    },
    { adapter: pages('contacts.list', (page, { cursor }) => (cursor === null ? { ...page, items: [] } : page)) },
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.list', (list) => (...args) => ({
          ...list(...args),
          catch: () => Promise.resolve('another error'),
        })),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'conversations.list', (list) => (...args) => {
          const given = list(...args)
          let isAwaited = false
          return {
            ...given,
            // biome-ignore lint/suspicious/noThenProperty: a list that is awaited
            then: (onPage: () => unknown, onError: () => unknown) => {
              isAwaited = true
              return given.then(onPage, onError)
            },
            async *pages() {
              let index = isAwaited ? 0 : 1
              for await (const page of given.pages()) if (index++ > 0) yield page
            },
          }
        }),
    },
  ],
  'a list sends no request before it is awaited or iterated': [
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
  'a page has at most the requested number of items, and never more than the vendor allows': [
    { adapter: query('conversations.list', without('limit')) },
    {
      adapter: (adapter) => ({
        ...adapter,
        limits: { ...adapter.limits, pageSize: { 'conversations.list': { default: 5, max: 5 } } },
      }),
    },
  ],
  'a cursor continues where the page ended, even in another process and with payloads': [
    { options: (options) => ('raw' in options ? { ...options, account: 'with-payloads' } : options) },
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
  'a cursor that no page issued is refused': [
    {
      adapter: query('contacts.list', ({ cursor, ...rest }) => (cursor?.startsWith('f') ? rest : { cursor, ...rest })),
    },
  ],
  'a cursor of another account, query, limit or list is refused': [
    { options: (options) => ({ ...options, account: 'main' }) },
    { adapter: query('contacts.list', ({ limit, ...rest }) => ({ ...rest, limit: 2 })) },
    { adapter: query('conversations.list', ({ vendor, ...rest }) => rest) },
  ],
  'a conversation that arrives while the list is read causes no repeated and no skipped item': [
    {
      adapter: (adapter) => {
        let created = false
        const told = replace(adapter, 'conversations.create', (create) => (...args) => {
          created = true
          return create(...args)
        })
        return pages('conversations.list', (page) => (created ? { ...page, items: page.items.slice(1) } : page))(
          told,
          {},
        )
      },
    },
    {
      adapter: (adapter) => {
        let created = false
        const told = replace(adapter, 'conversations.create', (create) => (...args) => {
          created = true
          return create(...args)
        })
        return pages('conversations.list', (page) =>
          created ? { ...page, items: [...page.items, ...page.items.slice(-1)] } : page,
        )(told, {})
      },
    },
  ],
  'a page with more items than requested loses none': [
    {
      adapter: pages('conversations.list', (page, { limit }) =>
        limit ? { ...page, items: page.items.slice(0, limit) } : page,
      ),
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
  'the filter unread keeps the conversations that match it, and no others': filter('unread'),
  'the filter isStarred keeps the conversations that match it, and no others': filter('isStarred'),
  'the filter since keeps the conversations that match it, and no others': [
    ...filter('since'),
    { adapter: pages('conversations.list', (page, { since }) => (since ? { ...page, items: [] } : page)) },
  ],
  'the filter until keeps the conversations that match it, and no others': filter('until'),
  'a search for a name finds its conversation, and a search for nonsense finds nothing': [
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
  'a filter that the vendor lacks produces a warning that names it': [
    { adapter: pages('conversations.list', (page) => ({ ...page, warnings: [] })) },
  ],
  'reading one entity agrees with the list in the fields that both have': [
    { adapter: result('conversations.get', (item) => ({ ...item, title: 'Other' })) },
    { adapter: result('messages.get', (item) => ({ ...item, author: { ...item.author, kind: 'system' } })) },
  ],
  'an entity and its id address the same entity': [
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.get', (get) => (target) => get(typeof target === 'string' ? 'agent-2a' : target)),
    },
  ],
  'an unknown id is not found': [
    { adapter: errors('conversations.get', unless('not-found', refused('no'))) },
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.get', () => async (id) => ({ id, ref: `reference:d/contact/${id}` })),
    },
  ],
  'reading with an invalid id is refused before anything is sent': [
    { adapter: (adapter) => replace(adapter, 'agents.get', (get) => (id) => get(`${id}`)) },
    { adapter: errors('control.get', unless('invalid-request', new NotFoundError({ message: 'no' }))) },
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.get', (get) => async (id) => {
          await adapter.contacts?.list?.()
          return get(id)
        }),
    },
  ],
  'the parts of an entity that does not exist are not found': [
    { adapter: (adapter) => replace(adapter, 'agents.workingHours.get', () => async () => null) },
    { adapter: pagesOrNone('agents.actions.list') },
    { adapter: errors('control.get', unless('not-found', refused('no'))) },
  ],
  'a conversation’s contact summary agrees with the contact': [
    { adapter: result('contacts.get', (item) => ({ ...item, name: 'Somebody Else' })) },
  ],
  'contacts are found by their fields, and unknown values find nobody': [
    { adapter: pages('contacts.search', (page) => ({ ...page, items: [] })) },
    { adapter: query('contacts.search', without('email')) },
  ],
  'an account without conversations has empty lists': [
    { adapter: pages('conversations.list', (page) => ({ ...page, next: 'more' })) },
  ],
  'agents are found by text in their name': [{ adapter: query('agents.list', without('search')) }],
}

/** Nothing of what nobody has. */
function pagesOrNone(name: 'agents.actions.list'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(
      adapter,
      name,
      (list) =>
        (...args) =>
          Promise.resolve(list(...args)).catch(() => ({ items: [], next: null, warnings: [] })),
    )
}
