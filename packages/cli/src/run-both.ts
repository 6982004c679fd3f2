import type { Desk, Sync } from '@parley/inbox'

/** Runs the desk as long as the sync. */
export async function runBoth(signal: AbortSignal, sync: Sync, desk: Desk): Promise<void> {
  const over = new AbortController()
  const answering = desk.run({ signal: AbortSignal.any([signal, over.signal]) })
  try {
    await sync.run({ signal })
  } finally {
    over.abort()
    await answering
  }
}
