import type { Source } from '@parley/core'

/** So many messages are remembered, those used longest ago forgotten first. */
const most = 500

/** A miss is believed for so long: a generation can become readable some seconds after its message. */
const missLastsMs = 600_000

export interface SourceCache {
  /** `undefined`: not known. An empty list may be a miss. */
  get(messageId: string): readonly Source[] | undefined
  /** @param sources `undefined`: no agent made the message. */
  set(messageId: string, sources: readonly Source[] | undefined): void
}

/** Remembers what messages were drawn from, and which were drawn from nothing, because each lookup is a request. */
export function createSourceCache(now: () => number): SourceCache {
  const entries = new Map<string, { sources: readonly Source[]; until: number }>()
  return {
    get(messageId) {
      const entry = entries.get(messageId)
      if (!entry) return undefined
      entries.delete(messageId)
      if (entry.until <= now()) return undefined
      entries.set(messageId, entry)
      return entry.sources
    },
    set(messageId, sources) {
      entries.delete(messageId)
      entries.set(messageId, {
        sources: sources ?? [],
        until: sources ? Number.POSITIVE_INFINITY : now() + missLastsMs,
      })
      const [oldest] = entries.keys()
      if (entries.size > most && oldest !== undefined) entries.delete(oldest)
    },
  }
}
