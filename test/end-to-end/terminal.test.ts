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
  const line = `cd '${folder}'; env -u NO_COLOR ${variables} bash -o pipefail -c '${command.replaceAll("'", "'\\''")}'; echo $? > '${code}'; exec cat`
  tmux('new-session', '-d', '-s', name, '-x', String(width), '-y', '200', 'bash', '-c', line)
  return {
    screen: () => tmux('capture-pane', '-p', '-J', '-t', name, '-S', '-'),
    /** With the escape sequences of colours. */
    coloured: () => tmux('capture-pane', '-p', '-e', '-t', name, '-S', '-'),
    press: (key: string) => tmux('send-keys', '-t', name, key),
    async code(): Promise<number> {
      await expect.poll(() => existsSync(code) && readFileSync(code, 'utf8') !== '', { timeout: 60_000 }).toBe(true)
      return Number(readFileSync(code, 'utf8'))
    },
  }
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
    const [usual, without, piped] = [open(command), open(command, 100, { NO_COLOR: '1' }), open(`${command} | cat`)]
    for (const window of [usual, without, piped]) expect(await window.code()).toBe(0)
    const colour = '\u001b['
    expect(usual.coloured()).toContain(colour)
    expect(without.coloured()).not.toContain(colour)
    expect(piped.coloured()).not.toContain(colour)
  }, 60_000)

  it('ends quietly with 0 when the reader of a list goes away', async () => {
    const windows = lists.map((command) => open(`parley ${command} | head -1; echo "code \${PIPESTATUS[0]}"`))
    for (const window of windows) {
      await window.code()
      expect(window.screen()).toMatch(/code 0/)
      expect(window.screen()).not.toMatch(/Error|EPIPE|at .*:\d+/)
    }
  }, 60_000)

  it('says at Ctrl-C in the middle of a question that it may have arrived, and ends with 4', async () => {
    desk.liveChatAI.faults.next({ kind: 'hang', after: true, on: { method: 'POST' }, times: 9 })
    const before = desk.liveChatAI.requests.length
    const window = open(`parley ask ${account('liveChatAI')} 'When do you open?'`)
    await expect
      .poll(() => desk.liveChatAI.requests.slice(before).some(({ method }) => method === 'POST'), { timeout: 30_000 })
      .toBe(true)
    window.press('C-c')
    const code = await window.code()
    desk.liveChatAI.faults.clear()
    expect([4, 130]).toContain(code)
    expect(window.screen()).toContain('Stopping.')
    if (code === 4) expect(window.screen()).toMatch(/attempt|may have/)
  }, 90_000)

  it('leaves no half of an export at Ctrl-C, and goes on with an evaluation', async () => {
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
