import { type AuthorKind, type Direction, type TermMap, words } from '@parley/core'

/** A message's `senderRole`. A role that is not known says nothing about who spoke. */
export const mapSenderRole: TermMap<Exclude<AuthorKind, 'unknown'>> = words<Exclude<AuthorKind, 'unknown'>>({
  conversation_user: 'contact',
  assistant: 'agent',
  manual_assistant: 'operator',
})

/** No field tells the direction; who spoke does. */
export const directionOf = (author: AuthorKind): Direction =>
  author === 'contact' ? 'inbound' : author === 'unknown' ? 'unknown' : 'outbound'
