import { hold, holdRequest } from '../kit/clock.ts'
import { type PlantedMessage, storedText } from '../kit/emulator.ts'
import { answer } from '../world/answer.ts'
import type { Article } from '../world/world.ts'
import { citationOf } from './citations.ts'
import { addContact, addConversation, sendIntegrations } from './contacts.ts'
import {
  agentOf,
  type Call,
  contactById,
  conversationById,
  type Desk,
  endpoint,
  neverSeen,
  teammateById,
  withOddities,
} from './endpoint.ts'
import { errorEnvelope, optionalFlag, optionalText, optionalWord, overQuota, requiredText } from './errors.ts'
import type { LiveChatAISettings } from './settings.ts'
import {
  type Citation,
  isoMilliseconds,
  type State,
  type StoredAgent,
  type StoredConversation,
  type StoredDataSource,
  type StoredMessage,
  storeMessage,
} from './state.ts'

/** `conversations/send-message`: the customer asks, and the AI answers in the same request. */
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
  // A customer's new message reopens the conversation and does not change who answers. Both are assumptions.
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

/** The named conversation, or a new one with the named contact or a new contact. */
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

interface SendResult {
  readonly status: 'success'
  readonly message: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The citations are in `links`, without ids and distances. `messageId` is the id of the customer's message. */
function answered(
  settings: LiveChatAISettings,
  conversation: StoredConversation,
  messageId: string,
  reply: StoredMessage,
): SendResult {
  return {
    status: 'success',
    message: 'Message sent successfully',
    data: {
      conversationId: conversation.id,
      contactId: conversation.contactId,
      response: reply.content,
      messageId,
      responseMessageId: reply.id,
      links: reply.source.map(({ link, type }) => ({
        link,
        type: settings.oddValues === 'all' ? neverSeen.citation.type : type,
      })),
    },
  }
}

/** A teammate has taken over: the message is stored, and the setting decides the fields for the answer. */
function unanswered(settings: LiveChatAISettings, conversation: StoredConversation, messageId: string): SendResult {
  const nothing = { empty: '', null: null, missing: undefined }[settings.unanswered]
  return {
    status: 'success',
    message: 'Message sent successfully',
    data: {
      conversationId: conversation.id,
      contactId: conversation.contactId,
      response: nothing,
      messageId,
      responseMessageId: nothing,
      links: settings.unanswered === 'missing' ? undefined : [],
    },
  }
}

/**
 * Streams an answer in pieces. The reference documents the flag only, so all formats are assumptions: server-sent
 * events with JSON or text in each `data`, or bare text. Bare text is split between bytes, as a network may split it,
 * even inside a character.
 */
function streamAnswer(settings: LiveChatAISettings, text: string, data: Readonly<Record<string, unknown>>): Response {
  const isText = settings.streaming === 'text'
  const pieces = isText ? slices(text) : events(settings, text, data)
  const breaks = isText && settings.streamBreaks
  const begun = Math.min(4, pieces.length - 1)
  let next = 0
  let release: (() => void) | undefined
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Sends nothing more and does not close, so the reader waits until it disconnects.
      if (settings.streamHangs && next === begun) {
        release = holdRequest()
        return new Promise(() => {})
      }
      if (breaks && next === begun) {
        // Gives the sent bytes time to arrive, so that the client sees an answer that breaks off and not an empty one.
        await new Promise((resolve) => setTimeout(resolve, 5))
        return controller.error(new Error('The stream broke, as its setting says'))
      }
      const piece = pieces[next++]
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
    cancel: () => release?.(),
  })
  const contentType = isText ? 'text/plain' : 'text/event-stream'
  return new Response(body, {
    headers: { 'content-type': `${contentType}; charset=utf-8`, 'cache-control': 'no-cache' },
  })
}

/**
 * The words as events, then the ids and links if the format has room for them, then the end; or an error in place of
 * the rest.
 */
function events(settings: LiveChatAISettings, text: string, data: Readonly<Record<string, unknown>>): Uint8Array[] {
  const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
  const isJson = settings.streaming === 'sse'
  // A line break in a text starts another `data` line of the same event.
  const said = (word: string): string =>
    isJson ? event({ response: word }) : `data: ${word.replaceAll('\n', '\ndata: ')}\n\n`
  const words = (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []).map(said)
  const { response: _, ...rest } = data
  const end = [...(isJson && settings.streamIds ? [event(rest)] : []), 'data: [DONE]\n\n']
  const sentence = 'The answer could not be completed'
  // In events with text, only the event's name separates an error from a word of the answer.
  const failure = isJson ? event(errorEnvelope(500, sentence)) : `event: error\ndata: ${sentence}\n\n`
  const all = settings.streamBreaks ? [...words.slice(0, 3), failure] : [...words, ...end]
  return [': stream opened\n\n', ...all].map((part) => new TextEncoder().encode(part))
}

