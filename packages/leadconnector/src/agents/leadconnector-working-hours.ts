import {
  checkId,
  checkInput,
  isParleyError,
  isRaw,
  pathOf,
  type RequestSpec,
  saysMissing,
  type WorkingHours,
  type WorkingHoursOperations,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { unwrap } from '../leadconnector-unwrap.ts'
import { readWorkingHours } from '../read/read-leadconnector-working-hours.ts'
import type { LeadConnectorWorkingHoursPayload } from '../wire/action.ts'
import { workingHoursBody } from './leadconnector-working-hours-body.ts'

export type LeadConnectorHours = WorkingHours<LeadConnectorWorkingHoursPayload>
export type LeadConnectorWorkingHours = WorkingHoursOperations<LeadConnectorHours>

/** "Working Hours" exists in v3 only. */
const v3 = (client: LeadConnectorClient, spec: RequestSpec): RequestSpec => {
  const { headers, ...rest } = client.spec('conversationAI', spec)
  return { ...rest, headers: { ...headers, version: 'v3' } }
}

/** Begins with what is missing: "Working hours not found for the agent: …". */
const noHours = /^\s*(?:the |no )?working[ _-]?hours\b/i

export const getWorkingHours =
  (client: LeadConnectorClient): LeadConnectorWorkingHours['get'] =>
  async (agent, options) => {
    const call = client.begin('agents.workingHours.get', options)
    const agentId = checkId(call, agent, 'agent')
    try {
      return await call.read(
        v3(client, { path: pathOf`/conversation-ai/agents/${agentId}/working-hours` }),
        (body, reading) =>
          isRaw(body) && body['data'] === null ? null : readWorkingHours(unwrap(body, 'data'), reading, agentId),
      )
    } catch (error) {
      // Both "no such agent" and "no working hours" are a 400 with a text; only the second one is an answer.
      if (saysMissing(error, noHours)) return null
      throw error
    }
  }

export const setWorkingHours =
  (client: LeadConnectorClient): LeadConnectorWorkingHours['set'] =>
  async (agent, input, options) => {
    const call = client.begin('agents.workingHours.set', options)
    const agentId = checkId(call, agent, 'agent')
    const body = workingHoursBody(call, checkInput(call, input))
    const path = pathOf`/conversation-ai/agents/${agentId}/working-hours`
    // A POST that is tried again after it was carried out is a conflict, and goes on as a PUT.
    const write = (method: 'POST' | 'PUT') =>
      call.read(v3(client, { method, path, body, idempotent: true }), (answer, reading) =>
        readWorkingHours(unwrap(answer, 'data'), reading, agentId),
      )
    try {
      return await write('POST')
    } catch (error) {
      // There are some already: they are replaced.
      if (!isParleyError(error) || error.code !== 'conflict') throw error
      return write('PUT')
    }
  }

export const clearWorkingHours =
  (client: LeadConnectorClient): LeadConnectorWorkingHours['clear'] =>
  async (agent, options) => {
    const call = client.begin('agents.workingHours.clear', options)
    const id = checkId(call, agent, 'agent')
    const path = pathOf`/conversation-ai/agents/${id}/working-hours`
    const { body } = await call.request(v3(client, { method: 'DELETE', path }))
    const data = isRaw(body) && isRaw(body['data']) ? body['data'] : {}
    return { id, confirmed: data['deleted'] === true }
  }
