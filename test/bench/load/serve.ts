import { fork } from 'node:child_process'
import type { ServerGiven, Told } from './server.ts'

export interface Served {
  readonly url: string
  /** What the server has told last. */
  readonly now: Required<Pick<Told, 'rss' | 'cpu' | 'connections'>>
  /** The errors that no answer showed. */
  readonly errors: readonly string[]
  /** The most resident memory since the last call, in bytes. */
  mostResident(): number
  stop(): Promise<void>
}

/** Starts a server in a process of its own. */
export async function serveApart(given: ServerGiven): Promise<Served> {
  const child = fork(new URL('./server.ts', import.meta.url), {
    env: { ...process.env, PARLEY_BENCH_SERVER: JSON.stringify(given) },
  })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  const now = { rss: 0, cpu: 0, connections: 0 }
  const errors: string[] = []
  let most = 0
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
    child.on('message', ({ url, error, ...told }: Told) => {
      Object.assign(now, told)
      most = Math.max(most, now.rss)
      if (error !== undefined) errors.push(error)
      if (url !== undefined) resolve(url)
    })
  })
  return {
    ...{ url, now, errors },
    mostResident() {
      const was = most
      most = now.rss
      return was
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}
