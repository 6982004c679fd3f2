import {
  type Adapter,
  type CreateAgentInput,
  type CreateContactInput,
  type CreateConversationInput,
  type FieldSupport,
  type KnowledgeInput,
  type KnowledgeItem,
  type Message,
  type OperationName,
  type PortableModel,
  type ReplyInput,
  supports,
  type UpdateConversationInput,
} from '@parley/core'
import { fieldSupport, portableFields } from '@parley/core/fields'
import type { Bench } from '../check.ts'
import { collect, someContactId, threadOf } from './reading.ts'
import { operatorsOf, speakingId } from './writing.ts'

export const portableModels = Object.keys(portableFields) as PortableModel[]

/** An adapter's entry for one field. */
export interface TableRow {
  model: PortableModel
  field: string
  support: FieldSupport
}

/** The field table as rows. `undefined`: the adapter declares none. The table is optional. */
export async function fieldRows({ adapter }: Pick<Bench, 'adapter'>): Promise<TableRow[] | undefined> {
  const table = await adapter.fields?.()
  if (!table) return undefined
  return portableModels.flatMap((model) =>
    portableFields[model].flatMap((field) => {
      const support = fieldSupport(table, model, field)
      return support ? [{ model, field, support }] : []
    }),
  )
}

/** One way to write one field through the contract, and the value that must read back. */
export interface FieldWrite {
  model: PortableModel
  field: string
  /** The operations that the write needs. */
  needs: readonly OperationName[]
  /** Writes the field, and reads it back with another call. */
  run(bench: Bench): Promise<{ wanted: unknown; found: unknown }>
}

/** A write of every field that an input of the contract has. */
export const fieldWrites = (): FieldWrite[] => [
  ...contactWrites(),
  ...conversationWrites(),
  ...agentWrites(),
  ...knowledgeWrites(),
  ...messageWrites(),
]

let count = 0

/** A contact with values that no other contact has, so that no upsert finds another one. */
const fresh = (): CreateContactInput => {
  const number = ++count
  return {
    firstName: 'Nora',
    lastName: 'Field',
    email: `nora.field.${number}@example.com`,
    externalId: `conformance-field-${number}`,
  }
}

const contactSamples: Readonly<Record<string, Partial<CreateContactInput>>> = {
  name: { name: 'Nora Field' },
  firstName: { firstName: 'Nora' },
  lastName: { lastName: 'Field' },
  phone: { phone: '+15550142' },
  country: { country: 'AT' },
  tags: { tags: ['conformance'] },
  customFields: { customFields: { conformance: 'yes' } },
}

function contactWrites(): FieldWrite[] {
  const write = (field: string, input: () => CreateContactInput): FieldWrite => ({
    model: 'contact',
    field,
    needs: ['contacts.get'],
    async run({ adapter }) {
      const given = input()
      const make = adapter.contacts?.create ?? adapter.contacts?.upsert
      const made = await make?.(given)
      const read = await adapter.contacts?.get?.(made?.id ?? '')
      return { wanted: plainField(given, field), found: plainField(read, field) }
    },
  })
  return [
    write('email', fresh),
    write('externalId', fresh),
    ...Object.entries(contactSamples).map(([field, more]) => write(field, () => ({ ...fresh(), ...more }))),
  ]
}

function conversationWrites(): FieldWrite[] {
  const create = (field: string, input: Partial<CreateConversationInput>): FieldWrite => ({
    model: 'conversation',
    field,
    needs: ['conversations.create', 'conversations.get'],
    async run(bench) {
      const { adapter } = bench
      const contact = await someContactId(bench)
      const made = await adapter.conversations?.create?.({ contact, ...input })
      const found = await storedConversation(adapter, made?.id ?? '', field)
      return { wanted: field === 'contact' ? contact : plainField(input, field), found }
    },
  })
  const update = (field: string, input: UpdateConversationInput, wanted: unknown): FieldWrite => ({
    model: 'conversation',
    field,
    needs: ['conversations.update', 'conversations.get'],
    async run(bench) {
      const id = await speakingId(bench)
      await bench.adapter.conversations?.update?.(id, input)
      return { wanted, found: await storedConversation(bench.adapter, id, field) }
    },
  })
  const assign: FieldWrite = {
    model: 'conversation',
    field: 'assignee',
    needs: ['conversations.assign', 'conversations.get', 'operators.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const [wanted = null] = await operatorsOf(bench)
      await bench.adapter.conversations?.assign?.(id, wanted)
      return { wanted, found: await storedConversation(bench.adapter, id, 'assignee') }
    },
  }
  return [
    assign,
    create('contact', {}),
    create('title', { title: 'Conformance' }),
    create('customFields', { customFields: { conformance: 'yes' } }),
    create('channel', { channel: 'whatsapp' }),
    update('isStarred', { isStarred: true }, true),
    update('unreadCount', { unread: false }, 0),
    update('status', { status: 'archived' }, 'archived'),
  ]
}

