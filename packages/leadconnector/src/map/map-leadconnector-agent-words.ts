import type { AgentMode, Channel } from '@parley/core'

const channels: ReadonlyMap<Channel, string> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'IG'],
  ['messenger', 'FB'],
  ['web', 'Live_Chat'],
  ['tiktok', 'TIKTOK'],
])

/** How the vendor writes a channel of an agent. `undefined`: no agent can answer there. */
export const agentChannelOf = (channel: Channel): string | undefined => channels.get(channel)

const modes: Readonly<Record<AgentMode, string>> = { autopilot: 'auto-pilot', suggestive: 'suggestive', off: 'off' }

export const agentModeOf = (mode: AgentMode): string => modes[mode]
