import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { text as bodyOf } from 'node:stream/consumers'
import type { Answer, AnswerPart, ParleyError, SendAttempt } from '@parley/core'
import { isParleyError } from '@parley/core'
import { langGraph } from '@parley/langgraph'
import { langGraphWebhook } from '@parley/langgraph/webhook'
import { deferred, listen } from '../ports.ts'
import type { LiveCheck } from '../report.ts'
import type { Model } from './model.ts'
import type { LiveServer } from './server.ts'
import { apiOf, messagesOf, type Thread, textOf } from './truth.ts'

/** What the server does that its documentation does not say, and what the adapter makes of it. */
export function factChecks(server: LiveServer, model: Model): LiveCheck[] {
  const api = apiOf(server)
  const options = { baseUrl: server.url, assistantId: 'desk' }
  const { messages, control, native, conversations } = langGraph(options)
  const textsOf = (thread: Thread) => messagesOf(thread).map(textOf)

  return [
    {
      name: 'a failed run is answered with a 200, and is a failed answer whose question is stored',
      async run() {
        const id = await api.open()
        const { status, body } = await api.request('POST', `/threads/${id}/runs/wait`, {
          assistant_id: 'desk',
          input: { messages: [{ role: 'user', content: 'overload the first' }] },
        })
        assert.deepEqual([status, Object.keys(body as object)], [200, ['__error__']])
        const answer = await messages.ask(id, { text: 'overload the second' })
        assert.equal(answer.outcome, 'failed')
        assert.equal(answer.text, null)
        const thread = await api.thread(id)
        assert.equal(thread.status, 'error')
        assert.deepEqual(textsOf(thread), ['overload the first', 'overload the second'])
        assert.equal((await messages.reconcile(answer.attempt)).outcome, 'done')
      },
    },
    {
      name: 'a run that fails while it streams is a failed answer',
      async run() {
        const id = await api.open()
        const answer = await finishOf(messages.stream(id, { text: 'overload the stream' }))
        assert.equal(answer.outcome, 'failed')
        assert.deepEqual(textsOf(await api.thread(id)), ['overload the stream'])
      },
    },
    {
      name: 'a thread in which a run failed answers the next question',
      async run() {
        const id = await api.open()
        await messages.ask(id, { text: 'overload it once' })
        const { outcome, text } = await messages.ask(id, { text: 'And now?' })
        assert.deepEqual([outcome, text], ['answered', 'You said: And now?'])
      },
    },
    {
      name: 'the server answers a question while a thread waits for a person, and drops what it waits for',
      async run() {
        const id = await api.open()
        await api.ask(id, 'I want a person.')
        assert.equal((await api.thread(id)).status, 'interrupted')
        await api.ask(id, 'Are you there?')
        const thread = await api.thread(id)
        assert.equal(thread.status, 'idle')
        assert.deepEqual(Object.values(thread.interrupts).flat(), [])
      },
    },
    {
      name: 'a question, a stream and a reply are refused while a thread waits, and the thread goes on waiting',
      async run() {
        const id = await api.open()
        const waiting = await messages.ask(id, { text: 'I want a person, please.' })
        assert.equal(waiting.outcome, 'needs-input')
        const [request] = waiting.inputRequests ?? []
        assert.equal(request?.text, 'What should the customer hear?')
        for (const attempt of [
          () => messages.ask(id, { text: 'Are you there?' }),
          () => finishOf(messages.stream(id, { text: 'Are you there?' })),
          () => messages.reply(id, { text: 'Hello' }),
        ])
          await refused(attempt(), 'conflict')
        const thread = await api.thread(id)
        assert.equal(thread.status, 'interrupted')
        assert.deepEqual(textsOf(thread), ['I want a person, please.'])
        assert.deepEqual(
          (await control.get(id)).inputRequests?.map((each) => each.id),
          [request.id],
        )
        const { outcome, text } = await messages.provideInput(id, { requestId: request.id, value: 'At nine.' })
        assert.deepEqual([outcome, text], ['answered', 'At nine.'])
        assert.deepEqual(textsOf(await api.thread(id)), ['I want a person, please.', 'At nine.'])
      },
    },
    {
      name: 'an answer that stops has what the agent wrote before, also when it is streamed or reconciled',
      async run() {
        for (const [text, outcome] of [
          ['Take a moment and find a person.', 'needs-input'],
          ['Take a moment and crash.', 'failed'],
        ] as const) {
          const answer = await messages.ask(await api.open(), { text })
          const streamed = await finishOf(messages.stream(await api.open(), { text }))
          const { answer: reconciled } = await messages.reconcile(answer.attempt)
          for (const each of [answer, streamed, reconciled])
            assert.deepEqual([each?.outcome, each?.text], [outcome, 'One moment, please.'])
        }
      },
    },
    {
      name: 'a resume that does nothing is answered with a 200, and is noticed',
      async run() {
        const id = await api.open()
        await messages.ask(id, { text: 'A person must answer this.' })
        // Another program answers after the adapter has read the state, and before it resumes the thread.
        const late = langGraph({
          ...options,
          fetch: async (input, init) => {
            const request = new Request(input, init)
            if (request.method === 'POST' && request.url.endsWith('/runs/wait'))
              await messages.provideInput(id, { value: 'The other was faster.' })
            return fetch(request)
          },
        })
        await refused(late.messages.provideInput(id, { value: 'I was too late.' }), 'conflict')
        assert.deepEqual(textsOf(await api.thread(id)), ['A person must answer this.', 'The other was faster.'])
        const idle = { assistant_id: 'desk', command: { resume: 'Nobody asked.' } }
        assert.equal((await api.request('POST', `/threads/${id}/runs/wait`, idle)).status, 200)
        assert.equal(messagesOf(await api.thread(id)).length, 2)
      },
    },
    {
      name: 'a thread still lists what one of three tasks has got, and nobody is asked for it again',
      async run() {
        const id = await api.open()
        let answer = await messages.ask(id, { text: 'Please countersign.' })
        const waiting: string[][] = []
        while (answer.outcome === 'needs-input' && waiting.length < 4) {
          const [request, ...others] = answer.inputRequests ?? []
          waiting.push([request, ...others].map((each) => String(each?.text)))
          if (others.length === 0) assert.equal(Object.values((await api.thread(id)).interrupts).flat().length, 2)
          answer = await messages.provideInput(id, { requestId: String(request?.id), value: 'yes' })
        }
        assert.deepEqual(waiting, [['Ada?', 'Ben?', 'Cleo?'], ['Ben?', 'Cleo?'], ['Cleo?']])
        assert.deepEqual([answer.outcome, answer.text], ['answered', 'Ada: yes\n\nBen: yes\n\nCleo: yes'])
      },
    },
    {
      name: 'a question that the graph removed is answered, and never reconciles as not-done',
      async run() {
        const id = await api.open()
        await messages.ask(id, { text: 'Are you there?' })
        const answer = await messages.ask(id, { text: 'Be forgetful.' })
        assert.deepEqual([answer.outcome, answer.text], ['answered', 'I only know this.'])
        assert.deepEqual(textsOf(await api.thread(id)), ['I only know this.'])
        const { deadline: _, ...lost } = { ...answer.attempt, messageId: null, startedAt: '2026-01-01T00:00:00.000Z' }
        assert.equal((await messages.reconcile(lost)).outcome, 'unknown')
        const other = { ...lost, mark: crypto.randomUUID(), text: 'Never sent' }
        assert.equal((await messages.reconcile(other)).outcome, 'not-done')
      },
    },
    {
      name: 'a node that asks again takes each input once',
      async run() {
        const id = await api.open()
        let answer = await messages.ask(id, { text: 'Give me a number.' })
        const ids = new Set<string>()
        for (const value of ['many', 'few', '5']) {
          const [request] = answer.inputRequests ?? []
          assert.equal(answer.outcome, 'needs-input')
          assert.ok(request)
          ids.add(request.id)
          answer = await messages.provideInput(id, { requestId: request.id, value })
        }
        assert.deepEqual([answer.outcome, answer.text, ids.size], ['answered', 'Number 5', 3])
      },
    },
    {
      name: 'a question of a busy thread is a conflict that is not stored, and multitaskStrategy enqueue waits for its turn',
      async run() {
        const id = await api.open()
        model.hold()
        const first = messages.ask(id, { text: 'Think slowly, please.' })
        await model.waiting()
        const error = await refused(messages.ask(id, { text: 'Too early.' }), 'conflict')
        assert.equal(error.status, 422)
        const vendor = { langgraph: { multitaskStrategy: 'enqueue' } } as const
        const second = messages.ask(id, { text: 'After you.', vendor })
        model.release()
        const answers = await Promise.all([first, second])
        assert.deepEqual(
          answers.map(({ outcome, text }) => [outcome, text]),
          [
            ['answered', 'You said: Think slowly, please.'],
            ['answered', 'You said: After you.'],
          ],
        )
        assert.deepEqual(textsOf(await api.thread(id)), [
          'Think slowly, please.',
          'You said: Think slowly, please.',
          'After you.',
          'You said: After you.',
        ])
        assert.equal(model.asked.get('Too early.'), undefined)
      },
    },
    {
      name: 'the runs of a thread are listed oldest first',
      async run() {
        const id = await api.open()
        for (const text of ['One', 'Two', 'Three']) await messages.ask(id, { text })
        const path = { threadId: id }
        const runs = (await native.request('GET /threads/{threadId}/runs', { path })) as { created_at: string }[]
        const times = runs.map(({ created_at }) => created_at)
        assert.equal(times.length, 3)
        assert.deepEqual(times, times.toSorted())
      },
    },
    {
      name: 'the unsigned webhook of a run is received as a hint, and refused unless the application accepts hints',
      async run() {
        const { promise, resolve } = deferred<Request>()
        const receiver = createServer(async (request, response) => {
          const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ])
          resolve(new Request('http://127.0.0.1/hook', { method: 'POST', headers, body: await bodyOf(request) }))
          response.end()
        })
        const port = await listen(receiver)
        try {
          const id = await api.open()
          const vendor = { langgraph: { webhook: `http://127.0.0.1:${port}/hook` } }
          await messages.ask(id, { text: 'Ring me.', vendor })
          const delivery = await promise
          assert.match(delivery.headers.get('content-type') ?? '', /^text\/plain/)
          const strict = await langGraphWebhook({ account: 'default' }).receive(delivery.clone())
          assert.equal(strict.status, 401)
          const received = await langGraphWebhook({ account: 'default', allowUnsigned: true }).receive(delivery)
          assert.equal(received.status, 200)
          const [event] = received.events ?? []
          assert.equal(event?.kind, 'conversation.updated')
          assert.equal(event.conversation, (await conversations.get(id)).ref)
        } finally {
          receiver.close()
          receiver.closeAllConnections()
        }
      },
    },
    {
      name: 'of two questions at once one is answered and the other is a conflict, and nobody is asked twice',
      async run() {
        const id = await api.open()
        model.hold()
        const texts = ['Answer slowly, says one.', 'Answer slowly, says another.']
        const asking = texts.map((text) => messages.ask(id, { text }))
        const settled = Promise.allSettled(asking)
        await model.waiting()
        const error = await refused(Promise.race(asking), 'conflict')
        assert.equal(error.outcome, 'not-done')
        model.release()
        const results = await settled
        const place = results.findIndex(({ status }) => status === 'fulfilled')
        const [winner = '', loser = ''] = place === 0 ? texts : texts.toReversed()
        assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
        assert.deepEqual([model.asked.get(winner), model.asked.get(loser)], [1, undefined])
        assert.deepEqual(textsOf(await api.thread(id)), [winner, `You said: ${winner}`])
      },
    },
    {
      name: 'a message and a thread keep the ids of the application, and a thread is created only once',
      async run() {
        const attempts: SendAttempt[] = []
        const onAttempt = (attempt: SendAttempt) => void attempts.push(attempt)
        const answer = await messages.ask({ visitor: { externalId: 'web-1' } }, { text: 'Who am I?' }, { onAttempt })
        const [attempt] = attempts
        assert.equal(attempt?.conversationId, answer.conversationId)
        const thread = await api.thread(attempt?.conversationId ?? '')
        assert.equal(messagesOf(thread)[0]?.id, attempt?.mark)
        const again = { thread_id: thread.thread_id, if_exists: 'do_nothing', metadata: { title: 'Another' } }
        const { status, body } = await api.request<Thread>('POST', '/threads', again)
        assert.deepEqual([status, body.metadata['title']], [200, undefined])
        const { if_exists: _, ...plain } = again
        assert.equal((await api.request('POST', '/threads', plain)).status, 409)
      },
    },
    {
      name: 'nothing exists under an id that is no UUID',
      async run() {
        await refused(conversations.get('no-uuid'), 'not-found')
      },
    },
  ]
}

/** The answer at the end of a stream. */
export async function finishOf(parts: AsyncIterable<AnswerPart>): Promise<Answer> {
  let answer: Answer | undefined
  for await (const part of parts) if (part.type === 'finish') answer = part.answer
  assert.ok(answer, 'The stream ended without an answer.')
  return answer
}

/** The error of a call that must fail with this code. */
async function refused(work: Promise<unknown>, code: string): Promise<ParleyError> {
  const error = await work.then(
    () => assert.fail('It succeeded.'),
    (thrown: unknown) => thrown,
  )
  assert.ok(isParleyError(error), `It failed with ${String(error)}.`)
  assert.equal(error.code, code)
  return error
}
