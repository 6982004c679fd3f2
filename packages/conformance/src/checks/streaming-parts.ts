import type { Check } from '../check.ts'
import { idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { collectStream, stream } from '../support/stream.ts'

export const partsMakeTheAnswer: Check = {
  group: 'speaking',
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
}
