import {
  type AgentCall,
  agentRoute,
  type Call,
  type Desk,
  organizationRoute,
  userOf,
} from './agent-conversation-call.ts'
import { badRequest, notFound } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import { choiceQuery, pageOf } from './agent-conversation-page.ts'
import { showUser } from './agent-conversation-show-user.ts'
import { checkContactData, createUser, findUser } from './agent-conversation-user-store.ts'

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

/** With all of their conversations, of every agent. */
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
