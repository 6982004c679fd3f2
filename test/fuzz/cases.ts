/** The number of cases. */
export const cases = Number(process.env['PARLEY_FUZZ_CASES'] ?? 100_000)
