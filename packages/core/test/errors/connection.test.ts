import { createServer as createTcpServer, type Server } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { isParleyError, type ParleyError } from '../../src/index.ts'
import { acme } from '../helpers/acme.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error(`secret ${code}`), { code, ...more })
/** As Node.js, Deno, Bun and Workers throw it: a TypeError with the real reason as its cause. */
const failed = (cause: unknown) => Object.assign(new TypeError('fetch failed'), { cause })

async function errorOf(thrown: unknown, method: 'GET' | 'POST' = 'POST'): Promise<ParleyError> {
  const fetch = async () => {
    throw thrown
  }
  const call = acme('https://acme.example/secret?token=secret', { fetch, maxRetries: 0 }).begin('messages.list')
  const error: unknown = await call.request({ path: '/x', method }).catch((reason: unknown) => reason)
  if (!isParleyError(error)) throw error
  return error
}

describe('the reason of a failed connection', () => {
  it.each([
    [failed(coded('ECONNREFUSED', { syscall: 'connect' })), 'refused', 'not-done'],
    [failed(new Error('bad port')), 'blocked', 'not-done'],
    [
      failed(
        new AggregateError([
          coded('ENETUNREACH', { syscall: 'connect' }),
          coded('ECONNREFUSED', { syscall: 'connect' }),
        ]),
      ),
      'refused',
      'not-done',
    ],
    [failed(coded('ENOTFOUND', { syscall: 'getaddrinfo' })), 'name-not-found', 'not-done'],
    [failed(coded('EAI_AGAIN', { syscall: 'getaddrinfo' })), 'name-not-found', 'not-done'],
    [failed(coded('CERT_HAS_EXPIRED')), 'certificate', 'not-done'],
    [failed(coded('DEPTH_ZERO_SELF_SIGNED_CERT')), 'certificate', 'not-done'],
    [failed(coded('SELF_SIGNED_CERT_IN_CHAIN')), 'certificate', 'not-done'],
    [failed(coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'certificate', 'not-done'],
    [failed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'certificate', 'not-done'],
    // A server that wants a certificate of the client says so after the request went out.
    [failed(coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')), 'tls', 'unknown'],
    [failed(coded('EPROTO', { syscall: 'write' })), 'tls', 'unknown'],
    [failed(coded('EHOSTUNREACH', { syscall: 'connect' })), 'unreachable', 'not-done'],
    [failed(coded('EHOSTUNREACH', { syscall: 'read' })), 'unreachable', 'unknown'],
    [failed(coded('UND_ERR_CONNECT_TIMEOUT')), 'connect-timeout', 'not-done'],
    [failed(coded('ETIMEDOUT', { syscall: 'connect' })), 'connect-timeout', 'not-done'],
    [failed(coded('ETIMEDOUT', { syscall: 'read' })), 'closed', 'unknown'],
    [failed(coded('EACCES')), 'blocked', 'unknown'],
    [failed(coded('ECONNRESET', { syscall: 'read' })), 'closed', 'unknown'],
    [failed(coded('UND_ERR_SOCKET')), 'closed', 'unknown'],
    [Object.assign(new TypeError('terminated'), { cause: coded('UND_ERR_SOCKET') }), 'closed', 'unknown'],
    // Bun
    [failed(coded('ConnectionRefused')), 'refused', 'not-done'],
    [failed(coded('ConnectionClosed')), 'closed', 'unknown'],
    // Deno
    [
      failed(new Error('client error (Connect): tcp connect error: Connection refused (os error 111)')),
      'refused',
      'not-done',
    ],
    [
      failed(new Error('client error (Connect): dns error: failed to lookup address information')),
      'name-not-found',
      'not-done',
    ],
    [failed(new Error('client error (Connect): invalid peer certificate: UnknownIssuer')), 'certificate', 'not-done'],
    [failed(new Error('connection closed before message completed')), 'closed', 'unknown'],
    // Words of an address, or of what came after the request, prove nothing.
    [
      new TypeError(
        'error sending request for url (https://a.example/certificate-42/client%20error): client error (SendRequest): connection closed before message completed',
      ),
      'closed',
      'unknown',
    ],
    [failed(new Error('client error (SendRequest): received fatal alert: CertificateRequired')), 'tls', 'unknown'],
    [failed(new Error('stream closed: certificate expired while reading response')), 'certificate', 'unknown'],
    [failed(new Error('Network is unreachable (read)')), 'unreachable', 'unknown'],
    [failed(new Error('connection refused by the proxy after the request')), 'refused', 'unknown'],
    // Cloudflare Workers
    [failed(new Error('Network connection lost.')), 'closed', 'unknown'],
    // Browsers do not say.
    [new TypeError('Failed to fetch'), undefined, 'unknown'],
    [new TypeError('Load failed'), undefined, 'unknown'],
    [failed(undefined), undefined, 'unknown'],
    [failed('secret'), undefined, 'unknown'],
  ] as const)('number %# has a name and decides the outcome of a write', async (thrown, reason, outcome) => {
    const error = await errorOf(thrown)
    expect([error.code, Reflect.get(error, 'reason'), error.outcome]).toEqual(['network', reason, outcome])
    if (reason !== undefined) expect(error.message).not.toContain('the connection failed')
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    const read = await errorOf(thrown, 'GET')
    expect([Reflect.get(read, 'reason'), read.outcome, read.retryable]).toEqual([reason, undefined, true])
  })

  it('is found without following endless causes', async () => {
    const error = failed(undefined)
    error.cause = error
    expect(await errorOf(error)).toMatchObject({ code: 'network', outcome: 'unknown' })
  })
})

describe('a failed connection with the real fetch of this runtime', () => {
  const servers: Server[] = []
  // Not waited for: a socket that the client keeps open would keep its server from closing.
  afterAll(() => {
    for (const server of servers) server.close()
  })

  const listening = async (server: Server): Promise<number> => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as { port: number }).port
  }
  const post = (baseUrl: string): Promise<unknown> =>
    acme(baseUrl, { maxRetries: 0 })
      .begin('messages.list')
      .request({ path: '/x', method: 'POST' })
      .catch((reason) => reason)

  it('to a closed port is refused, and nothing was done', async () => {
    const server = createTcpServer()
    const port = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    servers.pop()
    expect(await post(`http://127.0.0.1:${port}`)).toMatchObject({ reason: 'refused', outcome: 'not-done' })
  })

  it('that is closed during the request leaves the outcome unknown', async () => {
    const port = await listening(createTcpServer((socket) => socket.on('data', () => socket.destroy())))
    expect(await post(`http://127.0.0.1:${port}`)).toMatchObject({ reason: 'closed', outcome: 'unknown' })
  })

  it('to a server without TLS is named as that', async () => {
    const port = await listening(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    expect(await post(`https://127.0.0.1:${port}`)).toMatchObject({ reason: 'tls' })
  })
})
