import { refuse, type WebhookRefusal } from './webhook.ts'

/**
 * @param age how old the delivery is, in milliseconds.
 * @param skew how far in the future it may be dated.
 */
export function refuseTime(age: number, tolerance: number | false, skew: number): WebhookRefusal | undefined {
  if (-age > skew) return refuse('future', 400, 'The delivery is dated in the future.')
  if (tolerance !== false && age > tolerance) return refuse('stale', 400, 'The delivery is too old.')
  return undefined
}
