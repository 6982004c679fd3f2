import type { WorldChannel } from '../../world/world.ts'
import { pick } from '../leadconnector-ids.ts'

/** Channels that this vendor has not are custom conversation providers, as a marketplace application adds them. */
const types: Readonly<Record<WorldChannel, string>> = {
  sms: 'TYPE_SMS',
  email: 'TYPE_EMAIL',
  whatsapp: 'TYPE_WHATSAPP',
  messenger: 'TYPE_FACEBOOK',
  instagram: 'TYPE_INSTAGRAM',
  web: 'TYPE_LIVE_CHAT',
  voice: 'TYPE_CALL',
  slack: 'TYPE_CUSTOM_PROVIDER_SMS',
  teams: 'TYPE_CUSTOM_SMS',
  tiktok: 'TYPE_TIKTOK',
  google: 'TYPE_GMB',
  api: 'TYPE_CUSTOM_PROVIDER_SMS',
}

export function messageTypeOfWorld(channel: WorldChannel, dialogue: string): string {
  if (channel === 'web' && pick(dialogue, 3) === 0) return 'TYPE_WEBCHAT'
  if (channel === 'sms' && pick(dialogue, 9) === 0) return 'TYPE_RCS'
  return types[channel]
}

export const usesProvider = (channel: WorldChannel): boolean => ['slack', 'teams', 'api'].includes(channel)
