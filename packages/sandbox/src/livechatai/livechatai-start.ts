import type { State, StoredAgent, StoredContact, StoredConversation } from './livechatai-state.ts'

/** The two integrations that send message and create accept (`conversations/send-message`). */
export const sendIntegrations = ['WHATSAPP', 'SLACK'] as const

/** A contact about whom nothing is known but where they are. */
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
