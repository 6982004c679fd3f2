import type { Change } from './api.ts'
import { refreshLists } from './list/list-data.ts'
import { queries } from './queries.ts'

/** The conversation that a change concerns. */
const conversationOf = ({ kind, ref, conversation }: Change): string | undefined =>
  kind === 'conversation' ? ref : (conversation ?? undefined)

const pause = 250
let waiting = new Set<string>()
let isWaiting = false

/**
 * Reads again what changes concern. Those of a moment are taken together, because one message of a contact makes several.
 */
export function applyChanges(changes: readonly Change[]): void {
  for (const change of changes) {
    const conversation = conversationOf(change)
    if (conversation !== undefined) waiting.add(conversation)
    else void queries.invalidateQueries({ queryKey: [change.kind, change.ref] })
  }
  if (waiting.size === 0 || isWaiting) return
  isWaiting = true
  setTimeout(flush, pause)
}

async function flush(): Promise<void> {
  const changed = waiting
  waiting = new Set()
  await Promise.allSettled([
    refreshLists(changed),
    ...[...changed].flatMap((ref) =>
      ['conversation', 'messages', 'sends'].map((kind) => queries.invalidateQueries({ queryKey: [kind, ref] })),
    ),
  ])
  isWaiting = waiting.size > 0
  if (isWaiting) setTimeout(flush, pause)
}

/** Everything that is shown is read again. */
export const readAllAgain = (): void => void queries.invalidateQueries()
