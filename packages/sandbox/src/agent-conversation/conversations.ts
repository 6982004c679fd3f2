import { type AgentCall, agentRoute, choiceQuery, conversationOf, type Desk, dateQuery, pageOf } from './call.ts'
import { type Fields, fieldsOf, notFound } from './errors.ts'
import { feedbacksOf, showConversation } from './show.ts'
import { iso, type Mode, type StoredConversation, type StoredUser, type WorkflowState } from './state.ts'
import { checkContactData, createUser, findUser, type UserValues } from './users.ts'
import { keepDialog } from './webhooks.ts'

const contextMax = 256_000

export function conversationEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/conversations', (call) =>
    call.c.json(pageOf(call, findConversations(call), (found) => showConversation(call, found, true))),
  )
  agentRoute(desk, 'POST', '/conversations', create)
  agentRoute(desk, 'DELETE', '/conversations', deleteAllOfUser)
  agentRoute(desk, 'GET', '/conversations/states', listStates)
  agentRoute(desk, 'GET', '/conversations/:id', (call) =>
    call.c.json(showConversation(call, conversationOf(call), true)),
  )
  agentRoute(desk, 'PUT', '/conversations/:id', update)
  agentRoute(desk, 'PUT', '/conversations/:id/mode', setMode)
}

async function create(call: AgentCall): Promise<Response> {
  const { state, agent, c } = call
  const fields = fieldsOf(await call.body())
  const userId = fields.text('conversationUserId', { required: true })
  const title = fields.text('title', { max: 255 })
  const context = fields.text('context', { max: contextMax })
  const customData = fields.object('customData')
  const stateId = stateIdFrom(fields, call)
  fields.check()
  const user = state.users.get(userId ?? '')
  if (!user) throw notFound()
  const conversation = newConversation(call, user.id, 'api', { title, context, customData, stateId })
  user.agentIds.add(agent.id)
  return c.json(showConversation(call, conversation), 201)
}

/** Creates a conversation without messages. */
function newConversation(
  { state, agent }: Pick<AgentCall, 'state' | 'agent'>,
  userId: string,
  source: string,
  values: Pick<StoredConversation, 'title' | 'context' | 'customData' | 'stateId'>,
): StoredConversation {
  const at = state.tick()
  const conversation: StoredConversation = {
    ...values,
    id: state.newId(),
    agentId: agent.id,
    userId,
    score: null,
    summary: null,
    aiConversationId: `conv_${state.newId().replaceAll('-', '')}`,
    aiCallId: source === 'voice' ? state.newId() : null,
    mode: 'ai',
    status: 'active',
    assignedTo: null,
    source,
    isAnonymized: false,
    createdAt: at,
    updatedAt: at,
    messages: [],
  }
  state.conversations.set(conversation.id, conversation)
  return conversation
}

/** Deletes this agent's conversations of a user. An unknown user is no error, because no error is documented. */
async function deleteAllOfUser({ state, agent, c, body }: AgentCall): Promise<Response> {
  const fields = fieldsOf(await body())
  const userId = fields.text('conversationUserId', { required: true })
  fields.check()
  for (const [id, conversation] of state.conversations) {
    if (conversation.userId === userId && conversation.agentId === agent.id) state.conversations.delete(id)
  }
  return c.body(null, 204)
}

function listStates({ state, settings, c }: AgentCall): Response {
  const states = state.workflowStates.map(showState)
  if (settings.statesShape === 'envelope') return c.json({ data: states })
  return c.json(settings.statesShape === 'object' ? (states[0] ?? null) : states)
}

