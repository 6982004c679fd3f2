interface Cursor {
  readonly lastId: string
  /** When it was given; it dies of age. */
  readonly at: number
}

export function writeCursor(lastId: string, now: number): string {
  return btoa(`${now}:${lastId}`)
}

export function readCursor(
  text: string | null,
  now: number,
  lifetimeMs: number,
): Cursor | null | 'expired' | 'unreadable' {
  if (text === null) return null
  try {
    const [at, lastId] = atob(text).split(':')
    if (!lastId || !Number.isFinite(Number(at))) return 'unreadable'
    return now - Number(at) > lifetimeMs ? 'expired' : { lastId, at: Number(at) }
  } catch {
    return 'unreadable'
  }
}
