import { hold } from '../kit/idle.ts'
import { storedText } from '../kit/sending.ts'
import { announce, keepDialog } from './agent-conversation-announce.ts'
import { giveAnswer, lookAt, store, storeQuestion } from './agent-conversation-answers.ts'
import { type AgentCall, agentRoute, conversationOf, type Desk } from './agent-conversation-call.ts'
import { unknownRoute } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import { attachFiles } from './agent-conversation-message-files.ts'
import { choiceQuery } from './agent-conversation-page.ts'
import { respondOn } from './agent-conversation-response.ts'
import { showMessage } from './agent-conversation-show-message.ts'
import type { StoredConversation, StoredMessage } from './agent-conversation-state.ts'

export function messageEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/conversations/:id/messages', listMessages)
  agentRoute(desk, 'POST', '/conversations/:id/messages', sendSync)
  agentRoute(desk, 'POST', '/conversations/:id/messages/async', sendAsync)
  agentRoute(desk, 'GET', '/conversations/:id/messages/:questionId/response-on', respondOn)
  agentRoute(desk, 'POST', '/conversations/:id/send-manual-message', sendManual)
}

/** The whole thread, always. */
function listMessages(call: AgentCall): Response {
  const conversation = conversationOf(call)
  const direction = choiceQuery(call, 'orderDirection', ['ASC', 'DESC']) ?? 'ASC'
  const withFeedbacks = call.query('shouldIncludeFeedbacks') === 'true'
  for (const waiting of call.state.pending.values()) {
    if (waiting.conversation.id === conversation.id) lookAt(call, waiting)
  }
  const ordered = direction === 'ASC' ? conversation.messages : [...conversation.messages].reverse()
  return call.c.json({ messages: ordered.map((one) => showMessage(call, conversation.id, one, withFeedbacks)) })
}

async function sendSync(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const question = await readQuestion(call, conversation)
  // Silent while a person is in charge: only the question can come back.
  if (conversation.mode === 'manual') return created(call, conversation, question)
  await hold(call.context, call.context.thinkingTime, call.c.req.raw.signal)
  if (call.settings.failReplies) throw new Error('the agent failed')
  const reply = giveAnswer(call, conversation, question)
  return created(call, conversation, call.settings.syncAnswer === 'reply' ? reply : question)
}

async function sendAsync(call: AgentCall): Promise<Response> {
  if (call.settings.asyncRoute === 'missing') return unknownRoute(call.c)
  const conversation = conversationOf(call)
  const question = await readQuestion(call, conversation)
  if (conversation.mode === 'ai' && call.settings.sends === 'stored') {
    call.state.pending.set(question.id, {
      conversation,
      question,
      readyAt: call.context.now() + call.context.thinkingTime,
      looksLeft: call.settings.pendingLooks,
    })
  }
  return created(call, conversation, question)
}

async function readQuestion(call: AgentCall, conversation: StoredConversation): Promise<StoredMessage> {
  const fields = fieldsOf(await call.body())
  const text = fields.text('message', { required: true })
  fields.text('context')
  const files = attachFiles(fields, call, conversation)
  fields.check()
  return storeQuestion(call, conversation, { text: text ?? '', files: files() })
}

const created = (call: AgentCall, { id }: StoredConversation, message: StoredMessage): Response =>
  call.c.json(showMessage(call, id, message), 201)

/** The one gate of the mode: an empty 400 tells neither whether the mode nor a voice call was the cause. */
async function sendManual(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const fields = fieldsOf(await call.body())
  const text = fields.text('message', { required: true })
  const questionId = fields.text('conversationMessageId')
  const authorId = fields.text('authorId')
  const files = attachFiles(fields, call, conversation)
  const isKnown = authorId === null || call.state.staff.some(({ id }) => id === authorId)
  if (!isKnown) fields.refuse('authorId does not exist')
  fields.check()
  if (conversation.mode !== 'manual' || conversation.aiCallId !== null) return call.c.body(null, 400)
  const asked = conversation.messages.findLast(({ senderRole }) => senderRole === 'conversation_user')
  const stored = storedText(call.settings, text ?? '')
  const message = store(call, conversation, {
    id: call.state.newId(),
    text: stored,
    rawText: stored,
    senderRole: 'manual_assistant',
    questionId: questionId ?? asked?.id ?? null,
    source: conversation.source,
    odd: {},
    aiResponse: null,
    subagentId: null,
    files: files(),
    isAnonymized: false,
    createdAt: call.state.tick(),
    feedbacks: [],
  })
  if (call.settings.sends === 'lost') return call.c.json(showMessage(call, conversation.id, message))
  // Who answers first as a person takes the conversation over.
  conversation.assignedTo ??= authorId
  keepDialog(call, conversation)
  announce(call, 'each_message', conversation, message)
  return call.c.json(showMessage(call, conversation.id, message))
}
