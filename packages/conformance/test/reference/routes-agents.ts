import type { Store } from './data.ts'
import type { StoredTool } from './data-agents.ts'
import { type Answer, newId, on, pageOf, type Route, refuse, withOne } from './route.ts'

/** Looks into an agent that is there. */
const inAgent = (store: Store, id: string, use: () => Answer): Answer =>
  store.agents.some((agent) => agent.id === id) ? use() : refuse(404)

const withTool = (store: Store, agent: string, id: string, use: (tool: StoredTool) => unknown): Answer =>
  withOne(
    store.tools.filter((tool) => tool.agent === agent),
    id,
    use,
  )

export const agentRoutes: readonly Route[] = [
  on('GET', '/agents', (store, input) => pageOf(store.agents, input)),
  on('POST', '/agents', (store, { name, purpose = null, tone = null, orders = null, on: active = true }) => {
    const agent = { id: newId('agent'), name, on: active, purpose, tone, orders }
    store.agents.push(agent)
    return { body: agent }
  }),
  on('GET', '/agents/:id', (store, { id }) => withOne(store.agents, id, (agent) => agent)),
  on('PATCH', '/agents/:id', (store, { id, ...changes }) =>
    withOne(store.agents, id, (agent) => Object.assign(agent, changes)),
  ),
  on('DELETE', '/agents/:id', (store, { id }) =>
    withOne(store.agents, id, (agent) => {
      store.agents = store.agents.filter((other) => other !== agent)
    }),
  ),

  on('GET', '/agents/:id/tools', (store, input) => {
    const { id } = input
    return inAgent(store, id, () =>
      pageOf(
        store.tools.filter(({ agent }) => agent === id),
        input,
      ),
    )
  }),
  on('POST', '/agents/:id/tools', (store, { id, kind, name, on: active = true, does }) =>
    inAgent(store, id, () => {
      const tool: StoredTool = { id: newId('tool'), agent: id, kind, name, on: active, does }
      store.tools.push(tool)
      return { body: tool }
    }),
  ),
  on('GET', '/agents/:id/tools/:tool', (store, { id, tool }) => withTool(store, id, tool, (one) => one)),
  on('PATCH', '/agents/:id/tools/:tool', (store, { id, tool, name, on: active, does }) =>
    withTool(store, id, tool, (one) =>
      Object.assign(one, { name: name ?? one.name, on: active ?? one.on, does: { ...one.does, ...(does as object) } }),
    ),
  ),
  on('DELETE', '/agents/:id/tools/:tool', (store, { id, tool }) =>
    withTool(store, id, tool, (one) => {
      store.tools = store.tools.filter((other) => other !== one)
    }),
  ),
  on('PATCH', '/agents/:id/nudges', (store, { id, actions, does }) =>
    inAgent(store, id, () => {
      const tools = store.tools.filter((tool) => tool.agent === id && (actions as string[]).includes(tool.id))
      for (const tool of tools) tool.does['settings'] = does
      return { body: { items: tools } }
    }),
  ),

  on('GET', '/agents/:id/hours', (store, { id }) =>
    inAgent(store, id, () => ({ body: { hours: store.hours.find(({ agent }) => agent === id) ?? null } })),
  ),
  on('PUT', '/agents/:id/hours', (store, { id, on: active, where, clock, week, linger, away, back }) =>
    inAgent(store, id, () => {
      const hours = { agent: id, on: active, where, clock, week, linger, away, back }
      store.hours = [...store.hours.filter(({ agent }) => agent !== id), hours]
      return { body: { hours } }
    }),
  ),
  on('DELETE', '/agents/:id/hours', (store, { id }) =>
    inAgent(store, id, () => {
      const there = store.hours.some(({ agent }) => agent === id)
      store.hours = store.hours.filter(({ agent }) => agent !== id)
      return { body: { there } }
    }),
  ),
]
