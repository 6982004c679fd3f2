import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'

/**
 * `pnpm fuzz [seed]`: runs every test with random cases with a new seed, and prints the seed. The same seed repeats the
 * run. `PARLEY_FUZZ_CASES` is the number of cases in `test/fuzz`.
 */
const [asked = process.env['PARLEY_FUZZ_SEED'] ?? String(randomInt(2 ** 31))] = process.argv.slice(2)
if (!/^-?\d+$/.test(asked)) throw new Error('The seed must be a whole number.')

const files = globSync(['test/**/*.test.ts', 'packages/*/test/**/*.test.ts']).filter((file) =>
  readFileSync(file, 'utf8').includes("from 'fast-check'"),
)
const repeat = `Seed ${asked}; repeat with: pnpm fuzz ${asked}\n`
process.stdout.write(repeat)
const { status } = spawnSync('vitest', ['run', '--config', 'test/vitest.config.ts', ...files], {
  stdio: 'inherit',
  env: { ...process.env, PARLEY_FUZZ_SEED: asked },
})
// Printed again at the end, because a failure's output may be long.
process.stdout.write(repeat)
process.exitCode = status ?? 1
