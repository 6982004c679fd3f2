import { type Json, textOf } from '../leadconnector-json.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'

type Kind = 'agents' | 'conversations' | 'messages' | 'contacts' | 'emails'

const kindOf: Readonly<Record<string, Kind>> = {
  agentId: 'agents',
  conversationId: 'conversations',
  messageId: 'messages',
  contactId: 'contacts',
  emailMessageId: 'emails',
}

/** Whether a request names another location, or something that lives in another location. */
export function namesOtherLocation(
  state: State,
  own: LocationState,
  sources: readonly (Json | Readonly<Record<string, string>>)[],
): boolean {
  for (const source of sources) {
    const locationId = textOf(source['locationId'])
    if (locationId !== null && locationId !== own.id) return true
    for (const [name, kind] of Object.entries(kindOf)) {
      const id = textOf(source[name])
      if (id !== null && !own[kind].has(id) && livesElsewhere(state, kind, id)) return true
    }
  }
  return false
}

function livesElsewhere(state: State, kind: Kind, id: string): boolean {
  return [...state.locations.values()].some((location) => location[kind].has(id))
}
