import { type Contact, type ContactSearch, supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { contradictions, ensure, ensureFails, ensureSame } from '../support/ensure.ts'
import { collect, idsOf, isEntity, listsOf, readsOf, someConversations, talkingId } from '../support/reading.ts'
import { counting, noIds, otherId } from '../support/requests.ts'

export const readingChecks: readonly Check[] = checksOf('reading', [
  {
    name: 'agents are found by text in their name',
    needs: ['agents.list'],
    async run({ adapter }) {
      const list = adapter.agents?.list
      if (!list) return
      const named = (await collect(list())).find(({ name }) => name)
      ensure(named?.name, 'No agent has a name.')
      const found = await collect(list({ search: named.name }))
      ensure(idsOf(found).includes(named.id), `Searching for "${named.name}" does not find that agent.`)
      const nobody = await collect(list({ search: 'zqxj-nobody' }))
      ensure(nobody.length === 0, `Searching for nonsense finds ${nobody.length} agents.`)
    },
  },
  {
    name: 'contacts are found by their fields, and unknown values find nobody',
    needs: ['contacts.search', 'conversations.list'],
    async run({ adapter }) {
      if (!supports(adapter, 'contacts.search')) return
      const summaries = (await someConversations(adapter)).flatMap(({ contact }) => (contact?.id ? [contact] : []))
      let searched = 0
      for (const by of ['email', 'phone', 'externalId'] as const) {
        const known = summaries.find((contact) => contact[by])
        if (!known) continue
        const search: ContactSearch = { [by]: known[by] as string }
        const found: Contact[] = await collect(adapter.contacts.search(search))
        ensure(
          found.some(({ id }) => id === known.id),
          `A contact is not found by its ${by}.`,
        )
        ensure(
          found.every((contact) => !(by in contact) || contact[by]),
          `Searching by ${by} finds contacts that have none.`,
        )
        searched++
      }
      ensure(searched > 0, 'No conversation has a contact field to search for.')
      const strangers = await collect(adapter.contacts.search({ email: 'nobody@nowhere.invalid' }))
      ensure(strangers.length === 0, `Searching for an address that nobody has finds ${strangers.length} contacts.`)
    },
  },
  {
    name: 'a conversation’s contact summary agrees with the contact',
    needs: ['conversations.list', 'contacts.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'contacts.get')) return
      let seen = 0
      for (const { ref, contact } of (await someConversations(adapter)).slice(0, 10)) {
        if (!contact?.id || contact.ref === undefined) continue
        seen++
        const found = contradictions(contact, await adapter.contacts.get(contact.id))
        ensure(found.length === 0, `The contact of ${ref}: ${found.join('; ')}.`)
      }
      ensure(seen > 0, 'Contacts can be read, but no conversation names its contact.')
    },
  },
  {
    name: 'an account without conversations has empty lists',
    needs: ['conversations.list'],
    async run(bench) {
      const { adapter } = await bench.require('emptyAccount')({ fetch: bench.harness.fetch })
      const page = await adapter.conversations?.list?.()
      ensure(page, 'The adapter of the empty account cannot list conversations.')
      ensure(
        page.items.length === 0 && page.next === null,
        `It holds ${page.items.length} conversations or has more pages.`,
      )
      ensure(page.total === undefined || page.total === 0, `It has a total of ${page.total} conversations.`)
      const contacts = adapter.contacts?.list ? await collect(adapter.contacts.list()) : []
      ensure(Array.isArray(contacts), 'Its contacts cannot be listed.')
    },
  },
  {
    name: 'reading one entity agrees with the list in the fields that both have',
    async run(bench) {
      for (const { operation, list, get } of await listsOf(bench)) {
        if (!get) continue
        const { items } = await list()
        for (const item of items.filter(isEntity).slice(0, 5)) {
          const found = contradictions(item, await get(item.id))
          ensure(found.length === 0, `${item.ref}, from ${operation} and read alone: ${found.slice(0, 5).join('; ')}.`)
        }
      }
    },
  },
  {
    name: 'an entity and its id address the same entity',
    async run(bench) {
      for (const { list, get } of await listsOf(bench)) {
        const [item] = (await list()).items.filter(isEntity)
        if (!get || !item) continue
        const [byId, byEntity] = [await get(item.id), await get(item)]
        ensure(
          contradictions(byId, byEntity).length === 0 && byId.id === item.id,
          `${item.ref} reads differently by its id.`,
        )
      }
      const { conversations, messages } = bench.adapter
      if (!conversations?.get || !messages?.list) return
      const conversation = await conversations.get(await talkingId(bench))
      const [byId, byEntity] = [await messages.list(conversation.id), await messages.list(conversation)]
      ensureSame(idsOf(byEntity.items), idsOf(byId.items), 'The messages of a conversation, by entity and by id')
    },
  },
  {
    name: 'reading with an invalid id is refused before anything is sent',
    async run(bench) {
      const reads = await readsOf(bench)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      for (const { operation, run } of reads)
        for (const id of noIds) {
          const what = `${operation} of ${JSON.stringify(id) ?? 'nothing'}`
          const error = await ensureFails(
            later(() => run(adapter, id as string)),
            'invalid-request',
            what,
          )
          ensure(error.operation === operation, `${what}: the error names ${error.operation}.`)
          ensure(requests.count() === 0, `${what} sent something.`)
        }
    },
  },
  {
    name: 'an unknown id is not found',
    async run(bench) {
      for (const { kind, list, get, getting } of await listsOf(bench)) {
        const [item] = (await list()).items.filter(isEntity)
        if (!get || !item) continue
        const error = await ensureFails(get(otherId(item.id)), 'not-found', `Reading the ${kind} "${otherId(item.id)}"`)
        ensure(error.operation === getting, `Reading a ${kind} failed as ${error.operation}.`)
      }
      const messages = bench.adapter.messages?.list
      const [conversation] = bench.adapter.conversations?.list ? (await bench.adapter.conversations.list()).items : []
      if (messages && conversation)
        await ensureFails(
          messages(otherId(conversation.id)),
          'not-found',
          'Listing messages of a conversation that does not exist',
        )
    },
  },
  {
    name: 'the parts of an entity that does not exist are not found',
    async run(bench) {
      for (const { operation, id, run } of await readsOf(bench)) {
        // If only a generation has the sources, a message without a generation cannot be distinguished from one without
        // sources.
        if (operation === 'sources.list') continue
        const error = await ensureFails(run(bench.adapter, otherId(id)), 'not-found', `${operation} of an unknown id`)
        ensure(error.operation === operation, `${operation}: the error names ${error.operation}.`)
      }
    },
  },
])

/** A list may throw at once or when it is awaited. */
const later = async (run: () => PromiseLike<unknown>): Promise<unknown> => run()
