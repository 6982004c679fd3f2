import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SyncStatus } from '@parley/inbox'
import { sandbox } from '@parley/sandbox'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { runCommand, startCommand } from './support/command.ts'

const vendors = await loadVendors()
const desk = await sandbox.start({ scale: 0.1 })
const folder = mkdtempSync(join(tmpdir(), 'parley-sync-'))
afterAll(async () => {
  await desk.stop()
  rmSync(folder, { recursive: true })
}, 60_000)
beforeEach(() => {
  for (const { name } of vendors) {
    const settings: object = desk[name].settings
    if ('rateLimit' in settings) settings.rateLimit = false
    desk[name].reset()
  }
})

const accountOf = ({ definition, name }: (typeof vendors)[number]) => ({
  vendor: definition.vendor,
  account: 'desk',
  rate: false,
  ...desk[name].accountOptions,
})

const postgres = await startPostgres()
if (typeof postgres === 'string')
  console.warn(`The stores of these tests are in folders, which takes longer: ${postgres}.`)
else afterAll(() => postgres.stop())

let stores = 0
/** A configuration with a store of its own: in PostgreSQL, which opens faster, unless the test is about a folder. */
async function configure(
  accounts: object[] = vendors.slice(0, 1).map(accountOf),
  { inFolder = false } = {},
): Promise<string[]> {
  stores++
  const path = join(folder, `parley-${stores}.json`)
  const isFolder = inFolder || typeof postgres === 'string'
  const store = isFolder ? { folder: `store-${stores}` } : { url: await postgres.createDatabase() }
  writeFileSync(path, JSON.stringify({ accounts, store }))
  return ['--config', path]
}

const requests = () => vendors.reduce((sum, { name }) => sum + desk[name].requests.length, 0)
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
interface Found {
  hits: { message: { text: string } }[]
  isMore: boolean
  coverage: { isComplete: boolean }[]
}

const statusOf = (stdout: string) => (JSON.parse(stdout) as SyncStatus).accounts

