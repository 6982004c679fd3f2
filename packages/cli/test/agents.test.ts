import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandbox } from '@parley/sandbox'
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../src/cli.ts'
import { call } from './call.ts'

// The accounts are of one sandbox, so that what a command writes stays for the next one.

const desk = await sandbox.start({ scale: 0.1 })
afterAll(() => desk.stop())

let folder: string
let config: string[]
beforeEach(() => {
  desk.leadConnector.reset()
  desk.liveChatAI.reset()
  folder = mkdtempSync(join(tmpdir(), 'parley-agents-'))
  const accounts = [
    { vendor: 'leadconnector', account: 'crm', rate: false, ...desk.leadConnector.accountOptions },
    { vendor: 'livechatai', account: 'shop', ...desk.liveChatAI.accountOptions },
  ]
  writeFileSync(file('parley.json'), JSON.stringify({ accounts }))
  config = ['--config', file('parley.json')]
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name: string): string => join(folder, name)

/** Exports the first agent of the CRM into a file, changed like this. */
async function exported(change: (yaml: string) => string = (yaml) => yaml): Promise<string> {
  const { out, code } = await call('agents', 'export', 'Pip', '--account', 'leadconnector:crm', ...config)
  expect(code).toBe(0)
  writeFileSync(file('agent.yaml'), change(out))
  return file('agent.yaml')
}

/** Runs a command for a person who answers. */
async function asked(answer: () => Promise<string>, ...args: string[]) {
  const written = { out: '', err: '', questions: 0 }
  const code = await run(args, {
    async print(text) {
      written.out += text
    },
    note(text) {
      written.err += text
    },
    ask() {
      written.questions += 1
      return answer()
    },
    width: 80,
  })
  return { code, ...written }
}

const yes = async () => 'y'

const writes = () => desk.leadConnector.requests.filter(({ method }) => method !== 'GET').length

const fewer = (yaml: string) => yaml.replace('maxMessages: 75', 'maxMessages: 60')

describe('parley agents list and show', () => {
  it('lists the agents of all accounts, a line of JSON for each', async () => {
    const { out, code } = await call('agents', 'list', '--json', ...config)
    const agents = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { ref: string })
    expect(code).toBe(0)
    expect(new Set(agents.map(({ ref }) => ref.split('/')[0]))).toEqual(
      new Set(['leadconnector:crm', 'livechatai:shop']),
    )
  })

  it('lists the other accounts if one cannot be read, and ends with 1', async () => {
    desk.leadConnector.faults.script([{ kind: 'status', status: 403 }])
    const { out, err, code } = await call('agents', 'list', ...config)
    expect([code, out.includes('leadconnector:crm/'), out.includes('livechatai:shop/')]).toEqual([1, false, true])
    expect(err).toContain('leadconnector "crm"')
  })

  it('shows an agent by its ref, and what is not in a manifest', async () => {
    const { out: listed } = await call('agents', 'list', '--json', '--account', 'leadconnector:crm', ...config)
    const { ref } = JSON.parse(listed.split('\n')[0] as string) as { ref: string }
    const { out } = await call('agents', 'show', ref, ...config)
    expect(out).toContain('name: Pip')
    expect(out).toContain('knowledge: ')
    expect(out).toContain('Not in the manifest:')
    expect(JSON.parse((await call('agents', 'show', ref, '--json', ...config)).out)).toMatchObject({ ref, name: 'Pip' })
  })
})

