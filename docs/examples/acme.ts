import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  type AdapterOptions,
  type Call,
  type Conversation,
  type ConversationOperations,
  type Credential,
  checkId,
  compact,
  createTransport,
  credentialOption,
  DecodeError,
  decodeCursor,
  encodeCursor,
  isRecord,
  type Message,
  type MessageOperations,
  type MessageQuery,
  optionSchema,
  type Payload,
  type PayloadReader,
  type Protocol,
  pathOf,
  type RuntimeOptions,
  type Traits,
  textOption,
  vendorOptions,
  vocabulary,
} from '@parley/core'
import { filterLocally } from '@parley/core/operations'

export interface AcmeOptions extends AdapterOptions, RuntimeOptions {
  token: Credential
  baseUrl: string
}

export type Acme = AdapterIdentity & {
  conversations: Pick<ConversationOperations, 'list' | 'get'>
  messages: Pick<MessageOperations, 'list'>
}

// 1. The vendor's words. A word that is not in the map becomes `unknown`, and the word itself is kept.
const channel = vocabulary({ chat: 'web', mail: 'email', phone: 'voice' })
const status = vocabulary({ open: 'open', done: 'closed' })
const author = vocabulary({ customer: 'contact', bot: 'agent', staff: 'operator' })

// 2. Readers. They read the fields that are there, omit the others, and never throw because of one bad field.
function readConversation(raw: Payload, reading: PayloadReader): Conversation {
  const bot = reading.flag(raw, 'bot')
  return compact<Conversation>({
    ...reading.entity('conversation', reading.id(raw), raw),
    status: reading.term(raw, 'state', status) ?? { value: 'unknown', native: null },
    channel: reading.term(raw, 'via', channel),
    control: { holder: bot ? 'agent' : 'operator', basis: 'vendor', native: bot ?? null },
    contact: reading.nested(raw, 'customer', (customer) => ({
      id: reading.id(customer),
      ref: reading.ref('contact', reading.id(customer)),
      ...compact<{ name?: string | null }>({ name: reading.text(customer, 'name') }),
    })),
    lastActivityAt: reading.time(raw, 'updated'),
  })
}

function readMessage(raw: Payload, reading: PayloadReader, conversationId: string): Message {
  const role = reading.term(raw, 'from', author)
  const kind = role?.value ?? 'unknown'
  return compact<Message>({
    ...reading.entity('message', reading.id(raw), raw),
    conversationId,
    type: { value: 'text', native: null },
    direction: kind === 'contact' ? 'inbound' : kind === 'unknown' ? 'unknown' : 'outbound',
    author: { kind, basis: 'vendor', native: role?.native === undefined ? null : String(role.native) },
    text: reading.text(raw, 'text'),
    sourcesState: 'unavailable',
    createdAt: reading.time(raw, 'at'),
  })
}

// 3. The protocol: the credential, the headers, and the vendor's errors.
const protocolOf = (options: AcmeOptions): Protocol => ({
  vendor: 'acme',
  baseUrl: options.baseUrl,
  authorize: (token) => ({ authorization: `Bearer ${token}` }),
  readProblem: ({ status, body }) =>
    status < 400 ? undefined : isRecord(body) ? { vendorCode: String(body['code']) } : {},
})

const object = (body: unknown): Payload => {
  if (isRecord(body)) return body
  throw new DecodeError('')
}

const numberIn = (cursor: string | undefined, first: number): number =>
  cursor === undefined ? first : decodeCursor(cursor, (state) => (typeof state === 'number' ? state : undefined))

// How Acme behaves where vendors differ, for the operations that the adapter has.
const traits: Traits = {
  statusRead: { value: 'yes', reason: 'A chat is open or done.' },
  messageTimes: { value: 'yes', reason: 'Every line has a time.' },
  answerSources: { value: 'none', reason: 'Lines have no sources.' },
  deletes: { value: 'seen', reason: 'A chat that is gone is a 404.' },
  edits: { value: 'never', reason: 'Lines cannot be changed.' },
}

const filters = { status: 'vendor', unread: 'unanswerable', isStarred: 'unanswerable' } as const

// 4. The adapter: a plain object of operations. Acme supports no others.
export function acme(options: AcmeOptions): Acme {
  const transport = createTransport(protocolOf(options), { ...options, credential: options.token })
  const groups = {
    conversations: {
      list: (query, limits) =>
        transport.list('conversations.list', query, limits, async (call, query, cursor) => {
          vendorOptions(call, query.vendor, {})
          const number = numberIn(cursor, 1)
          const state = query.status && (query.status === 'open' ? 'open' : 'done')
          const search = { page: number, size: Math.min(query.limit ?? 20, 50), state, sort: query.order }
          return call.read({ path: '/chats', query: search }, (body, reading) => {
            const all = reading.items(object(body)['chats'], 'chats', (chat) => readConversation(chat, reading))
            const filtered = filterLocally(all, query, new Set(['status']), filters, reading)
            const next = object(body)['more'] === true ? encodeCursor(number + 1) : null
            return { ...filtered, next, warnings: reading.warnings }
          })
        }),
      get: async (target, limits) => {
        const call = transport.begin('conversations.get', limits)
        const path = pathOf`/chats/${checkId(call, target, 'conversation')}`
        return call.read({ path }, (body, reading) => readConversation(object(body), reading))
      },
    },
    messages: {
      list: (target, query, limits) => {
        const readPage = async (call: Call, query: MessageQuery, cursor: string | undefined) => {
          vendorOptions(call, query.vendor, {})
          const [id, start] = [checkId(call, target, 'conversation'), numberIn(cursor, 0)]
          return call.read({ path: pathOf`/chats/${id}/lines` }, (body, reading) => {
            const all = reading.items(object(body)['lines'], 'lines', (line) => readMessage(line, reading, id))
            if (query.order !== 'asc') all.reverse()
            const end = start + (query.limit ?? all.length)
            const next = end < all.length ? encodeCursor(end) : null
            return { items: all.slice(start, end), next, warnings: reading.warnings }
          })
        }
        return transport.list('messages.list', query, limits, readPage, target)
      },
    },
  } satisfies Pick<Adapter, 'conversations' | 'messages'>
  return {
    vendor: 'acme',
    account: transport.settings.account,
    ...groups,
    traits: async () => traits,
    unsupported: { 'messages.reply': 'Acme only lets its own desk answer.' },
    limits: {
      pageSize: { 'conversations.list': { default: 20, max: 50 } },
      filters,
      text: {},
      rate: [],
      notes: [],
    },
  }
}

// The definition, with which `open` creates the adapter from a configuration.
export const acmeDefinition: AdapterDefinition<AcmeOptions, Acme> = {
  vendor: 'acme',
  label: 'Acme',
  configSchema: optionSchema<Pick<AcmeOptions, 'token' | 'baseUrl'>>({ token: credentialOption, baseUrl: textOption }),
  env: { token: 'ACME_TOKEN' },
  create: acme,
}
