import type { plainPath, Received, Try } from './exchange.ts'
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
  // Arguments, because an import would divide the code that a program starts with, which would make it larger.
  plainPath: typeof plainPath
  safeId: typeof safeId
}

/** Calls `onRequest` with one try. This code is loaded only if there is an `onRequest`. */
export function trace(sending: Sending, request: Try, ended: Ended): void {
  const { call, spec, settings, context } = sending
  const { started, received, safeId } = ended
  const path = spec.path.split('?', 1)[0] as string
  const template = templateOf(path)
  const error = errorOf(sending, ended)
  const requestId = safeId(received?.headers.get('x-request-id'), [request.credential])
  settings.onRequest?.({
    ...context,
    priority: call.priority,
    method: spec.method ?? 'GET',
    origin: new URL(request.url).origin,
    path: ended.plainPath(path),
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
 * The path without its ids, which `pathOf` has put into braces. A path that an adapter made in another way may have ids
 * among its fixed parts, so these must be words.
 */
function templateOf(path: string): string | undefined {
  const template = path.replace(/\{[^}]*\}/g, '{id}')
  // A file's address has no path here.
  return /^(?=.)(?:\/(?:\{id\}|[a-z][A-Za-z]*(?:[-_][A-Za-z]+)*))*\/?$/.test(template) ? template : undefined
}

function errorOf({ call }: Sending, { failure, timedOut }: Ended): RequestTrace['error'] {
  if (timedOut) return 'timeout'
  return failure && call.signal?.aborted ? 'aborted' : failure
}
