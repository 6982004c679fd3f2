import { type MessageType, type TermMap, words } from '@parley/core'

/** A message's `type`: the two that can be sent; the documentation of what is read lists none. */
export const mapMessageType: TermMap<MessageType> = words<MessageType>({ TEXT: 'text', IMAGE: 'image' })
