import type { Store, StoredChat, StoredContact } from './data.ts'
import { newId, on, pageOf, type Route, refuse, withOne } from './route.ts'
import { start } from './start.ts'
import { say } from './vendor.ts'

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

export const chatRoutes: readonly Route[] = [
  on('GET', '/chats', (store, input) => {
    const { state, sort } = input
    const chats = store.chats.filter((chat) => state === undefined || chat.state === state)
    chats.sort((one, other) => other.touched - one.touched)
    return pageOf(
      (sort === 'asc' ? chats.toReversed() : chats).map((chat) => show(store, chat)),
      input,
    )
  }),
  on('POST', '/chats', (store, { customer, topic, agent }) => {
    if (agent !== undefined && !store.agents.some(({ id }) => id === agent)) return refuse(404)
    const chat = open(store, customer, topic)
    return { body: show(store, Object.assign(chat, agent !== undefined && { agent })) }
  }),
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
  on('PUT', '/chats/:id/owner', (store, { id, owner }) =>
    withOne(store.chats, id, (chat) => show(store, Object.assign(chat, { owner }))),
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
]
