import { type Answer, requireOperation, supports } from '@parley/core'
import { type Bench, type Check, checksOf, Inapplicable } from '../check.ts'
import { ensure, ensureFails, ensureMatches } from '../support/ensure.ts'
import { collect, threadOf } from '../support/reading.ts'
import { counting, losing } from '../support/requests.ts'
import { ask, questionOf, speakingId, stream } from '../support/writing.ts'

/** What the harness says about an agent that waits. */
function waitingOf({ harness, adapter }: Bench): NonNullable<NonNullable<typeof harness.use>['waiting']> {
  const waiting = harness.use?.waiting
  if (!waiting) throw new Inapplicable(`The harness has no \`use.waiting\` for ${adapter.vendor}.`)
  return waiting
}

/** Makes the agent wait for a person. */
async function askUntilItWaits(bench: Bench): Promise<{ id: string; answer: Answer }> {
  const { question } = waitingOf(bench)
  const id = await speakingId(bench)
  const answer = await ask(bench, bench.adapter, id, question)
  ensure(answer.outcome === 'needs-input', `The question was "${answer.outcome}" instead of waiting for input.`)
  return { id, answer }
}

/** Whatever is said meanwhile would make a vendor drop what the agent waits for. */
async function refusedWhileWaiting(
  bench: Bench,
  what: string,
  say: (id: string, text: string) => Promise<unknown>,
): Promise<void> {
  const { adapter } = bench
  const { id } = await askUntilItWaits(bench)
  const before = (await threadOf(adapter, id)).length
  const error = await ensureFails(say(id, 'Are you still there?'), 'conflict', what)
  ensure(error.outcome === 'not-done', `It leaves open whether it was sent: ${String(error.outcome)}.`)
  ensure((await threadOf(adapter, id)).length === before, 'It is in the thread.')
  const next = await adapter.messages?.provideInput?.(id, { value: waitingOf(bench).value })
  ensure(next?.outcome === 'answered', 'After that, the agent no longer takes the input.')
}