describe('parley agents export and diff', () => {
  it('prints a manifest that differs from nothing, also as JSON', async () => {
    const path = await exported()
    expect(await call('agents', 'diff', path, ...config)).toMatchObject({
      code: 0,
      out: 'The agent has everything in the file.\n',
    })
    const { out } = await call('agents', 'export', 'Pip', '--account', 'leadconnector:crm', '--json', ...config)
    writeFileSync(file('agent.json'), out)
    expect(JSON.parse(out)).toMatchObject({ parley: 'agent', version: 1, name: 'Pip' })
    expect((await call('agents', 'diff', file('agent.json'), ...config)).code).toBe(0)
  })

  it('ends with 1 and shows both values if something differs', async () => {
    const path = await exported(fewer)
    const { code, out } = await call('agents', 'diff', path, ...config)
    expect(code).toBe(1)
    expect(out).toContain('limits.maxMessages')
    const { out: json } = await call('agents', 'diff', path, '--json', ...config)
    expect(JSON.parse(json)).toEqual({
      equal: false,
      rows: [{ path: 'limits.maxMessages', state: 'different', wanted: 60, actual: 75 }],
    })
  })

  it('reads the UTF-16 with a mark that a shell of Windows writes to a file', async () => {
    const text = readFileSync(await exported(), 'utf8')
    writeFileSync(file('utf16.yaml'), `\ufeff${text}`, 'utf16le')
    expect((await call('agents', 'diff', file('utf16.yaml'), ...config)).code).toBe(0)
  })

  it('refuses a file in another encoding than UTF-8, which would change words', async () => {
    await exported()
    writeFileSync(file('latin1.yaml'), 'parley: agent\nversion: 1\nname: Caf\u00e9\n', 'latin1')
    for (const command of ['diff', 'apply'])
      expect(await call('agents', command, file('latin1.yaml'), ...config)).toMatchObject({
        code: 2,
        err: `The file ${file('latin1.yaml')} is not UTF-8. Save it as UTF-8.\n`,
      })
  })

  it('refuses a bad file with the place, before anything is opened', async () => {
    const path = await exported((yaml) => yaml.replace('prompt:', 'promt:'))
    const { code, err } = await call('agents', 'apply', path, '--yes', '--config', file('parley.json'))
    expect(code).toBe(2)
    expect(err).toContain('promt is no field of the manifest (did you mean "prompt"?) (line ')
    expect((await call('agents', 'diff', file('none.yaml'), ...config)).err).toContain('cannot be read (ENOENT)')
  })
})

