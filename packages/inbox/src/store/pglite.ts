import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { ConfigurationError } from '@parley/core'
import type { Connected } from './database.ts'
import { pgliteWorker } from './pglite-worker.ts'
import { connectedWith, poolWith } from './postgres.ts'

/**
 * Opens a PGlite, in a worker thread because it blocks its thread. The same driver speaks to it as to a server, so that
 * both return the same types. PGlite has one session, so there is one connection: a transaction has it to itself.
 */
export async function openPglite(folder: string | undefined): Promise<Connected> {
  const worker = await startWorker(folder === undefined ? undefined : resolve(folder))
  const pool = poolWith({
    user: 'postgres',
    database: 'postgres',
    host: 'localhost',
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => socketTo(worker),
  })
  const connected = connectedWith(pool)
  return {
    ...connected,
    notice:
      folder === undefined
        ? 'The store is in memory: what it holds is lost when the process ends.'
        : 'The store is a PGlite, for trying out: one process at a time, and a power failure may lose data. Use PostgreSQL for production.',
    async close() {
      await connected.close()
      const exited = once(worker, 'exit')
      worker.postMessage(null)
      await exited
    },
  }
}

async function startWorker(folder: string | undefined): Promise<Worker> {
  const worker = new Worker(pgliteWorker, {
    eval: true,
    workerData: { folder, program: programOfPglite() },
    // Node.js 22.12 has `node:sqlite` only with the flag. Later versions accept it.
    execArgv: ['--experimental-sqlite', '--disable-warning=ExperimentalWarning'],
  })
  const [opened] = (await once(worker, 'message')) as ['open' | { code?: string; message: string }]
  if (opened === 'open') return worker
  const problem =
    opened.code === 'locked'
      ? 'is in use by another store, in this process or in another one'
      : `cannot be opened (${opened.code ?? opened.message})`
  throw new ConfigurationError({
    message: `createStore: the folder ${problem}.`,
    fields: [{ path: 'folder', problem }],
  })
}

function programOfPglite(): string {
  try {
    return createRequire(import.meta.url).resolve('@electric-sql/pglite')
  } catch {
    const problem = 'the package @electric-sql/pglite is missing'
    throw new ConfigurationError({
      message: `createStore: ${problem}. Install it, or pass the "url" of a PostgreSQL.`,
      fields: [{ path: 'folder', problem }],
    })
  }
}

/** What `pg` uses of a socket, to a worker. */
function socketTo(worker: Worker): Duplex {
  const receive = (bytes: Uint8Array) => socket.push(bytes)
  const fail = () => socket.destroy(new Error('the connection to the worker broke'))
  const send = (bytes: Uint8Array) => worker.postMessage(Uint8Array.from(bytes))
  const socket = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      send(chunk)
      done()
    },
    // One message for a statement: `pg` corks its parts.
    writev(chunks, done) {
      send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
      done()
    },
    final(done) {
      socket.push(null)
      done()
    },
    destroy(error, done) {
      worker.off('message', receive)
      worker.off('exit', fail)
      done(error)
    },
  })
  const nothing = () => socket
  return Object.assign(socket, {
    connect() {
      worker.on('message', receive)
      worker.on('exit', fail)
      process.nextTick(() => socket.emit('connect'))
      return socket
    },
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  })
}
