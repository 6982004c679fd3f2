import { type Adapter, can, type OperationName, type UpdateConversationInput } from '@parley/core'
import type { Bench } from '../bench.ts'
import { sampleAgent, someAgentId } from './agents.ts'
import { collect } from './collect.ts'
import { sampleFile } from './files.ts'
import { orUnsupported } from './refusal.ts'
import { someContactId, talkingId, threadOf } from './sample.ts'
import { questionOf } from './speak.ts'
import { somebody, webhook } from './writes.ts'

/** An operation whose input has a `vendor` field, called with what is otherwise right. */
export interface VendorCall {
  operation: OperationName
  run(adapter: Adapter, vendor: object): PromiseLike<unknown> | undefined
}

/** Every operation of the adapter that takes options of its vendor. */
export async function vendorCallsOf(bench: Bench): Promise<VendorCall[]> {
  const { adapter, harness } = bench
  const { ask, reply, note } = harness.use ?? {}
  const talk = can(adapter, 'messages.list') ? await talkingId(bench) : ''
  const agent = can(adapter, 'agents.update') ? await someAgentId(adapter) : ''
  const contact = can(adapter, 'conversations.create') ? await someContactId(bench) : ''
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
    .filter(({ operation }) => can(adapter, operation))
}

/** A change of a conversation that the vendor takes. */
async function changeOf(adapter: Adapter, id: string): Promise<UpdateConversationInput> {
  if (!can(adapter, 'conversations.update')) return {}
  const changes: readonly UpdateConversationInput[] = [{ title: 'Other' }, { isRead: true }, { isStarred: true }]
  for (const change of changes) if (await orUnsupported(adapter.conversations.update(id, change))) return change
  return { status: 'open' }
}
