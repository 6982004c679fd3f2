import fc from 'fast-check'

/**
 * Runs before every test file. All random values of a test come from this seed, so that `pnpm test` is the same each
 * time. `pnpm fuzz` sets another seed.
 */
const seed = Number(process.env['PARLEY_FUZZ_SEED'] ?? 1)
if (!Number.isInteger(seed)) throw new Error('PARLEY_FUZZ_SEED must be a whole number.')

fc.configureGlobal({ seed })

/** mulberry32. It also draws the waits between retries, unless a test injects its own random numbers. */
let state = seed
Math.random = () => {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
