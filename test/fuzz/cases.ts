/** How many cases are tried together. */
export const cases = Number(process.env['PARLEY_FUZZ_CASES'] ?? 100_000)
