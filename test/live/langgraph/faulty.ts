import assert from 'node:assert/strict'
import { type Answer, isParleyError, type ParleyError, type SendAttempt, type Sent } from '@parley/core'
import { langGraph } from '@parley/langgraph'
import { fastClock } from '../clock.ts'
import { randomOf, startFaultProxy } from '../fault-proxy.ts'
import { type LiveCheck, print } from '../report.ts'
import { finishOf } from './facts.ts'
import type { LiveServer } from './server.ts'
import { apiOf, messagesOf, type Thread, textOf } from './truth.ts'

const lanes = 10
const questionsPerLane = 30

/** What became of one message that was sent through the faults. */
interface Sending {
  text: string
  verb: Verb
  attempt?: SendAttempt
  result?: Answer | Sent
  error?: unknown
}

const verbs = ['ask', 'ask', 'ask', 'stream', 'stream', 'background', 'open', 'reply'] as const
type Verb = (typeof verbs)[number]

/**
 * Sends some hundred messages through a proxy that breaks a third of the requests, then reconciles all of them, and
 * compares what the adapter says with what the server has. `PARLEY_LIVE_SEED` chooses other faults.
 */
export function faultChecks(server: LiveServer): LiveCheck[] {
  const seed = Number(process.env['PARLEY_LIVE_SEED'] ?? 1)
  const api = apiOf(server)
  // Deadlines and waits take a twentieth of their time.
  const clock = fastClock(20)
  const sendings: Sending[] = []
  let threads: Thread[] = []

  /** The places where a text is stored, as it was sent by the contact or an operator. */
  const placesOf = ({ text }: Sending) =>
    threads.flatMap((thread) =>
      messagesOf(thread).flatMap((message, index) => (textOf(message) === text ? [{ thread, index, message }] : [])),
    )
  /** The agent's text after the question. */
  const storedAnswer = (sending: Sending): string | undefined => {
    const [place] = placesOf(sending)
    const later = place && messagesOf(place.thread).slice(place.index + 1)
    const end = later?.findIndex(({ type }) => type === 'human') ?? -1
    const texts = (end < 0 ? later : later?.slice(0, end))?.filter(({ type }) => type === 'ai').map(textOf)
    return texts?.length ? texts.join('\n\n') : undefined
  }
  const failuresOf = (judge: (sending: Sending) => string | undefined): string[] =>
    sendings.flatMap((sending) => {
      const wrong = judge(sending)
      return wrong === undefined ? [] : [`${sending.verb} "${sending.text}": ${wrong}`]
    })

  return [
    {
      name: `messages are sent through a proxy that fails with the seed ${seed}`,
      async run() {
        const proxy = await startFaultProxy(server.url, { seed, rate: 1 / 3 })
        try {
          await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane, proxy.lane(lane))))
        } finally {
          await proxy.stop()
        }
        print(
          `  faults: ${Object.entries(proxy.counts)
            .map(([name, count]) => `${name} ${count}`)
            .join(', ')}`,
        )
        const outcomes = new Map<string, number>()
        for (const { result, error } of sendings) {
          const name = result
            ? result.outcome
            : isParleyError(error)
              ? `${error.code} (${error.outcome})`
              : String(error)
          outcomes.set(name, (outcomes.get(name) ?? 0) + 1)
        }
        print(`  outcomes: ${[...outcomes].map(([name, count]) => `${name} ${count}`).join(', ')}`)
        assert.equal(sendings.length, lanes * questionsPerLane)
        threads = await settledThreads()
      },
    },
    {
      name: 'every error under faults is a ParleyError',
      run: async () =>
        none(failuresOf(({ error }) => (error === undefined || isParleyError(error) ? undefined : String(error)))),
    },
    {
      name: 'no message is in a thread twice, whatever fails',
      run: async () =>
        none(
          failuresOf((sending) => {
            const count = placesOf(sending).length
            return count > 1 ? `${count} times` : undefined
          }),
        ),
    },
    {
      name: 'an operation that says not-done has stored nothing, and one that says done has stored the message',
      run: async () =>
        none(
          failuresOf((sending) => {
            const count = placesOf(sending).length
            const { outcome, code } = (sending.error ?? {}) as Partial<ParleyError>
            // Of a request that the proxy sent twice, the second one is refused while the run of the first one goes on.
            if (sending.verb === 'background' && code === 'conflict') return undefined
            if (sending.error !== undefined && (outcome === 'not-done' || outcome === 'partly-done') && count > 0)
              return `failed as ${outcome}, but it is stored`
            const said = sending.result?.outcome
            return said !== undefined && said !== 'unknown' && count === 0
              ? `is ${said}, but it is not stored`
              : undefined
          }),
        ),
    },
    {
      name: 'an answer under faults is the answer of the thread',
      run: async () =>
        none(
          failuresOf((sending) => {
            const { result, text } = sending
            if (result?.outcome !== 'answered' || !('text' in result)) return undefined
            // A request that the proxy sent twice is answered twice, and the caller may have only the first answer.
            return result.text?.startsWith(`You said: ${text}`) && storedAnswer(sending)?.startsWith(result.text)
              ? undefined
              : `answered "${result.text}" instead of "${storedAnswer(sending)}"`
          }),
        ),
    },
    {
      name: 'every message reconciles to what the thread has, and no answer is lost',
      async run() {
        // Past the longest request, so that nothing can still be on its way.
        clock.advance(3_600_000)
        const adapter = langGraph({ baseUrl: server.url, assistantId: 'desk', clock })
        const wrong: string[] = []
        for (const sending of sendings) {
          const { attempt, text, verb } = sending
          if (!attempt) continue
          const isStored = placesOf(sending).length > 0
          const threadExists = threads.some(({ thread_id }) => thread_id === attempt.conversationId)
          if (!threadExists) continue
          const { outcome, answer } = await adapter.messages.reconcile(JSON.parse(JSON.stringify(attempt)))
          const expected = isStored ? 'done' : 'not-done'
          const isLost = isStored && verb !== 'reply' && answer?.text !== (storedAnswer(sending) ?? null)
          // The agent's messages after a reply could be that reply, rewritten.
          if (verb === 'reply' && !isStored && outcome === 'unknown') continue
          if (outcome !== expected) wrong.push(`${verb} "${text}": ${outcome} instead of ${expected}`)
          else if (isLost) wrong.push(`${verb} "${text}": "${answer?.text}" instead of "${storedAnswer(sending)}"`)
        }
        none(wrong)
      },
    },
  ]

  /** One caller with a thread of its own, who waits for each result before the next message. */
  async function runLane(lane: number, baseUrl: string): Promise<void> {
    const random = randomOf(seed * 7_919 + lane)
    const adapter = langGraph({ baseUrl, assistantId: 'desk', clock, account: `lane-${lane}` })
    let thread = await api.open({ graph_id: 'desk' })
    for (let count = 0; count < questionsPerLane; count++) {
      const verb = verbs[Math.floor(random() * verbs.length)] ?? 'ask'
      const sending: Sending = { text: `Question ${count} of lane ${lane}`, verb }
      sendings.push(sending)
      const options = {
        onAttempt(attempt: SendAttempt) {
          sending.attempt = attempt
        },
      }
      const { text } = sending
      try {
        sending.result = await send(adapter, verb, thread, text, options)
      } catch (error) {
        sending.error = error
      }
      await idle(thread)
      // A new thread becomes the lane's, if it exists.
      const opened = sending.result?.conversationId
      if (verb === 'open' && opened) thread = opened
    }
  }

  /** Waits until no run is going on, because the next question would be a conflict. */
  async function idle(thread: string): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await api.thread(thread)).status !== 'busy') return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  async function settledThreads(): Promise<Thread[]> {
    for (;;) {
      const all = await api.threads()
      if (all.every(({ status }) => status !== 'busy')) return all
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function send(
  { messages }: ReturnType<typeof langGraph>,
  verb: Verb,
  thread: string,
  text: string,
  options: { onAttempt: (attempt: SendAttempt) => void },
): Promise<Answer | Sent> {
  if (verb === 'stream') return finishOf(messages.stream(thread, { text }, options))
  if (verb === 'open') return messages.ask({ visitor: { externalId: 'web-1' } }, { text }, options)
  if (verb === 'reply') return messages.reply(thread, { text }, options)
  const vendor = { langgraph: { background: true } } as const
  return messages.ask(thread, { text, ...(verb === 'background' && { vendor }) }, options)
}

const none = (wrong: readonly string[]): void =>
  assert.ok(wrong.length === 0, `${wrong.length} wrong:\n${wrong.slice(0, 8).join('\n')}`)
