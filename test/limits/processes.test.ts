import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { systemClock } from '@parley/core'
import { sandbox } from '@parley/sandbox'
import { openPglite } from '@parley/testkit/pglite'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { ChildReport, ChildTask } from './child.ts'

// Three processes, the emulated vendor with its documented limit of 100 requests in ten seconds, and an embedded
// PostgreSQL, which needs no installation.
const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], clock: systemClock })
const vendor = desk.leadConnector
const database = await openPglite()
const socket = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1', maxConnections: 20 })
await socket.start()
const databasePort = Number(socket.getServerConn().split(':').at(-1))

const children: ChildProcess[] = []
beforeEach(() => vendor.reset())
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await socket.stop().catch(() => {})
  await database.close()
  await desk.stop()
})

const { token = '', locationId = '' } = vendor.credentials
const options = { token, locationId, baseUrl: vendor.url }

function start(task: ChildTask) {
  const sources = new URL('../../packages/testkit/src/sources.ts', import.meta.url)
  const program = fileURLToPath(new URL('./child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', fileURLToPath(sources), program, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { go: () => child.stdin.write('go\n'), line: async () => String((await lines.next()).value) }
}

/** Runs this many processes at once. @returns their combined results. */
async function run(count: number, task: Omit<ChildTask, 'options'>, more: Partial<ChildTask['options']> = {}) {
  const processes = Array.from({ length: count }, () => start({ ...task, options: { ...options, ...more } }))
  for (const { line } of processes) expect(await line()).toBe('ready')
  for (const { go } of processes) go()
  const reports = await Promise.all(processes.map(async ({ line }) => JSON.parse(await line()) as ChildReport))
  const times = (status: string) => reports.reduce((sum, { statuses }) => sum + (statuses[status] ?? 0), 0)
  return { good: times('200'), refused: times('429'), reports }
}

test('three processes that count for themselves are refused', async () => {
  const { good, refused } = await run(3, { requests: 60 }, { maxRetries: 0 })
  expect(good).toBe(100)
  expect(refused).toBe(80)
}, 60_000)

test('three processes that share a limiter in PostgreSQL are not', async () => {
  const { good, refused, reports } = await run(3, { requests: 60, databasePort })
  expect(reports.map(({ sharing, warnings }) => ({ sharing, warnings }))).toEqual(
    Array.from({ length: 3 }, () => ({ sharing: 'up', warnings: [] })),
  )
  expect({ good, refused }).toEqual({ good: 180, refused: 0 })
}, 60_000)

test('a process whose PostgreSQL goes away says so once, and goes on by itself', async () => {
  const { go, line } = start({ requests: 20, databasePort, options })
  expect(await line()).toBe('ready')
  await socket.stop()
  go()
  const { statuses, warnings, sharing } = JSON.parse(await line()) as ChildReport
  expect({ statuses, sharing }).toEqual({ statuses: { 200: 20 }, sharing: 'down' })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('The shared rate limiter cannot be reached')
}, 60_000)
