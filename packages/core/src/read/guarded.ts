/** A hook only looks on: what it throws would make a message that went out look as if it had failed. */
export const guarded = <T>(hook: ((told: T) => void) | undefined): ((told: T) => void) | undefined =>
  hook &&
  ((told) => {
    try {
      hook(told)
    } catch {}
  })
