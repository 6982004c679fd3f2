import {
  type Answer,
  type Clock,
  type Contact,
  requireOperation,
  supports,
  systemClock,
  type Visitor,
} from '@parley/core'
import { type Bench, type Check, checksOf } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { collect } from '../support/reading.ts'
import { counting, recording, unreachable } from '../support/requests.ts'
import { collectStream, questionOf } from '../support/writing.ts'

let visitors = 0

/** Between two tries, nothing is waited for. */
const hasty: Clock = { ...systemClock, after: (_, run) => systemClock.after(0, run) }

/** A visitor whom nobody has seen before. */
const newVisitor = (): Visitor & { externalId: string } => ({ externalId: `conformance-${Date.now()}-${++visitors}` })

async function ensured(bench: Bench, visitor: Visitor): Promise<Contact> {
  return (await requireOperation(bench.adapter, 'contacts.ensure')(visitor)).contact
}

const askAs = ({ adapter, harness }: Bench, visitor: Visitor, text: string): Promise<Answer> =>
  requireOperation(adapter, 'messages.ask')({ visitor }, { text, ...harness.use?.ask })

export const visitorChecks: readonly Check[] = checksOf('visitors', [
  {
    name: 'a visitor has one contact, however often and at the same time it is ensured',
    needs: ['contacts.ensure'],
    async run(bench) {
      const visitor = newVisitor()
      const several = await Promise.all(Array.from({ length: 4 }, () => ensured(bench, visitor)))
      const later = await ensured(bench, visitor)
      const ids = new Set([...several, later].map(({ id }) => id))
      ensure(ids.size === 1, `One visitor got ${ids.size} contacts.`)
      const other = await ensured(bench, newVisitor())
      ensure(!ids.has(other.id), 'Two visitors got one contact.')
    },
  },
  {
    name: 'an address that is not verified is neither sent nor kept',
    needs: ['contacts.ensure'],
    async run(bench) {
      const connection = recording(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const [email, phone] = ['typed-by-anyone@example.com', '+15550107']
      const visitor = { ...newVisitor(), name: 'Conformance', email, phone }
      const { contact, warnings } = await requireOperation(adapter, 'contacts.ensure')(visitor)
      const sent = connection.all().filter((request) => /typed-by-anyone|5550107/.test(decodeURIComponent(request)))
      ensure(sent.length === 0, `The address was sent: ${sent.map((each) => each.split('?')[0]).join(', ')}.`)
      ensure(contact.email !== email && contact.phone !== phone, 'The contact has the address.')
      for (const path of ['email', 'phone'])
        ensure(
          warnings.some((warning) => warning.path === path),
          `No warning says that the ${path} was not sent.`,
        )
    },
  },
  {
    name: 'a visitor whom nothing identifies is refused, and nothing is sent',
    needs: ['contacts.ensure'],
    async run(bench) {
      const connection = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const ensureContact = requireOperation(adapter, 'contacts.ensure')
      for (const nobody of [{}, { name: 'Ada' }, { email: 'typed@example.com' }])
        await ensureFails(ensureContact(nobody), 'invalid-request', 'Ensuring the contact of nobody')
      ensure(connection.count() === 0, `${connection.count()} requests were sent.`)
    },
  },
  {
    name: 'a question of a visitor goes on in the conversation of that visitor',
    needs: ['contacts.ensure', 'messages.ask'],
    async run(bench) {
      const visitor = newVisitor()
      const first = await askAs(bench, visitor, questionOf(bench))
      const next = await askAs(bench, visitor, `${questionOf(bench)} (again)`)
      ensure(first.conversationId !== null, 'The answer does not name its conversation.')
      ensure(next.conversationId === first.conversationId, 'The second question went to another conversation.')
      const contact = await ensured(bench, visitor)
      ensure(first.contactId === contact.id, 'The answer names another contact than contacts.ensure.')
      ensure(first.contactRef === contact.ref, `The contact’s ref is ${String(first.contactRef)}.`)
      const other = await askAs(bench, newVisitor(), questionOf(bench))
      ensure(other.conversationId !== first.conversationId, 'Two visitors share a conversation.')
    },
  },
  {
    name: 'two questions of a new visitor at the same time are in one conversation',
    needs: ['contacts.ensure', 'messages.ask'],
    async run(bench) {
      const visitor = newVisitor()
      const done = await Promise.allSettled([
        askAs(bench, visitor, questionOf(bench)),
        askAs(bench, visitor, `${questionOf(bench)} (at once)`),
      ])
      const answers = done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      ensure(answers.length > 0, 'Neither of two questions at once was answered.')
      const places = new Set(answers.map(({ conversationId }) => conversationId))
      ensure(places.size === 1, `Two questions at once went to ${places.size} conversations.`)
    },
  },
  {
    name: 'a streamed question of a visitor goes on in the conversation of that visitor',
    needs: ['contacts.ensure', 'messages.ask', 'messages.stream'],
    async run(bench) {
      const visitor = newVisitor()
      const { conversationId } = await askAs(bench, visitor, questionOf(bench))
      const input = { text: `${questionOf(bench)} (streamed)`, ...bench.harness.use?.ask }
      const { answer } = await collectStream(requireOperation(bench.adapter, 'messages.stream')({ visitor }, input))
      ensure(answer, 'The stream has no finish.')
      ensure(answer.conversationId === conversationId, 'The streamed question went to another conversation.')
    },
  },
  {
    name: 'a question of a visitor that reaches nobody fails as not done, and names no other operation',
    needs: ['contacts.ensure', 'messages.ask'],
    async run(bench) {
      const adapter = await bench.open({ fetch: unreachable, clock: hasty })
      const input = { text: questionOf(bench), ...bench.harness.use?.ask }
      const asking = requireOperation(adapter, 'messages.ask')({ visitor: newVisitor() }, input)
      const error = await ensureFails(asking, 'network', 'A question that reaches nobody')
      ensure(error.outcome === 'not-done', `The question is "${error.outcome}".`)
      ensure(error.retryable, 'The error says that asking again is of no use.')
      const isOwn = error.operation === 'messages.ask' && error.message.includes('messages.ask')
      ensure(isOwn, `The error names ${error.operation}: ${error.message}`)
    },
  },
  {
    name: 'operators are listed once each, and a search narrows the list',
    needs: ['operators.list'],
    async run({ adapter }) {
      const list = adapter.operators?.list
      if (!list) return
      const all = await collect(list())
      ensure(new Set(all.map(({ id }) => id)).size === all.length, 'An operator is listed twice.')
      const found = await collect(list({ search: 'zqxj-nobody-is-called-this' }))
      ensure(found.length === 0, `A search for nonsense finds ${found.length} operators.`)
      const named = all.find(({ name }) => name)
      if (!named?.name) return
      const same = await collect(list({ search: named.name }))
      ensure(
        same.some(({ id }) => id === named.id),
        'A search for an operator’s name does not find the operator.',
      )
    },
  },
  {
    name: 'a reply that takes over if needed is accepted while the agent is in control',
    needs: ['messages.reply'],
    async run(bench) {
      const { adapter, harness } = bench
      if (!supports(adapter, 'contacts.ensure') || !supports(adapter, 'messages.ask')) return
      const { conversationId } = await askAs(bench, newVisitor(), questionOf(bench))
      const reply = requireOperation(adapter, 'messages.reply')
      const input = { text: 'A colleague will call you.', ...harness.use?.reply }
      const { outcome } = await reply(conversationId as string, input, { takeOver: 'if-needed' })
      ensure(outcome === 'accepted', `The reply was "${outcome}".`)
    },
  },
])
