import type { Expectations } from '@parley/conformance'
import { type Adapter, memoryStore, type Page, type Paged, pagedOf, requireOperation } from '@parley/core'
import { testClock } from '@parley/sandbox'
import { route, shadow } from '@parley/swap'
import { conformWrapped, type Wrapper } from '../conformance/support/suite.ts'

const same = (id: string): string => id
const marked = (id: string): string => `to~${id}`
const unmarked = (id: string): string => id.replace(/^to~/, '')

/** The fields of the models with ids of entities, and the objects without a ref whose `id` is one. */
const idFields = /^(?:agent|contact|conversation|message|assignee|knowledgeBase)Id$|^inReplyTo$/
const summaries = /^(?:contact|assignee|author)$/

/** What the server holds, with the ids that a route gives to those of the new account. */
function markedTruth(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => markedTruth(item, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isId = name === 'id' ? key === '' || summaries.test(key) : idFields.test(name)
      if (typeof field === 'string') return [name, isId ? marked(field) : field]
      const isIds = name === 'conversationIds' || name === 'knowledgeBaseIds' || (key === 'email' && name === 'ids')
      if (isIds) return [name, (field as string[]).map(marked)]
      const isForeign = /^(?:customFields|attributes|raw|actions)$/.test(name)
      return [name, isForeign ? field : markedTruth(field, name === 'sources' || name === 'attachments' ? '' : name)]
    }),
  )
}

function truthAtTo({ conversations, contacts, messages, feedback, suggestions }: Expectations): Expectations {
  const threads = Object.entries(messages ?? {}).map(([id, thread]) => [marked(id), markedTruth(thread)])
  const marking = <T>(given: T): T => markedTruth(given) as T
  return {
    ...(conversations && { conversations: marking(conversations) }),
    ...(contacts && { contacts: marking(contacts) }),
    ...(messages && { messages: Object.fromEntries(threads) }),
    ...(feedback && {
      feedback: marking(feedback).map((each, index) => ({ ...each, id: feedback[index]?.id as string })),
    }),
    ...(suggestions && { suggestions: marking(suggestions) }),
  }
}

/** What two accounts do otherwise than one. */
const skip: NonNullable<Wrapper['skip']> = [
  {
    reason: 'A list over two accounts sends a request to each.',
    tests: ['a call that is aborted while it runs fails at once with the caller’s reason'],
  },
  {
    reason: 'A warning and an error name the account that they come from.',
    tests: [
      'every warning is plain data with its origin',
      'a vendor failure is a vendor-fault error that names the operation, and reads are retried',
    ],
  },
]

const answering: NonNullable<Wrapper['skip']> = [
  {
    reason: 'An error names the account that it comes from.',
    tests: ['a wrong credential fails every operation with an error that names the account and never the credential'],
  },
  {
    reason: 'A contact whom the new account has left without an answer twice goes back to the old one.',
    tests: ['a known id of a message that the vendor lost reconciles as unknown'],
  },
  {
    reason: 'An id without a mark names an agent of the old account, which is left out at the new one.',
    tests: ['a question asks the agent that it names, or is refused as unsupported and not sent'],
  },
]

/** The suite names the first agent and the first operator of a list. Here they are of the account that answers. */
function namingTheNew(routed: Adapter): Adapter {
  async function* newPages<Item extends { id: string }>(list: Paged<Item>): AsyncGenerator<Page<Item>> {
    for await (const page of list.pages()) {
      const items = page.items.filter(({ id }) => id.startsWith('to~'))
      // Those of the old account come first.
      if (items.length > 0 || page.items.length === 0) yield { ...page, items }
    }
  }
  const only = <Item extends { id: string }>(list: Paged<Item>): Paged<Item> => {
    return pagedOf<Item>({
      first: async () => {
        for await (const page of newPages(list)) return page
        return { items: [], next: null, warnings: [] }
      },
      pages: () => newPages(list),
      async *items() {
        for await (const item of list) if (item.id.startsWith('to~')) yield item
      },
    })
  }
  const { agents, operators } = routed
  return {
    ...routed,
    ...(agents?.list && {
      agents: { ...agents, list: (...args) => only(requireOperation(routed, 'agents.list')(...args)) },
    }),
    ...(operators?.list && {
      operators: { ...operators, list: (...args) => only(requireOperation(routed, 'operators.list')(...args)) },
    }),
  }
}

const base = { fallback: false, clock: testClock() } as const

const wrappers: Wrapper[] = [
  {
    name: 'a route whose old account answers:',
    // Its ids stay as they are, so one vendor with many operations is enough.
    only: 'leadConnector',
    wrap: (given, seeded, empty) =>
      route({
        ...base,
        from: seeded({ ...given }),
        to: empty({ ...given, account: 'new' }),
        share: 0,
        store: memoryStore(),
      }),
    id: same,
    ownId: same,
    truth: ({ actions: _, knowledge: __, agents: ___, ...truth }) => truth,
    skip,
  },
  {
    name: 'a route whose new account answers:',
    wrap: (given, seeded, empty) =>
      namingTheNew(
        route({
          ...base,
          from: empty({ ...given }),
          to: seeded({ ...given, account: `${given.account ?? 'default'}-new` }),
          share: 1,
          store: memoryStore(),
        }),
      ),
    id: marked,
    ownId: unmarked,
    truth: truthAtTo,
    skip: [...skip, ...answering],
  },
]

/** Its candidate has requests of its own, which the suite must not count. */
wrappers.push({
  name: 'a shadow of',
  only: 'liveChatAI',
  wrap: (given, seeded, empty) =>
    shadow({
      live: seeded({ ...given }),
      candidate: empty({ account: 'candidate', clock: base.clock }),
      clock: base.clock,
    }),
  id: same,
  ownId: same,
  truth: (truth) => truth,
})

for (const wrapper of wrappers) await conformWrapped('observed', 0.2, wrapper)
