import nock from 'nock'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'

export const host = 'https://app.livechatai.com'

/** One request as it came, without what the HTTP client adds by itself. */
export interface Seen {
  method: string
  uri: string
  headers: Record<string, string>
  body: unknown
}

/** Method, path with query below `/api/v2`, status, body (text as it is), headers. */
export type Exchange = [method: string, uri: string, status: number, body?: unknown, headers?: Record<string, string>]

const ours = ['accept', 'content-type', 'authorization']

/** Serves exactly these exchanges, each once; anything else fails the request. */
export function serve(...exchanges: Exchange[]): Seen[] {
  const seen: Seen[] = []
  for (const [method, uri, status, body, headers = {}] of exchanges) {
    nock(host)
      .intercept(`/api/v2${uri}`, method)
      .reply(async (request: Request) => {
        const text = await request.text()
        const kept = ours.flatMap((name) => (request.headers.has(name) ? [[name, request.headers.get(name)]] : []))
        const { pathname, search } = new URL(request.url)
        const sent = text === '' ? undefined : JSON.parse(text)
        seen.push({ method: request.method, uri: pathname + search, headers: Object.fromEntries(kept), body: sent })
        const isText = typeof body === 'string' || body === undefined
        const type = isText ? {} : { 'content-type': 'application/json; charset=utf-8' }
        return [status, isText ? (body ?? '') : JSON.stringify(body), { ...type, ...headers }]
      })
  }
  return seen
}

/** No test reaches the network, and each uses up what it announced. */
export function useVendor(): void {
  beforeAll(() => nock.disableNetConnect())
  afterEach(() => {
    const left = nock.pendingMocks()
    nock.cleanAll()
    expect(left).toEqual([])
  })
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })
}

/** What goes along with every request. */
const auth = { accept: 'application/json', authorization: 'Bearer key-secret-1' }
const json: Record<string, string> = { ...auth, 'content-type': 'application/json' }

/** A request without a body, as it was seen. */
export const got = (uri: string): Seen => ({ method: 'GET', uri: `/api/v2${uri}`, headers: auth, body: undefined })
export const posted = (uri: string, body: object): Seen => ({
  method: 'POST',
  uri: `/api/v2${uri}`,
  headers: json,
  body,
})
