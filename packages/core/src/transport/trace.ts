import type { Received, Try } from './exchange.ts'
import type { safeId } from './failure.ts'
import type { RequestTrace } from './protocol.ts'
import type { Sending } from './settings.ts'

/** What is known about a try at its end. */
interface Ended {
  /** When the request was sent, in milliseconds since the epoch. */
  started: number
  received: Received | undefined
  /** What ended the try, if there was no answer. */
  failure: 'network' | 'response' | undefined
  timedOut: boolean
  /** The fixed parts of recent paths. */
  templates: ReadonlyMap<string, readonly string[]>
  // An argument, because an import would divide the code that a program starts with, which would make it larger.
  safeId: typeof safeId
}

/** Calls `onRequest` with one try. This code is loaded only if there is an `onRequest`. */
export function trace(sending: Sending, request: Try, ended: Ended): void {
  const { call, spec, settings, context } = sending
  const { started, received, safeId } = ended
  const path = spec.path.split('?', 1)[0] as string
  const template = templateOf(path, ended.templates)
  const error = errorOf(sending, ended)
  const requestId = safeId(received?.headers.get('x-request-id'), [request.credential])
  settings.onRequest?.({
    ...context,
    priority: call.priority,
    method: spec.method ?? 'GET',
    origin: new URL(request.url).origin,
    path,
    ...(template !== undefined && { template }),
    attempt: request.attempt,
    resends: request.resends,
    waited: started - request.entered,
    ...(received && { status: received.status }),
    ...(error && { error }),
    ...(requestId && { requestId }),
    duration: settings.clock.now() - started,
  })
}

/**
 * The path without its ids. Only `pathOf` puts ids into a path, and an adapter may append fixed words to what it returns.
 * A path that `pathOf` did not make has no ids. The pattern is for a path that was forgotten: its ids hardly ever consist
 * of words in lower case.
 */
function templateOf(path: string, templates: Ended['templates']): string | undefined {
  let end = path.length
  while (end > 0 && !templates.has(path.slice(0, end))) end = path.lastIndexOf('/', end - 1)
  const known = end > 0 ? templates.get(path.slice(0, end))?.join('{id}') : ''
  const rest = path.slice(Math.max(0, end))
  // A file's address has no path here.
  return path !== '' && /^(?:\/[a-z]+(?:[-_][a-z]+)*)*\/?$/.test(rest) ? `${known}${rest}` : undefined
}

function errorOf({ call }: Sending, { failure, timedOut }: Ended): RequestTrace['error'] {
  if (timedOut) return 'timeout'
  return failure && call.signal?.aborted ? 'aborted' : failure
}
