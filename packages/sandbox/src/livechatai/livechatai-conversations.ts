import { filterOf, sortedConversations } from './livechatai-conversation-filters.ts'
import { type Call, type Desk, endpoint, unknownRoute } from './livechatai-endpoint.ts'
import { agentOf, contactById, conversationById } from './livechatai-find.ts'
import { meta, slice } from './livechatai-pagination.ts'
import { optionalText, optionalWord } from './livechatai-read.ts'
import { sendMessage } from './livechatai-send.ts'
import { listedConversation, retrievedConversation } from './livechatai-show-conversation.ts'
import { addContact, addConversation, sendIntegrations } from './livechatai-start.ts'
import type { StoredConversation } from './livechatai-state.ts'

export function conversationRoutes(desk: Desk): void {
  endpoint(desk, '/conversations', { GET: listConversations, POST: sendMessage })
  endpoint(desk, '/conversations/create', { POST: createConversation })
  endpoint(desk, '/conversations/:conversationId', { GET: retrieveConversation })
  endpoint(desk, '/contacts/:contactId/conversations', { GET: listContactConversations })
}

/** `conversations/list`. */
function listConversations(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  return conversationPage(call, agent.id, (conversation) => conversation.agentId === agent.id)
}

/** `contacts/list-conversations`: the same list and filters without `agentId` and `type`. */
function listContactConversations(call: Call): object {
  if (call.settings.contactConversations === 'missing') return unknownRoute()
  const contact = contactById(call, call.path('contactId'))
  return conversationPage(call, null, (conversation) => conversation.contactId === contact.id)
}

function conversationPage(
  call: Call,
  agentId: string | null,
  belongs: (conversation: StoredConversation) => boolean,
): object {
  const filter = filterOf(call, agentId)
  const found = [...call.state.conversations.values()].filter((each) => belongs(each) && filter(each))
  const page = slice(call, sortedConversations(call, found), 'perPage', 20)
  return {
    status: 'success',
    data: { conversations: page.items.map((each) => listedConversation(call, each)), meta: meta(page) },
  }
}

/** `conversations/retrieve`. */
function retrieveConversation(call: Call): object {
  const conversation = conversationById(call, call.path('conversationId'))
  return { status: 'success', data: retrievedConversation(call, conversation) }
}

/** `conversations/create`: an empty conversation; `ip` and `country` only matter when the contact is new too. */
async function createConversation(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const contactId = optionalText('contactId', body['contactId'])
  const integrationType = optionalWord('integrationType', body['integrationType'], sendIntegrations) ?? null
  const place = { ip: optionalText('ip', body['ip']), country: optionalText('country', body['country']) }
  const contact =
    contactId === undefined ? addContact(call.state, agent, place) : contactById(call, contactId, agent.id)
  const conversation = addConversation(call.state, agent, contact, integrationType)
  return { status: 'success', data: { conversationId: conversation.id, contactId: contact.id } }
}
