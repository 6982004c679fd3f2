import { createHash } from 'node:crypto'
import { buildRef, type EntityKind, operationNames } from '@parley/core'
import type { components, paths } from '@parley/server/client'

type Schemas = components['schemas']
type JsonOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

const vendor = 'livechatai'
const account = 'shop'
const name = `${vendor}:${account}`
const at = '2026-01-01T12:00:00.000Z'
const ofVendor = (kind: EntityKind, given: string) => {
  // No address can have another one, and it must be shorter than what a server reads.
  const id = given.replace(/\p{Surrogate}/gu, '\ufffd').slice(0, 200)
  return { ref: buildRef({ vendor, account, kind, id }), vendor, account, id }
}
const unknown = (native: string) => ({ value: 'unknown' as const, native })
const page = <Item>(items: Item[]) => ({ items, next: null, warnings: [] })
const by = (text: string) => ({ id: text || 'x', name: text })

/** The conversation whose fields all have the text with this index. */
export const conversationRef = (index: number): string => ofVendor('conversation', `c${index}`).ref

/** The conversation whose messages have all texts of a round. */
export const roundRef = (round: number): string => ofVendor('conversation', `round${round}`).ref

/** How many texts are in the messages of one conversation. */
const textsOfRound = 32

export const roundsOf = (all: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(all.length / textsOfRound) }, (_, round) =>
    all.slice(round * textsOfRound, (round + 1) * textsOfRound),
  )

/** Only the text and the HTML of a message can be longer, because everything else stands in many places. */
const short = (text: string): string => text.slice(0, 3_000)

/** Of a text. Each part of the details shows it, once it shows what was answered for the text. */
export const markOf = (text: string): string =>
  `mark-${createHash('sha1').update(short(text), 'utf16le').digest('hex').slice(0, 12)}`

function conversation(whole: string, index: number, id = `c${index}`): Schemas['DeskConversation'] {
  const text = short(whole)
  const contact = ofVendor('contact', text || 'x')
  return {
    ref: ofVendor('conversation', id).ref,
    account: name,
    conversation: {
      ...ofVendor('conversation', id),
      status: { value: 'open', native: text },
      channel: unknown(text),
      control: {
        ...{ holder: 'agent', basis: 'vendor', native: text },
        inputRequests: [{ id: text || 'x', text, choices: [{ value: text, label: text }] }],
      },
      contact: { id: contact.id, ref: contact.ref, name: text, email: text, phone: text, externalId: text },
      ...{
        agentId: ofVendor('agent', text || 'x').id,
        title: text,
        summary: text,
        labels: [text, markOf(text)],
        state: { id: text, name: text },
      },
      customFields: { [text]: text, 'a field': { [text]: [text] }, address: text },
      lastActivityAt: at,
      createdAt: at,
    },
    status: { value: 'open', place: 'vendor' },
    assignee: { value: { id: text || 'x', name: text }, place: 'vendor' },
    lastMessage: { text, at, author: 'contact', channel: unknown(text) },
    unreadCount: { value: 1, place: 'vendor' },
    snoozedUntil: null,
    tags: [text],
    openSends: 1,
  }
}

/** Another conversation of the same person. */
function other(text: string): Schemas['DeskConversation'] {
  const item = conversation(text, 0, 'other')
  return { ...item, conversation: { ...item.conversation, title: `${text} ${markOf(text)}` } }
}

const source = (text: string): Schemas['Source'] => ({
  ...ofVendor('source', 's'),
  ...{ kind: { value: 'website', native: text }, title: text, url: text, text, fileName: text },
})