const showState = ({ createdAt, updatedAt, ...rest }: WorkflowState): object => ({
  ...rest,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

async function update(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const fields = fieldsOf(await call.body())
  const title = fields.text('title', { max: 255 })
  const context = fields.text('context', { max: contextMax })
  const status = fields.choice('status', ['active', 'inactive', 'archived'])
  const stateId = stateIdFrom(fields, call)
  fields.check()
  conversation.title = title ?? conversation.title
  conversation.context = context ?? conversation.context
  conversation.status = status ?? conversation.status
  conversation.stateId = stateId ?? conversation.stateId
  conversation.updatedAt = call.state.tick()
  return call.c.json(showConversation(call, conversation))
}

async function setMode(call: AgentCall): Promise<Response> {
  const conversation = conversationOf(call)
  const fields = fieldsOf(await call.body())
  const modes: readonly Mode[] = ['manual', 'ai']
  const mode = fields.choice('mode', modes)
  fields.check()
  if (mode) {
    conversation.mode = mode
    conversation.updatedAt = call.state.tick()
  }
  return call.c.json(showConversation(call, conversation))
}

function stateIdFrom(fields: Fields, { state }: AgentCall): string | null {
  const stateId = fields.text('conversationStateId')
  const isKnown = stateId === null || state.workflowStates.some(({ id }) => id === stateId)
  if (!isKnown) fields.refuse('conversationStateId does not exist')
  return stateId
}

const channels = ['email', 'sms', 'voice'] as const
type Channel = (typeof channels)[number]

/** The vendor writes or calls the user first. The response has only the conversation's id. */
export function startEndpoint(desk: Desk): void {
  agentRoute(desk, 'POST', '/conversations/start', async (call) => {
    const fields = fieldsOf(await call.body())
    const channel = fields.choice('channel', channels, { required: true })
    const values = readUser(fields, channel)
    const opening = channel ? readOpening(fields, channel) : { title: null, text: '' }
    const context = fields.text('conversationContext', { max: 256_000 })
    const customData = fields.object('customData')
    const stateId = stateIdFrom(fields, call)
    const starts = fields.flag('resetConversation')
    fields.text('authorId')
    fields.check()
    const source = channel ?? 'email'
    const user = findUser(call.state, values) ?? createUser(call, values)
    user.agentIds.add(call.agent.id)
    const open = openConversation(call, user, source)
    if (open && starts) open.status = 'archived'
    const conversation =
      open && !starts
        ? open
        : newConversation(call, user.id, source, { title: opening.title, context, customData, stateId })
    speakFirst(call, conversation, opening.text)
    return call.c.json({ conversationId: conversation.id }, 201)
  })
}

function readUser(fields: Fields, channel: Channel | null): UserValues {
  const values = {
    firstName: fields.text('firstName', { required: true }) ?? '',
    lastName: fields.text('lastName', { required: true }) ?? '',
    email: fields.text('email', { required: channel === 'email' }),
    phoneNumber: fields.text('phoneNumber', { required: channel === 'sms' || channel === 'voice' }),
    fkId: fields.text('fkId'),
    fkUserId: fields.text('fkUserId'),
    context: fields.text('context'),
    source: fields.text('source'),
    customData: null,
  }
  checkContactData(fields, values)
  return values
}

function readOpening(fields: Fields, channel: Channel): { title: string | null; text: string } {
  const required = { required: true }
  if (channel === 'sms') return { title: null, text: fields.text('smsIntroduction', required) ?? '' }
  if (channel === 'voice') return { title: null, text: fields.text('firstMessage', required) ?? '' }
  return { title: fields.text('emailSubject', required), text: fields.text('emailIntroduction', required) ?? '' }
}

/** Continues the known user's open conversation. Every phone call is a new conversation. */
function openConversation(
  { state, agent }: AgentCall,
  user: StoredUser,
  source: Channel,
): StoredConversation | undefined {
  if (source === 'voice') return undefined
  return [...state.conversations.values()].findLast(
    (known) =>
      known.userId === user.id && known.agentId === agent.id && known.source === source && known.status === 'active',
  )
}

function speakFirst(call: AgentCall, conversation: StoredConversation, text: string): void {
  const at = call.state.tick()
  keepDialog(call, conversation)
  conversation.messages.push({
    id: call.state.newId(),
    text,
    rawText: text,
    senderRole: 'assistant',
    questionId: null,
    source: conversation.source,
    odd: {},
    aiResponse: null,
    subagentId: null,
    files: [],
    isAnonymized: false,
    createdAt: at,
    feedbacks: [],
  })
  if (call.settings.messagesTouchConversation) conversation.updatedAt = at
}

/**
 * The agent's conversations that match the query, in its order. Both date bounds are inclusive and compare `updatedAt`.
 */
function findConversations(call: AgentCall): StoredConversation[] {
  const { state, agent, settings } = call
  const orderBy = choiceQuery(call, 'orderBy', ['createdAt', 'updatedAt'])
  const direction = choiceQuery(call, 'orderDirection', ['ASC', 'DESC']) ?? settings.defaultDirection
  const from = dateQuery(call, 'startDate') ?? Number.NEGATIVE_INFINITY
  const to = dateQuery(call, 'endDate') ?? Number.POSITIVE_INFINITY
  const userId = call.query('userId')
  const keyword = call.query('searchKeyword')?.toLowerCase()
  const withFeedbacksOnly = call.query('withFeedbacksOnly') === 'true'

  const field = orderBy ?? 'createdAt'
  const sign = direction === 'ASC' ? 1 : -1
  return [...state.conversations.values()]
    .filter(({ agentId }) => agentId === agent.id)
    .filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to)
    .filter((found) => userId === undefined || found.userId === userId)
    .filter((found) => keyword === undefined || searchText(call, found).includes(keyword))
    .filter((found) => !withFeedbacksOnly || feedbacksOf(found).length > 0)
    .filter(({ status }) => settings.archivedConversations === 'listed' || status !== 'archived')
    .sort((a, b) => sign * (a[field] - b[field]))
}

function searchText({ state, agent }: AgentCall, { title, summary, userId }: StoredConversation): string {
  const user = state.users.get(userId)
  const contact = user && !user.isAnonymized ? [user.firstName, user.lastName, user.email, user.phoneNumber] : []
  return [title, summary, agent.name, ...contact].join('\n').toLowerCase()
}
