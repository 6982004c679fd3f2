import { chance, createRandom } from '../random.ts'

/** Probabilities per event, 0 to 1. Change them while it runs; the same seed and the same events give the same run. */
export interface WebhookRate {
  /** It is delivered twice, with everything the same. */
  duplicate: number
  /** It waits until another one was delivered. */
  reorder: number
  /** It comes later than those of the same time. */
  delay: number
  /** Its body is written as no JSON library would: escapes, numbers, order of keys. */
  respell: number
  /** Somebody sends a copy ahead, whose signature is of other bytes. */
  wrongSignature: number
  /** Somebody sends an old copy ahead, with an id of its own and signed rightly. */
  stale: number
}

export type WebhookOddity = keyof WebhookRate

export const noOddities = (): WebhookRate => ({
  duplicate: 0,
  reorder: 0,
  delay: 0,
  respell: 0,
  wrongSignature: 0,
  stale: 0,
})

/** What happens to the event of this number. Every rate draws, so that changing one leaves the others as they were. */
export function drawOddities(
  seed: number,
  name: string,
  number: number,
  rate: WebhookRate,
): ReadonlySet<WebhookOddity> {
  const random = createRandom(seed, `${name}/webhook/${number}`)
  const drawn = (Object.keys(noOddities()) as WebhookOddity[]).map((oddity) => ({
    oddity,
    happens: chance(random, rate[oddity]),
  }))
  return new Set(drawn.filter(({ happens }) => happens).map(({ oddity }) => oddity))
}