describe('parley sync', () => {
  it('ends cleanly at Ctrl-C in the middle, and goes on from there', async () => {
    const two = vendors.slice(0, 2)
    const config = await configure(two.map(accountOf), { inFolder: true })
    const running = startCommand(['sync', '--json', ...config])
    await until(() => requests() > 20)
    running.kill('SIGINT')
    const first = await running.ended
    expect({ status: first.status, stderr: first.stderr.split('\n').at(-2) }).toEqual({
      status: 0,
      stderr: 'Stopping. Ctrl-C again ends it at once.',
    })
    const stored = statusOf(first.stdout).map(({ records }) => records)
    const left = statusOf(first.stdout).flatMap(({ streams }) => streams.map(({ left = 0 }) => left))
    expect(Math.max(...left)).toBeGreaterThan(0)

    const second = await runCommand(['sync', '--once', '--json', ...config])
    expect(second.status).toBe(0)
    for (const [index, { records, streams, quarantined }] of statusOf(second.stdout).entries()) {
      expect(quarantined).toBe(0)
      expect(records.messages).toBeGreaterThan(records.conversations)
      expect(records.conversations).toBeGreaterThanOrEqual(stored[index]?.conversations ?? 0)
      // Nothing is stored twice: what was added in both runs together is what is there.
      const added = (name: string) => streams.find(({ stream }) => stream === name)?.counts.added
      expect(added('conversations')).toBe(records.conversations)
      expect(streams.every(({ state }) => state === 'idle' || state === 'unsupported')).toBe(true)
    }

    const shown = await runCommand(['status', ...config])
    expect(shown).toMatchObject({ status: 0, stderr: '' })
    for (const { definition } of two) expect(shown.stdout).toContain(`${definition.vendor}:desk`)
    expect(shown.stdout).toContain('No process syncs this store at the moment.')
    // Without credentials.
    const only = ['--store', join(folder, `store-${stores}`)]
    const { status, stdout } = await runCommand(['status', '--json', ...only])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ isSyncing: false })
    expect(statusOf(stdout).map(({ records }) => records)).toEqual(
      statusOf(second.stdout).map(({ records }) => records),
    )

    const [all, cut, other] = ['all', 'cut', 'other'].map((name) => join(folder, `${name}.ndjson`)) as [
      string,
      string,
      string,
    ]
    const written = await runCommand(['export', all, '--json', ...config])
    const lines = readFileSync(all, 'utf8').split('\n')
    expect(JSON.parse(written.stdout)).toMatchObject({ file: all, lines: lines.length - 1 })
    // A reader of the output that has enough ends the command without a word, and the code says that it is cut off.
    const piped = startCommand(['export', ...config])
    piped.stdout?.once('data', () => piped.stdout?.destroy())
    expect(await piped.ended).toMatchObject({ status: 1, stderr: '' })

    const copy = await configure()
    const imported = await runCommand(['import', '-', '--json', ...copy], { input: lines.join('\n') })
    expect(imported).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(imported.stdout)).toMatchObject({ updated: 0, unchanged: 0, skipped: 0 })
    expect((await runCommand(['export', ...copy])).stdout.split('\n')).toEqual(lines)

    const found = await runCommand(['search', '--json', 'Saturday', '--limit', '5', ...copy])
    expect(found.status).toBe(0)
    const { hits, isMore, coverage } = JSON.parse(found.stdout) as Found
    expect({ hits: hits.length, isMore }).toEqual({ hits: 5, isMore: true })
    for (const { message } of hits) expect(message.text).toMatch(/saturday/i)
    expect(coverage.map(({ isComplete }) => isComplete)).toEqual(two.map(() => true))
    const none = await runCommand(['search', 'qwertz', 'Saturday', ...copy])
    expect(none.status).toBe(0)
    expect(none.stdout).toMatch(/^No message was found\.\n/)
    for (const { definition } of two) expect(none.stdout).toContain(`${definition.vendor}:desk: all messages as of`)

    writeFileSync(cut, lines.slice(0, -2).join('\n'))
    writeFileSync(other, ['{"kind":"parley-export","version":99,"schema":1}', ...lines.slice(1)].join('\n'))
    for (const [file, problem] of [
      [cut, /cut off/],
      [other, /version/],
    ] as const) {
      const { status, stdout, stderr } = await runCommand(['import', file, ...(await configure())])
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toMatch(problem)
      expect(stderr).toContain('Nothing was imported')
    }
  }, 600_000)

  it('ends at once at a second Ctrl-C', async () => {
    const running = startCommand(['sync', ...(await configure())])
    await until(() => requests() > 20)
    for (const { name } of vendors) desk[name].faults.next({ kind: 'hang', times: 100 })
    running.kill('SIGINT')
    let stderr = ''
    running.stderr?.on('data', (text: string) => {
      stderr += text
    })
    await until(() => stderr.includes('Stopping') || running.exitCode !== null)
    running.kill('SIGINT')
    expect([0, 130]).toContain((await running.ended).status)
  }, 120_000)

  it('with --once says that it was stopped before its end', async () => {
    const running = startCommand(['sync', '--once', ...(await configure())])
    await until(() => requests() > 50)
    running.kill('SIGTERM')
    expect((await running.ended).status).toBe(130)
  }, 120_000)

  it('with --once fails if an account fails, and syncs the others', async () => {
    const broken = vendors[0] as (typeof vendors)[number]
    desk[broken.name].faults.next({ kind: 'status', status: 401, times: 1_000 })
    const two = vendors.slice(0, 2)
    const config = await configure(two.map(accountOf))
    const { status, stdout } = await runCommand(['sync', '--once', '--json', ...config])
    expect(status).toBe(1)
    const [first, second] = statusOf(stdout)
    expect(first).toMatchObject({ state: 'stopped', error: { code: 'authentication' } })
    expect(second?.state).toBe('active')
    expect(second?.records.messages).toBeGreaterThan(0)
    const shown = await runCommand(['status', ...config])
    expect(shown.status).toBe(1)
    expect(shown.stdout).toMatch(/stopped[\s\S]*Renew\s+the\s+credentials/)
  }, 300_000)

  it('refuses a folder that another program uses', async () => {
    const config = await configure(undefined, { inFolder: true })
    const running = startCommand(['sync', ...config])
    await until(() => requests() > 0)
    const other = await runCommand(['status', ...config])
    running.kill('SIGINT')
    await running.ended
    expect(other).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^The folder .* is in use by another program/) as string,
    })
  }, 120_000)
})
