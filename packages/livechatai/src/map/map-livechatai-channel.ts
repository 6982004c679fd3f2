import { type Channel, type TermMap, words } from '@parley/core'

/**
 * `integrationType`. Its own page documents WhatsApp and Slack; the others are the words of the list's channel filter
 * ("conversations/list"), four of which are kinds of chat on a web page.
 */
export const mapChannel: TermMap<Channel> = words<Channel>({
  WHATSAPP: 'whatsapp',
  SLACK: 'slack',
  MESSENGER: 'messenger',
  FULLPAGE: 'web',
  INLINECHAT: 'web',
  PREVIEW: 'web',
  ONBOARDING: 'web',
})

/** The words that a send or a new conversation takes ("conversations/send-message", "conversations/create"). */
export const integrationTypes: Partial<Record<Channel, 'WHATSAPP' | 'SLACK'>> = { whatsapp: 'WHATSAPP', slack: 'SLACK' }
