/**
 * Who goes first where requests have to wait for a place in the vendor's rate limit: `send`, what a person says or waits
 * for; `live`, what somebody looks at now; `catch-up`, what has happened since the last look; `backfill`, history;
 * `sweep`, looking again at what is old.
 *
 * A request that waits goes before all that wait with a later word of this list, and after those with its own word that
 * came before it. Nobody waits beyond the deadline of the operation.
 */
export type Priority = 'send' | 'live' | 'catch-up' | 'backfill' | 'sweep'

/** The first first. */
export const priorities: readonly Priority[] = ['send', 'live', 'catch-up', 'backfill', 'sweep']

const speaking: ReadonlySet<string> = new Set([
  'messages.ask',
  'messages.stream',
  'messages.reply',
  'messages.note',
  'conversations.start',
])

/** Whether an operation says something to somebody, so that nothing goes before it unless a call wants it otherwise. */
export const isSpeaking = (operation: string): boolean => speaking.has(operation)
