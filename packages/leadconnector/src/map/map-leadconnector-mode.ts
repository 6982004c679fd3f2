import { type AgentMode, type AgentStatus, type TermMap, words } from '@parley/core'

/** Written `auto-pilot` in the documents and `autoPilot` in some answers. */
export const mapLeadConnectorMode: TermMap<AgentMode> = words({
  off: 'off',
  suggestive: 'suggestive',
  'auto-pilot': 'autopilot',
})

/** There is no status of its own: an agent that is not off is at work. */
export const mapLeadConnectorAgentStatus: TermMap<AgentStatus> = words({
  off: 'inactive',
  suggestive: 'active',
  'auto-pilot': 'active',
})
