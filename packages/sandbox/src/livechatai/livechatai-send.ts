import { hold } from '../kit/idle.ts'
import { storedText } from '../kit/sending.ts'
import { answerOf } from './livechatai-answer.ts'
import type { Call } from './livechatai-endpoint.ts'
import { agentOf, contactById, conversationById } from './livechatai-find.ts'
import { overQuota } from './livechatai-quota.ts'
import { optionalFlag, optionalText, optionalWord, requiredText } from './livechatai-read.ts'
import { answered, unanswered } from './livechatai-send-result.ts'
import { addContact, addConversation, sendIntegrations } from './livechatai-start.ts'
import {
  type Citation,
  type StoredAgent,
  type StoredConversation,
  type StoredMessage,
  storeMessage,
} from './livechatai-state.ts'
import { streamAnswer } from './livechatai-stream.ts'

/** `conversations/send-message`: the customer asks, the AI answers within the same request. */
export async function sendMessage(call: Call): Promise<object> {
  const body = await call.body()
  const question = requiredText('question', body['question'])
  const agent = agentOf(call, body['agentId'])
  const type = optionalWord('messageType', body['messageType'], ['TEXT', 'IMAGE']) ?? 'TEXT'
  const format = optionalWord('responseFormat', body['responseFormat'], ['MARKDOWN', 'PLAIN']) ?? 'MARKDOWN'
  const streaming = optionalFlag('streaming', body['streaming']) ?? false
  const refused = overQuota(call.settings)
  if (refused) return refused

  const conversation = conversationFor(call, agent, body)
  const content = storedText(call.settings, question)
  const asked = addMessage(call, conversation, { content, role: 'user', type, source: [] })
  // A customer who writes again is no longer served; who answers stays as it is. Both are assumptions.
  conversation.isResolved = false
  if (conversation.isAgent) return unanswered(call.settings, conversation, asked.id)

  await hold(call.context, call.context.thinkingTime, call.signal)
  const { text, citations } = answerOf(call.state, agent, question, format)
  const reply = addMessage(call, conversation, {
    content: text,
    role: 'assistant',
    type: 'TEXT',
    source: citations,
  })
  const result = answered(call.settings, conversation, asked.id, reply)
  return streaming && call.settings.streaming !== 'json' ? streamAnswer(call.settings, text, result.data) : result
}

/** The conversation to continue, or a new one with the contact named or a new one. */
function conversationFor(call: Call, agent: StoredAgent, body: Readonly<Record<string, unknown>>): StoredConversation {
  const integrationType = optionalWord('integrationType', body['integrationType'], sendIntegrations) ?? null
  const place = { ip: optionalText('ip', body['ip']), country: optionalText('country', body['country']) }
  const conversationId = optionalText('conversationId', body['conversationId'])
  if (conversationId !== undefined) return conversationById(call, conversationId, agent.id)
  // The older revision has no `contactId` here.
  const contactId = call.settings.edition === 'newer' ? optionalText('contactId', body['contactId']) : undefined
  const contact =
    contactId === undefined ? addContact(call.state, agent, place) : contactById(call, contactId, agent.id)
  return addConversation(call.state, agent, contact, integrationType)
}

function addMessage(
  { settings, state }: Call,
  conversation: StoredConversation,
  said: Pick<StoredMessage, 'content' | 'role' | 'type'> & { readonly source: readonly Citation[] },
): StoredMessage {
  const message: StoredMessage = { id: state.newId(), ...said, agent: null, rating: null, createdAt: state.tick() }
  if (settings.sends === 'stored') {
    storeMessage(state, conversation, message, settings.hideSentMs)
    conversation.updatedAt = message.createdAt
  }
  return message
}
