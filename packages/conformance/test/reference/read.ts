import {
  type Attachment,
  type Author,
  type AuthorKind,
  type Channel,
  type Contact,
  type Control,
  type Conversation,
  compact,
  DecodeError,
  type Direction,
  type Generation,
  type InputRequest,
  isRecord,
  type Message,
  type Payload,
  type PayloadReader,
  type Source,
  type Term,
  type TermMap,
  vocabulary,
} from '@parley/core'
import { rowMessageId } from '@parley/core/operations'

export const channel: TermMap<Channel> = vocabulary({ chat: 'web', mail: 'email', phone: 'voice' })
const status = vocabulary({ open: 'open', done: 'closed' })
const author = vocabulary({
  customer: 'contact',
  bot: 'agent',
  staff: 'operator',
  rule: 'automation',
  note: 'operator',
})

const delivery = vocabulary({ later: 'scheduled', sent: 'sent', arrived: 'delivered', seen: 'read', lost: 'failed' })

const forms = vocabulary({ text: 'text', call: 'call', activity: 'activity', tool: 'tool' })

const nothing: Term<never> = { value: 'unknown', native: null }

export const object = (body: unknown): Payload => {
  if (isRecord(body)) return body
  throw new DecodeError('')
}

export const readContact = (raw: Payload, reading: PayloadReader): Contact => ({
  ...reading.entity('contact', reading.id(raw), raw),
  ...compact<Omit<Contact, 'ref' | 'vendor' | 'account' | 'id'>>({
    name: reading.text(raw, 'name'),
    email: reading.text(raw, 'mail'),
    externalId: reading.text(raw, 'crm'),
  }),
})

export function readConversation(raw: Payload, reading: PayloadReader): Conversation {
  const bot = reading.flag(raw, 'bot')
  const owner = reading.text(raw, 'owner')
  return {
    ...reading.entity('conversation', reading.id(raw), raw),
    status: reading.term(raw, 'state', status) ?? nothing,
    control: {
      holder: bot === undefined ? 'unknown' : bot ? 'agent' : 'operator',
      basis: bot === undefined ? 'none' : 'vendor',
      native: bot ?? null,
      ...compact<Partial<Control>>({ inputRequests: readWants(raw, reading) }),
    },
    ...compact<Partial<Conversation>>({
      agentId: reading.text(raw, 'agent'),
      title: reading.text(raw, 'topic'),
      channel: reading.term(raw, 'via', channel),
      contact: reading.nested(raw, 'customer', (customer) => {
        const { id, ref, name, email, externalId } = readContact(customer, reading)
        return compact<NonNullable<Conversation['contact']>>({ id, ref, name, email, externalId, phone: undefined })
      }),
      assignee: owner === undefined ? undefined : owner === null ? null : { id: owner },
      unreadCount: reading.number(raw, 'unread') ?? undefined,
      isStarred: reading.flag(raw, 'star'),
      lastActivityAt: reading.time(raw, 'touched'),
    }),
  }
}

/** What the bot waits for. */
export function readWants(raw: Payload, reading: PayloadReader): InputRequest[] | undefined {
  const request = reading.nested(raw, 'wants', (wants) => ({
    id: reading.id(wants),
    text: reading.text(wants, 'ask') ?? null,
    choices: (reading.texts(wants, 'choices') ?? []).map((choice) => ({ value: choice, label: choice })),
  }))
  return request ? [request] : undefined
}

const directions: Record<AuthorKind, Direction> = {
  ...{ contact: 'inbound', agent: 'outbound', operator: 'outbound', automation: 'outbound' },
  ...{ system: 'internal', unknown: 'unknown' },
}

function readAuthor(raw: Payload, reading: PayloadReader): Author {
  const role = reading.term(raw, 'from', author) ?? nothing
  const id = reading.text(raw, 'staff')
  const native = role.native === null ? null : String(role.native)
  return { kind: role.value, basis: 'vendor', native, ...(id && { id }) }
}

/** Two messages that share a row of the vendor get ids of their own, and the answer names its question. */
function readRow(raw: Payload, reading: PayloadReader): { id: string; inReplyTo: string | null | undefined } {
  const [id, part] = [reading.id(raw), reading.text(raw, 'part')]
  if (part === 'question') return { id: rowMessageId(id, part), inReplyTo: null }
  if (part === 'answer') return { id: rowMessageId(id, part), inReplyTo: rowMessageId(id, 'question') }
  return { id, inReplyTo: reading.text(raw, 'answers') }
}

export function readMessage(raw: Payload, reading: PayloadReader): Message {
  const { id, inReplyTo } = readRow(raw, reading)
  const by = readAuthor(raw, reading)
  const note = by.native === 'note'
  const form = reading.term(raw, 'form', forms)
  const links = reading.list(raw, 'links', (link) => readSource(link, reading))
  const fetchable = reading.flag(raw, 'hasLinks') === true
  return {
    ...reading.entity('message', id, raw),
    conversationId: reading.text(raw, 'chat') ?? '',
    type: note || !form ? { value: note ? 'note' : 'text', native: note ? 'note' : null } : form,
    direction: note || form?.value === 'tool' ? 'internal' : directions[by.kind],
    author: by,
    sourcesState: links ? 'inline' : fetchable ? 'fetchable' : 'unavailable',
    ...compact<Partial<Message>>({
      text: reading.text(raw, 'text'),
      channel: reading.term(raw, 'via', channel),
      externalId: reading.text(raw, 'mark'),
      inReplyTo,
      status: reading.term(raw, 'delivery', delivery),
      attachments: reading.list(raw, 'files', (file) => readFile(file, reading)),
      sources: links,
      createdAt: reading.time(raw, 'at'),
    }),
  }
}

export const readSource = (raw: Payload, reading: PayloadReader): Source => {
  const distance = reading.number(raw, 'distance')
  return {
    ...reading.entity('source', reading.id(raw), raw),
    kind: { value: 'website', native: null },
    ...compact<Partial<Source>>({
      url: reading.text(raw, 'url'),
      title: reading.text(raw, 'title'),
      score: typeof distance === 'number' ? { value: distance, metric: 'distance', higherIsBetter: false } : undefined,
    }),
  }
}

export function readGeneration(raw: Payload, reading: PayloadReader): Generation {
  const id = reading.id(raw)
  const said = (line: Payload) => ({ author: readAuthor(line, reading), text: reading.text(line, 'text') ?? null })
  return {
    ...reading.entity('generation', id, raw),
    messageId: id,
    prompt: reading.text(raw, 'prompt') ?? null,
    input: reading.text(raw, 'input') ?? null,
    history: reading.list(raw, 'before', said) ?? [],
    response: said(raw),
    sources: reading.list(raw, 'links', (link) => readSource(link, reading)) ?? [],
    actions: [],
  }
}

const readFile = (raw: Payload, reading: PayloadReader): Attachment => ({
  ...reading.entity('attachment', reading.id(raw), raw),
  access: 'fetchable',
  ...compact<Partial<Attachment>>({ fileName: reading.text(raw, 'name'), contentType: reading.text(raw, 'type') }),
})
