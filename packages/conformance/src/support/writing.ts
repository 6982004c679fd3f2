import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type AskTarget,
  type Attachment,
  type AttachmentInput,
  type CreateContactInput,
  type CreateWebhookInput,
  type KnowledgeInput,
  type KnowledgeItem,
  type Message,
  type OperationName,
  type OperationOptions,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  type Sent,
  supports,
  type UploadInput,
} from '@parley/core'
import type { Bench } from '../check.ts'
import { ensure, orRefused } from './ensure.ts'
import { sampleAgent, sampleFollowUp, sampleHours, sampleSettings, someAgentId } from './making.ts'
import { collect, someContactId, talkingId, threadOf } from './reading.ts'

export const questionOf = ({ harness }: Bench): string => harness.use?.question ?? 'When are you open?'

/** The conversation to write to: the one that the harness names, or else a new one, or else an existing one. */
export async function speakingId(bench: Bench): Promise<string> {
  const { harness, adapter } = bench
  if (harness.use?.speakingId !== undefined) return harness.use.speakingId
  if (!supports(adapter, 'conversations.create')) return talkingId(bench)
  const { id } = await adapter.conversations.create({ contact: await someContactId(bench) })
  return id
}

export const ask = (
  { harness }: Bench,
  adapter: Adapter,
  conversationId: string,
  text: string,
  options?: OperationOptions,
): Promise<Answer> => requireOperation(adapter, 'messages.ask')(conversationId, { text, ...harness.use?.ask }, options)

/** Replies as an operator. Takes over the conversation first, if the adapter can. */
export async function reply({ harness }: Bench, adapter: Adapter, conversationId: string, text: string): Promise<Sent> {
  if (supports(adapter, 'control.takeOver')) await adapter.control.takeOver(conversationId)
  return requireOperation(adapter, 'messages.reply')(conversationId, { text, ...harness.use?.reply })
}

export const stream = (
  { harness }: Bench,
  adapter: Adapter,
  conversationId: string,
  text: string,
  options?: OperationOptions,
): AsyncIterable<AnswerPart> =>
  requireOperation(adapter, 'messages.stream')(conversationId, { text, ...harness.use?.ask }, options)

/** All parts of a streamed answer, and the result of joining them. */
interface Streamed {
  parts: AnswerPart[]
  /** The pieces of the text, joined. */
  text: string
  pieces: number
  /** The answer in the last part, if that part is the `finish`. */
  answer: Answer | undefined
}

export async function collectStream(iteration: AsyncIterable<AnswerPart>): Promise<Streamed> {
  const parts = await collect(iteration)
  const pieces = parts.flatMap((part) => (part.type === 'text' ? part.text : []))
  const last = parts.at(-1)
  return {
    parts,
    text: pieces.join(''),
    pieces: pieces.length,
    answer: last?.type === 'finish' ? last.answer : undefined,
  }
}

/** An instant a day after the newest entity. It is in the future by the server's clock too. */
export async function tomorrow(adapter: Adapter): Promise<string> {
  const last = (await adapter.conversations?.list?.())?.items[0]?.lastActivityAt
  const now = Math.max(Date.now(), last ? Date.parse(last) : 0)
  return new Date(now + 86_400_000).toISOString()
}

