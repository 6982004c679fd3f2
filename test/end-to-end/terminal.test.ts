import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandbox } from '@parley/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'

/*
 * The command line in a real terminal: tmux, whose windows have the widths of people's terminals, and into which Ctrl-C can be typed.
 */

const hasTmux = spawnSync('tmux', ['-V']).status === 0
const title = hasTmux ? 'parley in a terminal' : 'parley in a terminal (skipped: this machine has no tmux)'

const main = join(import.meta.dirname, '../../packages/cli/dist/main.js')
const folder = mkdtempSync(join(tmpdir(), 'parley-terminal-'))
const socket = join(folder, 'tmux')
const tmux = (...args: string[]): string =>
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })

const desk = await sandbox.start({ scale: 0.05 })
const vendors = await loadVendors()
const parley = join(folder, 'parley')
writeFileSync(parley, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
chmodSync(parley, 0o755)
const account = (name: (typeof vendors)[number]['name']) => `${desk[name].vendor}:desk`

beforeAll(() => {
  if (!hasTmux) return
  for (const { name } of vendors) {
    const { settings } = desk[name] as { settings: object }
    if ('rateLimit' in settings) settings.rateLimit = false
  }
  const accounts = vendors.map(({ definition, name }) => ({
    ...{ vendor: definition.vendor, account: 'desk', rate: false },
    ...desk[name].accountOptions,
  }))
  writeFileSync(join(folder, 'parley.json'), JSON.stringify({ accounts, store: { folder: 'store' } }))
})
afterAll(async () => {
  if (hasTmux) spawnSync('tmux', ['-S', socket, 'kill-server'])
  await desk.stop()
  rmSync(folder, { recursive: true })
})

let windows = 0
/** Runs a shell command in a new terminal of this width. */
function open(command: string, width = 100, env: Record<string, string> = {}) {
  const name = `w${++windows}`
  const code = join(folder, `${name}.code`)
  const set = Object.entries({
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    PARLEY_CONFIG: 'parley.json',
    HOME: folder,
    ...env,
  })
  const variables = set.map(([key, value]) => `${key}='${value}'`).join(' ')
  // The shell stays, so that the screen can be read after the end.
  // Ctrl-C is for the command alone, whose code this shell writes.
  const line = `trap : INT; cd '${folder}'; env -u NO_COLOR ${variables} bash -o pipefail -c '${command.replaceAll("'", "'\\''")}'; echo $? > '${code}'; exec cat`
  tmux('new-session', '-d', '-s', name, '-x', String(width), '-y', '200', 'bash', '-c', line)
  return {
    screen: () => tmux('capture-pane', '-p', '-J', '-t', name, '-S', '-'),
    /** Without the history, and with the lines as the terminal has broken them. */
    visible: () => tmux('capture-pane', '-p', '-t', name),
    /** With the escape sequences of colours. */
    coloured: () => tmux('capture-pane', '-p', '-e', '-t', name, '-S', '-'),
    press: (key: string) => tmux('send-keys', '-t', name, key),
    resize: (columns: number) => tmux('resize-window', '-t', name, '-x', String(columns)),
    async code(): Promise<number> {
      await expect.poll(() => existsSync(code) && readFileSync(code, 'utf8') !== '', { timeout: 60_000 }).toBe(true)
      return Number(readFileSync(code, 'utf8'))
    },
  }
}

/** A conversation of the vendor that takes replies at any time. */
async function newest(): Promise<string> {
  const window = open(`parley conversations --account ${account('liveChatAI')} --limit 1 --json > newest.json`)
  expect(await window.code()).toBe(0)
  return (JSON.parse(readFileSync(join(folder, 'newest.json'), 'utf8')) as { ref: string }).ref
}

const lists = ['accounts', 'conversations', 'agents list', 'portability leadconnector livechatai']

describe.skipIf(!hasTmux)(title, () => {
  it.each([60, 80, 120, 200])(
    'shows every list in %d columns, without a broken line',
    async (width) => {
      // What is noted beside a list are sentences, which a terminal may break anywhere.
      for (const window of lists.map((command) => open(`parley ${command} 2> notes`, width))) {
        expect(await window.code()).toBe(0)
        const lines = window.screen().trimEnd().split('\n')
        expect(lines.length).toBeGreaterThan(3)
        // The terminal breaks a line that is too long, and tmux joins its parts. Only refs are never cut, each on a line of its own.
        for (const line of lines.filter((each) => [...each].length > width)) expect(line).toMatch(/^\s*\S+$/)
      }
    },
    120_000,
  )

  it('has colours in a terminal, and none with NO_COLOR, on a dumb terminal and in a pipe', async () => {
    const command = 'parley conversations --limit 3'
    const [usual, ...plain] = [
      ...[open(command), open(command, 100, { NO_COLOR: '1' }), open(command, 100, { TERM: 'dumb' })],
      open(`${command} | cat`),
    ] as const
    for (const window of [usual, ...plain]) expect(await window.code()).toBe(0)
    const colour = '\u001b['
    expect(usual.coloured()).toContain(colour)
    for (const window of plain) expect(window.coloured()).not.toContain(colour)
  }, 60_000)

  it('ends quietly with 0 when the reader of a list goes away', async () => {
    const windows = lists.map((command) => open(`parley ${command} | head -1; echo "code \${PIPESTATUS[0]}"`))
    for (const window of windows) {
      await window.code()
      expect(window.screen()).toMatch(/code 0/)
      expect(window.screen()).not.toMatch(/Error|EPIPE|at .*:\d+/)
    }
  }, 60_000)

  it.each([
    ['a question', (ref: string) => `parley ask ${ref} 'When do you open?'`],
    ['a reply', (ref: string) => `parley reply ${ref} --text 'We open at 9.'`],
  ])(
    'says at Ctrl-C in the middle of %s that it may have arrived, and ends with 4',
    async (_, command) => {
      const ref = await newest()
      desk.liveChatAI.faults.next({ kind: 'hang', after: true, on: { method: 'POST' } })
      const before = desk.liveChatAI.requests.length
      const window = open(command(ref))
      await expect
        .poll(() => desk.liveChatAI.requests.slice(before).some(({ method }) => method === 'POST'), { timeout: 30_000 })
        .toBe(true)
      window.press('C-c')
      expect(await window.code()).toBe(4)
      desk.liveChatAI.faults.clear()
      expect(window.screen()).toMatch(/Stopping\.[\s\S]*parley reconcile[\s\S]*"attempt"[\s\S]*may have been sent\./)
    },
    90_000,
  )

  it('imports nothing of an export at Ctrl-C, so that the whole is new to the next import', async () => {
    const sync = open('parley sync --once 2> notes && parley export --yes whole.ndjson')
    expect(await sync.code()).toBe(0)
    const half = open('(head -50 whole.ndjson; echo > begun; sleep 100) | parley import - --store other')
    await expect.poll(() => existsSync(join(folder, 'begun')), { timeout: 30_000 }).toBe(true)
    // The store is made before the first line is read.
    await expect.poll(() => existsSync(join(folder, 'other/database/PG_VERSION')), { timeout: 60_000 }).toBe(true)
    half.press('C-c')
    expect(await half.code()).toBe(130)
    const whole = open('parley import whole.ndjson --store other')
    expect(await whole.code()).toBe(0)
    expect(whole.screen()).toMatch(/^[1-9][\d,]* added, 0 updated, 0 unchanged/m)
  }, 180_000)

  it('keeps the old export at Ctrl-C, also before the person has agreed', async () => {
    writeFileSync(join(folder, 'old.ndjson'), 'old')
    const window = open('parley export old.ndjson')
    await expect.poll(() => window.screen(), { timeout: 60_000 }).toContain('Go on? [y/N]')
    window.press('C-c')
    expect(await window.code()).toBe(130)
    const refusing = open('parley export old.ndjson')
    await expect.poll(() => refusing.screen(), { timeout: 60_000 }).toContain('Go on? [y/N]')
    refusing.press('Enter')
    expect(await refusing.code()).toBe(1)
    expect(readFileSync(join(folder, 'old.ndjson'), 'utf8')).toBe('old')
  }, 120_000)

  it('draws the progress of a sync once, also after the window has become narrower', async () => {
    const window = open('parley sync', 120)
    await expect.poll(() => window.screen(), { timeout: 60_000 }).toMatch(/up to date/)
    window.resize(60)
    // It is drawn again each second, with as many columns as there is space for. What has gone into the history stays there.
    const lines = () => window.visible().split('\n')
    const head = () => lines().findLastIndex((line) => /^ {2}stream {2}.* up to date/.test(line))
    await expect.poll(() => lines()[head()]?.length, { timeout: 30_000 }).toBeLessThanOrEqual(60)
    expect(
      lines()
        .slice(0, Math.max(0, head()))
        .filter((line) => /^ {2}| (?:idle|running|waiting) /.test(line)),
    ).toEqual([])
    window.press('C-c')
    expect(await window.code()).toBe(0)
  }, 120_000)

  it('goes on with an evaluation after Ctrl-C', async () => {
    writeFileSync(
      join(folder, 'questions.csv'),
      `question\n${Array.from({ length: 40 }, (_, index) => `When do you open on day ${index}?`).join('\n')}\n`,
    )
    const command = `parley evaluate questions.csv --agent ${account('liveChatAI')} --concurrency 1 --yes`
    const first = open(command)
    await expect.poll(() => first.screen(), { timeout: 60_000 }).toMatch(/[1-9]\d* of 40 answers/)
    first.press('C-c')
    expect(await first.code()).toBe(130)
    expect(first.screen()).toContain('the same command goes on')
    const asked = desk.liveChatAI.requests.length
    const second = open(`${command} --json > evaluation.json`)
    expect(await second.code()).toBe(0)
    const { agents } = JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')) as {
      agents: { outcomes: object }[]
    }
    expect(agents[0]?.outcomes).toEqual({ answered: 40 })
    expect(desk.liveChatAI.requests.length).toBeGreaterThan(asked)
  }, 120_000)
})
