import { ConflictError, isParleyError, NetworkError, NotFoundError } from '@parley/core'
import { errors, type Mutant, refused, replace, result, unless } from './mutate.ts'

/** By the check that has to catch it: what is wrong with changes in general. */
export const changes: Record<string, Mutant[]> = {
  'a change that is aborted before it begins sends nothing and fails with the caller’s reason': [
    { adapter: (adapter) => replace(adapter, 'knowledge.add', (add) => (input) => add(input)) },
    { adapter: errors('agents.delete', () => new Error('AbortError')) },
  ],
  'a change with an invalid id is refused before anything is sent': [
    { adapter: (adapter) => replace(adapter, 'agents.update', (update) => (id, input) => update(`${id}`, input)) },
    { adapter: errors('feedback.dismiss', unless('invalid-request', new ConflictError({ message: 'no' }))) },
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.actions.remove', (remove) => async (...args) => {
          await adapter.agents?.list?.()
          return remove(...args)
        }),
    },
  ],
  'a change of an unknown id is not found, or confirms nothing': [
    { adapter: errors('agents.update', unless('not-found', refused('no'))) },
    { adapter: (adapter) => replace(adapter, 'knowledge.remove', () => async (id) => ({ id, confirmed: true })) },
    { adapter: errors('messages.cancel', () => new NotFoundError({ message: 'no', outcome: 'unknown' })) },
  ],
  'a change whose response is lost does nothing twice, and does not claim that nothing was done': [
    { adapter: again('knowledge.add') },
    { adapter: again('agents.update') },
    { adapter: errors('webhooks.create', () => new NetworkError({ message: 'no', outcome: 'not-done' })) },
  ],
  'the result of a change has the shape of the contract, a ref that leads to it, and raw if requested': [
    { adapter: result('agents.create', (agent) => ({ ...agent, status: 'active' })) },
    { adapter: result('knowledge.add', (item) => ({ ...item, ref: item.ref.replace(item.id, 'other') })) },
    { adapter: result('webhooks.create', ({ raw: _, ...hook }) => hook) },
    { adapter: result('agents.update', (agent) => ({ raw: {}, ...agent })) },
  ],
}

/** Sends again what it does not know the outcome of. */
function again(name: 'knowledge.add' | 'agents.update'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, name, (send) => async (...args) => {
      try {
        return await send(...args)
      } catch (error) {
        if (isParleyError(error) && error.outcome === 'unknown') return send(...args)
        throw error
      }
    })
}