function slices(text: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.slice(index * 7, index * 7 + 7))
}

/** The agent's answer to a question, from its current data sources, including those that clients added. */
function answerOf(
  state: State,
  agent: StoredAgent,
  question: string,
  format: 'MARKDOWN' | 'PLAIN',
): { readonly text: string; readonly citations: readonly Citation[] } {
  const own = [...state.dataSources.values()].filter((each) => each.agentId === agent.id && each.isUsed)
  const { text, articles } = answer({ knowledge: own.map(asArticle) }, question)
  return {
    text: format === 'PLAIN' ? withoutMarkdown(text) : text,
    citations: articles
      .flatMap(({ key }) => state.dataSources.get(key) ?? [])
      .map((source, rank) => citationOf(source, rank, question)),
  }
}

/** Only knowledge added by clients contains Markdown. */
const withoutMarkdown = (text: string): string =>
  text
    .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/^#+\s*/gm, '')

const asArticle = ({ id, title, url, text }: StoredDataSource): Article => ({ key: id, kind: 'text', title, url, text })

/** The routes for human teammates. */
export function teamRoutes(desk: Desk): void {
  endpoint(desk, '/conversations/:conversationId/reply', { POST: reply })
  endpoint(desk, '/conversations/:conversationId/end', { POST: end })
}

/**
 * `conversations/reply`. The page says that the status changes. Here the teammate takes over and the conversation
 * opens.
 */
async function reply(call: Call): Promise<object> {
  const body = await call.body()
  const conversation = conversationById(call, call.path('conversationId'))
  const content = requiredText('message', body['message'])
  const teammate = teammateById(call, requiredText('userId', body['userId']))
  const type = optionalWord('messageType', body['messageType'], ['TEXT', 'IMAGE']) ?? 'TEXT'
  const refused = overQuota(call.settings)
  if (refused) return refused

  const message: StoredMessage = {
    id: call.state.newId(),
    content: storedText(call.settings, content),
    role: 'assistant',
    type,
    source: [],
    agent: teammate,
    rating: null,
    createdAt: call.state.tick(),
  }
  if (call.settings.sends === 'stored') {
    storeMessage(call.state, conversation, message, call.settings.hideSentMs)
    conversation.isAgent = true
    conversation.isResolved = false
    conversation.agent ??= teammate
    conversation.updatedAt = message.createdAt
  }
  return {
    status: 'success',
    message: 'Reply sent successfully',
    data: { messageId: message.id, conversationId: conversation.id, message: repliedMessage(call, message) },
  }
}

/** The third form of a message: `text` instead of `content`, `sender` instead of `role`, and no `source`. */
const repliedMessage = (call: Call, { id, content, type, createdAt, agent }: StoredMessage): object =>
  withOddities(
    call.settings,
    { id, text: content, sender: 'AGENT', type, createdAt: isoMilliseconds(createdAt), agent },
    'reply',
  )

/** `conversations/end`: by the given user, else the assigned teammate, else the workspace's owner. */
async function end(call: Call): Promise<object> {
  const body = await call.body()
  const conversation = conversationById(call, call.path('conversationId'))
  const userId = optionalText('userId', body['userId'])
  const endedBy = userId === undefined ? (conversation.agent?.id ?? call.state.ownerId) : teammateById(call, userId).id
  if (!conversation.isResolved) conversation.updatedAt = call.state.tick()
  conversation.isResolved = true
  return {
    status: 'success',
    message: 'Conversation ended successfully',
    data: { conversationId: conversation.id, userId: endedBy, contactId: conversation.contactId },
  }
}

/** Adds a message of a customer, the AI or a teammate. A thread has no other messages. */
export function plantMessage(
  state: State,
  conversationId: string,
  { by, kind = 'text', text, at, operatorId }: PlantedMessage,
): string | null {
  const conversation = state.conversations.get(conversationId)
  if (!conversation) throw new RangeError('No such conversation')
  if (kind !== 'text' || by === 'workflow' || by === 'system') return null
  const agent = by === 'operator' ? state.teammates.get(operatorId ?? state.ownerId) : null
  if (agent === undefined) throw new RangeError('No such teammate')
  const id = state.newId()
  storeMessage(state, conversation, {
    id,
    content: text,
    role: by === 'contact' ? 'user' : 'assistant',
    type: 'TEXT',
    source: [],
    agent,
    rating: null,
    createdAt: at ?? state.tick(),
    ...(at === null && { isUndated: true }),
  })
  return id
}
