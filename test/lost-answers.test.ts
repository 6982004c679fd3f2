import {
  type Adapter,
  type Contact,
  isParleyError,
  type OperationName,
  operationNames,
  requireOperation,
  supports,
} from '@parley/core'
import { defaultNow, type ServedEmulator, sandbox, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import type { Bench } from '../packages/conformance/src/check.ts'
import type { CreateOptions, Harness } from '../packages/conformance/src/harness.ts'
import {
  sampleAgent,
  sampleFollowUp,
  sampleHours,
  sampleSettings,
  someAgentId,
} from '../packages/conformance/src/support/making.ts'
import { collect, talkingId, threadOf } from '../packages/conformance/src/support/reading.ts'
import { addKnowledge, replyLater, sampleFile, webhook } from '../packages/conformance/src/support/writing.ts'
import { loadSuite, type Scene } from './conformance/support/suite.ts'
import { loadVendors, type Vendor, type VendorOptions } from './vendors.ts'

await loadStreamCode()

/*
 * Breaks each request of each write in turn, in every way, and compares what the emulated vendor then holds with what
 * the operation says: nothing may be done twice, and an error that says that nothing was done, or that the same call may
 * be made again, has to be right.
 */

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.05 })
afterAll(() => desk.stop())

interface Account extends Harness {
  readonly emulator: ServedEmulator
  readonly vendor: Vendor
  /** Opens the account as the application that delivers messages, which may set their status. */
  readonly provider: NonNullable<Harness['use']>['provider']
}

const accounts: Account[] = []
for (const vendor of await loadVendors()) {
  const emulator: ServedEmulator = desk[vendor.name]
  if ('rateLimit' in emulator.settings) emulator.settings.rateLimit = false
  const open = (options: VendorOptions): Adapter =>
    vendor.create({ ...emulator.accountOptions, clock, random: () => 0.5, rate: false, ...options })
  const scene: Scene = { world: desk.world, shapes: 'observed', credentials: emulator.credentials, open }
  const { use } = (await loadSuite(vendor)).harness(scene)
  const create = (options: CreateOptions) => ({ adapter: open({ ...options }) })
  const own = use?.waiting && { use: { waiting: use.waiting } }
  accounts.push({ name: vendor.label, fetch, vendor, emulator, create, provider: use?.provider, ...own })
}

/**
 * What goes wrong with a request. It never arrives: `dropped` leaves that open, `refused` proves it, and so does
 * `limited`. It is carried out: `lost` has no answer, `failed` a 500, `unreadable` a page.
 */
const faults = ['dropped', 'refused', 'limited', 'lost', 'failed', 'unreadable'] as const
type Fault = (typeof faults)[number]

interface Line {
  fetch: typeof fetch
  /** The methods of the requests so far. */
  methods: string[]
}

const broken = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** Breaks the requests from the one with the number `first` to the one with the number `last`. */
function breaking(fault: Fault | undefined, first = 1, last = first): Line {
  const methods: string[] = []
  return {
    methods,
    fetch: async (input, init) => {
      const count = methods.push(init?.method ?? (input instanceof Request ? input.method : 'GET'))
      if (fault === undefined || count < first || count > last) return fetch(input, init)
      if (fault === 'dropped') throw broken('ECONNRESET')
      if (fault === 'refused') throw broken('ECONNREFUSED')
      if (fault === 'limited') return new Response('{}', { status: 429, headers: { 'retry-after': '1' } })
      await (await fetch(input, init)).arrayBuffer()
      if (fault === 'lost') throw broken('ECONNRESET')
      if (fault === 'failed') return Response.json({ message: 'Internal server error' }, { status: 500 })
      return new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } })
    },
  }
}

/** An operation, with everything that it needs, made for one case. */
interface Prepared {
  run(adapter: Adapter): Promise<unknown>
  /** The vendor's objects that the operation may change, each with its kind and id. */
  held(): Promise<[kind: string, id: string, state: unknown][]>
}

interface Write {
  operation: OperationName
  /** Distinguishes several cases of one operation. */
  how?: string
  /** Whether only the application that delivers messages may call it. */
  needsProvider?: boolean
  prepare(bench: Bench, account: Account): Promise<Prepared>
}

const text = 'When do you close tonight, please?'
const person = { firstName: 'Nora', lastName: 'Lost', email: 'nora.lost@example.com', externalId: 'lost-1' }

