import { type Channel, type TermMap, words } from '@parley/core'

/**
 * The `type` of a conversation: a word in the search, a number in the get, and not the numbers that messages have. It
 * says less than the last message does; `phone` covers text messages and calls.
 */
export const mapLeadConnectorConversationType: TermMap<Channel> = words({
  TYPE_PHONE: 'sms',
  TYPE_EMAIL: 'email',
  TYPE_FB_MESSENGER: 'messenger',
  TYPE_REVIEW: 'google',
  TYPE_GROUP_SMS: 'sms',
  TYPE_INTERNAL_CHAT: 'internal',
  1: 'sms',
  2: 'email',
  3: 'messenger',
  4: 'google',
  5: 'sms',
  6: 'internal',
})
