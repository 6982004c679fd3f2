import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { supports } from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadVendors, vendorNames } from '../vendors.ts'

const main = join(import.meta.dirname, '../../packages/cli/dist/main.js')
const run = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const { PATH } = process.env
  const { status, stdout, stderr } = spawnSync('node', [main, ...args], { encoding: 'utf8', env: { PATH, ...env } })
  return { status, stdout, stderr }
}

interface Report {
  agents: { account: string; value: { name: string }[] }[]
  conversations: {
    items: { account: string; at: string; channel: string | null; lastMessage: unknown }[]
    accounts: { state: string }[]
  }
  threads: { account: string; value: { messages: { author: string; sources: unknown[] }[] } }[]
  answers: { account: string; value: { outcome: string; text: string; sources: unknown[] } }[]
  replies: { account: string; value: { steps: string[] } }[]
}

const vendors = await loadVendors()
/** Whether the vendor says from which sources an answer was drawn. */
const citing = await Promise.all(
  vendors.map(async ({ create, credentials }) => {
    const table = await create(credentials).fields?.()
    return table !== undefined && fieldSupport(table, 'source', 'kind')?.readable !== false
  }),
)
const accounts = vendorNames.map((name) => `${name}:demo`)

describe('parley demo --json', () => {
  let report: Report
  beforeAll(() => {
    const { status, stdout, stderr } = run(['demo', '--json'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    report = JSON.parse(stdout) as Report
  }, 120_000)

  it('reads the agents of every account', () => {
    expect(report.agents.map(({ account }) => account)).toEqual(accounts)
    for (const { value } of report.agents) expect(value.length).toBeGreaterThan(0)
  })

  it('merges the latest conversations of all accounts by time', () => {
    const { items, accounts: states } = report.conversations
    expect(states.map(({ state }) => state)).toEqual(accounts.map(() => 'ok'))
    expect(new Set(items.map(({ account }) => account)).size).toBe(accounts.length)
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted((a, b) => (a < b ? 1 : -1)))
  })

  it('shows one conversation of each with authors and sources', () => {
    expect(report.threads.map(({ account }) => account)).toEqual(accounts)
    for (const [index, { value }] of report.threads.entries()) {
      expect(value.messages.map(({ author }) => author)).toContain('agent')
      expect(value.messages.some(({ sources }) => sources.length > 0)).toBe(citing[index])
    }
  })

  it('asks every agent and says what the answer was drawn from', () => {
    for (const [index, { value }] of report.answers.entries()) {
      expect(value.outcome).toBe('answered')
      expect(value.text).not.toBe('')
      expect(value.sources.length > 0).toBe(citing[index])
    }
  })

  it('lets an operator answer, and says plainly what a vendor cannot do', () => {
    const steps = (account: string) => report.replies.find((part) => part.account === account)?.value.steps.join('\n')
    for (const account of accounts) expect(steps(account)).toMatch(/Reply accepted/)
    for (const [index, { create, credentials }] of vendors.entries()) {
      const canTakeOver = supports(create(credentials), 'control.takeOver')
      expect(steps(accounts[index] ?? '')).toMatch(
        canTakeOver ? /took over first[\s\S]*Released/ : /Take-over is not supported: \S/,
      )
    }
  })
})

describe('the command', () => {
  it('prints the same for people', () => {
    const { status, stdout } = run(['demo'])
    expect(status).toBe(0)
    for (const title of [
      'Agents',
      'Latest conversations',
      'One conversation of each',
      'The same question',
      'An operator answers',
    ]) {
      expect(stdout).toContain(title)
    }
    for (const account of accounts) expect(stdout).toContain(account)
  }, 120_000)

  it('goes live only with credentials, and names what is missing', () => {
    const { status, stderr } = run(['demo', '--live', '--json'])
    expect(status).toBe(2)
    for (const account of accounts) expect(stderr).toContain(account)
    for (const { definition, credentials } of vendors)
      for (const option of Object.keys(credentials)) expect(stderr).toContain(definition.env[option])
  })

  it.each([
    [['dance'], /unknown command 'dance'/],
    [['demo', '--loud'], /unknown option '--loud'/],
    [['demo', 'twice'], /too many arguments for 'demo'/],
    [['demo', '--config', 'nowhere.json'], /nowhere\.json cannot be read/],
  ])('refuses %j with status 2 and says why', (args, reason) => {
    const { status, stdout, stderr } = run(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(reason)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('helps, and has a version', () => {
    expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {2}demo +read/m) as string })
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d/) as string })
  })

  it('has no colour if its output is not a terminal, also in CI', () => {
    const { stdout } = run(['demo'], { CI: 'true' })
    expect(stdout).toContain('Agents')
    expect(stdout).not.toContain('\u001b')
  }, 120_000)

  it('ends quietly if its reader has closed the pipe', async () => {
    const child = spawn('node', [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
