import type { Call } from './call.ts'
import { aborted } from './clock.ts'
import type { Content } from './content.ts'
import { exchange, type Received } from './http.ts'
import type { RequestTrace } from './protocol.ts'
import type { Sending } from './retry.ts'

/** What became of one try. `signal` of the caller is not here: giving up is thrown, with the caller's own reason. */
export type Tried = { received: Received } | { failed: unknown; timedOut: boolean }

/** Sends a request once, within its time, and tells the tracing hook. */
export async function tryOnce(
  { settings, call, spec }: Sending,
  request: { url: string } & Content,
  attempt: number,
): Promise<Tried> {
  const { clock } = settings
  const method = spec.method ?? 'GET'
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
    const answer = exchange(
      { method, ...request },
      {
        fetch: settings.fetch,
        signal: controller.signal,
        maxBytes: settings.maxResponseBytes,
        binary: spec.expect === 'bytes',
      },
    )
    // A deadline holds even over a `fetch` that does not listen to its signal.
    received = await Promise.race([answer, aborted(controller.signal)])
    return { received }
  } catch (failed) {
    if (call.signal?.aborted) throw call.signal.reason
    return { failed, timedOut }
  } finally {
    cancel()
    call.signal?.removeEventListener('abort', giveUp)
    const path = spec.path.split('?', 1)[0] as string
    settings.onRequest?.(traceOf(call, { method, path, attempt, duration: clock.now() - started }, received))
  }
}

function traceOf(
  { vendor, account, operation }: Call,
  sent: Pick<RequestTrace, 'method' | 'path' | 'attempt' | 'duration'>,
  received: Received | undefined,
): RequestTrace {
  const requestId = received?.headers.get('x-request-id')
  return {
    vendor,
    account,
    operation,
    ...sent,
    ...(received && { status: received.status }),
    ...(requestId && { requestId }),
  }
}
