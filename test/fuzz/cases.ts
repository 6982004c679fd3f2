/** How many cases are tried together; `pnpm fuzz` takes another number. */
export const cases = Number(process.env['PARLEY_FUZZ_CASES'] ?? 100_000)

/** A seed from a failure's message repeats it. */
export const seed: { seed?: number } = process.env['PARLEY_FUZZ_SEED']
  ? { seed: Number(process.env['PARLEY_FUZZ_SEED']) }
  : {}