function messages(whole: string, index: number): Schemas['Message'][] {
  const text = short(whole)
  const one = (id: string, rest: Partial<Schemas['Message']> & Pick<Schemas['Message'], 'author'>) => ({
    ...ofVendor('message', `c${index}-${id}`),
    ...{ conversationId: `c${index}`, type: { value: 'text' as const, native: text }, direction: 'inbound' as const },
    ...{ sourcesState: 'unavailable' as const, text: whole, createdAt: at },
    ...rest,
  })
  const author = (kind: Schemas['Message']['author']['kind']): Schemas['Message']['author'] => ({
    ...{ kind, basis: 'inferred', id: text, name: text, email: text, avatarUrl: text, native: text },
  })
  const file = (id: string, rest: Partial<Schemas['Attachment']>): Schemas['Attachment'] => ({
    ...ofVendor('attachment', `c${index}-${id}`),
    ...{ access: 'fetchable', url: text, size: 100, ...rest },
  })
  const attachments = [
    file('1', { fileName: text, contentType: text }),
    file('2', { fileName: `${text}.png`, contentType: 'image/png' }),
    file('3', { fileName: `${text}.svg`, contentType: 'image/svg+xml' }),
    file('4', { fileName: `${text}.html`, contentType: 'text/html', url: `${text}.png` }),
  ]
  const email = { subject: text, from: text, to: [text, text], cc: [text], bcc: [text] }
  const note = { type: { value: 'note', native: text }, direction: 'internal' } as const
  const feedback = [{ id: null, comment: text, authorName: text, vote: unknown(text) }]
  // Newest first, as the server has them.
  return [
    one('call', {
      ...{ author: author('operator'), type: { value: 'call', native: text }, text: null },
      call: { duration: 1, status: unknown(text) },
    }),
    one('tool', { author: author('automation'), type: { value: 'tool', native: text }, direction: 'internal' }),
    one('activity', { author: author('system'), type: { value: 'activity', native: text }, direction: 'internal' }),
    one('note', { author: author('operator'), ...note }),
    one('email', {
      ...{ author: author('contact'), type: { value: 'email', native: text }, html: whole || '<p>', email },
    }),
    one('answer', {
      ...{ author: author('agent'), direction: 'outbound', sources: [source(text)], sourcesState: 'inline' },
      ...{ reasoning: [text], feedback, failure: text, status: { value: 'failed', native: text } },
    }),
    one('answer2', {
      ...{ author: author('agent'), direction: 'outbound', sourcesState: 'fetchable', inReplyTo: `c${index}-text` },
      text: `[${text}](${text}) ![${text}](${text}) <${text}>\n\n${text}\n\n[a]: ${text}\n\n[a]`,
    }),
    one('text', { author: author('contact'), attachments }),
  ]
}

/** The messages of a round. */
export const messagesOf = (round: number, all: readonly string[]): Schemas['Message'][] =>
  (roundsOf(all)[round] ?? []).flatMap((text, at) => messages(text, round * textsOfRound + at))

const agent = (text: string): Schemas['Agent'] => ({
  ...ofVendor('agent', text || 'x'),
  ...{
    name: text,
    description: text,
    status: unknown(text),
    mode: unknown(text),
    channels: [unknown(text), unknown(markOf(text))],
  },
  ...{ prompt: text, instructions: text, personality: text, goal: text, model: text, language: text },
  actions: [{ id: text, name: text, type: unknown(text) }],
})

const contact = (text: string): Schemas['Contact'] => ({
  ...ofVendor('contact', text || 'x'),
  ...{ name: text, email: text, phone: text, companyName: text, externalId: text, country: text, timezone: text },
  ...{
    origin: text,
    tags: [text, markOf(text)],
    customFields: { [text]: text },
    doNotDisturbOn: [unknown(text)],
    createdAt: at,
  },
})

const send = (text: string, index: number): Schemas['Send'] => ({
  ...{ id: `send-${index}`, kind: 'reply', place: 'vendor', state: 'failed', conversation: conversationRef(index) },
  ...{ account: name, text, html: text, subject: text, by: by(text), operatorId: text, message: null, shownBy: null },
  attachments: [{ fileName: text, contentType: text, size: 1 }],
  ...{
    recordedAt: at,
    endedAt: at,
    error: { code: text, message: text },
    retryOf: null,
    retriedBy: null,
    dismissedAt: null,
  },
  warnings: [],
})

const generation = (text: string): Schemas['Generation'] => ({
  ...ofVendor('generation', 'g'),
  ...{ messageId: 'm', agentId: text, mode: unknown(text), prompt: text, input: text, intent: text },
  history: [{ author: { kind: 'agent', basis: 'vendor', name: text }, text }],
  response: { author: { kind: 'agent', basis: 'vendor', name: text }, text },
  sources: [source(text)],
  actions: [{ name: text, details: { [text]: text } }],
})

function accounts(all: readonly string[]): JsonOf<'/v1/accounts'> {
  const error = (text: string) => ({ code: text, message: text, action: text, at })
  return {
    isSyncing: true,
    items: all.map((text, index) => ({
      ...{ account: index === 0 ? name : `${name}${text}`, vendor: text, state: 'stopped', error: error(text) },
      streams: [
        {
          ...{ stream: 'live', state: 'stalled', lag: null, startedAt: at, finishedAt: at, nextAt: null },
          counts: { added: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 },
          error: error(text),
        },
      ],
      records: { conversations: 0, messages: 0, contacts: 0, agents: 0 },
      ...{ quarantined: 0, postponed: 0, missing: 0, oldestVerified: null, sweepPeriod: null },
      ...{ operations: [...operationNames], textLimits: {} },
    })) as JsonOf<'/v1/accounts'>['items'],
  }
}

