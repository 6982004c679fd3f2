// Under another name, because many bundles begin with an import of `createRequire`.
import { createRequire as requireFrom } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { ConfigurationError, NetworkError } from '@parley/core'
import type { Connected } from './connected.ts'
import { folderError, reasonOf, stateOf } from './pglite-folder.ts'
import { pgliteWorker } from './pglite-worker.ts'
import { connectedWith, poolWith } from './postgres.ts'

/** Whether the folder has a database that the worker finished. @throws ConfigurationError if it is of somebody else. */
export const hasDatabase = (folder: string): boolean => stateOf(folder) === 'complete'

/**
 * Opens a PGlite, in a worker thread because it blocks its thread. The same driver speaks to it as to a server, so that
 * both return the same types. PGlite has one session, so there is one connection: a transaction has it to itself.
 *
 * @param emptyDatabase the path of a compressed empty database, with which a new one begins if it fits the PGlite.
 */
export async function openPglite(folder: string | undefined, emptyDatabase = ownEmptyDatabase()): Promise<Connected> {
  const place = folder === undefined ? undefined : resolve(folder)
  let worker = startWorker(place, emptyDatabase)
  await worker

  /** The worker; another one if it ended, for example because the disk was full. */
  async function currentWorker(): Promise<Worker> {
    const current = await worker.catch(() => undefined)
    if (current && current.threadId > 0) return current
    if (place === undefined) throw new NetworkError({ message: 'The store in memory is lost: PGlite ended.' })
    worker = startWorker(place, emptyDatabase).catch((error) => {
      throw new NetworkError({ message: error.message })
    })
    return worker
  }

  const pool = poolWith({
    user: 'postgres',
    database: 'postgres',
    host: 'localhost',
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => socketTo(currentWorker),
  })
  const connected = connectedWith(pool)
  return {
    ...connected,
    notice:
      folder === undefined
        ? 'The store is in memory: its data are lost when the process ends.'
        : 'The store is a PGlite, for trying out: one process at a time, and a power failure may lose data. Use PostgreSQL for production.',
    async close() {
      await connected.close()
      const open = await worker.catch(() => undefined)
      if (!open || open.threadId < 0) return
      const exited = exitOf(open)
      open.postMessage(null)
      await exited
    },
  }
}

async function startWorker(folder: string | undefined, emptyDatabase: string): Promise<Worker> {
  const program = programOfPglite()
  if (folder !== undefined) stateOf(folder)
  const worker = new Worker(pgliteWorker, {
    eval: true,
    workerData: { folder, program, emptyDatabase },
    // Node.js 22.12 has `node:sqlite` only with the flag. Later versions accept it.
    execArgv: ['--experimental-sqlite', '--disable-warning=ExperimentalWarning'],
  })
  const exited = exitOf(worker)
  const opened = await new Promise<'open' | { isLocked: boolean; reason: string }>((resolve) => {
    worker.once('message', resolve)
    // Stays, because an error without a listener would end the process. The connection fails when the worker exits.
    worker.on('error', ({ message }) => resolve({ isLocked: false, reason: message }))
  })
  if (opened === 'open') return worker
  await exited
  throw folderError(
    opened.isLocked ? 'is in use by another store, in this process or in another one' : reasonOf(folder, opened.reason),
  )
}

const exitOf = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once('exit', resolve))

function programOfPglite(): string {
  try {
    return requireFrom(import.meta.url).resolve('@electric-sql/pglite')
  } catch {
    const problem = 'the package @electric-sql/pglite is missing'
    throw new ConfigurationError({
      message: `createStore: ${problem}. Install it, or pass the "url" of a PostgreSQL.`,
      fields: [{ path: 'folder', problem }],
    })
  }
}

/** The file of the package that the build makes (`tsup.config.ts`). In a bundled program it may be missing. */
function ownEmptyDatabase(): string {
  try {
    return join(dirname(requireFrom(import.meta.url).resolve('@parley/inbox')), 'pglite.tar.br')
  } catch {
    return ''
  }
}

/** What `pg` uses of a socket, to a worker. */
function socketTo(currentWorker: () => Promise<Worker>): Duplex {
  let worker: Worker | undefined
  const receive = (bytes: Uint8Array) => socket.push(bytes)
  const fail = () => socket.destroy(new Error('The connection to the worker broke'))
  function send(bytes: Uint8Array, done: () => void) {
    worker?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
    done()
  }
  const socket = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => send(new Uint8Array(chunk), done),
    // One message for a statement: `pg` corks its parts.
    writev: (chunks, done) => send(new Uint8Array(Buffer.concat(chunks.map(({ chunk }) => chunk))), done),
    final(done) {
      socket.push(null)
      done()
    },
    destroy(error, done) {
      worker?.off('message', receive).off('exit', fail)
      done(error)
    },
  })
  const nothing = () => socket
  return Object.assign(socket, {
    connect() {
      currentWorker().then(
        (current) => {
          worker = current.on('message', receive).on('exit', fail)
          socket.emit('connect')
        },
        (error) => socket.destroy(error),
      )
      return socket
    },
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  })
}
