import { type AgentActionChange, parseRef, supports, type UpdateAgentInput } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { contradictions, differences, ensure, ensureFails, orRefused, orUnsupported } from '../support/ensure.ts'
import {
  asInput,
  firstAgentId,
  sampleActions,
  sampleAgent,
  sampleFollowUp,
  sampleHours,
  sampleSettings,
  someAgentId,
} from '../support/making.ts'
import { collect, idsOf } from '../support/reading.ts'

export const agentChecks: readonly Check[] = checksOf('agents', [
  {
    name: 'a new agent is read back as it was made',
    needs: ['agents.create', 'agents.get'],
    async run({ adapter, open }) {
      const ignored: string[] = []
      const making = await open({
        onWarning: ({ code, path }) => {
          if (code === 'ignored-option' && path !== undefined) ignored.push(path)
        },
      })
      if (!supports(making, 'agents.create') || !supports(adapter, 'agents.get')) return
      const made = await making.agents.create(sampleAgent)
      const read = await adapter.agents.get(made.id)
      const found = contradictions(made, read)
      ensure(read.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
      const { name, ...rest } = sampleAgent
      ensure(read.name === name, `Its name is "${read.name}".`)
      const plain = asInput(read) as Record<string, unknown>
      for (const [field, wanted] of Object.entries(rest)) {
        if (ignored.includes(field)) continue
        ensure(field in plain, `Its ${field} was accepted without a warning but cannot be read.`)
        ensure(plain[field] === wanted, `Its ${field} reads back as another value.`)
      }
    },
  },
  {
    name: 'a change of an agent changes that, and keeps what it leaves out',
    needs: ['agents.update', 'agents.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.update') || !supports(adapter, 'agents.get')) return
      const id = await someAgentId(adapter)
      let made = 0
      for (const change of changes) {
        const { raw: _, updatedAt: __, ...before } = await adapter.agents.get(id)
        const told = await orRefused(adapter.agents.update(id, change))
        if (!told) continue
        made++
        const after = await adapter.agents.get(id)
        const found = differences(after, { ...before, ...change })
        ensure(found.length === 0, `After ${Object.keys(change).join()} was changed: ${found.join('; ')}.`)
        ensure(told.id === id, `The result names "${told.id}" as changed.`)
      }
      ensure(made > 0, 'Every change was refused.')
    },
  },
  {
    name: 'an agent that was deleted is gone',
    needs: ['agents.delete', 'agents.create', 'agents.get'],
    async run({ adapter }) {
      if (
        !supports(adapter, 'agents.create') ||
        !supports(adapter, 'agents.get') ||
        !supports(adapter, 'agents.delete')
      )
        return
      const { id } = await adapter.agents.create(sampleAgent)
      const deleted = await adapter.agents.delete(id)
      ensure(deleted.id === id, `The result names "${deleted.id}" as deleted.`)
      await ensureFails(adapter.agents.get(id), 'not-found', 'Reading it again')
      const listed = supports(adapter, 'agents.list') ? idsOf(await collect(adapter.agents.list())) : []
      ensure(!listed.includes(id), 'It is still listed.')
    },
  },
  {
    name: 'each kind of action that the vendor takes is read back as it was made',
    needs: ['agents.actions.attach', 'agents.actions.get', 'agents.list'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.actions.attach') || !supports(adapter, 'agents.actions.get')) return
      const { actions } = adapter.agents
      const agentId = await someAgentId(adapter)
      const made: string[] = []
      for (const input of sampleActions(await firstAgentId(adapter))) {
        const action = await orUnsupported(actions.attach(agentId, input))
        if (!action) continue
        made.push(action.id)
        const read = await actions.get(agentId, action.id)
        const wrong = [...contradictions(action, read), ...differences(asInput(read), input)]
        ensure(wrong.length === 0, `The ${input.kind}: ${wrong.join('; ')}.`)
        ensure(read.agentId === agentId, `The agentId of the ${input.kind} is "${read.agentId}".`)
        ensure(parseRef(read.ref).kind === 'action', `The ref of the ${input.kind} is ${read.ref}.`)
      }
      ensure(made.length > 0, 'The vendor supports actions but accepted none of any kind.')
      const listed = supports(adapter, 'agents.actions.list')
        ? await collect(adapter.agents.actions.list(agentId))
        : undefined
      const lost = made.filter((id) => listed && !listed.some((action) => action.id === id))
      ensure(lost.length === 0, `${lost.length} of ${made.length} actions are not listed.`)
    },
  },
  {
    name: 'a change of an action changes that, and keeps what it leaves out',
    needs: ['agents.actions.update', 'agents.actions.attach', 'agents.actions.get', 'agents.list'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.actions.update')) return
      if (!supports(adapter, 'agents.actions.attach') || !supports(adapter, 'agents.actions.get')) return
      const { actions } = adapter.agents
      const agentId = await someAgentId(adapter)
      for (const input of sampleActions(await firstAgentId(adapter))) {
        const action = await orUnsupported(actions.attach(agentId, input))
        if (!action) continue
        const changes: AgentActionChange[] = [{ name: 'Renamed' }]
        if ('condition' in input) changes.push({ kind: input.kind, condition: 'They ask for it.' } as AgentActionChange)
        let wanted: object = input
        for (const change of changes) {
          wanted = { ...wanted, ...change }
          await actions.update(agentId, action.id, change)
          const wrong = differences(asInput(await actions.get(agentId, action.id)), wanted)
          ensure(
            wrong.length === 0,
            `The ${input.kind}, changed in ${Object.keys(change).join()}: ${wrong.join('; ')}.`,
          )
        }
      }
    },
  },
  {
    name: 'an action that was removed is gone',
    needs: ['agents.actions.remove', 'agents.actions.attach', 'agents.actions.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.actions.remove')) return
      if (!supports(adapter, 'agents.actions.attach') || !supports(adapter, 'agents.actions.get')) return
      const agentId = await someAgentId(adapter)
      const { id } = await adapter.agents.actions.attach(agentId, sampleFollowUp)
      const removed = await adapter.agents.actions.remove(agentId, id)
      ensure(removed.id === id, `The result names "${removed.id}" as removed.`)
      await ensureFails(adapter.agents.actions.get(agentId, id), 'not-found', 'Reading it again')
      const list = supports(adapter, 'agents.actions.list') ? await collect(adapter.agents.actions.list(agentId)) : []
      ensure(!idsOf(list).includes(id), 'It is still listed.')
    },
  },
  {
    name: 'the settings of follow-ups are read back from the actions they were set for',
    needs: ['agents.followUp.update', 'agents.actions.attach', 'agents.actions.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.followUp.update')) return
      if (!supports(adapter, 'agents.actions.attach') || !supports(adapter, 'agents.actions.get')) return
      const { actions, followUp } = adapter.agents
      const agentId = await someAgentId(adapter)
      const { id } = await actions.attach(agentId, sampleFollowUp)
      const told = await followUp.update(agentId, { ...sampleSettings, actionIds: [id] })
      for (const action of [...told, await actions.get(agentId, id)]) {
        ensure(action.kind === 'follow-up', `Follow-up settings were accepted for a ${action.kind}.`)
        const wrong = differences(asInput(action.settings), sampleSettings)
        ensure(wrong.length === 0, `The settings: ${wrong.join('; ')}.`)
      }
      const kept = differences(asInput(await actions.get(agentId, id)), sampleFollowUp)
      ensure(kept.length === 0, `Other fields changed too: ${kept.join('; ')}.`)
    },
  },
  {
    name: 'working hours are read back as they were set, and replaced as a whole',
    needs: ['agents.workingHours.set', 'agents.workingHours.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.workingHours.set') || !supports(adapter, 'agents.workingHours.get')) return
      const { workingHours } = adapter.agents
      const id = await someAgentId(adapter)
      const { continuesForMs: _, autoReply: __, followUp: ___, ...plain } = sampleHours
      for (const input of [sampleHours, { ...plain, schedule: sampleHours.schedule.slice(0, 1) }]) {
        const wanted = { agentId: id, continuesForMs: null, autoReply: null, followUp: null, ...input }
        for (const hours of [await workingHours.set(id, input), await workingHours.get(id)]) {
          ensure(hours, 'They were set but cannot be read back.')
          const wrong = differences(asInput(hours), wanted)
          ensure(wrong.length === 0, `The working hours: ${wrong.join('; ')}.`)
        }
      }
    },
  },
  {
    name: 'working hours that were taken away are none, and to take them away again says so',
    needs: ['agents.workingHours.clear', 'agents.workingHours.set', 'agents.workingHours.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'agents.workingHours.set') || !supports(adapter, 'agents.workingHours.get')) return
      if (!supports(adapter, 'agents.workingHours.clear')) return
      const { workingHours } = adapter.agents
      const id = await someAgentId(adapter)
      await workingHours.set(id, sampleHours)
      ensure((await workingHours.clear(id)).confirmed, 'There were some, but the result says that there were none.')
      ensure((await workingHours.get(id)) === null, 'There are still some.')
      ensure(!(await workingHours.clear(id)).confirmed, 'There were none, but the result says that there were some.')
    },
  },
])

/** Each change alone, so that the response shows the unchanged fields. */
const changes: readonly UpdateAgentInput[] = [
  { name: 'Conformance, renamed' },
  { goal: 'Help with orders and returns' },
  { instructions: 'Answer in two sentences.' },
]