function quality(all: readonly string[]): Schemas['Quality'] {
  const counts: Schemas['QualityCounts'] = {
    answers: { agent: 1, operator: 1, automation: 1, unknown: 1 },
    sources: { cited: 1, uncited: 1, unknown: 1 },
    firstAnswers: { conversations: 1, agent: 1, operator: 0, unanswered: 0, median: 1000, percentile90: 1000 },
    handOffs: { toOperator: 1, toAgent: 1 },
    ratings: { up: 1, down: 1, other: 1 },
  }
  return {
    ...{ since: at, until: '2026-01-02T12:00:00.000Z', unit: 'day', timeZone: 'UTC', total: counts },
    periods: [{ start: at, date: '2026-01-01', counts }],
    agents: all.map((text, index) => ({
      ...{ account: name, agent: ofVendor('agent', `a${index}`).ref, name: text, answers: 1, periods: [1] },
    })),
    handOffsSince: at,
    coverage: [{ account: name, isComplete: false, since: at, asOf: at, untimed: 1, hasControl: true }],
  }
}

const link = (text: string): Schemas['ContactLink'] => ({
  ...{ id: 'link', reason: `${text} ${markOf(text)}`, confidence: 1, by: by(text), at },
  contacts: [ofVendor('contact', text || 'x').ref, ofVendor('contact', 'other').ref],
})

/** What the server of hostile people answers to a GET. `undefined`: nothing, ever. */
export function answerTo(path: string, query: URLSearchParams, given: readonly string[]): unknown {
  const all = path.endsWith('/messages') ? given : given.map(short)
  const parts = path.split('/').slice(2).map(decodeURIComponent)
  const [first, ref = '', last] = parts
  const index = Number(/\/(?:conversation|message)\/c(\d+)/.exec(ref)?.[1] ?? 0)
  const text = all[index] ?? ''
  const round = /\/round(\d+)$/.exec(ref)?.slice(1).map(Number)[0]
  // Of an agent or a contact, the ref itself is the text.
  const ofRef = () => all.find((each) => ref.endsWith(`/${ofVendor('contact', each || 'x').ref.split('/')[2]}`)) ?? ''
  const session: JsonOf<'/v1/session'> = {
    person: { id: 'ada', name: '<img src=x onerror=top.__ran=1>' },
    ...{ role: 'admin', accounts: [name], by: 'session' },
  }
  switch (last === undefined ? first : `${first}/${last}`) {
    case 'session':
      return session
    case 'accounts':
      return accounts(all)
    case 'people':
      return { items: all.map((each, at) => ({ id: `p${at}`, name: each, operatorIn: [name] })) }
    case 'operators':
      return { ...page(all.map((each, at) => ({ ...ofVendor('operator', `o${at}`), name: each }))), accounts: [] }
    case 'saved-views':
      return {
        items: all.map((each, at) => ({ ...saved(each, at), name: each, filter: { tag: each }, isShared: true })),
      }
    case 'saved-replies':
      return { items: all.map((each, at) => ({ ...saved(each, at), title: each, text: each, shortcut: each })) }
    case 'conversations':
      return ref
        ? conversation(text, index, ref.slice(ref.lastIndexOf('/') + 1) || 'x')
        : {
            ...page(query.has('contactId') ? [other(all[0] ?? '')] : all.map((each, at) => conversation(each, at))),
            accounts: [],
          }
    case 'conversations/messages':
      return page(round === undefined ? messages(text, index).slice(-1) : messagesOf(round, all))
    case 'conversations/sends':
      return page([send(text, index)])
    case 'messages/sources':
      return page([source(text)])
    case 'messages/generation':
      return generation(text)
    case 'contacts':
      return contact(ofRef())
    case 'contacts/linked':
      return { items: [ref, ofVendor('contact', ofRef() || 'x').ref, ofVendor('contact', 'other').ref] }
    case 'contacts/links':
      return { items: [link(ofRef())] }
    case 'contacts/link-suggestions':
      return { items: [{ contact: contact(ofRef()), reason: 'email', confidence: 1 }] }
    case 'agents':
      return agent(ofRef())
    case 'audit':
      return page([audit(query.get('target')?.match(/c(\d+)$/)?.[1], all)])
    case 'search':
      return {
        ...page(all.map((each, at) => hit(each, at))),
        coverage: [{ account: name, isComplete: false, since: at, asOf: at }],
      }
    case 'quality':
      return quality(all)
    default:
      return undefined
  }
}

const saved = (text: string, index: number) => ({ id: `saved-${index}`, by: by(text), updatedAt: at })

const hit = (text: string, index: number): Schemas['SearchHit'] => ({
  message: messages(text, index)[0] as Schemas['Message'],
  conversation: conversation(text, index).conversation,
  snippet: text,
  marks: [{ start: 0, end: Math.ceil(text.length / 2) }],
})

function audit(index: string | undefined, all: readonly string[]): Schemas['AuditEntry'] {
  const text = all[Number(index ?? 0)] ?? ''
  return {
    ...{ id: 'audit', at, by: by(text), action: text, target: text, account: name, outcome: 'done', code: text },
    details: { [text]: [text, markOf(text)] },
  }
}
