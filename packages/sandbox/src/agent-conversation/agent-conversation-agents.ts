import { agentRoute, type Call, type Desk, organizationRoute } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { type Fields, fieldsOf } from './agent-conversation-fields.ts'
import { showAgent } from './agent-conversation-show-agent.ts'
import type { StoredAgent } from './agent-conversation-state.ts'

const statuses = ['active', 'inactive', 'draft'] as const

export function agentEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/agents/by-api-key', (call) => call.c.json(showAgent(call, call.agent)))
  organizationRoute(desk, 'POST', '/agents', async (call) => {
    const fields = fieldsOf(await call.body())
    const name = fields.text('name', { required: true, max: 255 }) ?? ''
    const id = call.state.newId()
    const agent = readAgent(fields, {
      id,
      apiKey: `sandbox-agent-${id}`,
      name,
      publicName: name,
      role: 'assistant',
      description: '',
      instructions: '',
      model: 'gpt-5-mini',
      status: 'draft',
      tags: null,
    })
    return save(call, agent, 201)
  })
  organizationRoute(desk, 'PUT', '/agents/:id', async (call) => {
    const known = call.state.agents.get(call.path('id'))
    if (!known) throw notFound()
    return save(call, readAgent(fieldsOf(await call.body()), known), 200)
  })
  organizationRoute(desk, 'GET', '/agent-roles/by-api-key', (call) =>
    call.c.json([
      { id: 'role-assistant', name: 'Assistant', description: 'Answers customers' },
      { id: 'role-sales', name: 'Sales', description: 'Qualifies leads' },
    ]),
  )
}

function readAgent(fields: Fields, before: StoredAgent): StoredAgent {
  const agent = {
    ...before,
    name: fields.text('name', { max: 255 }) ?? before.name,
    publicName: fields.text('publicName') ?? before.publicName,
    role: fields.text('role') ?? before.role,
    description: fields.text('description') ?? before.description,
    instructions: fields.text('instructions') ?? before.instructions,
    status: fields.choice('status', statuses) ?? before.status,
  }
  fields.check()
  return agent
}

function save(call: Call, agent: StoredAgent, status: 200 | 201): Response {
  call.state.agents.set(agent.id, agent)
  return call.c.json(showAgent(call, agent), status)
}
