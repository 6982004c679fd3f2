import type { AgentStatus, ConversationStatus, TermMap } from '@parley/core'

/** `isResolved` of a conversation. */
export const mapResolved: TermMap<ConversationStatus> = (native) => (native === true ? 'closed' : 'open')

/** `isArchived` of an agent, the only state there is. */
export const mapArchived: TermMap<AgentStatus> = (native) => (native === true ? 'archived' : 'active')

/** The list's `status` filter, whose word is `close`. */
export const statusWords: Readonly<Record<'open' | 'closed', 'open' | 'close'>> = { open: 'open', closed: 'close' }
