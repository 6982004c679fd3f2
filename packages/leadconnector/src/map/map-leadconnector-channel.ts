import type { Channel, TermMap } from '@parley/core'
import { foldWord, words } from '@parley/core/read'

/**
 * The vendor's message types by what is left of them without `TYPE_` and without the words that say who sent it, plus
 * its short forms (`IG`, `Live_Chat`) and the few numeric codes that are known.
 */
const table = words<Channel>({
  SMS: 'sms',
  RCS: 'sms',
  SMS_REVIEW_REQUEST: 'sms',
  SMS_NO_SHOW_REQUEST: 'sms',
  SMS_REACTION: 'sms',
  EMAIL: 'email',
  CALL: 'voice',
  IVR_CALL: 'voice',
  VOICEMAIL: 'voice',
  WEBCHAT: 'web',
  LIVE_CHAT: 'web',
  LIVE_CHAT_INFO_MESSAGE: 'web',
  ALL_IN_ONE_CHAT: 'web',
  FORM_SUBMISSION: 'web',
  FACEBOOK: 'messenger',
  FACEBOOK_COMMENT: 'messenger',
  FB: 'messenger',
  INSTAGRAM: 'instagram',
  INSTAGRAM_COMMENT: 'instagram',
  IG: 'instagram',
  WHATSAPP: 'whatsapp',
  TIKTOK: 'tiktok',
  TIKTOK_COMMENT: 'tiktok',
  GMB: 'google',
  REVIEW: 'google',
  INTERNAL_COMMENT: 'internal',
  INTERNAL_COMMENTS: 'internal',
  NO_SHOW: 'system',
  1: 'voice',
  2: 'sms',
  3: 'email',
  10: 'voice',
  11: 'messenger',
  18: 'instagram',
  19: 'whatsapp',
  22: 'sms',
  29: 'web',
  31: 'system',
  34: 'voice',
  100: 'system',
})

const activity = /^(?:type)?activity/
const senders = /^(?:type)?(?:campaign)?(?:manual)?(?:custom)?(?:provider)?/

/** `TYPE_CAMPAIGN_MANUAL_SMS`, `TYPE_SMS`, `SMS` and `2` are all `sms`; every activity is `system`. */
export const mapLeadConnectorChannel: TermMap<Channel> = (native) => {
  const known = seen.get(native)
  if (known) return known
  const word = foldWord(native)
  const channel = activity.test(word) ? 'system' : table(word.replace(senders, ''))
  // Remembered because a list repeats a few words thousands of times; only known ones, so that nothing can fill it up.
  if (channel !== 'unknown' && seen.size < 200) seen.set(native, channel)
  return channel
}

const seen = new Map<string | number | boolean, Channel>()
