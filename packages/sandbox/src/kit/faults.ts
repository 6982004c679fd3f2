import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { type Clock, hold, holdRequest } from './clock.ts'
import { chance, createRandom, integer, pick, type Random } from './random.ts'

/** Limits a fault to matching requests. Without it, the fault applies to the next request. */
export interface FaultMatch {
  readonly method?: string
  /** The request's whole path, or a pattern to find in it. */
  readonly path?: string | RegExp
}

interface FaultBase {
  readonly on?: FaultMatch
  /** How many matching requests the fault applies to. Default 1. */
  readonly times?: number
  /**
   * `true`: the emulator does the work and only its response fails, so a write happens although the client gets no
   * confirmation. Default `false`: the work is not done. Faults that change a body always do the work.
   */
  readonly after?: boolean
}

/** A fault of one response. */
export type Fault = FaultBase &
  (
    | {
        readonly kind: 'status'
        readonly status: number
        readonly headers?: Readonly<Record<string, string>>
        /** A string is sent unchanged, anything else as JSON. Default: an empty body. */
        readonly body?: unknown
      }
    /** An HTML page, as a proxy sends when its server is down. Default status 502. */
    | { readonly kind: 'html'; readonly status?: number }
    /** Sends half of the body, then closes the connection. */
    | { readonly kind: 'truncate' }
    /** Sends no response until the client disconnects or the sandbox stops. */
    | { readonly kind: 'hang' }
    /** Closes the connection without a response. */
    | { readonly kind: 'reset' }
    | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
    /** The correct response after a delay. */
    | { readonly kind: 'delay'; readonly milliseconds: number }
    /** Changes the first list in a JSON body: one item twice, two items swapped, or one item missing. */
    | { readonly kind: 'duplicate' }
    | { readonly kind: 'reorder' }
    | { readonly kind: 'drop' }
    /** Replaces every word of a closed vocabulary in a JSON body by an undocumented one. */
    | { readonly kind: 'unknownValues' }
  )

export type FaultKind = Fault['kind']

/** Probabilities in [0, 1] of random faults. All are 0 at first. */
export interface FaultRate {
  status429: number
  status5xx: number
  delay: number
  hang: number
  truncate: number
  reset: number
  duplicate: number
  reorder: number
  drop: number
  unknownValues: number
}

const noFaults = (): FaultRate => ({
  status429: 0,
  status5xx: 0,
  delay: 0,
  hang: 0,
  truncate: 0,
  reset: 0,
  duplicate: 0,
  reorder: 0,
  drop: 0,
  unknownValues: 0,
})

function faultApplies(fault: Fault, method: string, path: string): boolean {
  const { on } = fault
  if (on?.method !== undefined && on.method.toUpperCase() !== method) return false
  if (on?.path === undefined) return true
  return typeof on.path === 'string' ? on.path === path : on.path.test(path)
}

const kinds: { readonly [Kind in FaultKind]: true } = {
  status: true,
  html: true,
  truncate: true,
  hang: true,
  reset: true,
  redirect: true,
  delay: true,
  duplicate: true,
  reorder: true,
  drop: true,
  unknownValues: true,
}

/** Refuses a misspelled fault, because it would test nothing. @throws Error that names the mistake. */
function checkFault(fault: Fault): void {
  const wrong = (what: string): Error => new Error(`sandbox: a fault ${what}.`)
  if (typeof fault !== 'object' || fault === null) throw wrong("must be an object such as { kind: 'reset' }")
  if (!Object.hasOwn(kinds, fault.kind))
    throw wrong(`must have one of these as its kind: ${Object.keys(kinds).join(', ')}`)
  if (fault.kind === 'status' && !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 599))
    throw wrong('of the kind status must have a status from 200 to 599')
  if (fault.kind === 'delay' && !(Number.isFinite(fault.milliseconds) && fault.milliseconds >= 0))
    throw wrong('of the kind delay must have its milliseconds, a number of at least 0')
  if (fault.kind === 'redirect' && typeof fault.to !== 'string')
    throw wrong('of the kind redirect must have an address, to')
  for (const name of Object.keys(fault.on ?? {}))
    if (name !== 'method' && name !== 'path') throw wrong(`has ${name} in "on", which takes method and path`)
}

interface DrawSettings {
  readonly rate: Readonly<FaultRate>
  readonly retryAfterSeconds: number
  readonly delayMilliseconds: number
}

/**
 * The random faults of one request: at most one that replaces the response, and any number that change the body. The same
 * number of random values is drawn for all rates, so that changing one rate does not move the other faults.
 */
