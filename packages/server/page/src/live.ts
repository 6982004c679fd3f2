import type { Change } from './api.ts'

/** `offline`: no server answers. `signed-out`: the session has ended. */
export type LiveState = 'connecting' | 'live' | 'offline' | 'signed-out'

export interface LiveListener {
  changes(changes: readonly Change[]): void
  /** Changes may have been missed, so everything that is shown must be read again. */
  reset(): void
  state(state: LiveState): void
}

type Notice = { is: 'changes'; changes: readonly Change[] } | { is: 'reset' } | { is: 'state'; state: LiveState }

const retryAfter = 2_000

/**
 * Follows the changes of the server, with one stream of events for all tabs of the browser, because a browser opens only six
 * connections to a server. The tab that holds the lock has the stream and passes everything on. When it is closed, the next tab
 * gets the lock.
 *
 * @returns ends it.
 */
export function followChanges(listener: LiveListener): () => void {
  const tabs = new BroadcastChannel('parley-changes')
  const ended = new AbortController()
  let state: LiveState = 'connecting'
  let isLeader = false

  const hear = (notice: Notice): void => {
    if (notice.is === 'changes') listener.changes(notice.changes)
    else if (notice.is === 'reset') listener.reset()
    else {
      state = notice.state
      listener.state(state)
    }
  }
  const tell = (notice: Notice): void => {
    if (ended.signal.aborted) return
    tabs.postMessage(notice)
    hear(notice)
  }
  tabs.addEventListener('message', ({ data }: MessageEvent<Notice | { is: 'hello' }>) => {
    if (data.is !== 'hello') hear(data)
    // A new tab learns how the stream is.
    else if (isLeader) tabs.postMessage({ is: 'state', state } satisfies Notice)
  })
  tabs.postMessage({ is: 'hello' })

  void navigator.locks
    .request('parley-stream', { signal: ended.signal }, () => {
      isLeader = true
      return lead(tell, ended.signal)
    })
    // The lock was not needed any more.
    .catch(() => {})

  return () => {
    ended.abort()
    tabs.close()
  }
}

/** Has the stream until the signal. */
function lead(tell: (notice: Notice) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let stream: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined

    const open = (): void => {
      stream = new EventSource('/v1/events')
      // It has no place in the feed yet, so whatever was read before may be old.
      stream.addEventListener('ready', () => tell({ is: 'reset' }))
      stream.addEventListener('reset', () => tell({ is: 'reset' }))
      stream.addEventListener('changes', ({ data }) => tell({ is: 'changes', changes: JSON.parse(String(data)) }))
      stream.addEventListener('open', () => tell({ is: 'state', state: 'live' }))
      stream.addEventListener('error', () => void failed())
    }

    /** A browser reopens a stream that broke, and resumes it. It gives up on one that was refused. */
    const failed = async (): Promise<void> => {
      if (stream?.readyState !== EventSource.CLOSED) return tell({ is: 'state', state: 'offline' })
      const status = await fetch('/v1/session').then(
        (answer) => answer.status,
        () => undefined,
      )
      tell({ is: 'state', state: status === 401 ? 'signed-out' : 'offline' })
      if (!signal.aborted) timer = setTimeout(open, retryAfter)
    }

    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      stream?.close()
      resolve()
    })
    open()
  })
}
