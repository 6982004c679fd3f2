import { setTimeout as wait } from 'node:timers/promises'
import type { StreamStatus, SyncStatus } from '@parley/inbox'
import { kindOf, problemsOf, restText, storedText } from '../status-text.ts'
import type { Terminal } from '../terminal.ts'

/**
 * Notes how far the first sync is, until everything is read: on a terminal as a line that is written again each second, elsewhere
 * as a line a minute. A problem is noted when it comes up, also later. Ends when it is disposed.
 */
export function noteFirstSync(look: () => Promise<SyncStatus>, terminal: Terminal): AsyncDisposable {
  const end = new AbortController()
  const { renote } = terminal
  const perMinute = renote ? 60 : 30
  let told: readonly string[] = []
  let rounds = 0
  let isRead = false
  const over = new Set<string>()
  const noteRest = (status: SyncStatus) => {
    // A list that was read once has something new to read again and again, where customers write all the time.
    for (const { account, streams } of status.accounts)
      for (const stream of streams) if (isOver(stream)) over.add(`${account} ${stream.stream}`)
    isRead = status.accounts.every(
      ({ account, state, streams }) =>
        state === 'stopped' || streams.every(({ stream }) => over.has(`${account} ${stream}`)),
    )
    const line = isRead
      ? `Everything is read: ${storedText(status)}. New messages appear by themselves.\n`
      : `Reading: ${storedText(status)} so far, ${restText(status) || 'more may follow'}.\n`
    if (renote) renote(line)
    else if (isRead || rounds % perMinute === 0) terminal.note(line)
    rounds += 1
  }
  const ended = (async () => {
    while (!end.signal.aborted) {
      // The sync itself says when the database is away.
      const status = await look().catch(() => undefined)
      if (status && !end.signal.aborted) {
        const problems = problemsOf(status, Date.now())
        for (const problem of problems) if (!told.includes(kindOf(problem))) terminal.note(`${problem}\n`)
        told = problems.map(kindOf)
        if (!isRead) noteRest(status)
      }
      await wait(60_000 / perMinute, undefined, { signal: end.signal }).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      end.abort()
      await ended
    },
  }
}

/** Whether the list was read to its end, or cannot be for now, which is a problem of its own. */
const isOver = ({ stream, state, lag, left = 0 }: StreamStatus): boolean =>
  stream === 'live' || stream === 'sweep' || (lag !== null && left === 0) || !/^(?:idle|running)$/.test(state)
