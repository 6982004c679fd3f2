import type { OperationOptions } from '../contract/options.ts'
import { isSpeaking, type Priority } from '../contract/priority.ts'
import { ResponseError, TimeoutError } from '../errors/kinds.ts'
import type { ParleyError } from '../errors/parley-error.ts'
import { checkOptions } from '../input/check.ts'
import { Reading, Unreadable } from '../read/reading.ts'
import { sleep } from './clock.ts'
import { createEarlierWrites } from './earlier-writes.ts'
import { at, type Place } from './failure.ts'
import type { RequestSpec } from './protocol.ts'
import { isWrite, sendWithRetries } from './retry.ts'
import type { TransportSettings } from './transport.ts'

/** An answer that is good. */
export interface VendorReply {
  status: number
  headers: Headers
  /** The parsed JSON; `undefined` when the body was empty. */
  body: unknown
  /**
   * Of a stream: the vendor's error inside a part of it, once that is parsed. What became of a write is unknown then,
   * because the vendor had begun to answer. `undefined`: it is none. No vendor documents how its streams fail, so the usual
   * signs count at all of them: the name of the event; `error`; `status`, `type` or `event` that say `error`.
   *
   * @param event the name of the part, where it is a server-sent event, such as `error`, `failed` or `timeout`.
   */
  errorIn?(part: unknown, event?: string): ParleyError | undefined
}

/**
 * One operation on its way: one deadline, one signal, one collection of warnings over all its requests. An error of a
 * request says what became of the whole operation, the writes before that request included.
 */
export interface Call extends Place {
  /** The same object for all calls of one adapter, and for no others. */
  readonly owner: object
  readonly reading: Reading
  readonly signal: AbortSignal | undefined
  /** When it must be over, in milliseconds since the epoch. */
  readonly deadline: number
  /** Who goes first where requests wait for the vendor's rate limit. */
  readonly priority: Priority
  now(): number
  request(spec: RequestSpec): Promise<VendorReply>
  /**
   * A request to an address that the vendor handed out (a signed URL): without the credential, the vendor's headers and
   * its rate limit. It follows redirects in the same way. @throws InvalidRequestError for an address that is not public
   * HTTPS, or that has expired.
   */
  requestElsewhere(url: string, spec: Omit<RequestSpec, 'path' | 'query'>): Promise<VendorReply>
  /**
   * Checks an address that somebody is to call. @throws InvalidRequestError naming `path` for one that is not public HTTPS.
   */
  checkAddress(url: string, path: string): Promise<void>
  /** The body of `request`, read by a function. What it cannot read at all becomes a `ResponseError` naming the path. */
  read<T>(spec: RequestSpec, read: (body: unknown, reading: Reading) => T): Promise<T>
  /** Waits, but not beyond the deadline. @returns whether the time is up. */
  wait(milliseconds: number): Promise<boolean>
}

export function createCall(
  settings: TransportSettings,
  operation: string,
  options: OperationOptions = {},
  defaults: { timeout?: number } = {},
): Call {
  const { protocol, account, clock, onWarning } = settings
  checkOptions({ vendor: protocol.vendor, account, operation }, options)
  const keepRaw = options.raw ?? settings.keepRaw
  const deadline = clock.now() + (options.timeout ?? defaults.timeout ?? settings.timeout)
  const earlier = createEarlierWrites()
  const call: Call = {
    owner: settings,
    vendor: protocol.vendor,
    account,
    operation,
    reading: new Reading({ vendor: protocol.vendor, account, operation, keepRaw, onWarning }),
    signal: options.signal,
    deadline,
    priority: options.priority ?? (isSpeaking(operation) ? 'send' : settings.priority),
    now: () => clock.now(),
    request: (spec) => earlier.with(spec, () => sendWithRetries(settings, call, spec)),
    requestElsewhere: async (url, spec) => {
      const { requestElsewhere } = await import('./elsewhere.ts')
      return earlier.with(spec, () => requestElsewhere(settings, call, url, spec))
    },
    checkAddress: async (url, path) => {
      const { checkAddress } = await import('./elsewhere.ts')
      return earlier.with({}, () => checkAddress(settings, call, url, path))
    },
    async read(spec, read) {
      const { body, status, headers } = await call.request(spec)
      try {
        const result = read(body, call.reading)
        await call.reading.settled()
        return result
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        const unreadable = new ResponseError({
          vendor: call.vendor,
          account,
          operation,
          status,
          requestId:
            protocol.requestId?.({ body, status, headers, operation }) ?? headers.get('x-request-id') ?? undefined,
          // A write that was answered with a 2xx was most likely done.
          outcome: isWrite(spec) ? 'unknown' : undefined,
          message: `${at(call)}: the answer cannot be read${error.path ? ` at ${error.path}` : ''}; the vendor's API may have changed.`,
          fields: [{ path: error.path, problem: 'is missing or has another shape than documented' }],
        })
        return earlier.with({}, () => Promise.reject(unreadable))
      }
    },
    async wait(milliseconds) {
      const left = deadline - clock.now()
      if (left <= 0) return true
      await sleep(clock, Math.min(milliseconds, left), options.signal)
      return clock.now() >= deadline
    },
  }
  return call
}

/** The error of an operation whose time is up between two requests. */
export const outOfTime = (call: Call, message: string): TimeoutError =>
  new TimeoutError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${at(call)}: ${message}`,
  })
