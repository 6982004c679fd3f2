import { upsertContact } from './livechatai-contact-upsert.ts'
import { type Call, type Desk, endpoint } from './livechatai-endpoint.ts'
import { agentOf, contactById } from './livechatai-find.ts'
import { pages, slice } from './livechatai-pagination.ts'
import type { StoredContact } from './livechatai-state.ts'
import { isoMilliseconds, isoSeconds } from './livechatai-time.ts'

export function contactRoutes(desk: Desk): void {
  endpoint(desk, '/contacts', { GET: listContacts, POST: upsertContact })
  endpoint(desk, '/contacts/:contactId', { GET: retrieveContact })
}

/** `contacts/list`: no attributes, and the agent's id once at the root. */
function listContacts(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const own = [...call.state.contacts.values()].filter((contact) => contact.agentId === agent.id)
  const page = slice(call, own, 'limit', 10)
  return { status: 'success', agentId: agent.id, data: page.items.map(listedContact), ...pages(page) }
}

/** `contacts/retrieve`: the contact itself, without an envelope, and its attributes as an array. */
function retrieveContact(call: Call): object {
  const contact = contactById(call, call.path('contactId'))
  return {
    id: contact.id,
    agentId: contact.agentId,
    chatSource: contact.chatSource,
    email: contact.email,
    distinctId: contact.distinctId,
    name: contact.name,
    phone: contact.phone,
    threadId: null,
    ip: contact.ip,
    country: contact.country,
    attributes: Object.entries(contact.attributes).map(([key, value]) => ({ key, value })),
    createdAt: isoMilliseconds(contact.createdAt),
    updatedAt: isoMilliseconds(contact.updatedAt),
  }
}

const listedContact = (contact: StoredContact): object => ({
  id: contact.id,
  distinctId: contact.distinctId,
  name: contact.name,
  email: contact.email,
  phone: contact.phone,
  country: contact.country,
  createdAt: isoSeconds(contact.createdAt),
})
