import {
  type Call,
  type CreateAgentInput,
  checkId,
  compact,
  ignoreOptions,
  isRecord,
  type OperationOptions,
  type Operations,
  type Payload,
  type PayloadReader,
  pathOf,
  type RequestSpec,
  type Transport,
  type UpdateAgentInput,
  type WorkingHoursInput,
} from '@parley/core'
import { actionsOf } from './actions.ts'
import type { PageMaker } from './page.ts'
import { object } from './read.ts'
import { readAgent, readHours } from './read-agents.ts'
import { clockOf } from './write-actions.ts'

export function agentsOf(transport: Transport, pages: PageMaker): Operations['agents'] {
  const send = <T>(call: Call, spec: RequestSpec, read: (raw: Payload, reading: PayloadReader) => T): Promise<T> =>
    call.read(spec, (body, reading) => read(object(body), reading))
  const hours = (call: Call, spec: RequestSpec) =>
    send(call, spec, (body, reading) => (isRecord(body['hours']) ? readHours(body['hours'], reading) : null))
  const begin = (operation: string, agent: string | { id: string }, options: OperationOptions | undefined) => {
    const call = transport.begin(operation, options)
    const id = checkId(call, agent, 'agent')
    return { call, id, path: pathOf`/agents/${id}` }
  }
  return {
    list: (query = {}, options) =>
      pages('agents.list', '/agents', query, options, readAgent, {
        keep: ({ name }) => !query.search || (name ?? '').toLowerCase().includes(query.search.toLowerCase()),
      }),
    get: async (agent, options) => {
      const { call, path } = begin('agents.get', agent, options)
      return send(call, { path }, readAgent)
    },
    create: async (input, options) => {
      const call = transport.begin('agents.create', options)
      return send(call, { method: 'POST', path: '/agents', body: bodyOf(call, input) }, readAgent)
    },
    update: async (agent, input, options) => {
      const { call, path } = begin('agents.update', agent, options)
      return send(call, { method: 'PATCH', path, body: bodyOf(call, input) }, readAgent)
    },
    delete: async (agent, options) => {
      const { call, id, path } = begin('agents.delete', agent, options)
      await call.request({ method: 'DELETE', path })
      return { id, confirmed: true }
    },
    ...actionsOf(transport, pages),
    workingHours: {
      get: async (agent, options) => {
        const { call, path } = begin('agents.workingHours.get', agent, options)
        return hours(call, { path: `${path}/hours` })
      },
      set: async (agent, input, options) => {
        const { call, path } = begin('agents.workingHours.set', agent, options)
        const set = await hours(call, { method: 'PUT', path: `${path}/hours`, body: hoursOf(input) })
        return set as NonNullable<typeof set>
      },
      clear: async (agent, options) => {
        const { call, id, path } = begin('agents.workingHours.clear', agent, options)
        const { body } = await call.request({ method: 'DELETE', path: `${path}/hours` })
        return { id, confirmed: object(body)['there'] === true }
      },
    },
  }
}

function bodyOf(call: Call, input: CreateAgentInput | UpdateAgentInput): object {
  ignoreOptions(call, input, ['liveChatEnabled', 'mode', 'channels', 'replyDelayMs'], 'there is no such field.')
  const { name, status, goal, personality, instructions } = input
  const on = status && status === 'active'
  return compact<Record<string, unknown>>({ name, on, purpose: goal, tone: personality, orders: instructions })
}

const ways: Readonly<Record<string, string>> = { web: 'chat', email: 'mail', voice: 'phone' }

const hoursOf = (input: WorkingHoursInput): object => ({
  on: input.enabled,
  where: input.channels.map((channel) => ways[channel] ?? channel),
  clock: clockOf(input.timezone),
  week: input.schedule.map(({ day, intervals }) => ({ day, spans: intervals })),
  linger: input.continuesForMs ? input.continuesForMs / 1000 : null,
  away: input.autoReply ?? null,
  back: input.followUp ?? null,
})
