import { type AgentCall, agentRoute, type Desk, userOf } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import type { Limits } from './agent-conversation-state.ts'
import { usageOf } from './agent-conversation-statistic.ts'

/** Monthly limits of one user and of the agent itself. Beside the amounts, only an agent's limits tell its usage. */
export function limitEndpoints(desk: Desk): void {
  limitsAt(desk, '/agents/limits', ({ agent }) => agent.id, true)
  limitsAt(desk, '/users/:id/limits', (call) => userOf(call).id, false)
}

function limitsAt(desk: Desk, path: string, ownerOf: (call: AgentCall) => string, withUsage: boolean): void {
  const stored = (call: AgentCall): Limits => {
    const limits = call.state.limits.get(ownerOf(call))
    if (!limits) throw notFound()
    return limits
  }
  agentRoute(desk, 'GET', path, (call) =>
    call.c.json({ ...stored(call), ...(withUsage && { currentUsage: usageOf(call, () => true) }) }),
  )
  agentRoute(desk, 'POST', path, async (call) => {
    const limits = await readLimits(call, noLimits)
    call.state.limits.set(ownerOf(call), limits)
    return call.c.json(limits, 201)
  })
  agentRoute(desk, 'PUT', path, async (call) => {
    const limits = await readLimits(call, stored(call))
    call.state.limits.set(ownerOf(call), limits)
    return call.c.json(limits)
  })
  agentRoute(desk, 'DELETE', path, (call) => {
    const limits = stored(call)
    call.state.limits.delete(ownerOf(call))
    return call.c.json(limits)
  })
}

const noLimits: Limits = {
  tokensAmountPerMonth: null,
  smsAmountPerMonth: null,
  emailsAmountPerMonth: null,
  secondsAmountPerMonth: null,
}

async function readLimits({ body }: AgentCall, before: Limits): Promise<Limits> {
  const fields = fieldsOf(await body())
  const limits = {
    tokensAmountPerMonth: fields.amount('tokensAmountPerMonth') ?? before.tokensAmountPerMonth,
    smsAmountPerMonth: fields.amount('smsAmountPerMonth') ?? before.smsAmountPerMonth,
    emailsAmountPerMonth: fields.amount('emailsAmountPerMonth') ?? before.emailsAmountPerMonth,
    secondsAmountPerMonth: fields.amount('secondsAmountPerMonth') ?? before.secondsAmountPerMonth,
  }
  fields.check()
  return limits
}
