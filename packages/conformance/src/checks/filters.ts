import { type Conversation, type ConversationFilter, type ConversationQuery, filterSupport } from '@parley/core'
import { type Bench, type Check, checksOf, type ListedCheck } from '../check.ts'
import { ensure, ensureSame, show } from '../support/ensure.ts'
import { collect, idsOf, someConversations } from '../support/reading.ts'

type FilterName = Exclude<ConversationFilter, 'search'>

type Value = string | boolean | null

interface Filter {
  /** Values to try in an account with these conversations. */
  valuesIn(all: readonly Conversation[]): Value[]
  /** Whether a conversation matches. `undefined`: its fields do not show it. */
  verdict(conversation: Conversation, wanted: Value): boolean | undefined
}

/** The meaning of each filter of conversations, independent of core, which applies some of the filters. */
const filters: Record<FilterName, Filter> = {
  status: {
    valuesIn: () => ['open', 'closed'],
    verdict: ({ status }, wanted) => (status.value === 'unknown' ? undefined : status.value === wanted),
  },
  channel: {
    valuesIn: (all) => some(all.map(({ channel }) => (channel?.value === 'unknown' ? undefined : channel?.value))),
    verdict: ({ channel }, wanted) => equal(channel?.value === 'unknown' ? undefined : channel?.value, wanted),
  },
  agentId: {
    valuesIn: (all) => some(all.map(({ agentId }) => agentId)),
    verdict: ({ agentId }, wanted) => equal(agentId, wanted),
  },
  contactId: {
    valuesIn: (all) => some(all.map(({ contact }) => contact?.id)),
    verdict: ({ contact }, wanted) => equal(contact?.id, wanted),
  },
  assigneeId: {
    valuesIn: (all) => [...some(all.map(({ assignee }) => assignee?.id)), null],
    verdict: ({ assignee }, wanted) => (assignee === undefined ? undefined : (assignee?.id ?? null) === wanted),
  },
  unread: {
    valuesIn: () => [true, false],
    verdict: ({ unreadCount }, wanted) => (unreadCount === undefined ? undefined : unreadCount > 0 === wanted),
  },
  isStarred: {
    valuesIn: () => [true, false],
    verdict: ({ isStarred }, wanted) => equal(isStarred, wanted),
  },
  since: {
    valuesIn: middle,
    verdict: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt >= String(wanted) : undefined),
  },
  until: {
    valuesIn: middle,
    verdict: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt <= String(wanted) : undefined),
  },
}

const equal = (have: Value | undefined, wanted: Value): boolean | undefined =>
  have === undefined ? undefined : have === wanted

/** Two existing values. */
const some = (values: readonly (string | null | undefined)[]): string[] =>
  [...new Set(values.flatMap((value) => value ?? []))].slice(0, 2)

export const filterChecks: readonly Check[] = checksOf('filters', [
  {
    name: 'two filters together keep what both keep',
    needs: ['conversations.list'],
    async run({ adapter }) {
      const list = adapter.conversations?.list
      if (!list) return
      const all = await collect(list())
      const single = async (query: ConversationQuery) => new Set(idsOf(await collect(list(query))))
      for (const [one, other] of pairs) {
        const query: ConversationQuery = {
          [one]: filters[one].valuesIn(all)[0],
          [other]: filters[other].valuesIn(all)[0],
        }
        if (query[one] === undefined || query[other] === undefined) continue
        const [left, right] = [await single({ [one]: query[one] }), await single({ [other]: query[other] })]
        const expected = idsOf(all).filter((id) => left.has(id) && right.has(id))
        ensureSame(idsOf(await collect(list(query))), expected, `The filters ${one} and ${other} together`)
      }
    },
  },
  {
    name: 'a search for a name finds its conversation, and a search for nonsense finds nothing',
    needs: ['conversations.list'],
    async run({ adapter }) {
      const list = adapter.conversations?.list
      if (!list) return
      const named = (await someConversations(adapter)).find(({ contact, title }) => contact?.name || title)
      ensure(named, 'No conversation has a name or a title to search for.')
      let found = false
      for (const search of termsOf(named)) found ||= idsOf(await collect(list({ search }))).includes(named.id)
      ensure(found, `Searching for ${termsOf(named).join(', ')} does not find ${named.ref}.`)
      const nonsense = await collect(list({ search: 'zqxj-nobody-says-this' }))
      ensure(nonsense.length === 0, `Searching for nonsense finds ${nonsense.length} conversations.`)
    },
  },
  {
    name: 'a filter that the vendor lacks produces a warning that names it',
    needs: ['conversations.list'],
    async run({ adapter }) {
      const list = adapter.conversations?.list
      if (!list) return
      const some = await someConversations(adapter)
      for (const name of Object.keys(filters) as FilterName[]) {
        if (filterSupport(adapter, name) === 'vendor') continue
        const [value = name === 'channel' ? 'web' : 'nobody'] = filters[name].valuesIn(some)
        const query: ConversationQuery = { [name]: value }
        const { warnings } = await list(query)
        const told = warnings.some(({ code, message }) => code === 'local-filter' && message.includes(name))
        ensure(told, `The vendor does not filter by ${name}, but the page has no local-filter warning.`)
      }
      const { warnings } = await list()
      const untold = warnings.find(({ code }) => code === 'local-filter')
      ensure(!untold, `A list without filters has a warning: ${untold?.message}`)
    },
  },
  /** One check per filter, so that a harness can skip a filter that the vendor defines differently. */
  ...Object.keys(filters).map(
    (name): ListedCheck => ({
      name: `the filter ${name} keeps the conversations that match it, and no others`,
      needs: ['conversations.list'],
      run: (bench) => check(bench, name as FilterName),
    }),
  ),
])

function middle(all: readonly Conversation[]): string[] {
  const times = all.flatMap(({ lastActivityAt }) => lastActivityAt ?? [])
  return times.slice(times.length >> 1).slice(0, 1)
}

const pairs: readonly (readonly [FilterName, FilterName])[] = [
  ['since', 'channel'],
  ['contactId', 'until'],
  ['unread', 'since'],
  ['assigneeId', 'status'],
]

/** Vendors search whole names, parts of names, or titles. At least one of these terms must match. */
const termsOf = ({ contact, title }: Conversation): string[] =>
  [contact?.name, contact?.name?.split(' ')[0], title].flatMap((term) => term || [])

async function check({ adapter }: Bench, name: FilterName): Promise<void> {
  const list = adapter.conversations?.list
  if (!list) return
  const { valuesIn, verdict } = filters[name]
  const all = await collect(list())
  for (const wanted of valuesIn(all)) {
    const query: ConversationQuery = { [name]: wanted }
    const kept = await collect(list(query))
    const wrong = kept.find((conversation) => verdict(conversation, wanted) === false)
    ensure(!wrong, `${show(query)} kept ${wrong?.ref}, which does not match it.`)
    const ids = new Set(idsOf(kept))
    const lost = all.find((conversation) => verdict(conversation, wanted) === true && !ids.has(conversation.id))
    ensure(!lost, `${show(query)} lost ${(lost as Conversation | undefined)?.ref}, which matches it.`)
    const invented = kept.find(({ id }) => !all.some((conversation) => conversation.id === id))
    ensure(!invented, `${show(query)} gave ${invented?.ref}, which the list without it does not have.`)
  }
}
