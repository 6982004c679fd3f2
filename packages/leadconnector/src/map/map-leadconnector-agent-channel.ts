import { type Channel, type TermMap, words } from '@parley/core'

export const mapLeadConnectorAgentChannel: TermMap<Channel> = words({
  SMS: 'sms',
  Email: 'email',
  WhatsApp: 'whatsapp',
  IG: 'instagram',
  FB: 'messenger',
  WebChat: 'web',
  Live_Chat: 'web',
  TIKTOK: 'tiktok',
})
