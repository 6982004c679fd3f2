import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { ServerOptions } from './options.ts'
import { Refusal } from './problems.ts'

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

export const isLoopback = (host: string): boolean =>
  loopback.test(host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host)

const hostOf = (c: Context): string => c.req.header('host') ?? new URL(c.req.url).host

const nameOf = (host: string): string => host.replace(/:\d+$/, '')

/**
 * Refuses a request for another host. Otherwise a page of any site could let its own name point to this machine, and a browser
 * would then let it read the answers (DNS rebinding).
 *
 * @throws Refusal 421
 */
export function checkHost(c: Context, { publicUrl }: ServerOptions): void {
  const host = hostOf(c)
  if (loopback.test(nameOf(host))) return
  if (publicUrl !== undefined && host.toLowerCase() === new URL(publicUrl).host) return
  throw new Refusal(421, 'invalid-request', 'The server is not known under this name. See its option "publicUrl".')
}

/**
 * Refuses a request that changes something and may come from the page of another site. A browser sends the cookie of a session
 * with it.
 *
 * @throws Refusal 403
 */
export function checkOrigin(c: Context, { publicUrl }: ServerOptions): void {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const own = [`http://${hostOf(c)}`, ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin])]
  const isOwn = origin !== undefined && own.includes(origin)
  // The browser's own statement is enough; where there are both, both must agree.
  if (site === undefined ? isOwn : site === 'same-origin' && (origin === undefined || isOwn)) return
  throw new Refusal(403, 'permission', 'The request does not come from a page of this server.')
}

/** The address of the client. */
export function addressOf(c: Context, { trustProxy = false }: ServerOptions): string {
  // The proxy appends the address that it sees; what stands before may come from the client.
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress || 'unknown'
}

const windowMs = 60_000
const most = 20
const mostAddresses = 10_000

/**
 * Counts the attempts with links that do not exist: at most 20 a minute from one address. It is never asked about a link that does
 * exist, so that nobody can keep others from signing in, even where all come from the address of one proxy.
 */
export function signInLimit(now: () => number = Date.now): (address: string) => void {
  const windows = new Map<string, { ends: number; count: number }>()
  return (address) => {
    const at = now()
    for (const [key, { ends }] of windows) {
      if (ends > at && windows.size < mostAddresses) break
      windows.delete(key)
    }
    const window = windows.get(address) ?? { ends: at + windowMs, count: 0 }
    window.count += 1
    windows.set(address, window)
    if (window.count <= most) return
    const seconds = Math.ceil((window.ends - at) / 1000)
    throw new Refusal(429, 'rate-limit', 'Too many links that do not exist. Wait a minute.', {
      'retry-after': String(seconds),
    })
  }
}
