import type { Warning } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureSame, failureOf } from '../support/ensure.ts'
import { collect, idsOf, threadOf } from '../support/reading.ts'
import { counting, losing, silent } from '../support/requests.ts'
import { collectStream, questionOf, speakingId, stream } from '../support/writing.ts'

export const streamingChecks: readonly Check[] = checksOf('speaking', [
  {
    name: 'the parts of a streamed answer make up the answer that its one last part holds',
    needs: ['messages.stream'],
    async run(bench) {
      const id = await speakingId(bench)
      const { parts, text, answer } = await collectStream(stream(bench, bench.adapter, id, questionOf(bench)))
      ensure(answer, `The last part is ${parts.at(-1)?.type ?? 'none at all'} instead of finish.`)
      ensure(parts.filter(({ type }) => type === 'finish').length === 1, 'There is more than one finish.')
      ensure(answer.outcome === 'answered', `The question was "${answer.outcome}" instead of answered.`)
      ensure(text !== '' && answer.text === text, 'The pieces of the text, joined, are not the text of the answer.')
      ensure(answer.message?.text === text, 'The message of the answer has another text.')
      ensure(answer.conversationId === id, `The answer is of conversation "${answer.conversationId}", not of "${id}".`)
      const sources = parts.flatMap((part) => (part.type === 'sources' ? part.sources : []))
      ensureSame(idsOf(sources), idsOf(answer.sources), 'The sources of the parts and of the answer')
    },
  },
  {
    name: 'a streamed answer is in the thread once, after its question, like any other answer',
    needs: ['messages.stream', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const question = `${questionOf(bench)} (streamed)`
      const { answer } = await collectStream(stream(bench, bench.adapter, id, question))
      const thread = await threadOf(bench.adapter, id)
      const asked = thread.flatMap(({ text }, place) => (text === question ? place : []))
      ensure(asked.length === 1, `The question is in the thread ${asked.length} times.`)
      const [stored, ...more] = thread.flatMap((message, place) =>
        message.id === answer?.message?.id ? { message, place } : [],
      )
      ensure(stored && more.length === 0, `The answer is in the thread ${stored ? 1 + more.length : 0} times.`)
      ensure(stored.place > (asked[0] as number), 'The answer stands before its question.')
      ensure(stored.message.text === answer?.text, 'In the thread the answer has another text.')
      ensure(
        stored.message.author.kind === 'agent',
        `In the thread it is written by the ${stored.message.author.kind}.`,
      )
    },
  },
  {
    name: 'an answer comes in several pieces, or after a no-streaming warning',
    needs: ['messages.stream'],
    async run(bench) {
      const id = await speakingId(bench)
      const { parts, pieces, answer } = await collectStream(stream(bench, bench.adapter, id, questionOf(bench)))
      const isTold = ({ code }: Warning) => code === 'no-streaming'
      const told = parts.findIndex((part) => part.type === 'warning' && isTold(part.warning))
      if (told < 0) return ensure(pieces > 1, `The answer came in ${pieces} piece without a warning.`)
      ensure(pieces === 1, `The warning no-streaming was given, but the answer came in ${pieces} pieces.`)
      ensure(told < parts.findIndex(({ type }) => type === 'text'), 'The warning no-streaming came after the text.')
      ensure(answer?.warnings.some(isTold), 'The warnings of the answer lack no-streaming.')
    },
  },
  {
    name: 'a stream sends nothing before it is iterated',
    needs: ['messages.stream'],
    async run(bench) {
      const id = await speakingId(bench)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const iterator = stream(bench, adapter, id, questionOf(bench))[Symbol.asyncIterator]()
      await new Promise((resolve) => setImmediate(resolve))
      ensure(requests.count() === 0, `${requests.count()} requests were sent.`)
      while (!(await iterator.next()).done);
      ensure(requests.count() > 0, 'Nothing was sent when it was iterated.')
    },
  },
  {
    name: 'a stream that is aborted ends at once, with the caller’s reason or without another part',
    needs: ['messages.stream'],
    async run(bench) {
      const id = await speakingId(bench)
      const server = silent()
      const adapter = await bench.open({ fetch: server.fetch })
      const caller = new AbortController()
      const reason = new Error('the caller gave up')
      const failed = failureOf(collect(stream(bench, adapter, id, questionOf(bench), { signal: caller.signal })))
      await server.asked
      caller.abort(reason)
      ensure((await failed) === reason, `Aborting ended in ${String(await failed)}.`)

      const iterator = stream(bench, bench.adapter, id, questionOf(bench))[Symbol.asyncIterator]()
      ensure(!(await iterator.next()).done, 'The stream has no parts.')
      await iterator.return?.()
      ensure((await iterator.next()).done, 'The stream has another part after it was aborted.')
    },
  },
  {
    name: 'a streamed question whose response is lost is not asked again, and can be reconciled',
    needs: ['messages.stream', 'messages.reconcile', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = `${questionOf(bench)} (lost in a stream)`
      const connection = losing(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const { answer } = await collectStream(stream(bench, adapter, id, text))
      ensure(connection.lost() === 1, 'Streaming sent no write through the fetch it was given.')
      ensure(answer && answer.outcome !== 'failed', 'The question was stored, but the stream ended without an answer.')
      const asked = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
      ensure(asked.length === 1, `The question is in the thread ${asked.length} times.`)
      const reconciliation = await adapter.messages?.reconcile?.(answer.attempt)
      ensure(
        reconciliation?.outcome === 'done',
        `The question is in the thread, but reconciles as "${reconciliation?.outcome}".`,
      )
    },
  },
])
