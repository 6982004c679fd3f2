import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { safeguards } from '../sync/safeguards.ts'
import { bundledProgram } from '../tools/bundled-program.ts'
import { refusal, runWorkers } from './run-workers.ts'

/*
 * Two processes over one PostgreSQL, killed and suspended: see `docs/proof.md`. `pnpm proof workers` does the same with many
 * seeds, and waits until the lease of a suspended process is over.
 */

const seed = 18

const server = await startPostgres()
afterAll(() => typeof server === 'string' || server.stop())

describe.skipIf(typeof server === 'string').concurrent('workers that are killed, suspended and continued', () => {
  const run = async (program: string) => {
    if (typeof server === 'string') throw new Error(server)
    return runWorkers({ server, program, seed, isHurried: true })
  }

  it('lose, duplicate and falsely delete nothing, and write nothing when others have taken over', async () => {
    const { problems, records, counts } = await run(await bundledProgram('workers/worker.ts', 'test'))
    expect(problems).toEqual([])
    expect(records).toBeGreaterThan(20)
    expect(counts).toMatchObject({ kill: expect.any(Number), 'taken over': 1 })
    expect(counts[refusal]).toBeGreaterThan(0)
  }, 180_000)

  it('are noticed if they write although others have taken over', async () => {
    const fence = safeguards.find(({ name }) => name === 'a worker that was superseded writes nothing')
    const { problems } = await run(
      await bundledProgram('workers/worker.ts', 'without-fence', { patches: fence?.patches ?? [] }),
    )
    expect(problems).toContainEqual({ kind: 'forbidden', what: expect.stringContaining('a superseded worker wrote') })
  }, 180_000)
})