/** A new contact without a conversation. Without contacts, a vendor takes the application's own id of a person. */
async function newcomer({ contacts }: Adapter): Promise<string> {
  const made = await (contacts?.create?.(person) ?? contacts?.upsert?.(person))
  return made?.id ?? person.externalId
}

async function opened(adapter: Adapter): Promise<{ id: string; contactId: string }> {
  const contactId = await newcomer(adapter)
  const conversation = await requireOperation(adapter, 'conversations.create')({ contact: contactId })
  // The search finds new conversations after some seconds.
  await clock.advance(60_000)
  return { id: conversation.id, contactId }
}

/** A contact's conversations with all their messages. */
const conversationsOf =
  (adapter: Adapter, contactId: string): Prepared['held'] =>
  async () => {
    const conversations = await collect(requireOperation(adapter, 'conversations.list')({ contactId, limit: 100 }))
    const held: Awaited<ReturnType<Prepared['held']>> = []
    for (const conversation of conversations) {
      held.push(['conversation', conversation.id, conversation])
      for (const message of await threadOf(adapter, conversation.id))
        held.push([`message of the ${message.author.kind}`, message.id, message])
    }
    return held
  }

const listOf =
  (kind: string, list: () => PromiseLike<readonly object[]> | undefined): Prepared['held'] =>
  async () =>
    ((await list()) ?? []).map((item) => [kind, 'id' in item ? String(item.id) : JSON.stringify(item), item])

const agentsOf =
  (adapter: Adapter, id: string): Prepared['held'] =>
  async () => {
    const { agents } = adapter
    const listed = await collect(requireOperation(adapter, 'agents.list')())
    const held: Awaited<ReturnType<Prepared['held']>> = listed.map((agent) => ['agent', agent.id, agent])
    if (agents?.actions?.list && listed.some((agent) => agent.id === id)) {
      for (const action of await collect(agents.actions.list(id))) held.push(['action', action.id, action])
      held.push(['hours', id, await agents.workingHours?.get?.(id)])
    }
    return held
  }

const contactsOf = (adapter: Adapter): Prepared['held'] =>
  listOf('contact', () =>
    supports(adapter, 'contacts.list')
      ? collect(adapter.contacts.list({ limit: 100 }))
      : supports(adapter, 'contacts.search')
        ? collect(adapter.contacts.search({ email: person.email }))
        : Promise.resolve([]),
  )

/** The contacts of the person, and all that they said. Without contacts, a vendor keeps the application's own id. */
const visitorOf =
  (adapter: Adapter): Prepared['held'] =>
  async () => {
    const contacts = await contactsOf(adapter)()
    const own = contacts.filter(([, , contact]) => (contact as Contact).email === person.email).map(([, id]) => id)
    const ids = contacts.length === 0 ? [person.externalId] : own
    return [...contacts, ...(await Promise.all(ids.map((id) => conversationsOf(adapter, id)()))).flat()]
  }

/** Without the status, because items are processed over time. */
const knowledgeOf =
  (adapter: Adapter): Prepared['held'] =>
  async () =>
    (await collect(requireOperation(adapter, 'knowledge.list')())).map(({ id }) => ['knowledge', id, null])

/** A message in a new conversation, or one that opens a conversation. */
const saying = (
  operation: OperationName,
  how: string,
  run: (adapter: Adapter, conversation: { id: string; contactId: string }) => Promise<unknown>,
  { opens = false, taken = false } = {},
): Write => ({
  operation,
  how,
  async prepare({ adapter }) {
    const place = opens ? { id: '', contactId: await newcomer(adapter) } : await opened(adapter)
    if (taken && supports(adapter, 'control.takeOver')) await adapter.control.takeOver(place.id)
    return { run: (other) => run(other, place), held: conversationsOf(adapter, place.contactId) }
  },
})

const ofAgent = (
  operation: OperationName,
  run: (adapter: Adapter, agentId: string, actionId: string) => Promise<unknown>,
): Write => ({
  operation,
  async prepare({ adapter }) {
    const id = await someAgentId(adapter)
    const action = await adapter.agents?.actions?.attach?.(id, sampleFollowUp)
    if (operation === 'agents.workingHours.clear') await adapter.agents?.workingHours?.set?.(id, sampleHours)
    return { run: (other) => run(other, id, action?.id ?? ''), held: agentsOf(adapter, id) }
  },
})

const files = () => [sampleFile()]

