import type { AgentAction, Payload, PayloadReader } from '@parley/core'
import { actionFields, withoutKeys } from '../agents/action-kinds.ts'
import { mapActionType } from '../vocabulary.ts'
import type { LeadConnectorActionPayload } from '../wire.ts'

export type LeadConnectorAction = AgentAction<LeadConnectorActionPayload>

/**
 * Reads an action. Details without a field in the contract are kept in `attributes`.
 *
 * @param asked the requested id, for an answer that omits it.
 */
export function readAction(raw: Payload, reading: PayloadReader, agentId: string, asked?: string): LeadConnectorAction {
  reading.asked(raw, asked, 'type', 'name', 'details')
  const type = reading.term(raw, 'type', mapActionType)
  const kind = type?.value ?? 'unknown'
  const fields = kind === 'unknown' ? [] : actionFields[kind]
  const entity = reading.entity('action', reading.id(raw), raw) as LeadConnectorAction
  const action: Record<string, unknown> = {
    kind,
    native: type === undefined || type.native === null ? null : String(type.native),
    name: reading.text(raw, 'name') ?? null,
    agentId: reading.text(raw, 'agentId') ?? agentId,
  }
  const fill = (details: Payload) => {
    for (const { name, read } of fields) set(action, name, read(details, reading))
    set(
      action,
      'attributes',
      withoutKeys(
        details,
        fields.flatMap(({ keys }) => keys),
      ),
    )
    return true
  }
  // Some answers have only an id and a type.
  if (!reading.nested(raw, 'details', fill)) fill({})
  return Object.assign(entity, action)
}

const set = (action: Record<string, unknown>, name: string, value: unknown): void => {
  if (value !== undefined) action[name] = value
}
