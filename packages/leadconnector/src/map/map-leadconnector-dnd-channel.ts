import { type Channel, type TermMap, words } from '@parley/core'

/** The keys of a contact's `dndSettings`. */
export const mapLeadConnectorDndChannel: TermMap<Channel> = words({
  SMS: 'sms',
  Email: 'email',
  GMB: 'google',
  FB: 'messenger',
  WhatsApp: 'whatsapp',
  Call: 'voice',
})
