import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../ports.ts'

/** A LangGraph server in a process group of its own, with a fresh folder for its state. */
export interface LiveServer {
  readonly url: string
  /** The key that it accepts. `undefined`: it needs none. */
  readonly apiKey: string | undefined
  /** Ends all its processes at once, without a chance to save anything. */
  kill(): Promise<void>
  /** Waits until a thread is on the disk. The server saves when it has been idle for three seconds. */
  saved(threadId: string): Promise<void>
  /** Starts it again on the same port with the same state. */
  start(): Promise<void>
  /** Ends it and removes its state. */
  stop(): Promise<void>
}

/** The servers that run, and the folders with their state. */
const running = new Set<ChildProcess>()
const folders = new Set<string>()

/** Ends every server at once and removes its state. Synchronous, so that it can run while the process exits. */
export function killAll(): void {
  for (const child of running) signal(child, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/** The server has workers, which only a signal to the whole group reaches. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // The group has already ended.
  }
}

/** Whether a process of the group still runs. */
function isAlive({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0)
  } catch {
    return false
  }
}

/**
 * @param packages the folder that contains `node_modules`.
 * @param stops gets the function that stops the server, also when starting it fails.
 * @param options `apiKey`: the only key that the server accepts. Without it, requests need no key.
 */
export async function startServer(
  packages: string,
  modelUrl: string,
  stops: (() => Promise<void>)[],
  { apiKey }: { apiKey?: string } = {},
): Promise<LiveServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-live-'))
  folders.add(folder)
  for (const file of ['graph.mjs', 'auth.mjs']) copyFileSync(join(import.meta.dirname, file), join(folder, file))
  const auth = apiKey === undefined ? {} : { auth: { path: './auth.mjs:auth' } }
  const config = { node_version: '24', graphs: { desk: './graph.mjs:graph' }, env: {}, ...auth }
  writeFileSync(join(folder, 'langgraph.json'), JSON.stringify(config))
  symlinkSync(join(packages, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let said = ''

  async function start(): Promise<void> {
    const program = join(folder, 'node_modules/@langchain/langgraph-cli/dist/cli/cli.mjs')
    const args = ['dev', '--host', '127.0.0.1', '--port', String(port), '--no-browser', '--no-reload']
    const { PATH, HOME } = process.env
    const env = {
      ...{ PATH, HOME, PARLEY_LIVE_MODEL: modelUrl, PARLEY_LIVE_KEY: apiKey },
      ...{ LANGSMITH_TRACING: 'false', LANGGRAPH_CLI_NO_ANALYTICS: '1', NO_COLOR: '1' },
    }
    const started = spawn(process.execPath, [program, ...args], { cwd: folder, env, detached: true, stdio: 'pipe' })
    child = started
    running.add(started)
    said = ''
    const listenTo = (chunk: unknown) => {
      said = (said + String(chunk)).slice(-4_000)
    }
    started.stdout.on('data', listenTo)
    started.stderr.on('data', listenTo)
    started.once('exit', () => running.delete(started))
    for (let attempt = 0; attempt < 600; attempt++) {
      if (started.exitCode !== null) throw new Error(`The server ended while it started:\n${said}`)
      const response = await fetch(`${url}/ok`, { headers: { 'x-api-key': apiKey ?? '' } }).catch(() => undefined)
      if (response?.ok) return
      await sleep(100)
    }
    throw new Error(`The server does not answer:\n${said}`)
  }

  async function finish(name: NodeJS.Signals): Promise<void> {
    const ending = child
    if (!ending) return
    signal(ending, name)
    // The worker saves the state after the process that started it has ended.
    for (let attempt = 0; attempt < 100 && isAlive(ending); attempt++) await sleep(50)
    signal(ending, 'SIGKILL')
  }

  const server: LiveServer = {
    url,
    apiKey,
    start,
    kill: () => finish('SIGKILL'),
    async saved(threadId) {
      const state = join(folder, '.langgraph_api')
      const files = ['.langgraphjs_ops.json', '.langgraphjs_api.checkpointer.json'].map((file) => join(state, file))
      const isSaved = () => files.every((file) => existsSync(file) && readFileSync(file, 'utf8').includes(threadId))
      for (let attempt = 0; attempt < 200; attempt++) {
        if (isSaved()) return
        await sleep(100)
      }
      throw new Error('The server does not save its state.')
    },
    async stop() {
      await finish('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
      folders.delete(folder)
    },
  }
  stops.push(server.stop)
  await start()
  return server
}
