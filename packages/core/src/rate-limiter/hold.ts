/** For how long a key is to live, in the seconds that limiters take. */
export interface Hold {
  seconds(milliseconds: number): number
  /** What a store made of it. */
  learn(milliseconds: number, lives: number): void
}

/** A time to live is read in the same command that sets it, so it is off by no more. */
const readingTakesMs = 5

/**
 * Some stores count in whole seconds and cut the rest off, which would take the margin away; from the first key on that
 * shows it, the time is rounded up for them. None is below a second: it would be cut to 0, which is for ever.
 */
export function createHold(): Hold {
  let wholeSeconds = false
  return {
    seconds(milliseconds) {
      if (wholeSeconds) return Math.ceil(milliseconds / 1000)
      // Limiters multiply by 1000 again, and PostgreSQL refuses what is not whole then.
      let whole = Math.max(1000, Math.ceil(milliseconds))
      while (!Number.isInteger((whole / 1000) * 1000)) whole++
      return whole / 1000
    },
    learn(milliseconds, lives) {
      const cut = Math.floor(milliseconds / 1000) * 1000
      if (cut < milliseconds && lives <= cut && lives > cut - readingTakesMs) wholeSeconds = true
    },
  }
}
