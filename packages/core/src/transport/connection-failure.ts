import type { ConnectionFailure } from '../errors/parley-error.ts'

/** The code that Node.js, undici, OpenSSL or Bun gives an error, and what it means. The first that matches counts. */
const byCode: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/^(?:ECONNREFUSED|ConnectionRefused)$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_\w+|DNS\w+)$/, 'name-not-found'],
  // Refused by the client, before it sends anything. A refusal by the server may come after the request.
  [
    /^(?:CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|ERR_TLS_CERT_\w+|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE))$/,
    'certificate',
  ],
  [/^(?:ERR_SSL_\w+|ERR_TLS_\w+|EPROTO)$/, 'tls'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|FailedToOpenSocket)$/, 'unreachable'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connect-timeout'],
  [/^(?:EACCES|EPERM|ERR_ACCESS_DENIED)$/, 'blocked'],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|ConnectionClosed|UND_ERR_(?:SOCKET|CLOSED|DESTROYED|\w+_TIMEOUT)|HPE_\w+)$/,
    'closed',
  ],
]

/** Deno, Cloudflare Workers and browsers have words only. "Failed to fetch" means any of these, and so none. */
const byWords: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/connection refused|net::ERR_CONNECTION_REFUSED/i, 'refused'],
  [/dns error|failed to lookup address|ERR_NAME_NOT_RESOLVED/i, 'name-not-found'],
  [/fatal alert/i, 'tls'],
  [/certificate|ERR_CERT_/i, 'certificate'],
  [/host unreachable|network is unreachable|no route to host/i, 'unreachable'],
  [/requires net access|content security policy|ERR_BLOCKED_BY/i, 'blocked'],
  [/connection (?:was )?(?:closed|lost|reset)|reset by peer|socket hang up|^terminated$/i, 'closed'],
]

interface Failed {
  code?: unknown
  syscall?: unknown
  errors?: unknown
  cause?: unknown
  message?: unknown
  name?: unknown
}

/** Every error that a failed `fetch` is made of, the causes and what was tried side by side (several addresses). */
function* partsOf(error: unknown, depth = 0): Generator<Failed> {
  if (typeof error !== 'object' || error === null || depth > 10) return
  const part = error as Failed
  yield part
  if (Array.isArray(part.errors)) for (const each of part.errors) yield* partsOf(each, depth + 1)
  yield* partsOf(part.cause, depth + 1)
}

/** Without addresses, whose words are somebody's ids. */
const wordsOf = (message: unknown): string =>
  typeof message === 'string' ? message.replace(/\b[a-z][a-z+.-]*:\/\/\S+/gi, '') : ''

/** Why a connection failed, by codes first. `undefined`: the platform does not say. Quotes nothing of the error. */
export function connectionFailure(error: unknown): ConnectionFailure | undefined {
  const parts = [...partsOf(error)]
  const found = [
    ...byCode.filter(([pattern]) => parts.some(({ code }) => typeof code === 'string' && pattern.test(code))),
    ...byWords.filter(([pattern]) => parts.some(({ message }) => pattern.test(wordsOf(message)))),
  ][0]?.[1]
  // A connection that is open can time out as well.
  return found === 'connect-timeout' && !certainlyNotSent(error) ? 'closed' : found
}

const neverSent: ReadonlySet<ConnectionFailure | undefined> = new Set([
  'refused',
  'name-not-found',
  'certificate',
  'unreachable',
])

const connecting = /client error \(Connect\)|net::ERR_(?:CONNECTION_REFUSED|NAME_NOT_RESOLVED|CERT_)/

/** Whether a failed request certainly never reached the vendor: no connection was made. */
export function certainlyNotSent(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 10) return false
  const { code, syscall, errors, cause, message } = error as Failed
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true
  // A host may also become unreachable after the request went out.
  if (syscall === 'read' || syscall === 'write') return false
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => certainlyNotSent(each, depth + 1))
  // Words may quote an address, or tell of a refusal after the request: they count where they say that it was connecting.
  const own = connectionFailure(connecting.test(wordsOf(message)) ? { code, message } : { code })
  return neverSent.has(own) || certainlyNotSent(cause, depth + 1)
}

/** The end of the sentence that begins with where it happened. */
export const sayConnectionFailure: Readonly<Record<ConnectionFailure, string>> = {
  refused: 'the connection was refused',
  'name-not-found': 'the name of the host was not found',
  certificate: 'the certificate of the host was not accepted',
  tls: 'the encrypted connection (TLS) failed',
  unreachable: 'the host could not be reached',
  'connect-timeout': 'the host did not accept the connection in time',
  blocked: 'the request was blocked on this machine',
  closed: 'the connection was closed before the answer was complete',
}
