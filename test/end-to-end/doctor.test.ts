import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandbox } from '@parley/sandbox'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { loadVendors, vendorNames } from '../vendors.ts'
import { runCommand } from './support/command.ts'

interface Check {
  check: string
  state: 'ok' | 'warning' | 'failed'
  detail: string
  action?: string
}

const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-'))
const started = await startPostgres()
const server = typeof started === 'string' ? undefined : started
if (typeof started === 'string') console.warn(`Skipped: the doctor with a real PostgreSQL: ${started}.`)
const desk = await sandbox.start({ scale: 0.2 })
const vendors = await loadVendors()
afterEach(() => {
  for (const { name } of vendors) desk[name].reset()
})
afterAll(async () => {
  await desk.stop()
  await server?.stop()
  rmSync(folder, { recursive: true })
})

async function doctor(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ status: number | null; checks: Check[] }> {
  const { status, stdout, stderr } = await runCommand(['doctor', '--json', ...args], { cwd: folder, env })
  expect(stderr).toBe('')
  return { status, ...(JSON.parse(stdout) as { checks: Check[] }) }
}

function file(content: unknown): string {
  const path = join(folder, 'parley.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const accounts = vendors.map((vendor) => ({
  vendor: vendor.definition.vendor,
  account: 'desk',
  ...desk[vendor.name].accountOptions,
}))
const emulated = () => ['--config', file({ accounts })]
const of = (checks: Check[], name: string) => checks.filter(({ check }) => check === name)

describe('parley doctor', () => {
  it('finds nothing against the emulated accounts, and changes nothing', async () => {
    // Whatever other store is set, the emulated accounts do not come into it.
    const { status, checks } = await doctor(['--sandbox'], { PARLEY_STORE: 'postgres://127.0.0.1:9/none' })
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(status).toBe(0)
    const names = checks.map(({ check }) => check)
    expect(names).toEqual(expect.arrayContaining(['Node.js', 'packages', 'store', 'space', 'clock']))
    for (const vendor of vendorNames) expect(of(checks, `${vendor}:sandbox`)).toHaveLength(1)
    expect(of(checks, 'store')[0]?.detail).toMatch(/parley-sandbox does not exist yet/)
    expect((await doctor(['--sandbox'])).checks.map(({ check }) => check)).toEqual(names)
  })

  it('prints the same for people, within the width that is set', async () => {
    const env = { COLUMNS: '70' }
    const { status, stdout } = await runCommand(['doctor', '--sandbox'], { cwd: folder, env })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ok +Node\.js/m)
    expect(stdout).toMatch(/0 failed, 0 warnings, \d+ ok/)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(70)
  })

  it('names a configuration that is wrong, and a variable that is not set', async () => {
    expect(await doctor(['--config', file({ acounts: [] })])).toMatchObject({ status: 1 })
    const account = { vendor: vendorNames[0], account: 'desk' }
    const { status, checks } = await doctor([
      '--config',
      file({ accounts: [account], store: { url: { env: 'NO_URL' } } }),
    ])
    expect(status).toBe(1)
    expect(of(checks, 'configuration')[0]).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('NO_URL') as string,
    })
  })

  it.each(
    vendors
      .filter(({ credentials }) => Object.keys(credentials).length > 0)
      .map((vendor) => [vendor.label, vendor] as const),
  )('tells a wrong key of %s, and does not print it', async (_, { definition, name, credentials }) => {
    const [credential = ''] = Object.keys(credentials)
    const options = { ...desk[name].accountOptions, [credential]: { env: 'WRONG_KEY' } }
    const config = file({ accounts: [{ vendor: definition.vendor, account: 'desk', ...options }] })
    const { status, checks } = await doctor(['--config', config], { WRONG_KEY: 'k-5-very-wrong' })
    expect(status).toBe(1)
    expect(of(checks, `${definition.vendor}:desk`)).toEqual([
      expect.objectContaining({ state: 'failed', action: expect.stringMatching(/^Renew the credentials/) as string }),
    ])
    expect(JSON.stringify(checks)).not.toContain('very-wrong')
  })

  it.each(vendors.map((vendor) => [vendor.label, vendor] as const))(
    'tells what %s does not let the credentials read, and the scope if the vendor names one',
    async (_, { definition, name, create }) => {
      desk[name].faults.next({ kind: 'status', status: 403, times: 9 })
      const { status, checks } = await doctor(['--config', file({ accounts })])
      expect(status).toBe(1)
      const [check] = of(checks, `${definition.vendor}:desk`)
      expect(check).toMatchObject({
        state: 'failed',
        action: expect.stringMatching(/^(?:Give|Renew) the credentials/) as string,
      })
      const endpoints = await create(desk[name].accountOptions).native?.endpoints()
      const hasScopes = Object.values(endpoints ?? {}).some(({ scope }) => scope !== undefined)
      expect(/It needs the scope \S+\.$/.test(check?.action ?? '')).toBe(hasScopes)
      const others = vendorNames.filter((other) => other !== definition.vendor)
      for (const other of others) expect(of(checks, `${other}:desk`)).toMatchObject([{ state: 'ok' }])
    },
  )

  it('tells a clock that is wrong', async () => {
    const date = new Date(Date.now() + 7_200_000).toUTCString()
    for (const { name } of vendors) desk[name].faults.next({ kind: 'status', status: 403, headers: { date }, times: 9 })
    const { checks } = await doctor(['--config', file({ accounts })])
    expect(of(checks, 'clock')).toMatchObject([
      { state: 'warning', detail: expect.stringMatching(/2 h behind/) as string },
    ])
  })

  it('tells a database that cannot be reached, without its password', async () => {
    const { status, checks } = await doctor(emulated(), { PARLEY_STORE: 'postgres://u:geheim@127.0.0.1:9/none' })
    expect(status).toBe(1)
    expect(of(checks, 'store')).toMatchObject([
      {
        state: 'failed',
        detail: expect.stringMatching(/cannot be reached/) as string,
        action: expect.stringMatching(/^Start the database/) as string,
      },
    ])
    expect(JSON.stringify(checks)).not.toContain('geheim')
  })

  it('warns of a password in the arguments', async () => {
    const { checks } = await doctor([...emulated(), '--store', 'postgres://u:geheim@127.0.0.1:9/none'])
    expect(of(checks, 'store')[1]).toMatchObject({
      state: 'warning',
      action: expect.stringMatching(/PARLEY_STORE/) as string,
    })
    expect(JSON.stringify(checks)).not.toContain('geheim')
  })

  it.skipIf(!server)('shows a database of PostgreSQL, and one with the wrong encoding', async () => {
    const right = await doctor(emulated(), { PARLEY_STORE: (await server?.createDatabase()) as string })
    expect(right.status).toBe(0)
    expect(of(right.checks, 'store')[0]?.detail).toMatch(/PostgreSQL \d+.*without tables yet/)
    expect(of(right.checks, 'clock')[0]?.detail).toContain('the database')
    const url = (await server?.createDatabase("encoding 'LATIN1' locale 'C'")) as string
    const wrong = await doctor(emulated(), { PARLEY_STORE: url })
    expect(wrong.status).toBe(1)
    expect(of(wrong.checks, 'store')).toMatchObject([
      { state: 'failed', detail: expect.stringMatching(/LATIN1.*create database/) as string },
    ])
  })
})
