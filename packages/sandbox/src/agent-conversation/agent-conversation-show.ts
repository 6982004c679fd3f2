import type { AgentConversationSettings } from './agent-conversation-settings.ts'
import type { State } from './agent-conversation-state.ts'

/** What showing a record needs to know beside the record; every call has it. */
export interface Show {
  readonly settings: AgentConversationSettings
  readonly state: State
}

/** How one record shows fields without a value: left out, or null, as the settings say. */
export function optional(
  settings: AgentConversationSettings,
  id: string,
): <T>(value: T | null) => T | null | undefined {
  const { missingFields } = settings
  const asNull = missingFields === 'null' || (missingFields === 'mixed' && id.charCodeAt(id.length - 1) % 2 === 0)
  return (value) => value ?? (asNull ? null : undefined)
}
