import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseTime } from '../../../packages/inbox/src/store/database-time.ts'
import { type BenchStore, batchesOf, store } from '../inbox/database.ts'
import { conversationAt } from '../inbox/rows.ts'
import { bearer, readEvents } from './client.ts'
import type { Served } from './serve.ts'
import { changesSince, compared, newestChange, type StreamsResult, type Token } from './working-day.ts'

export interface DeafResult {
  /** The readers that never read. */
  deaf: number
  /** Those whose connection the server ended. */
  cutOff: number
  changes: number
  /** What the streams of the others had. */
  others: Omit<StreamsResult, 'cuts'>
  /** Resident memory of the server, in bytes, before and at most meanwhile. */
  before: number
  most: number
}

const batch = 500
const others = 20
/** Of each kind: those that begin now, and those that resume. */
const deafOfEach = 5

/** Readers that never read their streams while a sync stores many changes. Half of them have missed many before. */
export async function deafReaders(
  server: Served,
  bench: BenchStore,
  { changes, token }: { changes: number; token: Token },
): Promise<DeafResult> {
  const first = await readEvents(server.url, token.secret)
  const old = first.lastId as string
  first.close()
  // More than the operating system keeps for a connection.
  await writeChanges(bench, changes, 'missed')
  const open = await Promise.all(Array.from({ length: others }, () => readEvents(server.url, token.secret)))
  const from = await newestChange(bench.pool)
  await pause(1000)
  const { connections } = server.now
  server.mostResident()
  const before = server.now.rss
  const deaf = await Promise.all(
    [undefined, old].flatMap((after) => Array.from({ length: deafOfEach }, () => openDeaf(server.url, token, after))),
  )
  await writeChanges(bench, changes, 'changed')
  const changed = await changesSince(bench.pool, from)
  const result = await compared(
    open,
    open.map(() => token),
    changed,
  )
  await pause(1000)
  const left = Math.max(0, server.now.connections - connections)
  for (const each of [...open, ...deaf]) 'close' in each ? each.close() : each.destroy()
  return {
    ...{ deaf: deaf.length, cutOff: deaf.length - left, changes: changed.length, others: result },
    ...{ before, most: server.mostResident() },
  }
}

/** As a sync stores them: in pages, several a second. */
async function writeChanges(bench: BenchStore, count: number, title: string): Promise<void> {
  for (let next = 0; next < count; next += batch) {
    const items = Array.from({ length: batch }, (_, index) => ({
      ...conversationAt(next + index),
      title: `${title} ${next + index}`,
      updatedAt: new Date().toISOString(),
    }))
    const fetchedAt = await databaseTime(bench.db)
    for (const page of batchesOf(bench, 'conversation', items, fetchedAt)) await store(bench.db, page)
    await pause(200)
  }
}

/** Asks for a stream, and reads nothing of it. */
function openDeaf(url: string, { secret }: Token, after: string | undefined): Promise<Socket> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.pause()
  socket.on('error', () => {})
  const headers = { host, ...bearer(secret), ...(after !== undefined && { 'last-event-id': after }) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise(
    (resolve) => void socket.write(`GET /v1/events HTTP/1.1\r\n${lines.join('')}\r\n`, () => resolve(socket)),
  )
}
