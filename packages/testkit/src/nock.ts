import nock from 'nock'
import { afterAll, afterEach, beforeEach, expect } from 'vitest'

/** One request as it arrived, without the headers that the HTTP client adds by itself. */
export interface Seen {
  method: string
  uri: string
  headers: Record<string, string>
  /** The JSON that was sent. The parts of a form, as `sentParts` lists them. */
  body: unknown
}

/** Method, path with query below the base path, status, body (a string and bytes are sent as they are), headers. */
export type Exchange = [method: string, uri: string, status: number, body?: unknown, headers?: Record<string, string>]

interface Host {
  host: string
  /** Comes before the path of every exchange, such as `/api/v2`. */
  basePath: string
  /** The names of the headers that `Seen` reports. */
  headers: readonly string[]
}

/** Returns a function that serves exactly the given exchanges, each once. Every other request fails. */
export const exchangesWith =
  ({ host, basePath, headers: reported }: Host) =>
  (...exchanges: Exchange[]): Seen[] => {
    const seen: Seen[] = []
    for (const [method, uri, status, body, headers = {}] of exchanges) {
      nock(host)
        .intercept(basePath + uri, method)
        .reply(async (request: Request) => {
          const { pathname, search } = new URL(request.url)
          const sent = Object.fromEntries([...request.headers].filter(([name]) => reported.includes(name)))
          const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data; boundary=')
          seen.push({
            method: request.method,
            uri: pathname + search,
            headers: isForm ? { ...sent, 'content-type': 'multipart/form-data' } : sent,
            body: isForm ? await sentParts(await request.formData()) : parsed(await request.text()),
          })
          if (body instanceof Uint8Array) return [status, Buffer.from(body), headers]
          if (body === undefined || typeof body === 'string') return [status, body ?? '', headers]
          return [status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8', ...headers }]
        })
    }
    return seen
  }

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))

/** The parts of a form in their order: the name, and the text or the file with what is in it. */
export const sentParts = (form: FormData): Promise<unknown[]> =>
  Promise.all(
    [...form].map(async ([name, part]) =>
      typeof part === 'string' ? [name, part] : [name, { filename: part.name, content: await part.text() }],
    ),
  )

/** For a test file: no request leaves this machine, and each test must use every exchange that it declares. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    expect(pending).toEqual([])
  })
  afterAll(() => nock.enableNetConnect())
}
