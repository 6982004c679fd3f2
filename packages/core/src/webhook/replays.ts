/** Remembers which events were received. Shared between processes, it has to be one place that they all ask. */
export interface ReplayStore {
  /**
   * Remembers the key until then, in one step, so that of two at the same time only one is the first.
   *
   * @param expiresAt milliseconds since the epoch.
   * @returns whether it was remembered already.
   */
  seen(key: string, expiresAt: number): boolean | Promise<boolean>
  /** Forgets it, because what it stands for could not be handled. */
  forget(key: string): void | Promise<void>
}

/**
 * Remembers in this process. When it is full the oldest are forgotten first, so that memory stays bounded; their vendor
 * would have to send them again for that to matter.
 *
 * @param options.most how many. Default 50,000, about 10 MB.
 */
export function memoryReplays(options: { most?: number; now?: () => number } = {}): ReplayStore {
  const { most = 50_000, now = Date.now } = options
  const until = new Map<string, number>()
  return {
    seen(key, expiresAt) {
      const known = until.get(key)
      if (known !== undefined && known > now()) return true
      // Taken out first, because a map keeps the place of a key that is set again.
      until.delete(key)
      until.set(key, expiresAt)
      while (until.size > most) until.delete(until.keys().next().value as string)
      return false
    },
    forget(key) {
      until.delete(key)
    },
  }
}