const writes: readonly Write[] = [
  saying('messages.ask', 'in a conversation', async ({ messages }, { id }) => messages?.ask?.(id, { text })),
  saying(
    'messages.ask',
    'for a contact',
    async ({ messages }, { contactId }) => messages?.ask?.({ contact: contactId }, { text }),
    { opens: true },
  ),
  saying(
    'messages.stream',
    'for a contact',
    async ({ messages }, { contactId }) => {
      const parts = messages?.stream?.({ contact: contactId }, { text })
      return parts && (await collect(parts)).flatMap((part) => (part.type === 'finish' ? [part.answer] : []))[0]
    },
    { opens: true },
  ),
  saying('attachments.upload', 'with a question in a conversation', async ({ messages }, { id }) =>
    messages?.ask?.(id, { text, attachments: files() }),
  ),
  saying(
    'attachments.upload',
    'with a question for a contact',
    async ({ messages }, { contactId }) => messages?.ask?.({ contact: contactId }, { text, attachments: files() }),
    { opens: true },
  ),
  saying('messages.reply', '', async ({ messages }, { id }) => messages?.reply?.(id, { text, channel: 'email' }), {
    taken: true,
  }),
  saying(
    'attachments.upload',
    'with a reply',
    async ({ messages }, { id }) => messages?.reply?.(id, { text, attachments: files(), channel: 'email' }),
    { taken: true },
  ),
  {
    operation: 'messages.provideInput',
    async prepare({ adapter }, { use }) {
      const { question = '', value = '' } = use?.waiting ?? {}
      const { id, contactId } = await opened(adapter)
      await requireOperation(adapter, 'messages.ask')(id, { text: question })
      const run: Prepared['run'] = async ({ messages }) => messages?.provideInput?.(id, { value })
      return { run, held: conversationsOf(adapter, contactId) }
    },
  },
  saying('messages.note', '', async ({ messages }, { id }) => messages?.note?.(id, { text })),
  saying(
    'conversations.create',
    '',
    async ({ conversations }, { contactId }) => conversations?.create?.({ contact: contactId }),
    { opens: true },
  ),
  saying(
    'conversations.start',
    '',
    async ({ conversations }) => {
      const { firstName, lastName, email, externalId } = person
      const contact = { firstName, lastName, email, externalId }
      return conversations?.start?.({ contact, channel: 'email', subject: 'Your bike', text })
    },
    { opens: true },
  ),
  {
    operation: 'conversations.update',
    async prepare({ adapter }, { vendor }) {
      const { id, contactId } = await opened(adapter)
      const change = vendor.fuzzInputs['conversations.update'] ?? { title: 'Renamed' }
      const run: Prepared['run'] = async ({ conversations }) => conversations?.update?.(id, change)
      return { run, held: conversationsOf(adapter, contactId) }
    },
  },
  saying('conversations.assign', '', async ({ conversations }, { id }) => conversations?.assign?.(id, 'user-1')),
  saying('conversations.close', '', async ({ conversations }, { id }) => conversations?.close?.(id)),
  saying('conversations.delete', '', async ({ conversations }, { id }) => conversations?.delete?.(id)),
  saying('conversations.deleteForContact', '', async ({ conversations }, { contactId }) =>
    conversations?.deleteForContact?.(contactId),
  ),
  saying('control.takeOver', '', async ({ control }, { id }) => control?.takeOver?.(id)),
  saying('control.release', '', async ({ control }, { id }) => control?.release?.(id), { taken: true }),
  {
    operation: 'messages.cancel',
    async prepare(bench) {
      const { message } = await replyLater(bench, text)
      const thread = () => threadOf(bench.adapter, message.conversationId)
      return { run: async ({ messages }) => messages?.cancel?.(message), held: listOf('message', thread) }
    },
  },
  {
    operation: 'messages.setStatus',
    needsProvider: true,
    async prepare({ adapter }, { provider }) {
      const { id } = await opened(adapter)
      const sent = await requireOperation(adapter, 'messages.reply')(id, { text, ...provider?.reply })
      await clock.advance(60_000)
      const run: Prepared['run'] = async ({ messages }) =>
        messages?.setStatus?.(sent.messageId ?? '', { status: 'read' })
      return { run, held: listOf('message', () => threadOf(adapter, id)) }
    },
  },
  ofAgent('agents.create', async ({ agents }) => agents?.create?.({ ...sampleAgent, name: 'Lost' })),
  ofAgent('agents.update', async ({ agents }, id) => agents?.update?.(id, { name: 'Renamed' })),
  ofAgent('agents.delete', async ({ agents }, id) => agents?.delete?.(id)),
  ofAgent('agents.actions.attach', async ({ agents }, id) => agents?.actions?.attach?.(id, sampleFollowUp)),
  ofAgent('agents.actions.update', async ({ agents }, id, action) =>
    agents?.actions?.update?.(id, action, { name: 'Renamed' }),
  ),
  ofAgent('agents.actions.remove', async ({ agents }, id, action) => agents?.actions?.remove?.(id, action)),
  ofAgent('agents.followUp.update', async ({ agents }, id, action) =>
    agents?.followUp?.update?.(id, { ...sampleSettings, actionIds: [action] }),
  ),
  ofAgent('agents.workingHours.set', async ({ agents }, id) => agents?.workingHours?.set?.(id, sampleHours)),
  ofAgent('agents.workingHours.clear', async ({ agents }, id) => agents?.workingHours?.clear?.(id)),
  ...(['contacts.create', 'contacts.upsert'] as const).map(
    (operation): Write => ({
      operation,
      prepare: async ({ adapter }) => ({
        run: async (other) => requireOperation(other, operation)(person),
        held: contactsOf(adapter),
      }),
    }),
  ),
  {
    operation: 'contacts.ensure',
    prepare: async ({ adapter }) => ({
      run: async (other) => requireOperation(other, 'contacts.ensure')({ ...person, verified: true }),
      held: contactsOf(adapter),
    }),
  },
  {
    operation: 'messages.ask',
    how: 'of a visitor',
    prepare: async ({ adapter }) => ({
      run: async (other) =>
        requireOperation(other, 'messages.ask')({ visitor: { ...person, verified: true } }, { text }),
      held: visitorOf(adapter),
    }),
  },
  {
    operation: 'contacts.upsert',
    how: 'by its id',
    async prepare({ adapter }) {
      const id = await newcomer(adapter)
      const change = { id, firstName: 'Nina' }
      return { run: async ({ contacts }) => contacts?.upsert?.(change), held: contactsOf(adapter) }
    },
  },
  {
    operation: 'contacts.delete',
    async prepare({ adapter }) {
      const id = await newcomer(adapter)
      return { run: async ({ contacts }) => contacts?.delete?.(id), held: contactsOf(adapter) }
    },
  },
  {
    operation: 'knowledge.add',
    async prepare({ adapter }) {
      const [added] = await addKnowledge(adapter)
      const again = added?.input as NonNullable<typeof added>['input']
      return { run: async ({ knowledge }) => knowledge?.add?.(again), held: knowledgeOf(adapter) }
    },
  },
  ...['as an item', 'by its id'].map(
    (how): Write => ({
      operation: 'knowledge.remove',
      how,
      async prepare({ adapter }) {
        const item = (await addKnowledge(adapter)).at(-1)?.item
        const target = how === 'by its id' ? (item?.id ?? '') : (item ?? '')
        return { run: async ({ knowledge }) => knowledge?.remove?.(target), held: knowledgeOf(adapter) }
      },
    }),
  ),
  {
    operation: 'feedback.give',
    async prepare(bench) {
      const { adapter } = bench
      const id = await talkingId(bench)
      const thread = await threadOf(adapter, id)
      const answer = thread.find(({ author }) => author.kind === 'agent')?.id ?? ''
      const authorId = (await requireOperation(adapter, 'conversations.get')(id)).contact?.id ?? ''
      const run: Prepared['run'] = async ({ feedback }) =>
        feedback?.give?.(answer, { vote: 'up', authorId, question: 'Is it so?' })
      return { run, held: listOf('feedback', () => collect(requireOperation(adapter, 'feedback.list')())) }
    },
  },
  {
    operation: 'feedback.dismiss',
    async prepare({ adapter }) {
      const list = requireOperation(adapter, 'feedback.suggestions')
      const [first] = (await list()).items
      return {
        run: async ({ feedback }) => feedback?.dismiss?.(first ?? ''),
        held: listOf('suggestion', () => collect(list())),
      }
    },
  },
  {
    operation: 'webhooks.create',
    // No endpoint lists them, so the test counts those that the emulator created.
    prepare: async (_, { emulator }) => ({
      run: async ({ webhooks }) => webhooks?.create?.(webhook),
      held: async () =>
        emulator.requests.flatMap(({ path, status }, index) =>
          path.endsWith('/webhooks') && status !== null && status < 300
            ? [['webhook', String(index), null] as [string, string, null]]
            : [],
        ),
    }),
  },
]

