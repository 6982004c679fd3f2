import { checkId, type OperationOptions, type Operations, pathOf, type RequestSpec, type Transport } from '@parley/core'
import type { PageMaker } from './page.ts'
import { object } from './read.ts'
import { readAction } from './read-agents.ts'
import { settingsOf, toolOf } from './write-actions.ts'

type Target = string | { id: string }

export function actionsOf(transport: Transport, pages: PageMaker): Pick<Operations['agents'], 'actions' | 'followUp'> {
  const one = async (
    operation: string,
    targets: readonly [agent: Target, action?: Target],
    spec: Omit<RequestSpec, 'path'>,
    options: OperationOptions | undefined,
  ) => {
    const call = transport.begin(operation, options)
    const own = targets.length === 1 ? '' : pathOf`/${checkId(call, targets[1], 'action')}`
    const path = `${pathOf`/agents/${checkId(call, targets[0], 'agent')}`}/tools${own}`
    return call.read({ ...spec, path }, (body, reading) => readAction(object(body), reading))
  }
  return {
    actions: {
      list: (agent, query = {}, options) => {
        return pages('agents.actions.list', ['/agents', agent, '/tools'], query, options, readAction)
      },
      get: (agent, action, options) => one('agents.actions.get', [agent, action], {}, options),
      attach: (agent, input, options) =>
        one('agents.actions.attach', [agent], { method: 'POST', body: toolOf(input) }, options),
      update: (agent, action, input, options) =>
        one('agents.actions.update', [agent, action], { method: 'PATCH', body: toolOf(input) }, options),
      remove: async (agent, action, options) => {
        const call = transport.begin('agents.actions.remove', options)
        const [of, id] = [checkId(call, agent, 'agent'), checkId(call, action, 'action')]
        await call.request({ method: 'DELETE', path: pathOf`/agents/${of}/tools/${id}` })
        return { id, confirmed: true }
      },
    },
    followUp: {
      update: async (agent, input, options) => {
        const call = transport.begin('agents.followUp.update', options)
        const path = `${pathOf`/agents/${checkId(call, agent, 'agent')}`}/nudges`
        const body = { actions: input.actionIds, does: settingsOf(input) }
        return call.read({ method: 'PATCH', path, body }, (answer, reading) =>
          reading.items(object(answer)['items'], 'items', (raw) => readAction(raw, reading)),
        )
      },
    },
  }
}
