import { type AuthorKind, type Direction, type TermMap, words } from '@parley/core'

/** A message's `role`. An assistant's message may still be a teammate's: see the message reader. */
export const mapRole: TermMap<AuthorKind> = words<AuthorKind>({ user: 'contact', assistant: 'agent' })

/** A reply's `sender` ("conversations/reply"): here `AGENT` is a person. */
export const mapSender: TermMap<AuthorKind> = words<AuthorKind>({ AGENT: 'operator' })

export const directionOf = (kind: AuthorKind): Direction => {
  if (kind === 'contact') return 'inbound'
  return kind === 'agent' || kind === 'operator' ? 'outbound' : 'unknown'
}
