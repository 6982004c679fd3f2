import { type Conversation, type ExportQuery, type Message, supports } from '@parley/core'
import { type Bench, type Check, checksOf, type ListedCheck } from '../check.ts'
import { contradictions, ensure, ensureSame, show } from '../support/ensure.ts'
import { collect, idsOf, someConversations, someMessages } from '../support/reading.ts'

interface Filter {
  name: string
  /** Queries to try, built from the account's data. */
  queries(messages: readonly Message[], conversations: readonly Conversation[]): ExportQuery[]
  /** `undefined`: the message does not show it. */
  keeps(message: Message, query: ExportQuery, conversations: readonly Conversation[]): boolean | undefined
}

const middle = (messages: readonly Message[]): string[] => {
  const times = messages.flatMap(({ createdAt }) => createdAt ?? []).toSorted()
  return times.slice(times.length >> 1).slice(0, 1)
}

const filters: readonly Filter[] = [
  {
    name: 'since',
    queries: (messages) => middle(messages).map((since) => ({ since })),
    keeps: ({ createdAt }, { since = '' }) => (createdAt ? createdAt >= since : undefined),
  },
  {
    name: 'until',
    queries: (messages) => middle(messages).map((until) => ({ until })),
    keeps: ({ createdAt }, { until = '' }) => (createdAt ? createdAt <= until : undefined),
  },
  {
    name: 'channel',
    queries: (messages) =>
      [...new Set(messages.flatMap(({ channel }) => (channel && channel.value !== 'unknown' ? channel.value : [])))]
        .slice(0, 3)
        .map((channel) => ({ channel })),
    keeps: (message, { channel }) => message.channel && message.channel.value === channel,
  },
  {
    name: 'conversationId',
    queries: (messages) => messages.slice(0, 1).map(({ conversationId }) => ({ conversationId })),
    keeps: (message, { conversationId }) => message.conversationId === conversationId,
  },
  {
    name: 'contactId',
    queries: (_, conversations) =>
      conversations.flatMap(({ contact }) => (contact?.id ? { contactId: contact.id } : [])).slice(0, 1),
    keeps({ conversationId }, { contactId }, conversations) {
      const contact = conversations.find(({ id }) => id === conversationId)?.contact
      return contact?.id ? contact.id === contactId : undefined
    },
  },
]

export const exportChecks: readonly Check[] = checksOf('exports', [
  {
    name: 'an export holds the messages of the threads, each once, and says the same of them',
    needs: ['messages.export', 'messages.list', 'conversations.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'messages.export')) return
      const exported = await collect(adapter.messages.export())
      const byId = new Map(exported.map((message) => [message.id, message]))
      ensure(byId.size === exported.length, `${exported.length - byId.size} messages are in the export more than once.`)
      for (const message of await someMessages(bench)) {
        const found = byId.get(message.id)
        // An item without an author's text, such as a call or a booking, may be missing.
        if (!found && !message.text) continue
        ensure(found, `${message.ref} is in its thread but not in the export.`)
        const wrong = contradictions(message, found)
        ensure(wrong.length === 0, `${message.ref}, in its thread and exported: ${wrong.slice(0, 5).join('; ')}.`)
      }
    },
  },
  /** One check for each filter of an export. */
  ...filters.map(
    (filter): ListedCheck => ({
      name: `an export by ${filter.name} holds the messages that match it, and no others`,
      needs: ['messages.export', 'conversations.list'],
      run: (bench) => checkExport(bench, filter),
    }),
  ),
  {
    name: 'an export comes newest first, and oldest first when asked, in each channel',
    needs: ['messages.export'],
    async run({ adapter }) {
      if (!supports(adapter, 'messages.export')) return
      const times = async (query: ExportQuery) => {
        const messages = await collect(adapter.messages.export(query))
        // A vendor may export one channel separately from the others. The order applies within each part.
        const isApart = ({ type }: Message) => type.value === 'email'
        const groups = [messages.filter(isApart), messages.filter((message) => !isApart(message))]
        return groups.map((each) => each.flatMap(({ createdAt }) => createdAt ?? []))
      }
      const newestFirst = await times({})
      ensure(newestFirst.flat().length > 1, 'The messages have no times.')
      for (const each of newestFirst) ensureSame(each, each.toSorted().toReversed(), 'The times, newest first')
      for (const each of await times({ order: 'asc' })) ensureSame(each, each.toSorted(), 'The times, oldest first')
    },
  },
])

async function checkExport({ adapter }: Bench, { queries, keeps }: Filter): Promise<void> {
  if (!supports(adapter, 'messages.export')) return
  const all = await collect(adapter.messages.export())
  const conversations = await someConversations(adapter)
  const asked = queries(all, conversations)
  ensure(asked.length > 0, 'No message has a value to filter by.')
  for (const query of asked) {
    const kept = await collect(adapter.messages.export(query))
    const wrong = kept.find((message) => keeps(message, query, conversations) === false)
    ensure(!wrong, `${show(query)} holds ${wrong?.ref}, which does not match it.`)
    const ids = new Set(idsOf(kept))
    const lost = all.find((message) => keeps(message, query, conversations) && !ids.has(message.id))
    ensure(!lost, `${show(query)} lost ${lost?.ref}, which matches it.`)
    ensure(ids.size === kept.length, `${show(query)} repeats messages.`)
  }
}
