import { Duplex } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'

/** A PGlite in this thread. It serves one run after another, also those of different programs. */
export interface SharedDatabase {
  /** What the driver takes for a socket. */
  socket(): Duplex
  close(): Promise<void>
}

/** Opens a PGlite in memory. */
export async function openShared(): Promise<SharedDatabase> {
  const small = ['max_wal_size=32MB', 'min_wal_size=32MB', 'shared_buffers=16MB', 'jit=off']
  const startParams = [...PGlite.defaultStartParams, ...small.flatMap((setting) => ['-c', setting])]
  const db = await PGlite.create({ startParams })
  return { socket: () => socketTo(db), close: () => db.close() }
}

function socketTo(db: PGlite): Duplex {
  let work = Promise.resolve()
  const send = (bytes: Uint8Array): void => {
    work = work.then(async () => {
      await db.execProtocolRawStream(bytes, { onRawData: (data) => void socket.push(Buffer.from(data)) })
    })
  }
  const socket = new Duplex({
    read() {},
    write(chunk: Uint8Array, _encoding, done) {
      send(chunk)
      done()
    },
    writev(chunks, done) {
      send(Buffer.concat(chunks.map(({ chunk }) => chunk as Uint8Array)))
      done()
    },
    final(done) {
      socket.push(null)
      done()
    },
  })
  const nothing = () => socket
  return Object.assign(socket, {
    connect() {
      process.nextTick(() => socket.emit('connect'))
      return socket
    },
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  })
}
