import type { Channel, TermMap } from '@parley/core'
import { words } from '@parley/core/read'

/** The keys of a contact's `dndSettings`. */
export const mapLeadConnectorDndChannel: TermMap<Channel> = words({
  SMS: 'sms',
  Email: 'email',
  GMB: 'google',
  FB: 'messenger',
  WhatsApp: 'whatsapp',
  Call: 'voice',
})
