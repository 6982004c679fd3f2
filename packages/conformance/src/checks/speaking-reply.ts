import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { reply, speakingId } from '../support/speak.ts'

export const repliesArrive: Check = {
  group: 'speaking',
  name: 'a reply is accepted, and stands in the thread once, on its way to the contact',
  needs: ['messages.reply', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = 'A colleague here: we keep it for you until Friday.'
    const sent = await reply(bench, bench.adapter, id, text)
    ensure(sent.outcome === 'accepted', `The reply was "${sent.outcome}" instead of accepted.`)
    ensure(sent.conversationId === id, `The reply went to conversation "${sent.conversationId}", not to "${id}".`)
    ensure(sent.attempt.kind === 'reply' && sent.attempt.text === text, 'The attempt says something else was sent.')
    const stored = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
    ensure(stored.length === 1, `The reply stands in the thread ${stored.length} times.`)
    const [{ direction, id: storedId }] = stored as [(typeof stored)[0]]
    ensure(sent.messageId === null || sent.messageId === storedId, 'The reply has another id in the thread.')
    ensure(direction === 'outbound', `The reply goes ${direction}.`)
  },
}
