import { pathToFileURL } from 'node:url'
import { buildRef, type Conversation } from '@parley/core'
import { startPostgres } from '@parley/testkit/postgres'
import fc from 'fast-check'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundledProgram } from '../tools/bundled-program.ts'
import type { Patch } from '../tools/patched-sources.ts'
import type * as program from './overlapping.ts'

/*
 * Reads of the same records overlap: a webhook, a poll and a sweep, in one process or in several. Whatever their order, the
 * store has each record once, as the last read saw it. PGlite has one session, so the simulation cannot find what two
 * transactions do to each other: this does, step by step. Each safeguard is removed in turn, and a seed finds it.
 */

const seed = 12

const server = await startPostgres()
afterAll(() => typeof server === 'string' || server.stop())

type Program = typeof program

/** Opens an empty store with the program, whose sources are changed. */
async function open(name: string, patches: readonly Patch[]) {
  const { createStore, ...rest } = (await import(
    pathToFileURL(await bundledProgram('sync/overlapping.ts', name, { patches })).href
  )) as Program
  const store = await createStore(typeof server === 'string' ? {} : { url: await server.createDatabase() })
  onTestFinished(() => store.close())
  return { ...rest, db: rest.databaseOf(store) }
}

/** A few reads of a few conversations, which change at the vendor all the time, and the order in which they come to the store. */
const overlap = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    reads: fc.array(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { minLength: count, maxLength: count }),
    // The number of a read comes twice: it is compared with the store, and then written.
    steps: fc.shuffledSubarray(
      Array.from({ length: 2 * count }, (_, step) => step >> 1),
      { minLength: 2 * count },
    ),
  }),
)

/** The conversation as it was at a time. */
const seenAt = (id: string, time: number): Conversation => ({
  ...{
    ref: buildRef({ vendor: 'acme', account: 'desk', kind: 'conversation', id }),
    vendor: 'acme',
    account: 'desk',
    id,
  },
  status: { value: 'open', native: null },
  control: { holder: 'unknown', basis: 'none', native: null },
  lastActivityAt: null,
  title: `at ${time}`,
})

async function hold(name: string, patches: readonly Patch[] = []): Promise<void> {
  const { db, compareRows, rowsOf, write } = await open(name, patches)
  await db.insertInto('parley.accounts').values({ name: 'acme:desk' }).execute()
  const holds = fc.asyncProperty(overlap, async ({ reads, steps }) => {
    await db.deleteFrom('parley.conversations').execute()
    const compared = new Map<number, Awaited<ReturnType<Program['compareRows']>>>()
    for (const read of steps) {
      const comparison = compared.get(read)
      if (comparison) await db.transaction().execute((tx) => write(tx, comparison))
      else {
        const items = (reads[read] ?? []).map((id) => seenAt(id, read))
        const batch = {
          kind: 'conversation' as const,
          account: 1,
          fetchedAt: new Date(1e12 + read * 1000).toISOString(),
        }
        compared.set(read, await compareRows(db, batch, rowsOf({ ...batch, items }).rows))
      }
    }
    const rows = await db.selectFrom('parley.conversations').select(['ref', 'body']).orderBy('ref').execute()
    const last = ['a', 'b', 'c'].flatMap((id) => {
      const time = reads.findLastIndex((ids) => ids.includes(id))
      return time < 0 ? [] : [[seenAt(id, time).ref, `at ${time}`]]
    })
    expect(rows.map(({ ref, body }) => [ref, (body as { title?: string }).title])).toEqual(last)
  })
  await fc.assert(holds, { seed, numRuns: 60, endOnFailure: true })
}

describe('reads that overlap', () => {
  it('leave each record once, as it was read last', () => hold('whole'))

  it('are noticed if a record that was read earlier replaces one that was read later', async () => {
    const patch = {
      file: 'store/records.ts',
      find: 'where (excluded.fetched_at >= stored.fetched_at or',
      replace: 'where (true or',
    }
    await expect(hold('without-versions', [patch])).rejects.toThrow('Property failed')
  })

  it('are noticed if a record is stored once because it was looked for, and not by a key', async () => {
    await expect(hold('without-key', withoutKey)).rejects.toThrow('Property failed')
  })
})

const withoutKey: readonly Patch[] = [
  {
    file: 'store/migrations/0001-tables.ts',
    find: 'ref text collate "C" primary key,\n  body json',
    replace: 'ref text collate "C",\n  body json',
  },
  {
    file: 'store/records.ts',
    find: 'const done = await upsert(tx, batch, rows)',
    replace: `const old = rows.filter(({ ref }) => known.has(ref)).map(({ ref }) => ref)
  await sql\`delete from \${sql.table(tables[kind])} where ref = any(\${old}::text[])\`.execute(tx)
  const done = await upsert(tx, batch, rows)`,
  },
  {
    file: 'store/records.ts',
    find: `on conflict (ref) do update set
      \${sql.join(all.map((name) => sql\`\${name} = excluded.\${name}\`))}, deleted_at = null
    where (excluded.fetched_at >= stored.fetched_at or \${isOfFuture('stored')})
      and (stored.version is null or excluded.version is null or excluded.version >= stored.version
        -- A vendor that went back in time, and not a read of an old copy.
        or excluded.fetched_at > stored.fetched_at + interval '1 hour')
    returning`,
    replace: 'returning',
  },
]
