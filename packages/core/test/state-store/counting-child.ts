import pg from 'pg'
import { fileStore } from '../../src/node.ts'
import { postgresStore } from '../../src/postgres.ts'

// A process that counts in a shared store: each step reads, waits its turn in the event loop, and writes one more. With
// `forever` it holds the lock until it is killed.
const [kind = '', place = '', times = '0'] = process.argv.slice(2)
const pool = kind === 'postgres' ? new pg.Pool({ ...JSON.parse(place), max: 1 }) : undefined
const store = pool ? postgresStore(pool) : fileStore({ folder: place })
if (times === 'forever') {
  await store.lock('count', async () => {
    process.stdout.write('holds\n')
    await new Promise((resolve) => setInterval(resolve, 600_000))
  })
}
for (let time = 0; time < Number(times); time++) {
  await store.lock('count', async () => {
    const count = Number(await store.get('count'))
    await new Promise((resolve) => setImmediate(resolve))
    await store.set('count', String(count + 1))
  })
}
await pool?.end()
