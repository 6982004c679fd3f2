import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { bundledProgram } from '../tools/bundled-program.ts'
import { runShift } from './run-desk.ts'

/*
 * A whole support desk over HTTP: see `docs/proof.md`. `pnpm proof desk` simulates many more faults.
 */

const server = await startPostgres()
afterAll(() => typeof server === 'string' || server.stop())

describe.skipIf(typeof server === 'string')(
  'a support desk at four vendors, whose servers are killed at random',
  () => {
    it('sends every reply exactly once, or says that it did not', async () => {
      if (typeof server === 'string') throw new Error(server)
      const program = await bundledProgram('support-desk/server.ts', 'support-desk')
      const { problems, counts, outcomes } = await runShift({ server, program, seed: 1, replies: 40 })
      expect(problems).toEqual([])
      expect(counts['kill']).toBeGreaterThan(0)
      expect(outcomes['sent']).toBeGreaterThan(10)
    }, 240_000)
  },
)
