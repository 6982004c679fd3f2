import { type Call, isParleyError, isRaw, type Reading } from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'

/** Workflow states are changed by hand in the vendor's console, hence seldom. */
const keptFor = 5 * 60_000

/**
 * The names of the organisation's workflow states, when the adapter is to know them. They are an extra: when they cannot
 * be read the conversations come without, and a warning says so.
 */
export async function stateNames(
  context: AgentConversationContext,
  call: Call,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!context.stateNames) return undefined
  const { states } = context.known
  if (states && call.now() - states.at < keptFor) return states.names
  try {
    const names = await call.read({ path: '/conversations/states' }, readStates)
    context.known.states = { names, at: call.now() }
    return names
  } catch (error) {
    if (!isParleyError(error) || error.code === 'authentication') throw error
    call.reading.warn('degraded', 'The names of workflow states could not be read, so they are missing.')
    return states?.names
  }
}

/** Declared as one object although it returns all of them: a list, one, or an envelope is taken. */
function readStates(body: unknown, reading: Reading): ReadonlyMap<string, string> {
  const list = isRaw(body) && body['id'] === undefined ? (body['data'] ?? []) : body
  const names = new Map<string, string>()
  reading.items(Array.isArray(list) ? list : [list], 'states', (raw) => {
    const name = reading.text(raw, 'name')
    if (name) names.set(reading.id(raw), name)
  })
  return names
}
