import { checkFunctionOptions, functionOption, numberOption, optional } from '../config/option-schema.ts'

/** The result of a claim: the caller has it, another process is handling the event, or it has been handled. */
export type ClaimAnswer = 'claimed' | 'busy' | 'done'

/**
 * Tracks which events are being handled and which have been handled. Processes that receive the same webhooks must
 * share one store. If a method throws, no event is lost: see `receive`.
 */
export interface ReplayStore {
  /**
   * Claims an event in one atomic step: of several simultaneous callers, exactly one gets `claimed`. An expired claim
   * is free again, because the process that held it has died.
   *
   * @param claimId identifies this claim, so that `release` cannot end a later one.
   * @param expiresAt when the claim expires, in milliseconds since the epoch.
   */
  claim(key: string, claimId: string, expiresAt: number): ClaimAnswer | Promise<ClaimAnswer>
  /**
   * Marks the event as handled, regardless of who holds a claim to it.
   *
   * @param expiresAt until when it must be remembered, in milliseconds since the epoch.
   */
  done(key: string, expiresAt: number): void | Promise<void>
  /** Ends this claim, because the event could not be handled. Does nothing when the claim is no longer held. */
  release(key: string, claimId: string): void | Promise<void>
}

interface Entry {
  /** `undefined`: handled. */
  claimId?: string
  expiresAt: number
}

/**
 * A store in this process. It remembers at most `most` events and drops the oldest handled ones first, which matters
 * only if their vendor sends them again.
 *
 * @param options.most how many. Default 50,000, about 10 MB.
 * @throws ConfigurationError
 */
export function memoryReplays(options: { most?: number; now?: () => number } = {}): ReplayStore {
  checkFunctionOptions('memoryReplays', options, {
    most: optional(numberOption(1, true)),
    now: optional(functionOption),
  })
  const { most = 50_000, now = Date.now } = options
  // Stored separately, so that many handled events do not push out an active claim.
  const handled = new Map<string, Entry>()
  const claims = new Map<string, Entry>()
  const isHeld = (entry: Entry | undefined): boolean => entry !== undefined && entry.expiresAt > now()

  function keep(entries: Map<string, Entry>, key: string, entry: Entry): void {
    // Deleted first, because a map keeps the position of an existing key.
    entries.delete(key)
    entries.set(key, entry)
    while (entries.size > most) entries.delete(entries.keys().next().value as string)
  }

  return {
    claim(key, claimId, expiresAt) {
      if (isHeld(handled.get(key))) return 'done'
      if (isHeld(claims.get(key))) return 'busy'
      keep(claims, key, { claimId, expiresAt })
      return 'claimed'
    },
    done(key, expiresAt) {
      claims.delete(key)
      keep(handled, key, { expiresAt })
    },
    release(key, claimId) {
      if (claims.get(key)?.claimId === claimId) claims.delete(key)
    },
  }
}