function drawFaults(random: Random, { rate, retryAfterSeconds, delayMilliseconds }: DrawSettings): Fault[] {
  const after = chance(random, 0.5)
  const status = pick(random, [500, 502, 503, 504])
  const late = integer(random, 1, Math.max(1, delayMilliseconds))
  const replacing: [number, Fault][] = [
    [rate.hang, { kind: 'hang', after }],
    [rate.reset, { kind: 'reset', after }],
    // A 429 is sent before any work is done, so the request can be sent again safely.
    [rate.status429, { kind: 'status', status: 429, headers: { 'retry-after': String(retryAfterSeconds) } }],
    [rate.status5xx, { kind: 'status', status, after }],
    [rate.truncate, { kind: 'truncate' }],
  ]
  const spoiling: [number, Fault][] = [
    [rate.delay, { kind: 'delay', milliseconds: late }],
    [rate.duplicate, { kind: 'duplicate' }],
    [rate.reorder, { kind: 'reorder' }],
    [rate.drop, { kind: 'drop' }],
    [rate.unknownValues, { kind: 'unknownValues' }],
  ]
  const drawn = ([probability]: [number, Fault]) => chance(random, probability)
  const replaced = replacing.filter(drawn).slice(0, 1)
  return [...replaced, ...spoiling.filter(drawn)].map(([, fault]) => fault)
}

/** A fault that was injected, for tests to compare with the client's behavior. */
export interface InjectedFault {
  readonly method: string
  readonly path: string
  readonly kind: FaultKind
}

/** Controls the faults between an emulator and its clients. */
export interface Faults {
  /**
   * Probabilities per response. They can be changed at any time. The same seed and the same requests give the same faults.
   */
  readonly rate: FaultRate
  /** The `Retry-After` of a random 429. */
  retryAfterSeconds: number
  /** The longest random delay. */
  delayMilliseconds: number
  readonly injected: readonly InjectedFault[]
  /** Forces a fault on the next matching responses. Earlier scripted faults come first. */
  next(...faults: Fault[]): void
  /** The same for a list. */
  script(faults: readonly Fault[]): void
  /** How many scripted faults have not been used yet. */
  pending(): number
  /** Ends all faults: clears the script, sets every rate to 0, and restarts the seed. */
  clear(): void
}

interface FaultInjector {
  readonly faults: Faults
  readonly middleware: MiddlewareHandler
}

export function createFaults(seed: number, name: string, clock: Clock): FaultInjector {
  let random = createRandom(seed, `${name}/faults`)
  let queue: { fault: Fault; left: number }[] = []
  const injected: InjectedFault[] = []

  const script = (list: readonly Fault[]) => {
    for (const fault of list) checkFault(fault)
    queue.push(...list.map((fault) => ({ fault, left: fault.times ?? 1 })))
  }
  const faults: Faults = {
    rate: noFaults(),
    retryAfterSeconds: 1,
    delayMilliseconds: 50,
    injected,
    next: (...list) => script(list),
    script,
    pending: () => queue.reduce((sum, { left }) => sum + left, 0),
    clear() {
      queue = []
      injected.length = 0
      Object.assign(faults.rate, noFaults())
      random = createRandom(seed, `${name}/faults`)
    },
  }

  const scripted = (method: string, path: string): Fault | undefined => {
    const entry = queue.find(({ fault, left }) => left > 0 && faultApplies(fault, method, path))
    if (!entry) return undefined
    entry.left -= 1
    queue = queue.filter(({ left }) => left > 0)
    return entry.fault
  }

  const middleware: MiddlewareHandler = async (c, next) => {
    const { method, path } = c.req
    const drawn = drawFaults(random, faults)
    const forced = scripted(method, path)
    // A forced fault is the only one, so that a test that asks for it does not get a random one as well.
    const met = forced ? [forced] : drawn
    for (const fault of met) injected.push({ method, path, kind: fault.kind })
    // The first fault is the outermost one, so that a body can be both changed and truncated.
    const work = met.reduceRight<() => Promise<void>>(
      (inner, fault) => () => applyFault(c, inner, fault, { random, clock }),
      next,
    )
    await work()
  }
  return { faults, middleware }
}

/** Applies one fault to one response: does the work through `next`, or omits it, and changes what is sent. */
async function applyFault(
  c: Context,
  next: Next,
  fault: Fault,
  { random, clock }: { random: Random; clock: Clock },
): Promise<void> {
  switch (fault.kind) {
    case 'delay':
      await hold(clock, fault.milliseconds, c.req.raw.signal)
      await next()
      return
    case 'duplicate':
    case 'reorder':
    case 'drop':
    case 'unknownValues': {
      await next()
      if (!c.res.headers.get('content-type')?.includes('json')) return
      const spoiled = new Response(spoilJson(await c.res.text(), fault.kind, random), c.res)
      spoiled.headers.delete('content-length')
      send(c, spoiled)
      return
    }
    case 'truncate':
      await next()
      send(c, await truncated(outgoing(c), c.res))
      return
    default:
      if (fault.after) await next()
      send(c, await replaced(c, fault))
  }
}

