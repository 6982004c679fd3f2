import { type Channel, type TermMap, words } from '@parley/core'

/** A message's `source`. `copilot` is the vendor's chat for staff: the contact never sees it. */
export const mapChannel: TermMap<Channel> = words<Channel>({
  email: 'email',
  sms: 'sms',
  live_chat: 'web',
  copilot: 'internal',
  api: 'api',
  voice: 'voice',
  ms_teams: 'teams',
})
