import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'
import { postgresStore, tables } from '../../../../docs/examples/postgres-store.ts'
import { describeStore } from './store-cases.ts'
import { hurriedClock } from './stores.ts'

// The documented store, over a PostgreSQL within this process.
const database = new PGlite()
for (const table of tables) await database.query(table)
afterAll(() => database.close())

describeStore('in PostgreSQL', async () => {
  await database.query('delete from tokens')
  await database.query('delete from leases')
  const waiting = { clock: hurriedClock() }
  return [postgresStore(database, waiting), postgresStore(database, waiting)]
})

test('a lease in PostgreSQL excludes others until it expires', async () => {
  const waiting = { clock: hurriedClock() }
  const store = postgresStore(database, waiting)
  const until = (time: string) =>
    database.query(
      `insert into leases values ('key', 'another', ${time}) on conflict (key) do update set until = excluded.until`,
    )
  await until(`now() + interval '1 hour'`)
  let isIn = false
  const work = store.lock('key', async () => {
    isIn = true
  })
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(isIn).toBe(false)
  await until(`now() - interval '1 second'`)
  await work
  expect((await database.query('select * from leases')).rows).toEqual([])
})
