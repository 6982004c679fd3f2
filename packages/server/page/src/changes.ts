import type { Change } from './api.ts'
import { refreshLists } from './list/list-data.ts'
import { queries } from './queries.ts'
import { refreshMessages } from './thread/thread-data.ts'

/** The conversation that a change concerns. */
const conversationOf = ({ kind, ref, conversation }: Change): string | undefined =>
  kind === 'conversation' ? ref : (conversation ?? undefined)

const pause = 250
/** The changed conversations, each with its changed messages. */
let waiting = new Map<string, Set<string>>()
let isWaiting = false

/**
 * Reads again what changes concern. Those of a moment are taken together, because one message of a contact makes several.
 */
export function applyChanges(changes: readonly Change[]): void {
  for (const change of changes) {
    const conversation = conversationOf(change)
    if (conversation !== undefined) {
      const messages = waiting.get(conversation) ?? new Set()
      if (change.kind === 'message') messages.add(change.ref)
      waiting.set(conversation, messages)
    } else void queries.invalidateQueries({ queryKey: [change.kind, change.ref] })
  }
  if (waiting.size === 0 || isWaiting) return
  isWaiting = true
  setTimeout(flush, pause)
}

async function flush(): Promise<void> {
  const changed = waiting
  waiting = new Map()
  await Promise.allSettled([
    refreshLists(new Set(changed.keys())),
    ...[...changed].flatMap(([ref, messages]) => [
      refreshMessages(ref, messages),
      ...['conversation', 'sends'].map((kind) => queries.invalidateQueries({ queryKey: [kind, ref] })),
      ...[...messages].map((message) => queries.invalidateQueries({ queryKey: ['message', message] })),
    ]),
  ])
  isWaiting = waiting.size > 0
  if (isWaiting) setTimeout(flush, pause)
}

/** Everything that is shown is read again. */
export const readAllAgain = (): void => void queries.invalidateQueries()
