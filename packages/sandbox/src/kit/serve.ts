import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import type { World } from '../world/world.ts'
import { checkPlanted, closed } from './check-inputs.ts'
import type { Clock } from './clock.ts'
import type { AccountOptions, CreateEmulator, Plant } from './emulator.ts'
import { createFaults, type Faults } from './faults.ts'
import { createRandom } from './random.ts'
import type { Webhooks } from './webhooks.ts'

/** A running emulator of one vendor. */
export interface ServedEmulator<
  Settings = object,
  Sent extends Webhooks | undefined = Webhooks | undefined,
  Account extends AccountOptions = AccountOptions,
> {
  readonly vendor: string
  /** Its origin, without a path: `http://127.0.0.1:4010`. */
  readonly url: string
  readonly credentials: Readonly<Record<string, string>>
  /** The options that open its account with the vendor's adapter: `leadConnector({ ...served.accountOptions })`. */
  readonly accountOptions: Account
  /** Setting an unknown name throws a `TypeError` that names it. */
  readonly settings: Settings
  /** The webhooks that it sends. Undefined: the vendor has no webhooks. */
  readonly webhooks: Sent
  readonly faults: Faults
  readonly requests: readonly RecordedRequest[]
  /** Puts a message into a conversation without a request. */
  readonly plant: Plant
  /** Starts again from the seed and clears the requests and the faults. Keeps the settings. */
  reset(): void
  /** Closes every connection, including hanging ones. */
  stop(): Promise<void>
}

export interface ServeOptions {
  readonly world: World
  readonly clock: Clock
  /** The name of its random number streams. */
  readonly name: string
  readonly thinkingTime?: number
  /** The port. Missing or 0: a free one. */
  readonly port?: number
  readonly host?: string
}

/** Puts one emulator on its own port, behind the request log and the faults. */
export async function serveEmulator<
  Settings,
  Sent extends Webhooks | undefined,
  Account extends AccountOptions = AccountOptions,
>(
  create: CreateEmulator<Settings, Sent, Account>,
  { world, clock, name, thinkingTime = 0, port = 0, host = '127.0.0.1' }: ServeOptions,
): Promise<ServedEmulator<Settings, Sent, Account>> {
  let stream = createRandom(world.seed, name)
  const emulator = create({
    world,
    now: () => clock.now(),
    after: (...timer) => clock.after(...timer),
    thinkingTime,
    random: () => stream(),
  })
  const { faults, middleware } = createFaults(world.seed, name, clock)
  const log = createRequestLog()
  const front = new Hono()
  front.use(log.middleware)
  front.use(middleware)
  // Passed on rather than mounted: an emulator keeps its own answers to unknown routes and to its own exceptions.
  front.all('*', (c) => emulator.app.fetch(c.req.raw, c.env))

  const server = await listen(front, port, host)
  const address = server.address() as AddressInfo
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  return {
    vendor: emulator.vendor,
    url,
    credentials: emulator.credentials,
    accountOptions: emulator.accountOptions(url),
    settings: closed(emulator.vendor, emulator.settings),
    webhooks: emulator.webhooks,
    faults,
    requests: log.requests,
    plant(conversationId, message) {
      checkPlanted(message)
      return emulator.plant(conversationId, message)
    },
    reset() {
      stream = createRandom(world.seed, name)
      emulator.reset()
      faults.clear()
      log.requests.length = 0
    },
    stop: () =>
      new Promise((resolve) => {
        // Undelivered webhooks must not reach another server that listens at the same address later.
        emulator.reset()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(app: Hono, port: number, hostname: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    // The globals stay Node's own, so that a program that runs the sandbox in its process keeps its `Request`.
    const server = serve({ fetch: app.fetch, port, hostname, overrideGlobalObjects: false }, () => {
      server.off('error', reject)
      resolve(server)
    }) as Server
    server.once('error', reject)
  })
}

/** A received request, safe to print: without header values, and with masked credentials. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** The header names in lower case, in the order of arrival. */
  readonly headerNames: readonly string[]
  /** Parsed JSON and forms, other text unchanged, `null` without a body. */
  readonly body: unknown
  /** `null` until the response is sent, or if none was sent. */
  status: number | null
}

const secret = /secret|token|password|authorization|api_?key/i
const longest = 100_000
/** The most requests in the log, so that it does not grow forever. */
const most = 10_000

function createRequestLog(): { requests: RecordedRequest[]; middleware: MiddlewareHandler } {
  const requests: RecordedRequest[] = []
  const middleware: MiddlewareHandler = async (c, next) => {
    const query = Object.fromEntries(
      Object.entries(c.req.queries()).map(([name, values]) => {
        const shown = values.map((value) => (secret.test(name) ? '***' : value))
        return [name, shown.length === 1 ? (shown[0] ?? '') : shown]
      }),
    )
    const record: RecordedRequest = {
      method: c.req.method,
      path: c.req.path,
      query,
      headerNames: [...c.req.raw.headers.keys()],
      body: await readBody(c.req.raw),
      status: null,
    }
    requests.push(record)
    if (requests.length > most) requests.shift()
    await next()
    // A connection that hung or broke was not handled by Hono, so Hono has no status for it.
    if (!c.res.headers.has('x-hono-already-sent')) record.status = c.res.status
  }
  return { requests, middleware }
}

/** Reads a copy of the body, so that the emulator can still read it. */
async function readBody(request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.body) return null
  // Removes half of a character that the cut may leave at the end.
  const text = (await request.clone().text()).slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  if (text === '') return null
  if (request.headers.get('content-type')?.includes('x-www-form-urlencoded')) {
    return mask(Object.fromEntries(new URLSearchParams(text)))
  }
  try {
    return mask(JSON.parse(text))
  } catch {
    return text
  }
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      secret.test(key) && typeof member === 'string' ? '***' : mask(member),
    ]),
  )
}
