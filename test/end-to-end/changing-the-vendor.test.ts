import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, it } from 'vitest'

/*
 * Runs the commands of the guide as they are written, each in a shell of its own, against the sandbox that the guide starts, and
 * compares what they print with what the guide shows.
 */

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/changing-the-vendor.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'parley-guide-'))
const parley = join(folder, 'parley')
writeFileSync(parley, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'packages/cli/dist/main.js')}' "$@"\n`)
chmodSync(parley, 0o755)

let served: ChildProcess | undefined
afterAll(async () => {
  served?.kill('SIGINT')
  if (served && served.exitCode === null) await once(served, 'exit')
  rmSync(folder, { recursive: true })
})

interface Step {
  line: number
  command: string
  /** What it prints. Missing: the guide does not show it. */
  shown?: string
}

function stepsOf(markdown: string): Step[] {
  const steps: Step[] = []
  let block: { kind: string; line: number; lines: string[] } | undefined
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, kind] = /^```(\w*)$/.exec(line) ?? []
    if (block && kind === '') {
      const body = block.lines.join('\n')
      const last = steps.at(-1)
      if (block.kind === 'sh') steps.push({ line: block.line, command: body })
      else if (block.kind === 'text' && last) last.shown = body
      block = undefined
    } else if (block) block.lines.push(line)
    else if (kind) block = { kind, line: index + 1, lines: [] }
  }
  return steps
}

const environment = (exported: string[]) => ({
  ...{ PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder, TZ: 'UTC', COLUMNS: '100' },
  ...Object.fromEntries(exported.map((each) => each.split('=') as [string, string])),
})

/** A shell script stops at the first command that fails. */
async function shell(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: code as number | null, out, err }
}

const escaped = (line: string) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** In what the guide shows, `…` is any text of a line, and a line of its own stands for any lines. */
const patternOf = (shown: string): RegExp =>
  new RegExp(
    `^${shown
      .split('\n')
      .map((line) =>
        line.trim() === '…' ? '(?:[^\\n]*\\n)*?' : `${escaped(line.trimEnd()).replaceAll('…', '[^\\n]*')} *\\n`,
      )
      .join('')}$`,
  )

it('the commands of the guide to a change of the vendor do what it says, in the order of the guide', async () => {
  const exported: string[] = []
  const steps = stepsOf(page)
  expect(steps.length).toBeGreaterThan(5)
  for (const { line, command, shown } of steps) {
    for (const [, variable = ''] of command.matchAll(/^export (\S+)$/gm)) exported.push(variable)
    if (/^npm install/.test(command)) continue
    if (command.startsWith('parley sandbox')) {
      served = spawn(parley, [...command.split(' ').slice(1), '--port', '0'], {
        cwd: folder,
        env: environment([]),
        stdio: 'ignore',
      })
      await expect.poll(() => existsSync(join(folder, 'parley.json')), { timeout: 60_000 }).toBe(true)
      continue
    }
    const { code, out, err } = await shell(command, environment(exported))
    const told = `line ${line}: ${command}\n${err}`
    expect.soft(code, told).toBe(0)
    if (shown !== undefined) expect.soft(out, told).toMatch(patternOf(shown))
  }
}, 300_000)