/** Replaces the response. It is cleared first, because Hono would otherwise keep the headers of the old one. */
function send(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}

type Replacing = Extract<Fault, { kind: 'status' | 'html' | 'hang' | 'reset' | 'redirect' }>

async function replaced(c: Context, fault: Replacing): Promise<Response> {
  switch (fault.kind) {
    case 'status':
      return statusResponse(fault)
    case 'html':
      return new Response('<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>', {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html' },
      })
    case 'redirect':
      return new Response(null, { status: fault.status ?? 302, headers: { location: fault.to } })
    case 'hang':
      await holdUntilClosed(outgoing(c))
      return RESPONSE_ALREADY_SENT
    case 'reset':
      outgoing(c).socket?.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
  }
}

function statusResponse({ status, headers, body }: Extract<Fault, { kind: 'status' }>): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...headers } })
  const isText = typeof body === 'string'
  const contentType = isText ? 'text/plain; charset=utf-8' : 'application/json'
  return new Response(isText ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': contentType, ...headers },
  })
}

/** Announces the full length and closes the connection after half of it, so that the client sees a broken connection. */
async function truncated(response: ServerResponse, whole: Response): Promise<Response> {
  const body = Buffer.from(await whole.arrayBuffer())
  const headers = Object.fromEntries(whole.headers)
  response.writeHead(whole.status, { ...headers, 'content-length': String(Math.max(2, body.length)) })
  await new Promise<void>((resolve) => {
    response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => resolve())
  })
  response.socket?.destroy()
  return RESPONSE_ALREADY_SENT
}

const holdUntilClosed = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve()
    const release = holdRequest()
    response.once('close', () => {
      release()
      resolve()
    })
  })

function outgoing(c: Context): ServerResponse {
  const bindings = c.env as { outgoing?: ServerResponse } | undefined
  if (!bindings?.outgoing) throw new Error('This fault needs a real connection: serve the emulator over HTTP')
  return bindings.outgoing
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The fields whose values are words of a closed vocabulary. */
const vocabularies = new Set([
  'actionType',
  'channel',
  'chatSource',
  'contentType',
  'direction',
  'integrationType',
  'lastMessageDirection',
  'lastMessageType',
  'messageType',
  'mode',
  'role',
  'senderRole',
  'sentiment',
  'source',
  'status',
  'type',
  'vectorStoreUploadStatus',
  'voteType',
])

type Spoiling = 'duplicate' | 'reorder' | 'drop' | 'unknownValues'

/** A changed copy of a JSON text. A text that is not JSON is returned unchanged. */
export function spoilJson(text: string, how: Spoiling, random: Random): string {
  let body: Json
  try {
    body = JSON.parse(text) as Json
  } catch {
    return text
  }
  if (how === 'unknownValues') return JSON.stringify(replaceWords(body))
  const list = firstList(body)
  if (list) spoilList(list, how, random)
  return JSON.stringify(body)
}

function spoilList(list: Json[], how: Exclude<Spoiling, 'unknownValues'>, random: Random): void {
  const at = integer(random, 0, Math.max(0, list.length - 1))
  const item = list[at]
  if (item === undefined) return
  if (how === 'duplicate') list.splice(at, 0, structuredClone(item))
  else if (how === 'drop') list.splice(at, 1)
  else {
    const other = (at + 1) % list.length
    list[at] = list[other] as Json
    list[other] = item
  }
}

/** The list nearest to the top level. In every vendor's envelope, these are the items of the page. */
function firstList(body: Json): Json[] | undefined {
  let level: Json[] = [body]
  while (level.length > 0) {
    const lists = level.filter((value): value is Json[] => Array.isArray(value))
    const items = lists.find((list) => list.some((item) => typeof item === 'object' && item !== null)) ?? lists[0]
    if (items) return items
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return undefined
}

function replaceWords(value: Json, field = ''): Json {
  if (Array.isArray(value)) return value.map((item) => replaceWords(item))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaceWords(member, key)]))
  }
  const isWord = typeof value === 'string' && vocabularies.has(field) && /^\w+$/.test(value)
  return isWord ? `never_seen_${value.toLowerCase()}` : value
}
