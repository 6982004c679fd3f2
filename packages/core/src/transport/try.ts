import type { Call } from './call.ts'
import { aborted } from './clock.ts'
import type { Content } from './content.ts'
import { exchange, type Received } from './http.ts'
import type { RequestTrace } from './protocol.ts'
import type { Sending } from './retry.ts'
import { streamText, type TextStream } from './stream.ts'

/** What became of one try. `signal` of the caller is not here: giving up is thrown, with the caller's own reason. */
export type Tried = { received: Received & { stream?: TextStream } } | { failed: unknown; timedOut: boolean }

/** Sends a request once, within its time, and tells the tracing hook. */
export async function tryOnce(sending: Sending, request: { url: string } & Content, attempt: number): Promise<Tried> {
  const { settings, call, spec } = sending
  const { clock } = settings
  const method = spec.method ?? 'GET'
  call.signal?.throwIfAborted()
  const controller = new AbortController()
  const giveUp = () => controller.abort(call.signal?.reason)
  call.signal?.addEventListener('abort', giveUp, { once: true })
  const started = clock.now()
  let timedOut = false
  let cancel = () => {}
  const allow = (most = spec.tryTimeout ?? settings.tryTimeout) => {
    cancel()
    cancel = clock.after(Math.min(most, call.deadline - clock.now()), () => {
      timedOut = true
      controller.abort()
    })
  }
  allow()
  let received: Received | undefined
  const end = () => {
    cancel()
    call.signal?.removeEventListener('abort', giveUp)
    const path = spec.path.split('?', 1)[0] as string
    settings.onRequest?.(traceOf(call, { method, path, attempt, duration: clock.now() - started }, received))
  }
  try {
    const answer = exchange(
      { method, ...request },
      {
        fetch: settings.fetch,
        signal: controller.signal,
        maxBytes: settings.maxResponseBytes,
        binary: spec.expect === 'bytes',
        streaming: spec.expect === 'stream',
      },
    )
    // A deadline holds even over a `fetch` that does not listen to its signal.
    received = await Promise.race([answer, aborted(controller.signal)])
    if (!received.unread) return { received }
    const { signal } = controller
    const streaming = { signal, allow, isLate: () => timedOut, end: () => controller.abort() }
    return { received: { ...received, stream: streamText(sending, received.unread, streaming) } }
  } catch (failed) {
    if (call.signal?.aborted) throw call.signal.reason
    return { failed, timedOut }
  } finally {
    // Whoever reads a stream ends its request, or the deadline does.
    if (received?.unread) controller.signal.addEventListener('abort', end, { once: true })
    else end()
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
