import { isParleyError } from '@parley/core'
import type { Change, ChangePage, SyncedInbox } from '@parley/inbox'
import { Refusal } from './problems.ts'

export interface EventsOptions {
  inbox: SyncedInbox
  onError: (error: unknown) => void
  /** How often an idle stream shows that it is alive, in milliseconds. */
  heartbeat: number
  /** How long the feed rests after a failure, in milliseconds. */
  pause: number
}

export interface Events {
  /**
   * A stream of server-sent events: `changes` with the changes of the caller's accounts, whose id is a cursor. `reset` says that
   * changes were missed: read the lists again.
   */
  open(stream: StreamOptions): Promise<Response>
  readonly size: number
  /** Ends all streams. */
  close(): void
}

interface StreamOptions {
  /** The last id that the client has seen. `undefined`: from now on. */
  after: string | undefined
  accounts: ReadonlySet<string>
  /** Is asked from time to time. The stream ends when it is `false`. */
  isAllowed: () => Promise<boolean>
  signal: AbortSignal
  /** Ends the connection at once. Without it, the body of the answer fails. */
  sever?: (() => void) | undefined
}

/** The most that waits in a stream whose client does not read, in bytes. */
const mostWaiting = 1_000_000
/** The most streams that are open at once. */
const mostStreams = 2000
/** The most pages of changes that wait while a client reads the past. */
const mostPages = 20
/** What the client waits before it connects again, in milliseconds. */
const retry = 2000
const pageSize = 500

interface Stream {
  /** @returns whether the stream goes on. */
  push(page: ChangePage): void
  end(): void
}

const encoder = new TextEncoder()

