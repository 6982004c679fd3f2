import { Agent, type IncomingMessage, request as send } from 'node:http'

/** A client that costs little, because it shares the processors with what it measures. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Answer {
  /** 0: there was none. */
  status: number
  text: string
}

export interface Asked {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export function ask(url: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve) => {
    const lost = () => resolve({ status: 0, text: '' })
    const outgoing = send(url, { agent, method, headers }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => void chunks.push(chunk))
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      incoming.once('error', lost)
    })
    outgoing.once('error', lost)
    outgoing.end(body)
  })
}

export const closeIdle = (): void => agent.destroy()

export const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` })

/** What came over one connection. */
interface Connection {
  ids: string[]
  /** Whether it ended without this client wanting it. */
  isLost: boolean
}

/** A reader of the server-sent events, which goes on where it was when its connection ends. */
export interface EventReader {
  /** One for each connection, with the ids of the changes. */
  readonly connections: readonly Connection[]
  /** From where it would go on. */
  readonly lastId: string | undefined
  /** How often it was told that changes were missed. */
  readonly resets: number
  /** Breaks the connection, and opens another one after so many milliseconds. */
  cut(pause: number): Promise<void>
  close(): void
}

export async function readEvents(url: string, secret: string): Promise<EventReader> {
  const connections: Connection[] = []
  let lastId: string | undefined
  let resets = 0
  let current: IncomingMessage | undefined

  async function open(): Promise<void> {
    const own: Connection = { ids: [], isLost: false }
    connections.push(own)
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { ...bearer(secret), ...(lastId !== undefined && { 'last-event-id': lastId }) }
      send(`${url}/v1/events`, { agent: false, headers }, resolve).on('error', reject).end()
    })
    if (incoming.statusCode !== 200) throw new Error(`A stream was answered with ${incoming.statusCode}.`)
    current = incoming
    let text = ''
    incoming.setEncoding('utf8')
    // A stream that resumes may have nothing to say for long.
    await new Promise<void>((resolve, reject) => {
      incoming.on('data', (chunk: string) => {
        const parts = `${text}${chunk}`.split('\n\n')
        text = parts.pop() ?? ''
        for (const part of parts) read(part, own)
        resolve()
      })
      incoming.on('error', reject)
      incoming.once('close', () => {
        if (current !== incoming) return
        own.isLost = true
        open().catch(() => {})
      })
    })
  }

  function read(part: string, own: Connection): void {
    const fields = new Map(part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]))
    const value = (name: string) => fields.get(name)?.slice(name.length + 2)
    lastId = value('id') ?? lastId
    if (value('event') === 'reset') resets += 1
    if (value('event') !== 'changes') return
    for (const { id } of JSON.parse(value('data') ?? '[]') as { id: string }[]) own.ids.push(id)
  }

  const close = () => {
    const was = current
    current = undefined
    was?.destroy()
  }
  await open()
  return {
    connections,
    get lastId() {
      return lastId
    },
    get resets() {
      return resets
    },
    async cut(pause) {
      close()
      await new Promise((resolve) => setTimeout(resolve, pause))
      await open()
    },
    close,
  }
}
