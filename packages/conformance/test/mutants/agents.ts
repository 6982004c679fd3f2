import { type Mutant, refused, replace, result } from './mutate.ts'

const left = (name: string) => (input: Record<string, unknown>) => ({ ...input, [name]: undefined })

/** By the check that has to catch it: what is wrong with agents, their actions and their hours. */
export const agents: Record<string, Mutant[]> = {
  'a new agent is read back as it was made': [
    { adapter: result('agents.create', (agent) => ({ ...agent, goal: 'Other' })) },
    { adapter: (adapter) => replace(adapter, 'agents.create', (create) => (input) => create(left('goal')(input))) },
    { adapter: result('agents.get', ({ personality: _, ...agent }) => agent) },
  ],
  'a change of an agent changes that, and keeps what it leaves out': [
    { adapter: (adapter) => replace(adapter, 'agents.update', () => async (id) => ({ id })) },
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.update', (update) => (id, input) => update(id, { goal: 'Forgotten', ...input })),
    },
  ],
  'an agent that was deleted is gone': [
    { adapter: (adapter) => replace(adapter, 'agents.delete', () => async (id) => ({ id, confirmed: true })) },
    { adapter: result('agents.delete', (deleted) => ({ ...deleted, id: 'another' })) },
  ],
  'each kind of action that the vendor takes is read back as it was made': [
    { adapter: result('agents.actions.attach', (action) => ({ ...action, name: 'Other' })) },
    { adapter: result('agents.actions.get', ({ condition: _, ...action }) => action) },
    { adapter: result('agents.actions.get', (action) => ({ ...action, agentId: 'another' })) },
    {
      adapter: result('agents.actions.get', (action) =>
        action.kind === 'follow-up' ? { ...action, steps: action.steps.slice(1) } : action,
      ),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.actions.attach', () => async () => {
          throw refused('no')
        }),
    },
  ],
  'a change of an action changes that, and keeps what it leaves out': [
    { adapter: (adapter) => replace(adapter, 'agents.actions.update', () => async (_, id) => ({ id })) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'agents.actions.update',
          (update) => (agent, id, input) => update(agent, id, { enabled: false, ...input }),
        ),
    },
  ],
  'an action that was removed is gone': [
    {
      adapter: (adapter) => replace(adapter, 'agents.actions.remove', () => async (_, id) => ({ id, confirmed: true })),
    },
  ],
  'the settings of follow-ups are read back from the actions they were set for': [
    { adapter: (adapter) => replace(adapter, 'agents.followUp.update', () => async () => []) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'agents.followUp.update',
          (update) => (id, input) => update(id, { ...input, switchesChannel: true }),
        ),
    },
  ],
  'working hours are read back as they were set, and replaced as a whole': [
    { adapter: (adapter) => replace(adapter, 'agents.workingHours.get', () => async () => null) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'agents.workingHours.set',
          (set) => (id, input) => set(id, { autoReply: 'As it was.', ...input }),
        ),
    },
    { adapter: result('agents.workingHours.get', (hours) => ({ ...hours, schedule: hours.schedule.toReversed() })) },
  ],
  'working hours that were taken away are none, and to take them away again says so': [
    {
      adapter: (adapter) =>
        replace(adapter, 'agents.workingHours.clear', () => async (id) => ({ id, confirmed: true })),
    },
    { adapter: result('agents.workingHours.clear', (cleared) => ({ ...cleared, confirmed: true })) },
  ],
}
