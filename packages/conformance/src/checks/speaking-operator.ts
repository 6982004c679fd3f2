import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { reply, speakingId } from '../support/speak.ts'

export const repliesAreTheOperators: Check = {
  group: 'speaking',
  name: 'a reply is the operator’s',
  needs: ['messages.reply', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = 'A colleague here: I am looking into it.'
    const { message } = await reply(bench, bench.adapter, id, text)
    const stored = (await threadOf(bench.adapter, id)).find((each) => each.text === text)
    ensure(stored, 'The reply is not in the thread.')
    ensure(stored.author.kind === 'operator', `In the thread the reply is by the ${stored.author.kind}.`)
    ensure(!message || message.author.kind === 'operator', `The reply is by the ${message?.author.kind}.`)
  },
}
