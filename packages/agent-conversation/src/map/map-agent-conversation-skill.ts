import { type Channel, type TermMap, words } from '@parley/core'

/** The skills that are channels. The vendor's list of skills is open and holds much else, so `'unknown'` is no drift. */
export const mapSkill: TermMap<Channel> = words<Channel>({
  LIVE_CHAT: 'web',
  SMS: 'sms',
  EMAIL: 'email',
  VOICE: 'voice',
  API: 'api',
  MS_TEAMS: 'teams',
  COPILOT: 'internal',
})
