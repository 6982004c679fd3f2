import type { Store } from './data.ts'
import { type Answer, type Input, newId, on, pageOf, type Route, refuse, withOne } from './route.ts'
import { ask, give, linesOf, say, shown, visible } from './vendor.ts'

export const lineRoutes: readonly Route[] = [
  on('GET', '/chats/:id/lines', (store, input) => {
    const { id, sort } = input
    if (!store.chats.some((chat) => chat.id === id)) return refuse(404)
    return pageOf(linesOf(store, id, sort).map(shown(store)), input)
  }),
  on('GET', '/lines', (store, input) => pageOf(exported(store, input).map(shown(store)), input)),
  on('GET', '/lines/:id', (store, { id }) => withOne(visible(store), id, shown(store))),
  on('GET', '/lines/:id/links', (store, { id }) => withOne(store.lines, id, ({ links }) => ({ links: links ?? [] }))),
  on('GET', '/lines/:id/made', (store, { id }) => {
    const line = store.lines.find((candidate) => candidate.id === id)
    if (line?.from !== 'bot') return refuse(404)
    const before = linesOf(store, line.chat, 'asc').filter(({ at }) => at < line.at)
    return { body: { ...line, prompt: 'Be kind.', before, input: before.at(-1)?.text ?? null } }
  }),
  on('PUT', '/lines/:id/delivery', (store, { id, delivery }) =>
    withOne(store.lines, id, (line) => Object.assign(line, { delivery })),
  ),
  on('DELETE', '/lines/:id', (store, { id }) => {
    const line = store.lines.find((candidate) => candidate.id === id)
    if (line?.delivery === 'sent') return refuse(409)
    return withOne(store.lines, id, () => {
      store.lines = store.lines.filter((other) => other !== line)
    })
  }),

  on('POST', '/chats/:id/ask', (store, { id, text, mark, agent, files = [] }) => {
    if (isNobody(store, agent)) return refuse(404)
    return withOne(store.chats, id, (chat) => {
      if (agent !== undefined) chat.agent = agent
      const { question, answer } = ask(store, chat, { text, files, mark })
      const before = linesOf(store, id, 'asc').filter((line) => line.answers === question.id && line.id !== answer?.id)
      return {
        question: shown(store)(question),
        ...{ before: before.map(shown(store)), answer: answer && shown(store)(answer), wants: chat.wants ?? null },
      }
    })
  }),
  on('POST', '/chats/:id/given', (store, { id, want, value }) => {
    const chat = store.chats.find((candidate) => candidate.id === id)
    if (chat && chat.wants?.id !== want) return refuse(409)
    return withOne(store.chats, id, (one) => ({ answer: shown(store)(give(store, one, value)) }))
  }),
  on('POST', '/chats/:id/stream', (store, { id, text, mark, agent, files = [] }) =>
    isNobody(store, agent) ? refuse(404) : streamed(store, id, { text, files, mark }),
  ),
  on('POST', '/chats/:id/reply', (store, { id, text, due, staff = null, files = [] }) => {
    if (store.chats.some((chat) => chat.id === id && chat.bot)) return refuse(409)
    const later = due === undefined ? {} : { at: due, delivery: 'later' }
    return withOne(store.chats, id, (chat) =>
      shown(store)(say(store, chat, { from: 'staff', text, files, staff, ...later })),
    )
  }),
  on('POST', '/chats/:id/notes', (store, { id, text, staff = null }) =>
    withOne(store.chats, id, (chat) => shown(store)(say(store, chat, { from: 'note', text, staff }))),
  ),
  on('POST', '/lines/:id/ratings', (store, { id, good, note, by, asks, says }) =>
    withOne(store.lines, id, ({ id: line, chat, at }) => {
      const known = store.ratings.find((rating) => rating.line === line && rating.by === (by ?? null))
      const rating = known ?? {
        id: newId('rating'),
        chat,
        line,
        good,
        note: null,
        asks: null,
        says: null,
        by: null,
        at,
      }
      if (!known) store.ratings.unshift(rating)
      return Object.assign(rating, { good, note: note ?? null, asks: asks ?? null, says: says ?? null, by: by ?? null })
    }),
  ),
]

const isNobody = ({ agents }: Store, agent: string | undefined): boolean =>
  agent !== undefined && !agents.some(({ id }) => id === agent)

/** What all chats hold, and nothing that is still to be sent. */
function exported(store: Store, { chat, customer, via, from, until, sort }: Input) {
  const chats = store.chats.filter(
    (one) => (!chat || one.id === chat) && (!customer || one.customer === customer) && (!via || one.via === via),
  )
  const lines = chats
    .flatMap(({ id }) => linesOf(store, id))
    .filter(
      ({ at, delivery }) => delivery !== 'later' && (!from || at >= Number(from)) && (!until || at <= Number(until)),
    )
    .sort((one, other) => other.at - one.at)
  return sort === 'asc' ? lines.toReversed() : lines
}

/** Each word on a line of its own, and then everything. */
function streamed(store: Store, id: string, said: Parameters<typeof ask>[2]): Answer {
  const chat = store.chats.find((candidate) => candidate.id === id)
  if (!chat) return refuse(404)
  const { question, answer } = ask(store, chat, said)
  const pieces = answer?.text.split(/(?<= )/) ?? []
  const whole = { question: shown(store)(question), answer: answer && shown(store)(answer) }
  return { stream: [...pieces, whole].map((part) => `${JSON.stringify(part)}\n`) }
}
