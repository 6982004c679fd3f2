import type { Call } from './livechatai-endpoint.ts'
import { badRequest } from './livechatai-errors.ts'
import { agentOf, contactById } from './livechatai-find.ts'
import { optionalText, requiredText } from './livechatai-read.ts'
import { addContact } from './livechatai-start.ts'
import type { AttributeValue, State, StoredAgent, StoredContact } from './livechatai-state.ts'

/** `contacts/create`: the contact named, else the agent's one with this `distinctId`, else a new one. No `data`. */
export async function upsertContact(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const distinctId = requiredText('distinctId', body['distinctId'])
  const userHash = optionalText('userHash', body['userHash'])
  if (call.settings.secureIdentification && !userHash) {
    throw badRequest('userHash is required when secure identification is enabled')
  }
  // Everything is read before anything is written: a refused upsert leaves no half-made contact behind.
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

/** What the body sets. Null clears a field: an assumption, as the page says nothing. */
function textFields(body: Readonly<Record<string, unknown>>): Partial<StoredContact> {
  const fields: Partial<StoredContact> = {}
  for (const name of ['name', 'email', 'phone'] as const) {
    if (body[name] !== undefined) fields[name] = optionalText(name, body[name]) ?? null
  }
  return fields
}

/** Keys that the dashboard does not know are dropped without a word, and so are values that no attribute type has. */
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
