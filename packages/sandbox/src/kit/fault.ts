/** Limits a fault to some requests; without it, the next request whatever it is. */
export interface FaultMatch {
  readonly method?: string
  /** The request's whole path, or a pattern to find in it. */
  readonly path?: string | RegExp
}

interface FaultBase {
  readonly on?: FaultMatch
  /** How many matching requests it meets; default 1. */
  readonly times?: number
  /**
   * Let the emulator do the work first and spoil only its answer: a write that happened although its client
   * never heard so. Default false: the work is not done. Those that spoil a body always do the work.
   */
  readonly after?: boolean
}

/** One thing that goes wrong with one response. */
export type Fault = FaultBase &
  (
    | {
        readonly kind: 'status'
        readonly status: number
        readonly headers?: Readonly<Record<string, string>>
        /** Text is sent as it is, anything else as JSON; default: an empty body. */
        readonly body?: unknown
      }
    /** What a proxy says when the server behind it is away. Status 502 unless told. */
    | { readonly kind: 'html'; readonly status?: number }
    /** Half of the body, then the connection ends. */
    | { readonly kind: 'truncate' }
    /** No answer until the client leaves or the sandbox stops. */
    | { readonly kind: 'hang' }
    /** The connection ends without an answer. */
    | { readonly kind: 'reset' }
    | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
    /** The right answer, late. */
    | { readonly kind: 'delay'; readonly milliseconds: number }
    /** Spoils the first list in a JSON body: one item twice, two items swapped, one item missing. */
    | { readonly kind: 'duplicate' }
    | { readonly kind: 'reorder' }
    | { readonly kind: 'drop' }
    /** Every closed vocabulary in a JSON body gets a word that no document names. */
    | { readonly kind: 'unknownValues' }
  )

export type FaultKind = Fault['kind']

/** Probabilities in [0, 1] that a response goes wrong by itself. All 0 at first. */
export interface FaultRate {
  status429: number
  status5xx: number
  delay: number
  hang: number
  truncate: number
  reset: number
  duplicate: number
  reorder: number
  drop: number
  unknownValues: number
}

export const noFaults = (): FaultRate => ({
  status429: 0,
  status5xx: 0,
  delay: 0,
  hang: 0,
  truncate: 0,
  reset: 0,
  duplicate: 0,
  reorder: 0,
  drop: 0,
  unknownValues: 0,
})

export function faultApplies(fault: Fault, method: string, path: string): boolean {
  const { on } = fault
  if (on?.method !== undefined && on.method.toUpperCase() !== method) return false
  if (on?.path === undefined) return true
  return typeof on.path === 'string' ? on.path === path : on.path.test(path)
}

const kinds: { readonly [Kind in FaultKind]: true } = {
  status: true,
  html: true,
  truncate: true,
  hang: true,
  reset: true,
  redirect: true,
  delay: true,
  duplicate: true,
  reorder: true,
  drop: true,
  unknownValues: true,
}

/** A fault that is misspelled would prove that a program copes with nothing. @throws Error naming what is wrong. */
export function checkFault(fault: Fault): void {
  const wrong = (what: string): Error => new Error(`sandbox: a fault ${what}.`)
  if (typeof fault !== 'object' || fault === null) throw wrong("must be an object such as { kind: 'reset' }")
  if (!Object.hasOwn(kinds, fault.kind))
    throw wrong(`must have one of these as its kind: ${Object.keys(kinds).join(', ')}`)
  if (fault.kind === 'status' && !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 599))
    throw wrong('of the kind status must have a status from 200 to 599')
  if (fault.kind === 'delay' && !(Number.isFinite(fault.milliseconds) && fault.milliseconds >= 0))
    throw wrong('of the kind delay must have its milliseconds, a number of at least 0')
  if (fault.kind === 'redirect' && typeof fault.to !== 'string')
    throw wrong('of the kind redirect must have an address, to')
  for (const name of Object.keys(fault.on ?? {}))
    if (name !== 'method' && name !== 'path') throw wrong(`has ${name} in "on", which takes method and path`)
}
