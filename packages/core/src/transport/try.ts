import type { Call } from './call.ts'
import { exchange, type Received } from './http.ts'
import type { RequestSpec } from './protocol.ts'
import type { TransportSettings } from './transport.ts'

/** What became of one try. `signal` of the caller is not here: giving up is thrown, with the caller's own reason. */
export type Tried = { received: Received } | { failed: unknown; timedOut: boolean }

/** Sends a request once, within its time, and tells the tracing hook. */
export async function tryOnce(
  settings: TransportSettings,
  call: Call,
  spec: RequestSpec,
  url: string,
  credential: string,
  attempt: number,
): Promise<Tried> {
  const { protocol, clock } = settings
  call.signal?.throwIfAborted()
  const controller = new AbortController()
  const giveUp = () => controller.abort(call.signal?.reason)
  call.signal?.addEventListener('abort', giveUp, { once: true })
  const started = clock.now()
  let timedOut = false
  const cancel = clock.after(Math.min(spec.tryTimeout ?? settings.tryTimeout, call.deadline - started), () => {
    timedOut = true
    controller.abort()
  })
  let received: Received | undefined
  try {
    const { headers, body } = contentOf(spec)
    received = await exchange(
      {
        method: spec.method ?? 'GET',
        url,
        headers: { ...headers, ...protocol.headers, ...spec.headers, ...protocol.authorize(credential) },
        ...(body !== undefined && { body }),
      },
      {
        fetch: settings.fetch,
        signal: controller.signal,
        maxBytes: settings.maxResponseBytes,
        binary: spec.expect === 'bytes',
      },
    )
    return { received }
  } catch (failed) {
    if (call.signal?.aborted) throw call.signal.reason
    return { failed, timedOut }
  } finally {
    cancel()
    call.signal?.removeEventListener('abort', giveUp)
    if (settings.onRequest) trace(settings, call, spec, attempt, received, clock.now() - started)
  }
}

function contentOf(spec: RequestSpec): { headers: Record<string, string>; body?: string | FormData } {
  const accept = spec.expect === 'bytes' || spec.expect === 'text' ? '*/*' : 'application/json'
  if (spec.body === undefined) return { headers: { accept } }
  if (spec.body instanceof FormData) return { headers: { accept }, body: spec.body }
  return { headers: { accept, 'content-type': 'application/json' }, body: JSON.stringify(spec.body) }
}

function trace(
  settings: TransportSettings,
  call: Call,
  spec: RequestSpec,
  attempt: number,
  received: Received | undefined,
  duration: number,
): void {
  const { vendor, account, operation } = call
  const requestId = received?.headers.get('x-request-id')
  settings.onRequest?.({
    vendor,
    account,
    operation,
    method: spec.method ?? 'GET',
    path: spec.path.split('?', 1)[0] as string,
    attempt,
    duration,
    ...(received && { status: received.status }),
    ...(requestId && { requestId }),
  })
}
