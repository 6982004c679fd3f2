import type { MessageType, TermMap } from '@parley/core'
import { words } from '@parley/core/read'
import { mapLeadConnectorChannel } from './map-leadconnector-channel.ts'

const special = words<MessageType>({
  TYPE_LIVE_CHAT_INFO_MESSAGE: 'activity',
  LIVE_CHAT_INFO_MESSAGE: 'activity',
  TYPE_FORM_SUBMISSION: 'form',
  FORM_SUBMISSION: 'form',
  TYPE_REVIEW: 'review',
  REVIEW: 'review',
  // A provider's own channel, in the short words of webhooks: which one is not said.
  CUSTOM: 'text',
})

/** What kind of message it is follows from where it travels, with three exceptions. */
export const mapLeadConnectorMessageType: TermMap<MessageType> = (native) => {
  const known = seen.get(native)
  if (known) return known
  const exception = special(native)
  const type = exception === 'unknown' ? ofChannel(native) : exception
  if (type !== 'unknown' && seen.size < 200) seen.set(native, type)
  return type
}

function ofChannel(native: string | number | boolean): MessageType | 'unknown' {
  switch (mapLeadConnectorChannel(native)) {
    case 'unknown':
      return 'unknown'
    case 'email':
      return 'email'
    case 'voice':
      return 'call'
    case 'internal':
      return 'note'
    case 'system':
      return 'activity'
    default:
      return 'text'
  }
}

const seen = new Map<string | number | boolean, MessageType>()
