import type { Server } from 'node:http'
import { createServer } from 'node:net'

/** Listens on a free port of the loopback interface. @returns the port. */
export const listen = (server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(address.port)
      else reject(new Error('The server has no port.'))
    })
  })

/** A port that is free now, for a program that takes a port as an option. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server as unknown as Server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A promise that others resolve. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
