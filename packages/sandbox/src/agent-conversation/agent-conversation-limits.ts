import { type AgentCall, agentRoute, type Desk, userOf } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import type { Limits } from './agent-conversation-state.ts'
import { usageOf } from './agent-conversation-statistic.ts'

interface Owner {
  /** The name of its id in an answer. The vendor's reference has only the agent's. */
  readonly field: 'agentId' | 'userId'
  id(call: AgentCall): string
}

/** Monthly limits of the agent itself and of one user. The agent's are only written: its GET tells the usage instead. */
export function limitEndpoints(desk: Desk): void {
  const ofAgent: Owner = { field: 'agentId', id: ({ agent }) => agent.id }
  const ofUser: Owner = { field: 'userId', id: (call) => userOf(call).id }
  agentRoute(desk, 'GET', '/agents/limits', (call) => {
    const { emails, sms, tokens, seconds } = usageOf(call)
    return call.c.json({ emailsAmount: emails, smsAmount: sms, tokensAmount: tokens, secondsAmount: seconds })
  })
  agentRoute(desk, 'GET', '/users/:id/limits', (call) => call.c.json(show(call, ofUser, stored(call, ofUser))))
  writeEndpoints(desk, '/agents/limits', ofAgent)
  writeEndpoints(desk, '/users/:id/limits', ofUser)
}

function writeEndpoints(desk: Desk, path: string, owner: Owner): void {
  const write = async (call: AgentCall, id: string): Promise<object> => {
    const limits = await readLimits(call, id)
    call.state.limits.set(owner.id(call), limits)
    return show(call, owner, limits)
  }
  agentRoute(desk, 'POST', path, async (call) => call.c.json(await write(call, call.state.newId()), 201))
  agentRoute(desk, 'PUT', path, async (call) => call.c.json(await write(call, stored(call, owner).id)))
  agentRoute(desk, 'DELETE', path, (call) => {
    const limits = show(call, owner, stored(call, owner))
    call.state.limits.delete(owner.id(call))
    return call.c.json(limits)
  })
}

function stored(call: AgentCall, owner: Owner): Limits {
  const limits = call.state.limits.get(owner.id(call))
  if (!limits) throw notFound()
  return limits
}

const show = (call: AgentCall, { field, id }: Owner, limits: Limits): object => ({
  ...limits,
  [field]: id(call),
  isOrganizationDefault: false,
})

async function readLimits({ body }: AgentCall, id: string): Promise<Limits> {
  const fields = fieldsOf(await body())
  const amount = (name: string): number => fields.amount(name, { required: true }) ?? 0
  const limits = {
    id,
    tokensAmountPerMonth: amount('tokensAmountPerMonth'),
    smsAmountPerMonth: amount('smsAmountPerMonth'),
    emailsAmountPerMonth: amount('emailsAmountPerMonth'),
    secondsAmountPerMonth: amount('secondsAmountPerMonth'),
  }
  fields.check()
  return limits
}
