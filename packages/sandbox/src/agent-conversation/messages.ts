import { hold } from '../kit/clock.ts'
import { type PlantedMessage, storedText } from '../kit/emulator.ts'
import { answer } from '../world/answer.ts'
import { giveAnswer, lookAt, store, storeQuestion } from './answers.ts'
import { type AgentCall, agentRoute, choiceQuery, conversationOf, type Desk } from './call.ts'
import { fieldsOf, notFound, unknownRoute } from './errors.ts'
import { attachFiles, prepareUpload } from './files.ts'
import { showMessage } from './show.ts'
import { type StoredConversation, type StoredMessage, type StoredPrompt, storeMessage } from './state.ts'
import { announce, keepDialog } from './webhooks.ts'

export function messageEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/conversations/:id/messages', listMessages)
  agentRoute(desk, 'POST', '/conversations/:id/messages', sendSync)
  agentRoute(desk, 'POST', '/conversations/:id/messages/async', sendAsync)
  agentRoute(desk, 'GET', '/conversations/:id/messages/:questionId/response-on', respondOn)
  agentRoute(desk, 'POST', '/conversations/:id/send-manual-message', sendManual)
}

/** Returns the whole thread. This list has no pages. */
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
  // A person is in charge and the agent does not answer, so the response is the question itself.
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

/** Sends need manual mode. The 400 is empty, so it does not say whether the mode or a voice call was the reason. */
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
  // The first operator who answers takes the conversation over.
  conversation.assignedTo ??= authorId
  keepDialog(call, conversation)
  announce(call, 'each_message', conversation, message)
  return call.c.json(showMessage(call, conversation.id, message))
}

/** Returns the answer to one question. Clients poll it until the answer exists. */
function respondOn(call: AgentCall): Response {
  const conversation = conversationOf(call)
  const question = conversation.messages.find(({ id }) => id === call.path('questionId'))
  if (!question) throw notFound()
  const waiting = call.state.pending.get(question.id)
  const failed = waiting !== undefined && waiting.looksLeft <= 0 && call.settings.failReplies
  if (waiting) lookAt(call, waiting)
  // A human answer counts as well. Without one, a conversation in manual mode stays pending.
  const reply = conversation.messages.find(({ id, questionId }) => questionId === question.id && id !== question.id)
  if (failed) return tell(call, 'failed', null)
  return tell(call, reply ? 'completed' : 'pending', reply ? showMessage(call, conversation.id, reply) : null)
}

type Outcome = 'pending' | 'completed' | 'failed'

const olderWords = { pending: 'running', completed: 'completed', failed: 'error' } as const
const newWords = { pending: 'thinking_hard', completed: 'answered', failed: 'given_up' } as const

function tell({ c, settings }: AgentCall, outcome: Outcome, message: object | null): Response {
  const error = outcome === 'failed' ? 'The agent could not answer' : null
  switch (settings.responseShape) {
    case 'older':
      return c.json({ status: olderWords[outcome], ...(message && { message }), ...(error && { error }) })
    case 'newWords':
      return c.json({ status: newWords[outcome], message, error })
    case 'nullWhilePending':
      return c.json(outcome === 'pending' ? null : { status: outcome, message, error })
    case 'notFoundWhilePending':
      if (outcome === 'pending') throw notFound()
      return c.json({ status: outcome, message, error })
    case 'bareMessage':
      return c.json(message ?? { status: outcome, message, error })
    case 'emptyWhenCompleted':
      return c.json({ status: outcome, message: null, error })
    case 'current':
      return c.json({ status: outcome, message, error })
  }
}

/** Sends one question to the agent without a conversation. A create returns 200 here and 201 elsewhere. */
export function promptEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/prompts', async (call) => {
    const prompt = await read(call)
    await hold(call.context, call.context.thinkingTime, call.c.req.raw.signal)
    return call.c.json(completed(call, prompt))
  })
  agentRoute(desk, 'POST', '/prompts/async', async (call) => {
    const promptId = call.state.newId()
    call.state.prompts.set(promptId, await read(call))
    return call.c.json({ promptId })
  })
  agentRoute(desk, 'GET', '/prompts/:id/response-on', (call) => {
    const prompt = call.state.prompts.get(call.path('id'))
    if (!prompt) throw notFound()
    const early = prompt.looksLeft > 0 || call.context.now() < prompt.readyAt
    prompt.looksLeft -= 1
    if (!early) return call.c.json(completed(call, prompt))
    const older = call.settings.edition === 'older' || call.settings.responseShape === 'nullWhilePending'
    return call.c.json(older ? null : { status: 'pending', totalTokens: 0, response: null, error: null })
  })
  agentRoute(desk, 'POST', '/prompts/upload-url', async (call) => call.c.json(await prepareUpload(call, 'prompts')))
}

async function read({ body, context, settings }: AgentCall): Promise<StoredPrompt> {
  const fields = fieldsOf(await body())
  const prompt = fields.text('prompt', { required: true }) ?? ''
  fields.text('tokenTrackingId')
  fields.records('files', ['fileName', 'storagePath'])
  fields.check()
  const { text } = answer(context.world, prompt)
  return {
    response: text,
    totalTokens: Math.ceil((prompt.length + text.length) / 4),
    readyAt: context.now() + context.thinkingTime,
    looksLeft: settings.pendingLooks,
  }
}

function completed({ settings }: AgentCall, { totalTokens, response }: StoredPrompt): object {
  if (settings.edition === 'older') return { totalTokens, response }
  return { status: 'completed', totalTokens, response, error: null }
}

const roles = { contact: 'conversation_user', agent: 'assistant', operator: 'manual_assistant' } as const

/** Adds a message of a user, the agent or an operator. A thread does not show which operator wrote it. */
export function plantMessage(
  { state }: Pick<Desk, 'state'>,
  conversationId: string,
  { by, kind = 'text', text, at }: PlantedMessage,
): string | null {
  const conversation = state.conversations.get(conversationId)
  if (!conversation) throw new RangeError('No such conversation')
  if ((kind !== 'text' && kind !== 'email') || by === 'workflow' || by === 'system') return null
  const id = state.newId()
  const asked = conversation.messages.findLast(({ senderRole }) => senderRole === 'conversation_user')
  storeMessage(state, conversation, {
    id,
    text,
    rawText: null,
    senderRole: roles[by],
    questionId: by === 'contact' ? null : (asked?.id ?? null),
    source: kind === 'email' ? 'email' : conversation.source,
    odd: {},
    aiResponse: null,
    subagentId: null,
    files: [],
    isAnonymized: false,
    createdAt: at ?? state.tick(),
    ...(at === null && { isUndated: true }),
    feedbacks: [],
  })
  return id
}
