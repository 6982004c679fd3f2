/** How much of a limit to use after the vendor refused all the same. */
export interface Caution {
  refused(now: number, perMs: number): void
  /** How many of so many to use. */
  of(requests: number, now: number, perMs: number): number
  shift(milliseconds: number): void
}

const cut = 0.8
const regainedPerWindow = 0.05

/**
 * A refusal within the limit means that somebody else counts against it, or that it is lower than documented. Nothing
 * says by how much: so a fifth less is used from then on, and a twentieth more in each window that passes without one.
 */
export function createCaution(): Caution {
  let part = 1
  let since = 0

  const partAt = (now: number, perMs: number): number =>
    part === 1 ? 1 : Math.min(1, part + regainedPerWindow * Math.floor((now - since) / perMs))

  return {
    refused(now, perMs) {
      // The refusals of one burst are one piece of news.
      if (perMs === 0 || (part < 1 && now - since < perMs)) return
      part = cut * partAt(now, perMs)
      since = now
    },
    of(requests, now, perMs) {
      const inForce = partAt(now, perMs)
      if (inForce === 1) part = 1
      return inForce === 1 ? requests : Math.max(1, Math.floor(requests * inForce))
    },
    shift(milliseconds) {
      since -= milliseconds
    },
  }
}