/** The result of an operation, or its error. */
type End = { result: unknown } | { error: unknown }

const endOf = (work: Promise<unknown>): Promise<End> =>
  work.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )

/** The contradiction between the result of an operation and the vendor's data before and after it. */
async function problemWith(
  end: End,
  before: Awaited<ReturnType<Prepared['held']>>,
  { held, run }: Prepared,
  again: Adapter,
): Promise<string | undefined> {
  const key = ([kind, id]: (typeof before)[number]): string => `${kind} ${id}`
  const known = new Set(before.map(key))
  const made = (now: typeof before, of?: string): string[] =>
    now.filter((entry) => !known.has(key(entry))).flatMap(([kind]) => (of === undefined || kind === of ? [kind] : []))
  const twice = (now: typeof before): string | undefined =>
    made(now).find((kind, index, kinds) => kinds.indexOf(kind) !== index)
  await clock.advance(60_000)
  const now = await held()
  const double = twice(now)
  if (double) return `made twice: ${double}`
  const isSame = JSON.stringify(now) === JSON.stringify(before)
  if ('result' in end) {
    const { outcome } = (end.result ?? {}) as { outcome?: string }
    return outcome !== undefined && outcome !== 'unknown' && isSame ? `"${outcome}", and nothing is there` : undefined
  }
  const { error } = end
  if (!isParleyError(error)) return `failed with ${String(error)}`
  if (error.outcome === 'not-done' && !isSame) return `"not-done" (${error.message}), and there is ${made(now).join()}`
  if (error.outcome === undefined && !isSame) return `no outcome (${error.message}), and there is ${made(now).join()}`
  if (!error.retryable) return undefined
  await endOf(run(again))
  await clock.advance(60_000)
  const doubled = twice(await held())
  return doubled && `made twice by a repetition that its error allows (${error.message}): ${doubled}`
}

