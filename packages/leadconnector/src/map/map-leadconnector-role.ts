import { type AuthorKind, type TermMap, words } from '@parley/core'

/** Who speaks in the transcript that a model was given. */
export const mapLeadConnectorRole: TermMap<Exclude<AuthorKind, 'unknown'>> = words({
  user: 'contact',
  assistant: 'agent',
  system: 'system',
})
