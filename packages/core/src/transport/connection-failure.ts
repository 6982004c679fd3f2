import type { ConnectionFailure } from '../errors/parley-error.ts'

/** What the error of a failed `fetch` says. */
export interface Explanation {
  /** `undefined`: the platform does not say. */
  reason: ConnectionFailure | undefined
  /** The end of an error message. */
  text: string | undefined
  /** Whether the request certainly did not reach the vendor, because no connection was made. */
  isNotSent: boolean
}

export function explain(error: unknown): Explanation {
  const reason = connectionFailure(error)
  return { reason, text: reason && sayConnectionFailure[reason], isNotSent: certainlyNotSent(error) }
}

/** Why a connection failed: by error codes, then by messages. `undefined`: the platform does not say. */
function connectionFailure(error: unknown): ConnectionFailure | undefined {
  const parts = [...partsOf(error)]
  const found = [
    ...byCode.filter(([pattern]) => parts.some(({ code }) => typeof code === 'string' && pattern.test(code))),
    ...byWords.filter(([pattern]) => parts.some(({ message }) => pattern.test(wordsOf(message)))),
  ][0]?.[1]
  // An open connection can also time out.
  return found === 'connect-timeout' && !certainlyNotSent(error) ? 'closed' : found
}

/** Whether a failed request certainly did not reach the vendor, because no connection was made. */
function certainlyNotSent(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 10) return false
  const { code, syscall, errors, cause, message } = error as Failed
  if (message === badPort) return true
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true
  // A host may also become unreachable after the request was sent.
  if (syscall === 'read' || syscall === 'write') return false
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => certainlyNotSent(each, depth + 1))
  // A message may quote an address, or report a refusal after the request. It counts only if it says that the connection
  // was being made.
  const own = connectionFailure(connecting.test(wordsOf(message)) ? { code, message } : { code })
  return neverSent.has(own) || certainlyNotSent(cause, depth + 1)
}

const sayConnectionFailure: Readonly<Record<ConnectionFailure, string>> = {
  refused: 'the connection was refused',
  'name-not-found': 'the host name was not found',
  certificate: 'the certificate of the host was rejected',
  tls: 'the encrypted connection (TLS) failed',
  unreachable: 'the host could not be reached',
  'connect-timeout': 'the host did not accept the connection in time',
  blocked: 'the request was blocked on this machine',
  closed: 'the connection was closed before the response was complete',
}

/** What undici says for a port that Fetch forbids ("bad port", such as 9). It then makes no connection. */
const badPort = 'bad port'

const neverSent: ReadonlySet<ConnectionFailure | undefined> = new Set([
  'refused',
  'name-not-found',
  'certificate',
  'unreachable',
])

const connecting = /client error \(Connect\)|net::ERR_(?:CONNECTION_REFUSED|NAME_NOT_RESOLVED|CERT_)/

/** The error codes of Node.js, undici, OpenSSL and Bun, and what they mean. The first match counts. */
const byCode: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/^(?:ECONNREFUSED|ConnectionRefused)$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_\w+|DNS\w+)$/, 'name-not-found'],
  // The client rejected the certificate before it sent anything. A rejection by the server may come after the request.
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

/** Deno, Cloudflare Workers and browsers have only a message. "Failed to fetch" can mean any of these, so it is not here. */
const byWords: readonly (readonly [RegExp, ConnectionFailure])[] = [
  [/connection refused|net::ERR_CONNECTION_REFUSED/i, 'refused'],
  [/dns error|failed to lookup address|ERR_NAME_NOT_RESOLVED/i, 'name-not-found'],
  [/fatal alert/i, 'tls'],
  [/certificate|ERR_CERT_/i, 'certificate'],
  [/host unreachable|network is unreachable|no route to host/i, 'unreachable'],
  [/requires net access|content security policy|ERR_BLOCKED_BY|^bad port$/i, 'blocked'],
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

/** Every error inside the error of a failed `fetch`: its causes, and the errors of several addresses that were tried. */
function* partsOf(error: unknown, depth = 0): Generator<Failed> {
  if (typeof error !== 'object' || error === null || depth > 10) return
  const part = error as Failed
  yield part
  if (Array.isArray(part.errors)) for (const each of part.errors) yield* partsOf(each, depth + 1)
  yield* partsOf(part.cause, depth + 1)
}

/** The message without addresses, because an address can contain any word. */
const wordsOf = (message: unknown): string =>
  typeof message === 'string' ? message.replace(/\b[a-z][a-z+.-]*:\/\/\S+/gi, '') : ''
