import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const askingIsAnswered: Check = {
  group: 'speaking',
  name: 'asking gives the agent’s answer, and the thread then has it',
  needs: ['messages.ask', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const answer = await ask(bench, bench.adapter, id, questionOf(bench))
    ensure(answer.outcome === 'answered', `The question was "${answer.outcome}" instead of answered.`)
    ensure(answer.text, 'The question was answered without a text.')
    ensure(answer.message, 'The question was answered without a message.')
    ensure(answer.conversationId === id, `The answer is of conversation "${answer.conversationId}", not of "${id}".`)
    ensure(answer.message.author.kind === 'agent', `The answer is written by the ${answer.message.author.kind}.`)
    ensure(answer.message.text === answer.text, 'The text of the answer is not that of its message.')
    const stored = (await threadOf(bench.adapter, id)).find((message) => message.id === answer.message?.id)
    ensure(stored, 'The answer is not in the thread.')
    ensure(stored.author.kind === 'agent', `In the thread the answer is written by the ${stored.author.kind}.`)
    ensure(stored.text === answer.text, 'In the thread the answer has another text.')
  },
}
