import type { Source } from '@parley/core'

/** So many messages are remembered, those used longest ago forgotten first. */
const most = 500

/** A miss is believed for so long: a generation can become readable some seconds after its message. */
const missLastsMs = 600_000

export interface SourceCache {
  /**
   * Copies, without their payload unless it is wanted. `undefined`: not known, or known without the payload that is
   * wanted. An empty list may be a miss.
   */
  get(messageId: string, keepRaw: boolean): Source[] | undefined
  /** @param sources `undefined`: no agent made the message. */
  set(messageId: string, sources: readonly Source[] | undefined): void
}

/** Remembers what messages were drawn from, and which were drawn from nothing, because each lookup is a request. */
export function createSourceCache(now: () => number): SourceCache {
  const entries = new Map<string, { sources: readonly Source[]; until: number }>()
  return {
    get(messageId, keepRaw) {
      const entry = entries.get(messageId)
      if (!entry) return undefined
      entries.delete(messageId)
      if (entry.until <= now()) return undefined
      entries.set(messageId, entry)
      if (keepRaw && entry.sources.some(({ raw }) => raw === undefined)) return undefined
      return structuredClone(entry.sources.map(({ raw, ...source }) => (keepRaw ? { ...source, raw } : source)))
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
