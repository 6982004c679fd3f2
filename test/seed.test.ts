import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('every test file draws from the seed of the run', () => {
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env['PARLEY_FUZZ_SEED'] ?? 1))
})

it('a seed always draws the same, and another seed something else', () => {
  const drawn = (seed: number): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `await import('./test/seed.ts')
        const { default: fc } = await import('fast-check')
        console.log(JSON.stringify([fc.sample(fc.string(), 5), Math.random()]))`,
      ],
      { encoding: 'utf8', env: { ...process.env, PARLEY_FUZZ_SEED: String(seed) } },
    )
  expect(drawn(7)).toBe(drawn(7))
  expect(drawn(7)).not.toBe(drawn(8))
})
