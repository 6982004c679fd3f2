import { agentOf, type Call, contactById, type Desk, endpoint, pages, slice } from './endpoint.ts'
import { badRequest, optionalText, requiredText } from './errors.ts'
import {
  type AttributeValue,
  isoMilliseconds,
  isoSeconds,
  type State,
  type StoredAgent,
  type StoredContact,
  type StoredConversation,
} from './state.ts'

export function contactRoutes(desk: Desk): void {
  endpoint(desk, '/contacts', { GET: listContacts, POST: upsertContact })
  endpoint(desk, '/contacts/:contactId', { GET: retrieveContact })
}

/** `contacts/list`: without attributes. The agent's id is at the root. */
function listContacts(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const own = [...call.state.contacts.values()].filter((contact) => contact.agentId === agent.id)
  const page = slice(call, own, 'limit', 10)
  return { status: 'success', agentId: agent.id, data: page.items.map(listedContact), ...pages(page) }
}

/** `contacts/retrieve`: the contact without an envelope. Its attributes are an array. */
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

/**
 * `contacts/create`: updates the named contact or the agent's contact with this `distinctId`, or creates one. The
 * response has no `data`.
 */
async function upsertContact(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const distinctId = requiredText('distinctId', body['distinctId'])
  const userHash = optionalText('userHash', body['userHash'])
  if (call.settings.secureIdentification && !userHash) {
    throw badRequest('userHash is required when secure identification is enabled')
  }
  // All fields are read before any is written, so a refused upsert creates no incomplete contact.
  const fields = textFields(body)
  const attributes = configuredAttributes(agent, body['attributes'])

  const contactId = optionalText('contactId', body['contactId'])
  const known =
    contactId === undefined ? byDistinctId(call.state, agent, distinctId) : contactById(call, contactId, agent.id)
  const contact = known ?? addContact(call.state, agent, { ip: undefined, country: undefined })
  Object.assign(contact, { distinctId, ...fields, updatedAt: call.state.tick() })
  contact.attributes = { ...contact.attributes, ...attributes }
  return { status: 'success', contactId: contact.id }
}

function byDistinctId(state: State, agent: StoredAgent, distinctId: string): StoredContact | undefined {
  return [...state.contacts.values()].find(
    (contact) => contact.agentId === agent.id && contact.distinctId === distinctId,
  )
}

/** The fields that the body sets. Null clears a field. The reference does not say so; this is an assumption. */
function textFields(body: Readonly<Record<string, unknown>>): Partial<StoredContact> {
  const fields: Partial<StoredContact> = {}
  for (const name of ['name', 'email', 'phone'] as const) {
    if (body[name] !== undefined) fields[name] = optionalText(name, body[name]) ?? null
  }
  return fields
}

/** Attributes that the dashboard does not define are silently dropped, as are values of unsupported types. */
function configuredAttributes(agent: StoredAgent, value: unknown): Record<string, AttributeValue> {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest('attributes must be an object')
  const kept: Record<string, AttributeValue> = {}
  for (const [key, given] of Object.entries(value) as [string, unknown][]) {
    if (agent.attributeKeys.includes(key) && isAttributeValue(given)) kept[key] = given
  }
  return kept
}

const isAttributeValue = (value: unknown): value is AttributeValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** The two integrations that send message and create accept (`conversations/send-message`). */
export const sendIntegrations = ['WHATSAPP', 'SLACK'] as const

/** A contact of whom only the location is known. */
export function addContact(
  state: State,
  agent: StoredAgent,
  place: { readonly ip: string | undefined; readonly country: string | undefined },
): StoredContact {
  const at = state.tick()
  const contact: StoredContact = {
    id: state.newId(),
    agentId: agent.id,
    distinctId: null,
    name: null,
    email: null,
    phone: null,
    country: place.country ?? null,
    ip: place.ip ?? null,
    chatSource: 'website',
    attributes: {},
    createdAt: at,
    updatedAt: at,
  }
  state.contacts.set(contact.id, contact)
  return contact
}

export function addConversation(
  state: State,
  agent: StoredAgent,
  contact: StoredContact,
  integrationType: string | null,
): StoredConversation {
  const at = state.tick()
  const conversation: StoredConversation = {
    id: state.newId(),
    agentId: agent.id,
    contactId: contact.id,
    isResolved: false,
    isAgent: false,
    isMuted: false,
    isStarred: false,
    integrationType,
    agent: null,
    messages: [],
    sentiment: 'UNSPECIFIED',
    topic: null,
    resolution: null,
    survey: null,
    createdAt: at,
    updatedAt: at,
  }
  state.conversations.set(conversation.id, conversation)
  return conversation
}
