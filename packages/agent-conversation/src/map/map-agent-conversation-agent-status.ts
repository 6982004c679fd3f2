import { type AgentStatus, type TermMap, words } from '@parley/core'

export const mapAgentStatus: TermMap<AgentStatus> = words<AgentStatus>({
  active: 'active',
  inactive: 'inactive',
  draft: 'draft',
})