/** A field of a stored conversation. Some vendors return it only in their list. */
async function storedConversation(adapter: Adapter, id: string, field: string): Promise<unknown> {
  const read = await adapter.conversations?.get?.(id)
  const found = plainField(read, field)
  if (found !== undefined || !supports(adapter, 'conversations.list')) return found
  const listed = await collect(adapter.conversations.list(read?.contact?.id ? { contactId: read.contact.id } : {}))
  return plainField(
    listed.find((conversation) => conversation.id === id),
    field,
  )
}

const agentSamples: Readonly<Record<string, Partial<CreateAgentInput>>> = {
  name: {},
  displayName: { displayName: 'Ann' },
  description: { description: 'Answers at night.' },
  businessName: { businessName: 'Harbour Dental' },
  status: { status: 'inactive' },
  mode: { mode: 'suggestive' },
  channels: { channels: ['sms'] },
  liveChatEnabled: {},
  instructions: {},
  personality: {},
  goal: {},
  prompt: { prompt: 'Answer in one sentence.' },
  model: { model: 'any' },
  knowledgeBaseIds: { knowledgeBaseIds: ['conformance'] },
  replyDelayMs: { replyDelayMs: 60_000 },
  maxMessages: { maxMessages: 7 },
  pause: { pause: { onOperatorMessage: true, onAutomationMessage: false, durationMs: 3_600_000 } },
  tags: { tags: ['conformance'] },
}

function agentWrites(): FieldWrite[] {
  const base: CreateAgentInput = {
    name: 'Conformance',
    personality: 'Calm',
    goal: 'Help',
    instructions: 'Answer briefly.',
    liveChatEnabled: true,
  }
  return Object.entries(agentSamples).map(([field, more]) => ({
    model: 'agent',
    field,
    needs: ['agents.create', 'agents.get'],
    async run({ adapter }) {
      const input = { ...base, ...more }
      const made = await adapter.agents?.create?.(input)
      const read = await adapter.agents?.get?.(made?.id ?? '')
      return { wanted: plainField(input, field), found: plainField(read, field) }
    },
  }))
}

const knowledgeSamples: readonly [KnowledgeInput, readonly string[]][] = [
  [{ kind: 'faq', question: 'When do you open?', answer: 'At nine.' }, ['kind', 'question', 'answer']],
  [{ kind: 'website', url: 'https://www.example.com/conformance' }, ['url']],
  [{ kind: 'text', title: 'Conformance', text: 'We open at nine.' }, ['title', 'text']],
  [
    {
      kind: 'file',
      fileName: 'conformance.txt',
      content: new Blob(['We open at nine.'], { type: 'text/plain' }),
      contentType: 'text/plain',
    },
    ['fileName'],
  ],
]

function knowledgeWrites(): FieldWrite[] {
  return knowledgeSamples.flatMap(([input, fields]) =>
    fields.map((field) => ({
      model: 'knowledge',
      field,
      needs: ['knowledge.add', 'knowledge.list'],
      async run({ adapter }) {
        const made = await adapter.knowledge?.add?.(input)
        const read = await storedKnowledge(adapter, made?.id)
        return { wanted: plainField(input, field), found: plainField(read, field) }
      },
    })),
  )
}

async function storedKnowledge(adapter: Adapter, id: string | undefined): Promise<KnowledgeItem | undefined> {
  const items = supports(adapter, 'knowledge.list') ? await collect(adapter.knowledge.list()) : []
  return items.find((item) => item.id === id)
}

function messageWrites(): FieldWrite[] {
  const operatorId = ({ harness }: Bench) => harness.use?.reply?.operatorId
  const reply = (
    field: string,
    more: Partial<ReplyInput>,
    values: (message: Message, bench: Bench, id: string) => { wanted: unknown; found: unknown },
  ): FieldWrite => ({
    model: 'message',
    field,
    needs: ['messages.reply', 'messages.list'],
    async run(bench) {
      const { adapter, harness } = bench
      const id = await speakingId(bench)
      const text = `Written for the field ${field}.`
      if (supports(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
      await adapter.messages?.reply?.(id, { text, ...harness.use?.reply, ...more })
      const found = (await threadOf(adapter, id)).find((message) => message.text === text)
      return found ? values(found, bench, id) : { wanted: 'a message in the thread', found: undefined }
    },
  })
  return [
    reply('text', {}, ({ text }) => ({ wanted: text, found: text })),
    reply('conversationId', {}, ({ conversationId }, _, id) => ({ wanted: id, found: conversationId })),
    reply('direction', {}, ({ direction }) => ({ wanted: 'outbound', found: direction })),
    reply('type', {}, ({ type }) => ({ wanted: 'text', found: type.value })),
    reply('author', {}, ({ author }, bench) => ({
      wanted: ['operator', operatorId(bench)],
      found: [author.kind, operatorId(bench) === undefined ? undefined : author.id],
    })),
  ]
}

/** A field of an input or a model, in a form that can be compared: a term as its value, a contact as its id. */
function plainField(of: object | undefined, field: string): unknown {
  const value = (of as Record<string, unknown> | undefined)?.[field]
  return Array.isArray(value) ? value.map(plain) : plain(value)
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('native' in value && 'value' in value) return value.value
  return 'id' in value ? value.id : value
}
