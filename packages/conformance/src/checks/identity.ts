import {
  type Adapter,
  isParleyError,
  type OperationName,
  operationNames,
  requireOperation,
  supports,
  type UpdateConversationInput,
  unsupportedReason,
} from '@parley/core'
import { type Bench, type Check, checksOf } from '../check.ts'
import { ensure, ensureFails, failureOf, orUnsupported } from '../support/ensure.ts'
import { sampleAgent, someAgentId } from '../support/making.ts'
import { collect, someContactId, talkingId, threadOf } from '../support/reading.ts'
import { counting } from '../support/requests.ts'
import { questionOf, sampleFile, somebody, webhook } from '../support/writing.ts'

/** An operation whose input has a `vendor` field, called with otherwise valid input. */
interface VendorCall {
  operation: OperationName
  run(adapter: Adapter, vendor: object): PromiseLike<unknown> | undefined
}

export const identityChecks: readonly Check[] = checksOf('identity', [
  {
    name: 'an adapter has its vendor’s name in lower case and the account that it was given',
    async run({ adapter, open }) {
      ensure(/^[a-z][a-z0-9-]*$/.test(adapter.vendor), `The vendor is called "${adapter.vendor}".`)
      const other = await open({ account: 'other place/1' })
      ensure(other.account === 'other place/1', `The account "other place/1" came back as "${other.account}".`)
      ensure(other.vendor === adapter.vendor, 'Another account of the vendor has another vendor.')
    },
  },
  {
    name: 'limits are plain data about operations and filters of the contract',
    async run({ adapter: { limits } }) {
      const copy: unknown = JSON.parse(JSON.stringify(limits))
      ensure(JSON.stringify(copy) === JSON.stringify(limits), 'The limits are not plain data.')
      const odd = Object.keys(limits.filters).filter((name) => !filters.includes(name))
      ensure(odd.length === 0, `limits.filters has ${odd.join(', ')}, which is not a filter of conversations.`)
      for (const [operation, size] of Object.entries(limits.pageSize)) {
        ensure((operationNames as readonly string[]).includes(operation), `There is no operation ${operation}.`)
        const { default: usual, max } = size ?? { default: 0, max: 0 }
        ensure(usual > 0 && usual <= max, `${operation} has a default page size of ${usual} and a maximum of ${max}.`)
      }
      for (const { requests, perMs } of limits.rate)
        ensure(requests > 0 && perMs > 0, `A rate of ${requests} requests in ${perMs} ms is invalid.`)
    },
  },
  {
    name: 'requiring an operation that does not exist fails with the reason',
    async run({ adapter }) {
      for (const name of operationNames) {
        const reason = unsupportedReason(adapter, name) ?? adapter.unsupported[name]
        if (reason === undefined) continue
        const error = await ensureFails(
          Promise.resolve().then(() => requireOperation(adapter, name)),
          'unsupported',
          name,
        )
        ensure(error.message.includes(reason), `The error for ${name} does not say why.`)
        ensure(
          error.operation === name && error.vendor === adapter.vendor,
          `The error for ${name} names another operation.`,
        )
      }
    },
  },
  {
    name: 'creating an adapter sends no request',
    async run({ open, harness }) {
      const requests = counting(harness.fetch)
      await open({ fetch: requests.fetch })
      await new Promise((resolve) => setImmediate(resolve))
      ensure(requests.count() === 0, `Creating an adapter sent ${requests.count()} requests.`)
    },
  },
  {
    name: 'every operation either exists or has a reason',
    async run({ adapter }) {
      for (const name of operationNames) {
        const isPresent = supports(adapter, name)
        ensure(!(isPresent && name in adapter.unsupported), `${name} exists, but \`unsupported\` has a reason for it.`)
        const reason = unsupportedReason(adapter, name)
        ensure(isPresent || (reason ?? '').trim() !== '', `${name} does not exist, and its reason is empty.`)
      }
      const missing = operationNames.filter((name) => !supports(adapter, name))
      const known = new Set<string>(missing.flatMap((name) => [name, name.slice(0, name.lastIndexOf('.'))]))
      const odd = Object.keys(adapter.unsupported).filter((name) => !known.has(name))
      ensure(odd.length === 0, `\`unsupported\` names operations or groups that are not missing: ${odd.join(', ')}.`)
    },
  },
  {
    name: 'an unknown vendor option is refused before any request, by every operation that takes vendor options',
    async run(bench) {
      for (const { operation, run } of await vendorCallsOf(bench)) {
        const connection = counting(bench.harness.fetch)
        const adapter = await bench.open({ fetch: connection.fetch })
        const error = await failure(run(adapter, { [adapter.vendor]: { mispelledByConformance: true } }))
        const isRefused = isParleyError(error) && error.code === 'invalid-request'
        ensure(isRefused, `${operation} accepted an unknown option, or failed in another way: ${String(error)}.`)
        ensure(error.message.includes('mispelledByConformance'), `The error of ${operation} does not name the option.`)
        ensure(
          connection.count() === 0,
          `${operation} sent ${connection.count()} requests before it refused the option.`,
        )
      }
    },
  },
  {
    name: 'options of another vendor are ignored by every operation that takes vendor options',
    async run(bench) {
      for (const { operation, run } of await vendorCallsOf(bench)) {
        const error = await failure(run(await bench.open({}), { 'another-vendor': { anything: true } }))
        const isRefused = isParleyError(error) && error.message.includes('vendor.')
        ensure(!isRefused, `${operation} refused the options of another vendor: ${String(error)}.`)
      }
    },
  },
])

