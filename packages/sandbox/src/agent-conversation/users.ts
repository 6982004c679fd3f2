import {
  type AgentCall,
  agentRoute,
  type Call,
  choiceQuery,
  type Desk,
  organizationRoute,
  pageOf,
  userOf,
} from './call.ts'
import { badRequest, type Fields, fieldsOf, notFound } from './errors.ts'
import { showUser } from './show.ts'
import { iso, type State, type StoredFeedback, type StoredMessage, type StoredUser } from './state.ts'

export function userEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/users', create)
  agentRoute(desk, 'GET', '/users/search', search)
  agentRoute(desk, 'GET', '/users/:id', (call) => call.c.json(showUser(call, userOf(call))))
  agentRoute(desk, 'DELETE', '/users/:id', remove)
  agentRoute(desk, 'GET', '/agents/users', (call) => listUsers(call, call.agent.id))
  organizationRoute(desk, 'GET', '/agents/:id/users', (call) => {
    if (!call.state.agents.has(call.path('id'))) throw notFound()
    return listUsers(call, call.path('id'))
  })
}

async function create(call: AgentCall): Promise<Response> {
  const fields = fieldsOf(await call.body())
  const values = {
    firstName: fields.text('firstName', { required: true }) ?? '',
    lastName: fields.text('lastName', { required: true }) ?? '',
    email: fields.text('email'),
    phoneNumber: fields.text('phoneNumber'),
    fkId: fields.text('fkId'),
    fkUserId: fields.text('fkUserId'),
    context: fields.text('context'),
    source: fields.text('source'),
    customData: fields.object('customData'),
  }
  checkContactData(fields, values)
  if (!values.email && !values.phoneNumber && !values.fkId) {
    fields.refuse('one of phoneNumber, email, fkId should not be empty')
  }
  fields.check()
  if (findUser(call.state, values)) throw badRequest('the user already exists')
  return call.c.json(showUser(call, createUser(call, values)), 201)
}

function search(call: AgentCall): Response {
  const { state, agent, query, c } = call
  const by = { email: query('email') ?? null, phoneNumber: query('phoneNumber') ?? null, fkId: query('fkId') ?? null }
  if (!by.email && !by.phoneNumber && !by.fkId) throw badRequest('one of email, phoneNumber, fkId is required')
  const user = findUser(state, by)
  if (!user) throw notFound()
  const conversationIds = [...state.conversations.values()]
    .filter(({ userId, agentId }) => userId === user.id && agentId === agent.id)
    .map(({ id }) => id)
  return c.json({ user: showUser(call, user), conversationIds })
}

/** Deletes the user and all of the user's conversations with every agent. */
function remove(call: AgentCall): Response {
  const user = userOf(call)
  call.state.users.delete(user.id)
  call.state.limits.delete(user.id)
  for (const [id, { userId }] of call.state.conversations) if (userId === user.id) call.state.conversations.delete(id)
  return call.c.body(null, 204)
}

function listUsers(call: Call, agentId: string): Response {
  choiceQuery(call, 'orderBy', ['createdAt'])
  const sign = choiceQuery(call, 'orderDirection', ['ASC', 'DESC']) === 'ASC' ? 1 : -1
  const users = [...call.state.users.values()]
    .filter(({ agentIds }) => agentIds.has(agentId))
    .sort((a, b) => sign * (a.createdAt - b.createdAt))
  return call.c.json(pageOf(call, users, (user) => showUser(call, user)))
}

export type UserValues = Omit<StoredUser, 'id' | 'agentIds' | 'isAnonymized' | 'createdAt'>

/** The user with any of these identifiers. Email addresses are compared without regard to case. */
export function findUser(
  { users }: State,
  { email, phoneNumber, fkId }: Partial<Pick<StoredUser, 'email' | 'phoneNumber' | 'fkId'>>,
): StoredUser | undefined {
  return [...users.values()].find(
    (user) =>
      !user.isAnonymized &&
      ((fkId && user.fkId === fkId) ||
        (email && user.email?.toLowerCase() === email.toLowerCase()) ||
        (phoneNumber && user.phoneNumber === phoneNumber)),
  )
}

export function createUser({ state, agent }: AgentCall, values: UserValues): StoredUser {
  const user: StoredUser = {
    ...values,
    id: state.newId(),
    agentIds: new Set([agent.id]),
    isAnonymized: false,
    createdAt: state.tick(),
  }
  state.users.set(user.id, user)
  return user
}

export function checkContactData(
  fields: Fields,
  { email, phoneNumber }: Pick<UserValues, 'email' | 'phoneNumber'>,
): void {
  const skipsPhone = fields.flag('skipPhoneNumberValidation')
  const skipsEmail = fields.flag('skipEmailValidation')
  if (phoneNumber && !skipsPhone && !/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    fields.refuse('phoneNumber must be a valid phone number')
  }
  if (email && !skipsEmail && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) fields.refuse('email must be an email')
}

const staffRoles = ['owner', 'admin', 'user', 'copilot_user', 'copilot_agent_user', 'copilot_admin'] as const

export function otherEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/conversation-message-feedbacks', upsertFeedback)
  agentRoute(desk, 'POST', '/resource-usage', async (call) => {
    const fields = fieldsOf(await call.body())
    const type = fields.choice('type', ['OPENAI_TOKENS', 'VAPI_SECONDS'], { required: true }) ?? ''
    const amount = fields.amount('amount', { required: true }) ?? 0
    fields.check()
    call.state.usage.push({ agentId: call.agent.id, type, amount, at: call.state.tick() })
    return call.c.body(null, 201)
  })
  organizationRoute(desk, 'GET', '/platform-users', (call) => {
    const role = choiceQuery(call, 'role', staffRoles)
    return call.c.json(
      call.state.staff
        .filter((staff) => role === undefined || staff.role === role)
        .map(({ id, email, phoneNumber, firstName, lastName }) => ({ id, email, phoneNumber, firstName, lastName })),
    )
  })
}

/** One vote per message and voter. A second vote replaces the first. */
async function upsertFeedback(call: AgentCall): Promise<Response> {
  const { state } = call
  const fields = fieldsOf(await call.body())
  const messageId = fields.text('conversationMessageId', { required: true }) ?? ''
  const userId = fields.text('userId', { required: true }) ?? ''
  const voteType = fields.choice('voteType', ['up', 'down'], { required: true }) ?? 'up'
  const question = fields.text('question', { required: true })
  const answer = fields.text('answer')
  const comment = fields.text('comment')
  fields.check()
  const message = findMessage(call, messageId)
  const at = state.tick()
  const known = message.feedbacks.find((feedback) => feedback.userId === userId)
  const feedback: StoredFeedback = known ?? {
    id: state.newId(),
    userId,
    voteType,
    question,
    answer,
    comment,
    // A voter is a contact or an operator. The vendor does not say which.
    userEmail: (state.users.get(userId) ?? state.staff.find(({ id }) => id === userId))?.email ?? null,
    createdAt: at,
    updatedAt: at,
  }
  if (known) Object.assign(known, { voteType, question, answer, comment, updatedAt: at })
  else message.feedbacks.push(feedback)
  const { id, createdAt, updatedAt } = feedback
  return call.c.json(
    {
      ...{ id, conversationMessageId: messageId, voteType, question, answer, comment },
      ...{ createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
    },
    201,
  )
}

function findMessage({ state, agent }: AgentCall, messageId: string): StoredMessage {
  for (const { agentId, messages } of state.conversations.values()) {
    const found = agentId === agent.id && messages.find(({ id }) => id === messageId)
    if (found) return found
  }
  throw notFound()
}
