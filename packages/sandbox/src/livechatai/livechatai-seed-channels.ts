import type { Dialogue, WorldChannel } from '../world/world.ts'
import { pick } from './livechatai-ids.ts'

/** Channels over which a conversation of this vendor can come. */
const carried: ReadonlySet<WorldChannel> = new Set(['web', 'api', 'whatsapp', 'messenger', 'slack', 'instagram'])

export const isCarried = ({ channel }: Dialogue): boolean => carried.has(channel)

/**
 * `integrationType` of a dialogue. The website's bubble is assumed to have none, like a conversation from the API,
 * while the other widgets are known from the channel filter's words. Instagram has no documented word at all.
 */
export function integrationOf({ channel, key }: Dialogue): string | null {
  switch (channel) {
    case 'whatsapp':
    case 'messenger':
    case 'slack':
      return channel.toUpperCase()
    case 'web':
      return pick([null, null, 'FULLPAGE', 'INLINECHAT'], `widget:${key}`)
    default:
      return null
  }
}
