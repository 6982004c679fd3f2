import type { Channel } from '@parley/core'

/** The `type` of `POST /conversations/messages`, without the internal comment, which is no reply. */
export type LeadConnectorSendType =
  | 'SMS'
  | 'RCS'
  | 'Email'
  | 'WhatsApp'
  | 'IG'
  | 'FB'
  | 'Custom'
  | 'Live_Chat'
  | 'TIKTOK'

/** The `type` of `POST /conversations/messages/inbound` for what a contact writes. */
export type LeadConnectorInboundType = LeadConnectorSendType | 'GMB' | 'WebChat'

const sendTypes: ReadonlyMap<Channel | 'unknown', LeadConnectorSendType> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'IG'],
  ['messenger', 'FB'],
  ['tiktok', 'TIKTOK'],
  ['web', 'Live_Chat'],
])

/** `undefined`: nothing can be sent over this channel. */
export const sendTypeOf = (channel: Channel | 'unknown'): LeadConnectorSendType | undefined => sendTypes.get(channel)

/** The old web chat keeps its own type where the conversation says that it is one. */
export function inboundTypeOf(channel: Channel | 'unknown', native?: unknown): LeadConnectorInboundType | undefined {
  if (channel === 'google') return 'GMB'
  if (channel === 'web' && /webchat/i.test(String(native))) return 'WebChat'
  return sendTypes.get(channel)
}
