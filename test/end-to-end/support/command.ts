import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const main = join(import.meta.dirname, '../../../packages/cli/dist/main.js')

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

export interface CommandOptions {
  /** The environment, besides the path to the programs. */
  env?: NodeJS.ProcessEnv
  cwd?: string
  input?: string
}

/** The built command as a process of its own. It inherits no credentials. */
export function startCommand(args: readonly string[], { env, cwd }: CommandOptions = {}): ChildProcess & Running {
  const { PATH } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { PATH, ...env }, stdio: 'pipe' })
  // A test may close the output early.
  const output = text(child.stdout).catch(() => '')
  const ended = Promise.all([output, text(child.stderr), once(child, 'close')])
  return Object.assign(child, {
    ended: ended.then(([stdout, stderr, [status]]) => ({ status: status as number | null, stdout, stderr })),
  })
}

interface Running {
  ended: Promise<Ended>
}

/** Runs the built command to its end. */
export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = startCommand(args, options)
  child.stdin?.end(options.input ?? '')
  return child.ended
}
