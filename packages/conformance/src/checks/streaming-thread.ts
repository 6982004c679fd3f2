import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { collectStream, stream } from '../support/stream.ts'

export const streamedAnswersAreStored: Check = {
  group: 'speaking',
  name: 'a streamed answer stands in the thread once, after its question, as if it had been asked for',
  needs: ['messages.stream', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const question = `${questionOf(bench)} (streamed)`
    const { answer } = await collectStream(stream(bench, bench.adapter, id, question))
    const thread = await threadOf(bench.adapter, id)
    const asked = thread.flatMap(({ text }, place) => (text === question ? place : []))
    ensure(asked.length === 1, `The question stands in the thread ${asked.length} times.`)
    const [stored, ...more] = thread.flatMap((message, place) =>
      message.id === answer?.message?.id ? { message, place } : [],
    )
    ensure(stored && more.length === 0, `The answer stands in the thread ${stored ? 1 + more.length : 0} times.`)
    ensure(stored.place > (asked[0] as number), 'The answer stands before its question.')
    ensure(stored.message.text === answer?.text, 'In the thread the answer has another text.')
    ensure(stored.message.author.kind === 'agent', `In the thread it is written by the ${stored.message.author.kind}.`)
  },
}
