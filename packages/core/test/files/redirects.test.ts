import { describe, expect, test } from 'vitest'
import type { RequestSpec } from '../../src/index.ts'
import { download } from '../../src/operations.ts'
import { acme, failure, secret } from '../helpers/acme.ts'
import { serve, type TestServer } from '../helpers/serve.ts'

const bytes = new Uint8Array([1, 2, 3])
const text = 'three words here'

/** Another origin, which keeps a file and takes one. */
const storage = (status = 200) =>
  serve((response) => response.writeHead(status, { 'content-type': 'image/png' }).end(Buffer.from(bytes)))

const sendsTo = (location: () => string, status: number) =>
  serve((response) => response.writeHead(status, { location: location() }).end())

/** Nothing that arrived anywhere but at the API holds the credential, in whatever header. */
function expectNoCredential(...servers: TestServer[]): void {
  for (const { received } of servers) {
    expect(received.length).toBeGreaterThan(0)
    for (const { headers, url } of received) {
      expect(JSON.stringify(headers) + url).not.toContain(secret)
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('x-vendor')
    }
  }
}

const protocol = { headers: { 'x-vendor': 'acme' } }
const begin = (server: TestServer) => acme(server.url, { protocol }).begin('attachments.read')

describe('a download', () => {
  test.each([301, 302, 303, 307, 308])('follows a redirect (%d) to another host without headers', async (status) => {
    const last = await storage()
    const middle = await sendsTo(() => `${last.url}/file`, status)
    const first = await sendsTo(() => `${middle.url}/hop`, status)
    const file = await download(begin(first), `${first.url}/a`)
    expect(file).toStrictEqual({ bytes, contentType: 'image/png' })
    expectNoCredential(first, middle, last)
    expect(last.received).toMatchObject([{ method: 'GET', url: '/file' }])
  })

  test.each([302, 307])('does not take the API’s credential along after a redirect (%d)', async (status) => {
    const last = await storage()
    const api = await sendsTo(() => `${last.url}/file`, status)
    const spec: RequestSpec = { path: '/recording', headers: { 'x-vendor': 'v2', version: '1' }, expect: 'bytes' }
    const { body } = await begin(api).request(spec)
    expect(body).toEqual(bytes)
    expect(api.received[0]?.headers).toMatchObject({ authorization: `Bearer ${secret}`, 'x-vendor': 'v2' })
    expectNoCredential(last)
    expect(last.received[0]?.headers).not.toHaveProperty('version')
  })

  test('does not get the credential back after it left the API', async () => {
    let hops = 0
    const away = await sendsTo(() => `${api.url}/back`, 302)
    const api: TestServer = await serve((response, { url }) => {
      if (url === '/back') response.end(Buffer.from(bytes))
      else response.writeHead(302, { location: `${away.url}/${++hops}` }).end()
    })
    await begin(api).request({ path: '/recording', expect: 'bytes' })
    expect(api.received.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/recording', `Bearer ${secret}`],
      ['/back', undefined],
    ])
  })

  test('keeps the credential within the API', async () => {
    const api = await serve((response, { url }) => {
      if (url === '/other') response.end(Buffer.from(bytes))
      else response.writeHead(302, { location: '/other' }).end()
    })
    await begin(api).request({ path: '/recording', expect: 'bytes' })
    expect(api.received[1]?.headers.authorization).toBe(`Bearer ${secret}`)
  })

  test('follows at most five redirects', async () => {
    const circle: TestServer = await serve((response) => response.writeHead(302, { location: `${circle.url}/` }).end())
    const error = await failure(download(begin(circle), circle.url))
    expect(error).toMatchObject({ code: 'response', status: 302 })
    expect(error.message).toContain('more than 5 times')
    expect(circle.received).toHaveLength(6)
  })

  test.each([
    'http://10.0.0.1/x',
    'https://10.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://metadata.google.internal/',
    'https://[::ffff:7f00:1]/',
    'http://files.example.com/',
    'https://user:planted@files.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('does not follow a redirect to %s', async (location) => {
    const server = await sendsTo(() => location, 302)
    const error = await failure(download(begin(server), server.url))
    expect(error).toMatchObject({ code: 'response', status: 302 })
    expect(error.message).not.toContain('baseUrl')
    const api = begin(server).request({ path: '/recording', expect: 'bytes' })
    expect(await failure(api)).toMatchObject({ code: 'response' })
    expect(server.received).toHaveLength(2)
  })

  test('does not follow a redirect to a name that resolves to a private address', async () => {
    const server = await sendsTo(() => 'https://files.example.com/x', 302)
    const lookup = async () => ['10.0.0.1']
    const call = acme(server.url, { lookup }).begin('attachments.read')
    expect(await failure(download(call, server.url))).toMatchObject({ code: 'response' })
  })
})

describe('an upload', () => {
  const upload = (call: ReturnType<typeof begin>, url: string) =>
    call.requestElsewhere(url, {
      method: 'PUT',
      body: new Blob([text]),
      headers: { 'content-type': 'text/plain' },
      expect: 'none',
      idempotent: true,
    })

  test.each([301, 302, 307, 308])('that is redirected (%d) is sent again unchanged', async (status) => {
    const last = await storage()
    const first = await sendsTo(() => `${last.url}/place`, status)
    await upload(begin(first), `${first.url}/a`)
    expect(last.received).toMatchObject([
      { method: 'PUT', url: '/place', body: text, headers: { 'content-type': 'text/plain' } },
    ])
    expectNoCredential(first, last)
  })

  test('that is redirected with 303 becomes a GET and is not sent again', async () => {
    const last = await storage()
    const first = await sendsTo(() => `${last.url}/done`, 303)
    await upload(begin(first), `${first.url}/a`)
    expect(last.received).toMatchObject([{ method: 'GET', url: '/done', body: '' }])
    expect(last.received[0]?.headers).not.toHaveProperty('content-type')
  })

  const form = () => {
    const body = new FormData()
    body.set('file', new Blob([text]), 'a.txt')
    return body
  }

  test.each([
    [307, 'POST'],
    [308, 'POST'],
    [301, 'GET'],
    [302, 'GET'],
    [303, 'GET'],
  ])('of a form to the API is sent without credential after %d as %s', async (status, method) => {
    const last = await serve((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
    const api = await sendsTo(() => `${last.url}/place`, status)
    const spec: RequestSpec = { method: 'POST', path: '/upload', body: form(), headers: { version: '1' } }
    await begin(api).request(spec)
    expect(api.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
    expect(last.received).toMatchObject([{ method, url: '/place' }])
    expect(last.received[0]?.body.includes(text)).toBe(method === 'POST')
    expect(last.received[0]?.headers).not.toHaveProperty('version')
    expectNoCredential(last)
  })

  test('of a form within the API keeps the credential', async () => {
    const api = await serve((response, { url }) => {
      if (url === '/other') response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      else response.writeHead(307, { location: '/other' }).end()
    })
    await begin(api).request({ method: 'POST', path: '/upload', body: form() })
    expect(api.received[1]).toMatchObject({ method: 'POST', headers: { authorization: `Bearer ${secret}` } })
    expect(api.received[1]?.body).toContain(text)
  })

  test.each([
    [307, 'not-done'],
    [303, 'unknown'],
  ])('that is redirected (%d) to a private address is not sent there', async (status, outcome) => {
    const api = await sendsTo(() => 'https://10.0.0.1/', status)
    const error = await failure(begin(api).request({ method: 'POST', path: '/upload', body: form() }))
    expect(error).toMatchObject({ code: 'response', outcome })
  })
})
