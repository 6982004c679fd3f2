import { expect, it } from 'vitest'
import { loadRoute } from './simulation/load.ts'

/*
 * Visitors ask at a route whose new account breaks: see `docs/proof.md`. `pnpm proof route` runs thousands of seeds, these are the
 * first ones. A failing seed runs again, step by step, with `node test/route/run.ts SEED SEED 1 trace`.
 */
it('a route leaves nobody without an answer, splits no conversation and sends no question twice, whatever breaks', async () => {
  const simulate = await loadRoute('test')
  const found: string[] = []
  let questions = 0
  for (let seed = 1; seed <= 100; seed += 1) {
    const { problems, records } = await simulate(seed)
    questions += records
    for (const { kind, what } of problems) found.push(`seed ${seed}: ${kind}: ${what}`)
  }
  expect(found).toEqual([])
  expect(questions).toBeGreaterThan(4_000)
}, 600_000)
