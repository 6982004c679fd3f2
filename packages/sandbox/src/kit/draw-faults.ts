import type { Fault, FaultRate } from './fault.ts'
import { chance, integer, pick, type Random } from './random.ts'

export interface DrawSettings {
  readonly rate: Readonly<FaultRate>
  readonly retryAfterSeconds: number
  readonly delayMilliseconds: number
}

/**
 * The faults that one request meets by chance. At most one of those that replace the answer, and any of those that
 * spoil a body. As many numbers are drawn whatever the rates are, so that changing one rate moves no other fault.
 */
export function drawFaults(random: Random, { rate, retryAfterSeconds, delayMilliseconds }: DrawSettings): Fault[] {
  const after = chance(random, 0.5)
  const status = pick(random, [500, 502, 503, 504])
  const late = integer(random, 1, Math.max(1, delayMilliseconds))
  const replacing: [number, Fault][] = [
    [rate.hang, { kind: 'hang', after }],
    [rate.reset, { kind: 'reset', after }],
    // A 429 is sent before any work; that is what makes it safe to send the request again.
    [rate.status429, { kind: 'status', status: 429, headers: { 'retry-after': String(retryAfterSeconds) } }],
    [rate.status5xx, { kind: 'status', status, after }],
    [rate.truncate, { kind: 'truncate' }],
  ]
  const spoiling: [number, Fault][] = [
    [rate.delay, { kind: 'delay', milliseconds: late }],
    [rate.duplicate, { kind: 'duplicate' }],
    [rate.reorder, { kind: 'reorder' }],
    [rate.drop, { kind: 'drop' }],
    [rate.unknownValues, { kind: 'unknownValues' }],
  ]
  const drawn = ([probability]: [number, Fault]) => chance(random, probability)
  const replaced = replacing.filter(drawn).slice(0, 1)
  return [...replaced, ...spoiling.filter(drawn)].map(([, fault]) => fault)
}
