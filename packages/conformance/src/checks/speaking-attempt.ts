import { type Attempt, can, type SendOptions } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { ensure, ensureMatches, failureOf } from '../support/ensure.ts'
import { counting } from '../support/requests.ts'
import { type Verb, verbs } from '../support/verbs.ts'

export const attemptsComeFirst: Check = {
  group: 'speaking',
  name: 'the caller has the attempt before anything is sent, and all that became known of it before the answer',
  needs: ['messages.settle'],
  async run(bench) {
    for (const verb of verbs) {
      for await (const { adapter, conversationId, sent, run } of ways(bench, verb)) {
        const seen: { attempt: Attempt; copy: string; writes: number }[] = []
        const onAttempt = async (attempt: Attempt) => {
          seen.push({ attempt, copy: JSON.stringify(attempt), writes: sent() })
        }
        const { attempt } = await run({ onAttempt })
        const [first] = seen
        const what = `The attempt of ${verb.name} by ${adapter}`
        ensure(first, `${what} was not given to onAttempt.`)
        ensure(first.writes === 0, `${what} was given after ${first.writes} writes.`)
        ensureMatches(first.attempt, { kind: verb.kind, ...(conversationId && { conversationId }) }, what)
        const { conversationId: place, messageId, text, startedAt } = attempt
        ensureMatches(seen.at(-1)?.attempt, { conversationId: place, messageId, text, startedAt }, `${what}, at last,`)
        ensure(place !== null && messageId !== null, `${what} has no ids although the vendor answered.`)
        const isChanged = seen.some((each) => JSON.stringify(each.attempt) !== each.copy)
        ensure(!isChanged, `${what} changed after it was given.`)
      }
    }
  },
}

export const attemptsAreStoredFirst: Check = {
  group: 'speaking',
  name: 'nothing is sent when the attempt cannot be stored',
  needs: ['messages.settle'],
  async run(bench) {
    for (const verb of verbs) {
      for await (const { adapter, sent, run } of ways(bench, verb)) {
        const full = new Error('The store is full.')
        const onAttempt = async () => {
          throw full
        }
        const error = await failureOf(run({ onAttempt }))
        ensure(error === full, `${verb.name} by ${adapter} ended in ${String(error)} instead of what onAttempt threw.`)
        ensure(sent() === 0, `${verb.name} by ${adapter} sent ${sent()} writes all the same.`)
      }
    }
  },
}

interface Way {
  /** In words. */
  adapter: string
  /** `undefined`: a conversation that is opened by it. */
  conversationId: string | undefined
  /** How many writes were sent. */
  sent(): number
  run(options: SendOptions): Promise<{ attempt: Attempt }>
}

/** The ways in which a verb can be used: in a conversation, and where it opens one. */
async function* ways(bench: Bench, verb: Verb): AsyncGenerator<Way> {
  if (!can(bench.adapter, `messages.${verb.name}`)) return
  const targets = [await verb.place(bench), ...(verb.opens ? [{ contact: await verb.contact(bench) }] : [])]
  for (const target of targets) {
    const connection = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: connection.fetch })
    yield {
      adapter: typeof target === 'string' ? 'conversation' : 'contact',
      conversationId: typeof target === 'string' ? target : undefined,
      sent: connection.writes,
      run: (options) => verb.run(bench, adapter, target, options),
    }
  }
}