describe('parley agents apply', () => {
  it('writes nothing in a dry run, nor where nobody can agree', async () => {
    const path = await exported(fewer)
    const before = writes()
    const dry = await call('agents', 'apply', path, '--dry-run', ...config)
    expect([dry.code, dry.out.includes('limits.maxMessages')]).toEqual([0, true])
    const { code, err } = await call('agents', 'apply', path, ...config)
    expect([code, err.includes('--yes')]).toEqual([2, true])
    expect(writes()).toBe(before)
  })

  it('shows what it would do, asks, and does it once', async () => {
    const path = await exported(fewer)
    const refused = await asked(async () => 'n', 'agents', 'apply', path, ...config)
    expect([refused.code, refused.questions, writes()]).toEqual([1, 1, 0])
    const done = await asked(yes, 'agents', 'apply', path, ...config)
    expect([done.code, writes()]).toEqual([0, 1])
    expect(done.err).toContain('limits.maxMessages')
    expect(done.out).toContain('limits.maxMessages')
    const again = await asked(yes, 'agents', 'apply', path, ...config)
    expect([again.code, again.questions, writes()]).toEqual([0, 0, 1])
  })

  it('writes nothing if the agent changes while the person reads', async () => {
    const path = await exported()
    writeFileSync(file('other.yaml'), readFileSync(path, 'utf8').replace('maxMessages: 75', 'maxMessages: 20'))
    writeFileSync(path, fewer(readFileSync(path, 'utf8')))
    const meanwhile = async () => {
      await call('agents', 'apply', file('other.yaml'), '--yes', ...config)
      return 'y'
    }
    const { code, err } = await asked(meanwhile, 'agents', 'apply', path, ...config)
    expect([code, err.includes('has changed meanwhile')]).toEqual([3, true])
    expect((await call('agents', 'diff', file('other.yaml'), ...config)).code).toBe(0)
  })

  it('plans once and ends there if the agent has everything, because nobody has agreed to a later plan', async () => {
    const path = await exported()
    const before = desk.leadConnector.requests.length
    const { code, out, questions } = await asked(yes, 'agents', 'apply', path, ...config)
    expect([code, questions, out.includes('It would')]).toEqual([0, 0, false])
    const reads = desk.leadConnector.requests.slice(before).filter(({ path }) => /\/agents\/[^/]+$/.test(path))
    expect([reads.length, writes()]).toEqual([1, 0])
  })

  it('asks nothing if the agent has already the part that its vendor takes', async () => {
    const path = await exported((yaml) => yaml.replace('channels:\n', 'channels:\n  - voice\n'))
    const { code, out, questions } = await asked(yes, 'agents', 'apply', path, ...config)
    expect([code, questions, writes(), out.includes('partial')]).toEqual([0, 0, 0, true])
  })

  it('refuses with 2 what names no agent or too many, and says how to create one', async () => {
    writeFileSync(file('nameless.yaml'), 'parley: agent\nversion: 1\nlimits:\n  maxMessages: 5\n')
    writeFileSync(file('new.yaml'), 'parley: agent\nversion: 1\nname: Nobody\n')
    const apply = (name: string, ...args: string[]) =>
      call('agents', 'apply', file(name), '--account', 'leadconnector:crm', '--dry-run', ...args, ...config)
    for (const args of [[], ['--create']])
      expect(await apply('nameless.yaml', ...args)).toMatchObject({
        code: 2,
        err: 'The file has no name. Say which agent is meant.\n',
      })
    expect(await apply('new.yaml')).toMatchObject({ code: 1, err: expect.stringContaining('--create') as string })
    // What the vendor needs is named as the file has it.
    expect(await apply('new.yaml', '--create')).toMatchObject({
      code: 2,
      err: expect.stringContaining('prompt.') as string,
    })
    expect(writes()).toBe(0)
  })

  it('brings an agent to another vendor, and reports the rest as JSON', async () => {
    const path = await exported((yaml) => `${yaml.replace('name: Pip', 'name: Pip moved')}liveChatEnabled: true\n`)
    const args = ['agents', 'apply', path, '--account', 'livechatai:shop', '--create', '--yes', ...config]
    const { out, code } = await call(...args, '--json')
    const { agentId, rows } = JSON.parse(out) as { agentId: string; rows: { path: string; action: string }[] }
    expect(code).toBe(0)
    expect(rows.find(({ path }) => path === 'name')?.action).toBe('created')
    expect(rows.find(({ path }) => path === 'prompt.goal')?.action).toBe('not-possible')
    expect(JSON.parse((await call(...args, '--json')).out)).toMatchObject({ agentId })
  })

  it('ends with 1 if a write failed', async () => {
    const path = await exported(fewer)
    desk.leadConnector.faults.script([{ kind: 'status', status: 422, on: { method: 'PUT' } }])
    const { code, out } = await call('agents', 'apply', path, '--yes', ...config)
    expect([code, out.includes('failed')]).toEqual([1, true])
  })

  it.each([60, 80, 200])('fits into %d columns, without what a terminal obeys', async (width) => {
    const path = await exported((yaml) =>
      yaml.replace('businessName: Main shop', `businessName: "\\e[2J${'wide '.repeat(60)}"`),
    )
    let out = ''
    const terminal = {
      async print(text: string) {
        out += text
      },
      note: () => {},
      width,
    }
    await run(['agents', 'apply', path, '--account', 'livechatai:shop', 'Pip', '--dry-run', ...config], terminal)
    await run(['agents', 'diff', path, ...config], terminal)
    await run(['agents', 'diff', path, 'Pip', '--account', 'livechatai:shop', ...config], terminal)
    await run(['agents', 'list', ...config], terminal)
    expect(out).toContain('businessName')
    expect(out).not.toContain('\u001b[2J')
    expect(out.split('\n').filter((line) => stringWidth(line) > width)).toEqual([])
  })
})
