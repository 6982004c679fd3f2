import type { LiveChatAISettings } from './livechatai-settings.ts'
import type { Oddity } from './livechatai-state.ts'

/** Words that no page of the reference has: what every open enum becomes when the setting asks for odd values everywhere. */
export const neverSeen = {
  conversation: { integrationType: 'TELEGRAM_BOT' },
  message: { role: 'moderator', type: 'CAROUSEL' },
  citation: { type: 'CONFLUENCE' },
  dataSource: { source: 'CONFLUENCE', status: 'QUEUED_FOR_REVIEW' },
  reply: { sender: 'SUPERVISOR', type: 'CAROUSEL' },
  suggestion: { evaluationTag: 'TOO_LONG' },
} as const satisfies Record<string, Oddity>

/** An answer's fields, with its own oddity and the never seen words laid over them as far as the setting wishes. */
export function withOddities(
  settings: LiveChatAISettings,
  plain: Oddity,
  kind: keyof typeof neverSeen,
  own: Oddity = {},
): Oddity {
  if (settings.oddValues === 'none') return plain
  return settings.oddValues === 'some' ? { ...plain, ...own } : { ...plain, ...own, ...neverSeen[kind] }
}