const filters = 'status channel agentId contactId assigneeId unread isStarred search since until'.split(' ')

const failure = (work: PromiseLike<unknown> | undefined): Promise<unknown> => failureOf(Promise.resolve(work))

/** Every operation of the adapter that takes vendor options. */
async function vendorCallsOf(bench: Bench): Promise<VendorCall[]> {
  const { adapter, harness } = bench
  const { ask, reply, note } = harness.use ?? {}
  const talk = supports(adapter, 'messages.list') ? await talkingId(bench) : ''
  const agent = supports(adapter, 'agents.update') ? await someAgentId(adapter) : ''
  const contact = supports(adapter, 'conversations.create') ? await someContactId(bench) : ''
  const thread = talk === '' ? [] : await threadOf(adapter, talk)
  const answer = thread.find(({ author }) => author.kind === 'agent')?.id ?? ''
  const change = await changeOf(adapter, talk)
  const text = questionOf(bench)
  const person = { firstName: 'Nora', lastName: 'Conform', email: 'nora.conform@example.com' }
  const calls: Partial<Record<OperationName, VendorCall['run']>> = {
    'agents.list': (own, vendor) => own.agents?.list?.({ vendor }),
    'agents.create': (own, vendor) => own.agents?.create?.({ ...sampleAgent, vendor }),
    'agents.update': (own, vendor) => own.agents?.update?.(agent, { name: 'Other', vendor }),
    'conversations.list': (own, vendor) => own.conversations?.list?.({ vendor }),
    'conversations.create': (own, vendor) => own.conversations?.create?.({ contact, vendor }),
    'conversations.update': (own, vendor) => own.conversations?.update?.(talk, { ...change, vendor }),
    'conversations.start': (own, vendor) =>
      own.conversations?.start?.({ contact: person, channel: 'email', subject: 'Hello', text, vendor }),
    'messages.list': (own, vendor) => own.messages?.list?.(talk, { vendor }),
    'messages.export': (own, vendor) => own.messages?.export?.({ vendor }),
    'messages.ask': (own, vendor) => own.messages?.ask?.(talk, { text, ...ask, vendor }),
    'messages.stream': (own, vendor) => {
      const parts = own.messages?.stream?.(talk, { text, ...ask, vendor })
      return parts && collect(parts)
    },
    'messages.reply': (own, vendor) => own.messages?.reply?.(talk, { text, ...reply, vendor }),
    'messages.note': (own, vendor) => own.messages?.note?.(talk, { text, ...note, vendor }),
    'messages.setStatus': (own, vendor) => own.messages?.setStatus?.(answer, { status: 'delivered', vendor }),
    'contacts.list': (own, vendor) => own.contacts?.list?.({ vendor }),
    'contacts.search': (own, vendor) => own.contacts?.search?.({ email: person.email, vendor }),
    'contacts.create': (own, vendor) => own.contacts?.create?.({ ...somebody(), vendor }),
    'contacts.upsert': (own, vendor) => own.contacts?.upsert?.({ ...somebody(), vendor }),
    'attachments.upload': (own, vendor) => own.attachments?.upload?.(talk, { ...sampleFile(), vendor }),
    'knowledge.list': (own, vendor) => own.knowledge?.list?.({ vendor }),
    'knowledge.add': (own, vendor) =>
      own.knowledge?.add?.({ kind: 'website', url: 'https://www.example.com/old-bikes', vendor }),
    'feedback.list': (own, vendor) => own.feedback?.list?.({ vendor }),
    'feedback.suggestions': (own, vendor) => own.feedback?.suggestions?.({ vendor }),
    'feedback.give': (own, vendor) =>
      own.feedback?.give?.(answer, { vote: 'up', authorId: contact, question: 'Is it so?', vendor }),
    'webhooks.create': (own, vendor) => own.webhooks?.create?.({ ...webhook, vendor }),
  }
  return Object.entries(calls)
    .map(([operation, run]) => ({ operation: operation as OperationName, run }))
    .filter(({ operation }) => supports(adapter, operation))
}

/** A change of a conversation that the vendor accepts. */
async function changeOf(adapter: Adapter, id: string): Promise<UpdateConversationInput> {
  if (!supports(adapter, 'conversations.update')) return {}
  const changes: readonly UpdateConversationInput[] = [{ title: 'Other' }, { unread: false }, { isStarred: true }]
  for (const change of changes) if (await orUnsupported(adapter.conversations.update(id, change))) return change
  return { status: 'open' }
}