export const inputChecks: readonly Check[] = checksOf('speaking', [
  {
    name: 'an agent that waits for a person says for what, and goes on when it gets it',
    needs: ['messages.ask', 'messages.provideInput', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      const { id, answer } = await askUntilItWaits(bench)
      const [request] = answer.inputRequests ?? []
      ensure(request?.id, 'The answer does not say what the agent waits for.')
      const thread = await threadOf(adapter, id)
      const said = thread.slice(thread.findIndex((message) => message.id === answer.attempt.messageId) + 1)
      const ids = (messages: readonly { id: string }[]) => messages.map((message) => message.id).join()
      ensure(ids(answer.messages) === ids(said), 'The answer does not have what the agent wrote before it waits.')
      const texts = said.flatMap(({ type, text }) => (type.value === 'tool' ? [] : (text ?? [])))
      ensure((answer.text ?? '') === texts.join('\n\n'), 'The text is not what the agent wrote before it waits.')
      if (supports(adapter, 'control.get')) {
        const { inputRequests } = await adapter.control.get(id)
        ensureMatches(inputRequests?.[0], { id: request.id, text: request.text }, 'The request that control.get shows')
      }
      const { value } = waitingOf(bench)
      const next = await adapter.messages?.provideInput?.(id, { requestId: request.id, value })
      ensure(next?.outcome === 'answered', `With the input, the question was "${next?.outcome}" instead of answered.`)
      ensure(
        next.attempt.kind === 'input' && next.attempt.requestId === request.id,
        'The attempt does not name the request.',
      )
      ensure(next.message, 'With the input, the answer has no message.')
      const stored = (await threadOf(adapter, id)).some((message) => message.id === next.message?.id)
      ensure(stored, 'The answer is not in the thread.')
      if (!supports(adapter, 'control.get')) return
      ensure(!(await adapter.control.get(id)).inputRequests?.length, 'The agent still waits after it got the input.')
    },
  },
  {
    name: 'an input that no agent waits for is a conflict, and nothing is sent',
    needs: ['messages.ask', 'messages.provideInput'],
    async run(bench) {
      const { value } = waitingOf(bench)
      const id = await speakingId(bench)
      await ask(bench, bench.adapter, id, questionOf(bench))
      const connection = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      for (const requestId of [undefined, 'no-such-request']) {
        const work = adapter.messages?.provideInput?.(id, { value, ...(requestId && { requestId }) })
        const error = await ensureFails(Promise.resolve(work), 'conflict', 'Giving an input')
        ensure(error.outcome === 'not-done', `It leaves open whether the input was sent: ${String(error.outcome)}.`)
      }
      ensure(connection.writes() === 0, `${connection.writes()} writes were sent.`)
    },
  },
  {
    name: 'a question while the agent waits for a person is a conflict, and is not sent',
    needs: ['messages.ask', 'messages.provideInput', 'messages.list'],
    run: (bench) => refusedWhileWaiting(bench, 'Asking', (id, text) => ask(bench, bench.adapter, id, text)),
  },
  {
    name: 'a streamed question while the agent waits for a person is a conflict, and is not sent',
    needs: ['messages.stream', 'messages.ask', 'messages.provideInput', 'messages.list'],
    run: (bench) =>
      refusedWhileWaiting(bench, 'Streaming', (id, text) => collect(stream(bench, bench.adapter, id, text))),
  },
  {
    name: 'a reply while the agent waits for a person is a conflict, and is not sent',
    needs: ['messages.reply', 'messages.ask', 'messages.provideInput', 'messages.list'],
    run: (bench) =>
      refusedWhileWaiting(bench, 'Replying', (id, text) =>
        requireOperation(bench.adapter, 'messages.reply')(id, { text, ...bench.harness.use?.reply }),
      ),
  },
  {
    name: 'an input whose response is lost is not given again, and can be reconciled',
    needs: ['messages.ask', 'messages.provideInput', 'messages.reconcile'],
    async run(bench) {
      const { id } = await askUntilItWaits(bench)
      const connection = losing(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const answer = await adapter.messages?.provideInput?.(id, { value: waitingOf(bench).value })
      ensure(connection.lost() === 1, `${connection.lost()} writes were lost instead of one.`)
      ensure(answer && answer.outcome !== 'failed', 'The input was taken, but the operation failed.')
      const reconciliation = await adapter.messages?.reconcile?.(answer.attempt)
      ensure(reconciliation?.outcome === 'done', `The input was taken, but reconciles as "${reconciliation?.outcome}".`)
    },
  },
  {
    name: 'an answer of several messages has all of them in their order',
    needs: ['messages.ask', 'messages.list'],
    async run(bench) {
      const question = bench.harness.use?.several
      if (question === undefined) throw new Inapplicable('The harness has no `use.several`.')
      const id = await speakingId(bench)
      const { outcome, messages, message, text } = await ask(bench, bench.adapter, id, question)
      ensure(outcome === 'answered', `The question was "${outcome}" instead of answered.`)
      ensure(messages.length > 1, `The answer has ${messages.length} messages instead of several.`)
      const said = messages.filter(({ type }) => type.value !== 'tool')
      ensure(message?.id === said.at(-1)?.id, 'The message of the answer is not the last that the agent wrote.')
      ensure(
        said.every((each) => text?.includes(each.text ?? '')),
        'The text of the answer lacks that of a message.',
      )
      const tools = messages.filter(({ type }) => type.value === 'tool')
      ensure(tools.length > 0, 'The call of the tool is not a message of the type "tool".')
      ensure(
        tools.every(({ direction }) => direction === 'internal'),
        'The call of a tool goes to the contact.',
      )
      const thread = await threadOf(bench.adapter, id)
      const places = messages.map((each) => thread.findIndex((stored) => stored.id === each.id))
      ensure(
        places.every((place, index) => place > (places[index - 1] ?? -1)),
        'The thread has them in another order.',
      )
    },
  },
])
