import { openPglite } from '@parley/testkit/pglite'
import { afterAll } from 'vitest'
import { postgresStore } from '../../src/postgres.ts'
import { describeStore } from './store-cases.ts'
import { hurriedClock } from './stores.ts'

// A PostgreSQL within this process, on every machine. The tests with a real server are in `postgres-server.test.ts`.
const database = await openPglite()
afterAll(() => database.close())

describeStore('in PGlite', async () => {
  await database.exec('drop table if exists parley_state, parley_leases')
  const waiting = { clock: hurriedClock() }
  return [postgresStore(database, waiting), postgresStore(database, waiting)]
})
