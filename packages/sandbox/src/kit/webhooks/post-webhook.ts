import type { Clock } from '../clock.ts'

/** Which receivers are allowed: only those on this machine, or any. */
export type WebhookTargets = 'loopback' | 'any'

/** How long a receiver may take to answer. */
const patience = 10_000

export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname)

/** Posts one delivery and says what was answered. Never rejects: `null` when nothing was. */
export async function post(delivery: {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly proof: Readonly<Record<string, string>>
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly clock: Pick<Clock, 'after'>
}): Promise<number | null> {
  const given = new AbortController()
  const cancel = delivery.clock.after(patience, () => given.abort())
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...delivery.headers, ...delivery.proof },
      body: delivery.bytes,
      // A receiver that points elsewhere must not make the emulator send there.
      redirect: 'manual',
      signal: given.signal,
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  } finally {
    cancel()
  }
}
