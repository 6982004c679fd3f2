import nock from 'nock'
import { afterAll, afterEach, beforeEach, expect } from 'vitest'

/** One request as it arrived, without the headers that the HTTP client adds by itself. */
export interface Seen {
  method: string
  uri: string
  headers: Record<string, string>
  body: unknown
}

/** Method, path with query below the base path, status, body (a string is sent as it is), headers. */
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
          const text = await request.text()
          const { pathname, search } = new URL(request.url)
          seen.push({
            method: request.method,
            uri: pathname + search,
            headers: Object.fromEntries([...request.headers].filter(([name]) => reported.includes(name))),
            body: text === '' ? undefined : JSON.parse(text),
          })
          const isText = typeof body === 'string' || body === undefined
          const type = isText ? {} : { 'content-type': 'application/json; charset=utf-8' }
          return [status, isText ? (body ?? '') : JSON.stringify(body), { ...type, ...headers }]
        })
    }
    return seen
  }

/** For a test file: no request leaves this machine, and each test has to use every exchange that it announced. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    expect(pending).toEqual([])
  })
  afterAll(() => nock.enableNetConnect())
}