/** An event as it is sent. */
const eventOf = (event: string, id: string, data: Change[] | object): Uint8Array =>
  encoder.encode(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`)

/** What clients with the same accounts get of a page is written once for all of them. `undefined`: nothing. */
function eventsFor(): (accounts: ReadonlySet<string>) => (page: ChangePage) => Uint8Array | undefined {
  const written = new WeakMap<ChangePage, Map<string, Uint8Array | undefined>>()
  return (accounts) => {
    const key = JSON.stringify([...accounts].sort())
    return (page) => {
      const known = written.get(page) ?? new Map<string, Uint8Array | undefined>()
      written.set(page, known)
      if (!known.has(key)) {
        const own = page.items.filter(({ account }) => accounts.has(account))
        known.set(key, own.length > 0 ? eventOf('changes', page.next, own) : undefined)
      }
      return known.get(key)
    }
  }
}

/** One reader of the change feed, for any number of streams. */
export function eventsOf({ inbox, onError, heartbeat, pause }: EventsOptions): Events {
  const streams = new Set<Stream>()
  let reader: AbortController | undefined
  let isClosed = false
  let closed = Promise.resolve()
  const eventsOfPages = eventsFor()

  /** Reads while there are streams. A failing database does not end them: the reader goes on from its place. */
  async function read(signal: AbortSignal, from: string): Promise<void> {
    let after = from
    while (!signal.aborted) {
      try {
        for await (const page of inbox.watch({ after, limit: pageSize }, { signal })) {
          after = page.next
          for (const stream of streams) stream.push(page)
        }
      } catch (error) {
        if (signal.aborted) return
        onError(error)
        // Its next changes are no longer there, so every client has to read the lists again.
        if (isLost(error)) return endAll()
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  function endAll(): void {
    for (const stream of [...streams]) stream.end()
  }

  /** Starts the reader unless it runs. */
  async function start(): Promise<void> {
    if (reader) return
    const { next } = await inbox.changes({ after: 'now' })
    // Another stream may have started it meanwhile, or the last one may have ended.
    if (reader || streams.size === 0) return
    reader = new AbortController()
    closed = read(reader.signal, next)
  }

  function remove(stream: Stream): void {
    streams.delete(stream)
    if (streams.size > 0) return
    reader?.abort()
    reader = undefined
  }

  return {
    get size() {
      return streams.size
    },
    async open({ after, accounts, isAllowed, signal, sever }) {
      if (isClosed) throw new Refusal(503, 'shutting-down', 'The server is shutting down.')
      if (streams.size >= mostStreams) throw new Refusal(503, 'rate-limit', 'Too many streams are open.')
      const lines = new Lines(heartbeat, isAllowed, sever)
      let known: ReadonlySet<string> | undefined = new Set()
      const waiting: ChangePage[] = []
      const eventIn = eventsOfPages(accounts)
      const send = (page: ChangePage) => {
        const event = eventIn(page)
        if (event) lines.write(event)
        else lines.pass(page.next)
      }
      const stream: Stream = {
        push(page) {
          if (!known) return send(page)
          // While the past is read, what is new waits. The client may never read it.
          waiting.push(page)
          if (waiting.length > mostPages) lines.cut()
        },
        end: () => lines.end(),
      }
      lines.onEnd = () => remove(stream)
      lines.comment(`retry: ${retry}`)
      signal.addEventListener('abort', () => lines.end(), { once: true })
      // Before the past is read, so that nothing is missed between the two.
      streams.add(stream)
      const begin = async () => {
        await start()
        const { next: now } = await inbox.changes({ after: 'now' }, { signal })
        return { now, first: after === undefined ? undefined : await pastOf(inbox, after, accounts, signal) }
      }
      const { now, first } = await begin().catch((error: unknown) => {
        lines.end()
        throw error
      })
      const catchUp = async () => {
        if (first === 'lost')
          lines.write(eventOf('reset', now, { reason: 'Changes were missed. Read the lists again.' }))
        else if (first) known = await replay(first, send)
        else lines.write(eventOf('ready', now, {}))
        const seen = known
        known = undefined
        for (const { items, next } of waiting.splice(0)) send({ items: items.filter(({ id }) => !seen?.has(id)), next })
      }
      /** The pages of the past, as fast as the client reads them. @returns the ids of the changes that may come again. */
      const replay = async (page: ChangePage, write: (page: ChangePage) => void) => {
        let seen = new Set<string>()
        for (let current = page; ; ) {
          write(current)
          seen = new Set(current.items.map(({ id }) => id).concat([...seen].slice(-pageSize)))
          if (current.items.length < pageSize || lines.isOver) return seen
          await lines.drained()
          current = await inbox.changes({ after: current.next, limit: pageSize, accounts: [...accounts] }, { signal })
        }
      }
      catchUp().catch((error: unknown) => {
        if (!signal.aborted) onError(error)
        lines.end()
      })
      return new Response(lines.body, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // A proxy that collects the answer would show nothing.
          'x-accel-buffering': 'no',
        },
      })
    },
    close() {
      isClosed = true
      endAll()
      closed.catch(onError)
    },
  }
}

/** The first page after a cursor, or `lost` if what followed is no longer kept, or it is none. */
async function pastOf(
  inbox: SyncedInbox,
  after: string,
  accounts: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ChangePage | 'lost'> {
  try {
    return await inbox.changes({ after, limit: pageSize, accounts: [...accounts] }, { signal })
  } catch (error) {
    // A browser sends an id until it has another one, so it must get one also for what is no id.
    if (isParleyError(error) && error.code === 'invalid-request') return 'lost'
    throw error
  }
}

/** The feed names the argument; what cannot be read as a cursor at all has another path. */
const isLost = (error: unknown): boolean =>
  isParleyError(error) && error.code === 'invalid-request' && error.fields?.[0]?.path === 'after'

/** The body of a stream. What the client does not read waits, up to a limit; then the stream is cut off. */
class Lines {
  readonly body: ReadableStream<Uint8Array>
  onEnd: () => void = () => {}
  isOver = false
  private waiting: Uint8Array[] = []
  private size = 0
  private passed: string | undefined
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined
  private wanted = false
  private empty: (() => void)[] = []
  private readonly timer: NodeJS.Timeout
  private readonly sever: (() => void) | undefined

  constructor(heartbeat: number, isAllowed: () => Promise<boolean>, sever: (() => void) | undefined) {
    this.sever = sever
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller
        },
        pull: () => {
          this.wanted = true
          this.flush()
        },
        cancel: () => this.end(),
      },
      { highWaterMark: 1 },
    )
    this.timer = setInterval(() => {
      // An event without data moves the place from which the client resumes, and shows it nothing.
      this.comment(this.passed === undefined ? ': alive' : `: alive\nid: ${this.passed}`)
      this.passed = undefined
      isAllowed().then(
        (is) => is || this.end(),
        // The database is away. The next time decides.
        () => {},
      )
    }, heartbeat)
    this.timer.unref()
  }

  write(bytes: Uint8Array): void {
    this.passed = undefined
    this.add(bytes)
  }

  /** Notes a place that had nothing for this client. */
  pass(id: string): void {
    this.passed = id
  }

  comment(text: string): void {
    this.add(encoder.encode(`${text}\n\n`))
  }

  private add(bytes: Uint8Array): void {
    if (this.isOver) return
    this.size += bytes.length
    if (this.size > mostWaiting) this.cut()
    else {
      this.waiting.push(bytes)
      this.flush()
    }
  }

  /** Resolves when the client has taken everything, or the stream is over. */
  drained(): Promise<void> {
    if (this.waiting.length === 0 || this.isOver) return Promise.resolve()
    return new Promise((resolve) => this.empty.push(resolve))
  }

  private flush(): void {
    if (!this.wanted || this.waiting.length === 0 || !this.controller || this.isOver) return
    this.wanted = false
    const bytes = Buffer.concat(this.waiting)
    this.waiting = []
    this.size = 0
    // It calls `pull`, which calls this.
    this.controller.enqueue(bytes)
    for (const resolve of this.empty.splice(0)) resolve()
  }

  end(): void {
    const rest = Buffer.concat(this.waiting)
    if (!this.stop()) return
    try {
      if (rest.length > 0) this.controller?.enqueue(rest)
      this.controller?.close()
    } catch {
      // The client is gone.
    }
  }

  /** The client does not read, so an orderly end would never reach it. */
  cut(): void {
    if (!this.stop()) return
    if (this.sever) this.sever()
    else this.controller?.error(new Error('The client does not read the stream.'))
  }

  private stop(): boolean {
    if (this.isOver) return false
    this.isOver = true
    clearInterval(this.timer)
    this.waiting = []
    for (const resolve of this.empty.splice(0)) resolve()
    this.onEnd()
    return true
  }
}