for (const account of accounts)
  describe(`each request of a write that is broken, at ${account.name}`, async () => {
    const open = async (options: CreateOptions, write: Write): Promise<Adapter> => {
      const { create } = write.needsProvider && account.provider ? account.provider : account
      return (await create(options)).adapter
    }

    /** Prepares the case at a vendor in its initial state. */
    async function setUp(write: Write): Promise<Prepared> {
      account.emulator.reset()
      const adapter = await open({}, write)
      const bench: Bench = {
        harness: account,
        adapter,
        secrets: [],
        open: async (options) => open(options, write),
        require: () => {
          throw new Error('not here')
        },
      }
      return write.prepare(bench, account)
    }
    const { adapter } = await account.create({})
    const traits = await adapter.traits?.()
    // A vendor that keeps no contacts is sent nothing to ensure one.
    const isWrite = (operation: OperationName) =>
      supports(adapter, operation) && (operation !== 'contacts.ensure' || traits?.contactLookup?.value !== 'none')
    const own = writes.filter(
      ({ operation, needsProvider }) => isWrite(operation) && (!needsProvider || account.provider),
    )

    it.each(own.map((write) => [`${write.operation} ${write.how ?? ''}`.trim(), write] as const))(
      '%s',
      async (_, write) => {
        const whole = breaking(undefined)
        const first = await setUp(write)
        const before = await first.held()
        const end = await endOf(first.run(await open({ fetch: whole.fetch }, write)))
        expect(end).not.toHaveProperty('error')
        expect(await first.held()).not.toEqual(before)
        const problems: string[] = []
        // The requests after the last write only read, so one of them is enough.
        const most = whole.methods.findLastIndex((method) => method !== 'GET') + 2
        for (const [index, method] of whole.methods.slice(0, most).entries())
          for (const fault of method === 'GET' ? (['refused', 'failed'] as const) : faults)
            for (const last of [index + 1, Number.POSITIVE_INFINITY]) {
              const number = index + 1
              const prepared = await setUp(write)
              const held = await prepared.held()
              const line = breaking(fault, number, last)
              const came = await endOf(prepared.run(await open({ fetch: line.fetch }, write)))
              const problem = await problemWith(came, held, prepared, await open({}, write))
              const which = last === number ? `request ${number}` : `every request from ${number} on`
              if (problem) problems.push(`${which} ${fault}: ${problem}`)
              // When it was the last request, breaking the later ones as well would be the same.
              if (line.methods.length === number) break
            }
        expect(problems).toEqual([])
      },
      120_000,
    )

    it('every operation that writes is among them', () => {
      const reads = /\.(?:list|get|search|of|export|reconcile|url|read|suggestions)$/
      const all = operationNames.filter((name) => isWrite(name) && !reads.test(name))
      expect(all.filter((name) => !own.some(({ operation }) => operation === name))).toEqual([])
    })
  })
