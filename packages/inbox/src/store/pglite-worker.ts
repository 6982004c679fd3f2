/**
 * The program of the worker thread that runs PGlite, as text: a file could not be found from a bundled program, and
 * `eval` needs no step that turns TypeScript into JavaScript. It is a CommonJS script.
 *
 * A message to the worker is a piece of PostgreSQL's protocol, and each gets one message back with the answer. The first
 * message from the worker says whether the database is open; `null` asks it to close.
 */
export const pgliteWorker = `
const { parentPort, workerData } = require('node:worker_threads')
const fs = require('node:fs')
const { join } = require('node:path')
const { brotliDecompressSync } = require('node:zlib')

const { folder, program, emptyDatabase } = workerData
const { PGlite } = require(program)
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'jit=off']
const open = (dataDir, options) => PGlite.create({ dataDir, startParams, ...options })

/** From the empty database of the package, if it is there and fits this PGlite: to make one takes seconds. */
async function create(dataDir) {
  try {
    return await open(dataDir, { loadDataDir: new Blob([brotliDecompressSync(fs.readFileSync(emptyDatabase))]) })
  } catch {
    fs.rmSync(dataDir, { recursive: true, force: true })
    return open(dataDir)
  }
}

/** In a folder that \`stateOf\` has found to be empty or of a store. */
async function openFolder() {
  if (folder === undefined) return create('memory://')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  fs.chmodSync(folder, 0o700)
  lock()
  const data = join(folder, 'database')
  // A process that is killed while it makes a database leaves this file.
  const unfinished = join(folder, 'unfinished')
  const isUnfinished = fs.lstatSync(unfinished, { throwIfNoEntry: false })?.size === 0
  if (fs.existsSync(data) && !isUnfinished) return open(data)
  fs.writeFileSync(unfinished, '')
  fs.rmSync(data, { recursive: true, force: true })
  const db = await create(data)
  fs.rmSync(unfinished)
  return db
}

let locked
function lock() {
  const { DatabaseSync } = require('node:sqlite')
  locked = new DatabaseSync(join(folder, 'lock'))
  locked.exec('pragma locking_mode = exclusive; begin exclusive')
}

const checkpointAfter = 64 * 1024 * 1024
let written = 0
let messages = 0

/** PGlite has no background process that would do it. */
async function maintain(db) {
  if (++messages % 100 !== 0 || db.isInTransaction()) return
  const { rows: [{ wal }] } = await db.query("select (pg_current_wal_insert_lsn() - '0/0')::float8 as wal")
  if (wal - written < checkpointAfter) return
  await db.exec('vacuum (analyze)')
  await db.exec('checkpoint')
  written = wal
}

const reply = (parts) => {
  const all = new Uint8Array(Buffer.concat(parts))
  parentPort.postMessage(all, [all.buffer])
}

let parts = []
async function answer(db, message) {
  // A connection that ended in a transaction must not leave it to the next one.
  if (message[0] === 0 && db.isInTransaction()) await db.exec('rollback')
  parts = []
  await db.execProtocolRawStream(message, { onRawData: (bytes) => parts.push(Buffer.from(bytes)) })
  reply(parts)
  // It is tried again later.
  await maintain(db).catch(() => {})
}

/** After a PANIC, such as a full disk, PGlite would call the main loop again without end. Its data are whole. */
function endWhenBroken({ Module }) {
  const loop = Module._PostgresMainLoopOnce
  Module._PostgresMainLoopOnce = () => {
    try {
      return loop()
    } catch (error) {
      const isOrdinaryError = error?.status === 100
      if (isOrdinaryError) throw error
      reply(parts)
      process.exit()
    }
  }
}

/** An error of the program that PGlite was made from has only a number. */
const reasonOf = (error) => String(error?.code ?? error?.message ?? error?.name ?? typeof error)

openFolder().then(
  (db) => {
    endWhenBroken(db)
    let work = Promise.resolve()
    parentPort.on('message', (message) => {
      work = work.then(async () => {
        if (message !== null) return answer(db, message)
        await db.close()
        locked?.close()
        parentPort.close()
      })
    })
    parentPort.postMessage('open')
  },
  (error) => {
    parentPort.postMessage({ isLocked: error?.errcode === 5, reason: reasonOf(error) })
    process.exit()
  },
)
`
