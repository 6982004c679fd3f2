import assert from 'node:assert/strict'
import { type Answer, isParleyError, type SendAttempt } from '@parley/core'
import { langGraph } from '@parley/langgraph'
import { fastClock } from '../clock.ts'
import type { LiveCheck } from '../report.ts'
import type { Model } from './model.ts'
import type { LiveServer } from './server.ts'
import { apiOf, messagesOf, textOf } from './truth.ts'

/** What the adapter says about a server that is killed. The development server loses what it has not saved. */
export function restartChecks(server: LiveServer, model: Model): LiveCheck[] {
  const api = apiOf(server)
  const options = { baseUrl: server.url, assistantId: 'desk', apiKey: server.apiKey ?? '', clock: fastClock(20) }
  const { messages, control } = langGraph(options)

  return [
    {
      name: 'after a restart, a question reconciles with its answer, and a thread that waits takes its input',
      async run() {
        const asked = await api.open()
        const { attempt, text } = await messages.ask(asked, { text: 'Do you remember?' })
        const waiting = await api.open()
        const { inputRequests = [] } = await messages.ask(waiting, { text: 'A person must remember.' })
        await server.saved(waiting)
        await server.kill()
        await server.start()
        const reconciliation = await langGraph(options).messages.reconcile(attempt)
        assert.deepEqual([reconciliation.outcome, reconciliation.answer?.text], ['done', text])
        assert.equal((await control.get(waiting)).inputRequests?.[0]?.id, inputRequests[0]?.id)
        const answer = await messages.provideInput(waiting, { value: 'I do.' })
        assert.deepEqual([answer.outcome, answer.text], ['answered', 'I do.'])
      },
    },
    {
      name: 'a question whose server is killed in the middle of its stream is unknown, and is never asked again',
      async run() {
        const id = await api.open()
        await messages.ask(id, { text: 'Are you there before the end?' })
        await server.saved(id)
        const question = 'Tell me slowly, until the end.'
        const attempts: SendAttempt[] = []
        const onAttempt = (attempt: SendAttempt) => void attempts.push(attempt)
        let answer: Answer | undefined
        model.hold()
        const asking = (async () => {
          for await (const part of messages.stream(id, { text: question }, { onAttempt }))
            if (part.type === 'finish') answer = part.answer
        })()
        await model.waiting()
        await server.kill()
        const error = await asking.then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        model.release()
        if (error === undefined) assert.equal(answer?.outcome, 'unknown')
        else assert.ok(isParleyError(error) && error.outcome === 'unknown', String(error))
        await server.start()
        const stored = messagesOf(await api.thread(id)).filter((message) => textOf(message) === question).length
        const attempt = attempts.at(-1)
        assert.ok(attempt)
        const { outcome } = await messages.reconcile(attempt)
        // The server lost the question although it had begun to answer it. Nothing proves that it will not come back.
        assert.deepEqual([stored, outcome], stored === 0 ? [0, 'unknown'] : [1, 'done'])
        assert.equal(model.asked.get(question), 1)
        const next = await messages.ask(id, { text: 'Are you back?' })
        assert.deepEqual([next.outcome, next.text], ['answered', 'You said: Are you back?'])
      },
    },
  ]
}
