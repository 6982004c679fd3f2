import { afterEach, describe, expect, it, vi } from 'vitest'
import { acme, failure } from './helpers/acme.ts'

// Code that a request needs and that cannot be loaded. The code of a group of operations is in lazy-group.test.ts.

afterEach(() => {
  vi.resetModules()
})

const missing = () => {
  throw new Error('the chunk is missing')
}

const requests: string[] = []
const answering =
  (status: number, headers: Record<string, string> = {}) =>
  async (): Promise<Response> => {
    requests.push('sent')
    return new Response('<p>Sorry</p>', { status, headers: { 'content-type': 'text/html', ...headers } })
  }
const callOf = (fetch: () => Promise<Response>) => {
  requests.length = 0
  return acme('https://acme.example', { fetch: fetch as never, maxRetries: 0 }).begin('things.create')
}
const post = { method: 'POST', path: '/things', body: {} } as const

describe('code that cannot be loaded', () => {
  it('ends a request to another address before anything is sent', async () => {
    vi.doMock('../src/transport/elsewhere.ts', missing)
    const call = callOf(answering(200))
    const runs = [call.requestElsewhere('https://files.example/a', {}), call.checkAddress('https://a.example', 'url')]
    for (const run of runs) expect(await failure(run)).toMatchObject({ code: 'network', outcome: 'not-done' })
    expect(requests).toEqual([])
    vi.doUnmock('../src/transport/elsewhere.ts')
  })

  it('ends a stream before anything is sent', async () => {
    vi.doMock('../src/transport/stream.ts', missing)
    const error = await failure(callOf(answering(200)).request({ ...post, expect: 'stream' }))
    expect(error).toMatchObject({ code: 'network', outcome: 'not-done' })
    expect(requests).toEqual([])
    vi.doUnmock('../src/transport/stream.ts')
  })

  it('leaves open whether a write that was redirected is done', async () => {
    vi.doMock('../src/transport/redirect.ts', missing)
    const error = await failure(callOf(answering(307, { location: '/other' })).request(post))
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
    vi.doUnmock('../src/transport/redirect.ts')
  })

  it('does not replace the error of the vendor', async () => {
    vi.doMock('../src/transport/page-words.ts', missing)
    const error = await failure(callOf(answering(403)).request(post))
    expect(error).toMatchObject({ code: 'permission', status: 403, outcome: 'not-done' })
    expect(error.vendorMessage).toBeUndefined()
    vi.doUnmock('../src/transport/page-words.ts')
  })

  it('leaves open whether a write was sent, if the code that knows why connections fail is missing', async () => {
    const refused = async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED', syscall: 'connect' } })
    }
    expect(await failure(callOf(refused).request(post))).toMatchObject({ reason: 'refused', outcome: 'not-done' })
    vi.resetModules()
    vi.doMock('../src/transport/connection-failure.ts', missing)
    const error = await failure(callOf(refused).request(post))
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(error).not.toHaveProperty('reason', 'refused')
    vi.doUnmock('../src/transport/connection-failure.ts')
  })
})
