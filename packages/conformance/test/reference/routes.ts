import { type Store, type StoredChat, type StoredContact, type StoredLine, start } from './data.ts'

export interface Answer {
  status?: number
  body?: unknown
}

export const refuse = (status: number): Answer => ({ status, body: { code: `E${status}` } })

/** What a request says, in its path, its query and its body. The vendor believes it. */
type Input = Record<
  'id' | 'customer' | 'topic' | 'state' | 'sort' | 'name' | 'mail' | 'crm' | 'text' | 'page' | 'size',
  string
>

interface Route {
  method: string
  pattern: string
  run(store: Store, input: Input): Answer
}

const on = (method: string, pattern: string, run: Route['run']): Route => ({ method, pattern, run })

/** Does something with the thing of this id, or says that there is none. */
const withOne = <T extends { id: string }>(list: T[], id: string, use: (one: T) => unknown): Answer => {
  const one = list.find((candidate) => candidate.id === id)
  return one ? { body: use(one) } : refuse(404)
}

function pageOf(list: readonly unknown[], { page = '1', size = '10' }: Partial<Input>): Answer {
  const begin = (Number(page) - 1) * Number(size)
  const items = list.slice(begin, begin + Number(size))
  return { body: { items, more: begin + Number(size) < list.length, total: list.length } }
}

let made = 0
const newId = (kind: string): string => `${kind}-new${++made}q`

/** Adds a line to a chat, a second after the last thing that happened anywhere. */
function say(
  store: Store,
  chat: StoredChat,
  line: Pick<StoredLine, 'from' | 'text'> & Partial<StoredLine>,
): StoredLine {
  const at = Math.max(start, ...store.lines.map((other) => other.at)) + 1
  const said = { id: newId('line'), chat: chat.id, at, answers: null, links: null, whole: true, ...line }
  store.lines.push(said)
  chat.touched = at
  return said
}

const show = (store: Store, chat: StoredChat) => ({
  ...chat,
  customer: store.contacts.find(({ id }) => id === chat.customer) ?? null,
})

function open(store: Store, customer: string, topic: string, via = 'chat'): StoredChat {
  const chat: StoredChat = {
    ...{ id: newId('chat'), topic, state: 'open', via, bot: true, agent: 'agent-0a', customer },
    ...{ owner: null, unread: 1, star: false, touched: start },
  }
  store.chats.push(chat)
  return chat
}

/** The bot knows everything, as long as nobody has taken over. */
function ask(store: Store, chat: StoredChat, text: string): { question: StoredLine; answer: StoredLine | null } {
  const question = say(store, chat, { from: 'customer', text })
  if (!chat.bot) return { question, answer: null }
  const links = [{ id: 'page-1', url: 'https://www.example.com/help/1', title: 'Help 1', distance: 0.2 }]
  return { question, answer: say(store, chat, { from: 'bot', text: `Answer: ${text}`, answers: question.id, links }) }
}

const shown = ({ links, whole, ...line }: StoredLine) => ({
  ...line,
  ...(whole ? { links } : { hasLinks: links !== null }),
})

const linesOf = (store: Store, id: string, sort = 'desc'): StoredLine[] => {
  const lines = store.lines.filter(({ chat }) => chat === id).sort((one, other) => one.at - other.at)
  return sort === 'asc' ? lines : lines.toReversed()
}

export const routes: readonly Route[] = [
  on('GET', '/agents', (store, input) => pageOf(store.agents, input)),
  on('GET', '/agents/:id', (store, { id }) => withOne(store.agents, id, (agent) => agent)),

  on('GET', '/chats', (store, input) => {
    const { state, sort } = input
    const chats = store.chats.filter((chat) => state === undefined || chat.state === state)
    chats.sort((one, other) => other.touched - one.touched)
    return pageOf(
      (sort === 'asc' ? chats.toReversed() : chats).map((chat) => show(store, chat)),
      input,
    )
  }),
  on('POST', '/chats', (store, { customer, topic }) => ({ body: show(store, open(store, customer, topic)) })),
  on('POST', '/chats/start', (store, { name, mail, text }) => {
    const contact: StoredContact = { id: newId('cust'), name, mail, crm: null }
    store.contacts.push(contact)
    const chat = open(store, contact.id, 'Started', 'mail')
    say(store, chat, { from: 'staff', text })
    return { body: show(store, chat) }
  }),
  on('GET', '/chats/:id', (store, { id }) => withOne(store.chats, id, (chat) => show(store, chat))),
  on('PATCH', '/chats/:id', (store, { id, ...changes }) =>
    withOne(store.chats, id, (chat) => show(store, Object.assign(chat, changes))),
  ),
  on('DELETE', '/chats/:id', (store, { id }) =>
    withOne(store.chats, id, (chat) => {
      store.chats = store.chats.filter((other) => other !== chat)
    }),
  ),
  on('DELETE', '/customers/:id/chats', (store, { id }) => {
    store.chats = store.chats.filter(({ customer }) => customer !== id)
    return {}
  }),

  on('GET', '/chats/:id/lines', (store, input) => {
    const { id, sort } = input
    if (!store.chats.some((chat) => chat.id === id)) return refuse(404)
    return pageOf(linesOf(store, id, sort).map(shown), input)
  }),
  on('GET', '/lines/:id', (store, { id }) => withOne(store.lines, id, shown)),
  on('GET', '/lines/:id/links', (store, { id }) => withOne(store.lines, id, ({ links }) => ({ links: links ?? [] }))),
  on('GET', '/lines/:id/made', (store, { id }) => {
    const line = store.lines.find((candidate) => candidate.id === id)
    if (line?.from !== 'bot') return refuse(404)
    const before = linesOf(store, line.chat, 'asc').filter(({ at }) => at < line.at)
    return { body: { ...line, prompt: 'Be kind.', before, input: before.at(-1)?.text ?? null } }
  }),
  on('POST', '/chats/:id/ask', (store, { id, text }) => withOne(store.chats, id, (chat) => ask(store, chat, text))),
  on('POST', '/chats/:id/reply', (store, { id, text }) => {
    if (store.chats.some((chat) => chat.id === id && chat.bot)) return refuse(409)
    return withOne(store.chats, id, (chat) => say(store, chat, { from: 'staff', text }))
  }),
  on('POST', '/chats/:id/notes', (store, { id, text }) =>
    withOne(store.chats, id, (chat) => say(store, chat, { from: 'note', text })),
  ),

  on('GET', '/customers', (store, input) => {
    const { mail, crm } = input
    const found = store.contacts.filter((one) => (!mail || one.mail === mail) && (!crm || one.crm === crm))
    return pageOf(found, input)
  }),
  on('GET', '/customers/:id', (store, { id }) => withOne(store.contacts, id, (contact) => contact)),
  on('POST', '/customers', (store, { name, mail, crm }) => {
    const contact: StoredContact = { id: newId('cust'), name, mail: mail ?? null, crm: crm ?? null }
    store.contacts.push(contact)
    return { body: contact }
  }),
  on('PUT', '/customers', (store, { name, mail, crm }) => {
    const known = store.contacts.find((contact) => contact.crm === crm)
    const contact: StoredContact = known ?? { id: newId('cust'), name, mail, crm }
    if (!known) store.contacts.push(contact)
    return { body: Object.assign(contact, { name, mail }) }
  }),
  on('DELETE', '/customers/:id', (store, { id }) =>
    withOne(store.contacts, id, (contact) => {
      store.contacts = store.contacts.filter((other) => other !== contact)
    }),
  ),
]
