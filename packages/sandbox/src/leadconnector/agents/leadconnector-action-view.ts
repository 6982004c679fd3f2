import type { Json } from '../leadconnector-json.ts'
import type { ActionRecord } from '../state/leadconnector-records.ts'
import type { State } from '../state/leadconnector-state.ts'
import { redactDetails } from './leadconnector-api-secrets.ts'

export function showAction({ settings }: State, { id, name, type, agentId, details }: ActionRecord): Json {
  if (settings.actionDetails === 'absent') return { id, type }
  return { id, name, type, agentId, details: type === 'customApi' ? redactDetails(details) : details }
}

/** The other shape of the list: one row per kind. */
export function groupActions(actions: readonly Json[]): Json[] {
  const types = [...new Set(actions.map(({ type }) => type))]
  return types.map((type) => ({ type, actions: actions.filter((action) => action['type'] === type) }))
}