/** Schedules a reply for tomorrow, and finds it in the thread. */
export async function replyLater(bench: Bench, text: string): Promise<{ sendAt: string; message: Message }> {
  const { adapter, harness } = bench
  const id = await speakingId(bench)
  if (supports(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
  const sendAt = await tomorrow(adapter)
  const sent = await requireOperation(adapter, 'messages.reply')(id, { text, sendAt, ...harness.use?.reply })
  ensure(sent.outcome === 'accepted', `The scheduled reply was "${sent.outcome}" instead of accepted.`)
  const message = (await threadOf(adapter, id)).find((each) => each.id === sent.messageId || each.text === text)
  ensure(message, 'The scheduled reply is not in the thread.')
  return { sendAt, message }
}

export const isWaiting = async (adapter: Adapter, { id, conversationId }: Message): Promise<boolean> =>
  (await threadOf(adapter, conversationId)).some((each) => each.id === id && each.status?.value === 'scheduled')

/** One knowledge item of each kind, and a file in both of its forms. */
const sampleKnowledge: readonly KnowledgeInput[] = [
  { kind: 'faq', question: 'Do you take old bikes?', answer: 'Yes, on Fridays.' },
  { kind: 'text', title: 'Old bikes', text: 'We take old bikes on Fridays.' },
  { kind: 'website', url: 'https://www.example.com/old-bikes' },
  { kind: 'file', title: 'Old bikes', fileName: 'old-bikes.txt', text: 'We take old bikes on Fridays.' },
  {
    kind: 'file',
    fileName: 'older-bikes.txt',
    contentType: 'text/plain',
    content: new Blob(['We take old bikes on Fridays.'], { type: 'text/plain' }),
  },
]

/** Adds each sample that the vendor accepts. */
export async function addKnowledge(adapter: Adapter): Promise<{ input: KnowledgeInput; item: KnowledgeItem }[]> {
  const added: { input: KnowledgeInput; item: KnowledgeItem }[] = []
  for (const input of sampleKnowledge) {
    const item = adapter.knowledge?.add && (await orRefused(adapter.knowledge.add(input)))
    if (item) added.push({ input, item })
  }
  return added
}

export const listedKnowledge = async (adapter: Adapter): Promise<ReadonlyMap<string, KnowledgeItem>> => {
  const list = adapter.knowledge?.list
  return new Map((list ? await collect(list()) : []).map((item) => [item.id, item]))
}

/** A PNG of one pixel. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const sampleBytes: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))

export const sampleFile = (): UploadInput => ({
  fileName: 'conformance.png',
  contentType: 'image/png',
  content: new Blob([sampleBytes], { type: 'image/png' }),
})

/** Fails unless the bytes are those of the sample file. An adapter without types may return anything. */
export function ensureIsSample(bytes: unknown): void {
  ensure(bytes instanceof Uint8Array, 'What was read has no bytes.')
  const isSame = bytes.length === sampleBytes.length && bytes.every((byte, index) => byte === sampleBytes[index])
  ensure(isSame, `It has ${bytes.length} bytes instead of ${sampleBytes.length}, or others than were sent.`)
}

/** Sends a file to the contact, and returns it as the thread shows it. */
export async function sendFile(
  bench: Bench,
  text: string,
  fileFor: (conversationId: string) => AttachmentInput | Promise<AttachmentInput>,
): Promise<Attachment> {
  const { adapter, harness } = bench
  const id = await speakingId(bench)
  if (supports(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
  const attachments = [await fileFor(id)]
  const sent = await requireOperation(adapter, 'messages.reply')(id, { text, attachments, ...harness.use?.reply })
  ensure(sent.outcome === 'accepted', `The message with the file was "${sent.outcome}" instead of accepted.`)
  const isIt = (message: Message) => message.id === sent.messageId || message.text === text
  const message = (await threadOf(adapter, id)).find(isIt)
  ensure(message, 'The message with the file is not in the thread.')
  const [attachment, ...more] = message.attachments ?? []
  ensure(attachment && more.length === 0, `In the thread it has ${message.attachments?.length ?? 'no'} files.`)
  return attachment
}

/** Uploads a file for a message, if the adapter can. */
export const uploaded = ({ adapter }: Bench) => {
  const upload = requireOperation(adapter, 'attachments.upload')
  return (conversationId: string): Promise<AttachmentInput> => upload(conversationId, sampleFile())
}

/** A writing operation, in a form that is the same for all of them. */
interface AnyWrite {
  operation: OperationName
  /** The id of the existing entity that it changes. `null`: it creates an entity. */
  id: string | null
  run(adapter: Adapter, id: string, options?: OperationOptions): Promise<unknown>
}

type Target = (() => Promise<string | undefined>) | null

/** Every writing operation of the adapter, except those that send messages. The deleting ones come last. */
export async function writesOf(bench: Bench): Promise<AnyWrite[]> {
  const { adapter } = bench
  const writes: AnyWrite[] = []
  const add = async (operation: OperationName, target: Target, run: AnyWrite['run']): Promise<void> => {
    const id = supports(adapter, operation) ? target && (await target()) : undefined
    if (id !== undefined) writes.push({ operation, id, run })
  }
  const { agent, action, knowledge, ...targets } = targetsOf(bench)

  await add('agents.create', null, async ({ agents }, _, options) => agents?.create?.(sampleAgent, options))
  await add('agents.update', agent, async ({ agents }, id, options) => agents?.update?.(id, { name: 'Other' }, options))
  await add('agents.workingHours.set', agent, async ({ agents }, id, options) =>
    agents?.workingHours?.set?.(id, sampleHours, options),
  )
  await add('agents.actions.attach', agent, async ({ agents }, id, options) =>
    agents?.actions?.attach?.(id, sampleFollowUp, options),
  )
  await add('agents.actions.update', action, async ({ agents }, id, options) =>
    agents?.actions?.update?.(await agent(), id, { name: 'Other' }, options),
  )
  await add('agents.followUp.update', agent, async ({ agents }, id, options) =>
    agents?.followUp?.update?.(id, { ...sampleSettings, actionIds: [await action()] }, options),
  )
  await add('contacts.upsert', null, async ({ contacts }, _, options) => contacts?.upsert?.(somebody(), options))
  await add('contacts.create', null, async ({ contacts }, _, options) => contacts?.create?.(somebody(), options))
  await add('attachments.upload', targets.conversation, async ({ attachments }, id, options) =>
    attachments?.upload?.(id, sampleFile(), options),
  )
  await add('knowledge.add', null, async (own, _, options) => {
    const input = (await knowledge())?.input
    return input && own.knowledge?.add?.(input, options)
  })
  await add('feedback.give', targets.answer, async ({ feedback }, id, options) =>
    feedback?.give?.(id, { vote: 'up', authorId: await targets.contact(), question: 'Is it so?' }, options),
  )
  await add('webhooks.create', null, async ({ webhooks }, _, options) => webhooks?.create?.(webhook, options))

  await add('control.takeOver', targets.conversation, async ({ control }, id, options) =>
    control?.takeOver?.(id, options),
  )
  await add('control.release', targets.conversation, async ({ control }, id, options) =>
    control?.release?.(id, options),
  )
  await add('conversations.assign', targets.conversation, async ({ conversations }, id, options) =>
    conversations?.assign?.(id, await targets.operator(), options),
  )
  await add('conversations.close', targets.conversation, async ({ conversations }, id, options) =>
    conversations?.close?.(id, options),
  )

  await add('messages.cancel', targets.later, async ({ messages }, id, options) => messages?.cancel?.(id, options))
  await add(
    'knowledge.remove',
    async () => (await knowledge())?.item.id,
    async (own, id, options) => own.knowledge?.remove?.(id, options),
  )
  await add('feedback.dismiss', targets.suggestion, async ({ feedback }, id, options) =>
    feedback?.dismiss?.(id, options),
  )
  await add('agents.actions.remove', action, async ({ agents }, id, options) =>
    agents?.actions?.remove?.(await agent(), id, options),
  )
  await add('agents.workingHours.clear', agent, async ({ agents }, id, options) =>
    agents?.workingHours?.clear?.(id, options),
  )
  await add('conversations.delete', targets.conversation, async ({ conversations }, id, options) =>
    conversations?.delete?.(id, options),
  )
  await add('contacts.delete', targets.newContact, async ({ contacts }, id, options) => contacts?.delete?.(id, options))
  await add('agents.delete', agent, async ({ agents }, id, options) => agents?.delete?.(id, options))
  return writes
}

let people = 0

/** A different contact each time, which no vendor merges with an earlier one. */
export const somebody = (): CreateContactInput => {
  const number = ++people
  const externalId = `conformance-write-${number}`
  return { firstName: 'Nora', lastName: `Write${number}`, email: `${externalId}@example.com`, externalId }
}

export const webhook: CreateWebhookInput = {
  ...{ title: 'Conformance', description: 'A test.', url: 'https://hooks.example.com/conformance' },
  trigger: 'conversation.ended',
}

/** The entities that writes can change. Each is created or found once. */
function targetsOf(bench: Bench) {
  const { adapter } = bench
  const agent = once(() => someAgentId(adapter))
  return {
    agent,
    action: once(async () => (await adapter.agents?.actions?.attach?.(await agent(), sampleFollowUp))?.id ?? ''),
    contact: once(() => someContactId(bench)),
    newContact: once(async () => (await adapter.contacts?.create?.(somebody()))?.id),
    conversation: once(() => speakingId(bench)),
    operator: once(() => operatorsOf(bench).then(([id = null]) => id)),
    answer: once(async () => {
      const thread = await threadOf(adapter, await talkingId(bench))
      return thread.find(({ author }) => author.kind === 'agent')?.id
    }),
    later: once(async () => (await replyLater(bench, 'A colleague here: not today.')).message.id),
    knowledge: once(async () => (await addKnowledge(adapter))[0]),
    suggestion: once(async () => (await adapter.feedback?.suggestions?.())?.items[0]?.id),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** An operation that sends a message. */
export interface Verb {
  name: 'ask' | 'stream' | 'reply' | 'note'
  kind: SendAttempt['kind']
  /** Whether it can open a conversation. */
  opens: boolean
  /** The id of a conversation in which the operation can be used. */
  place(bench: Bench): Promise<string>
  /** The id of a contact without a conversation, if the vendor has such contacts. */
  contact(bench: Bench): Promise<string>
  run(bench: Bench, adapter: Adapter, target: AskTarget, options: SendOptions): Promise<{ attempt: SendAttempt }>
}

/** The ids of operators: the one that the harness names, then those of the list. */
export async function operatorsOf({ adapter, harness }: Bench): Promise<string[]> {
  const named = harness.use?.reply?.operatorId
  const listed = supports(adapter, 'operators.list') ? await collect(adapter.operators.list()) : []
  return [...new Set([...(named === undefined ? [] : [named]), ...listed.map(({ id }) => id)])]
}

const others = { place: speakingId, contact: newContactId }

async function newContactId(bench: Bench): Promise<string> {
  const { adapter } = bench
  if (supports(adapter, 'contacts.create')) return (await adapter.contacts.create(somebody())).id
  if (supports(adapter, 'contacts.upsert')) return (await adapter.contacts.upsert(somebody())).id
  if (supports(adapter, 'contacts.ensure')) {
    const { contact } = await adapter.contacts.ensure({ externalId: crypto.randomUUID() })
    return contact.id
  }
  return someContactId(bench)
}

async function operatorsId(bench: Bench): Promise<string> {
  const id = await speakingId(bench)
  if (supports(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
  return id
}

export const verbs: readonly Verb[] = [
  {
    ...{ ...others, name: 'ask', kind: 'ask', opens: true },
    run: (bench, adapter, target, options) =>
      requireOperation(adapter, 'messages.ask')(
        target,
        { text: questionOf(bench), ...bench.harness.use?.ask },
        options,
      ),
  },
  {
    ...{ ...others, name: 'stream', kind: 'ask', opens: true },
    async run(bench, adapter, target, options) {
      const input = { text: questionOf(bench), ...bench.harness.use?.ask }
      const { answer } = await collectStream(requireOperation(adapter, 'messages.stream')(target, input, options))
      ensure(answer, 'The stream ended without an answer.')
      return answer
    },
  },
  {
    ...{ ...others, name: 'reply', kind: 'reply', opens: false },
    place: operatorsId,
    run: (bench, adapter, target, options) =>
      requireOperation(adapter, 'messages.reply')(
        target as string,
        { text: 'We are.', ...bench.harness.use?.reply },
        options,
      ),
  },
  {
    ...{ ...others, name: 'note', kind: 'note', opens: false },
    run: (bench, adapter, target, options) =>
      requireOperation(adapter, 'messages.note')(
        target as string,
        { text: 'They called.', ...bench.harness.use?.note },
        options,
      ),
  },
]
