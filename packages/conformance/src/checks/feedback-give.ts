import { can, type FeedbackInput } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { someContactId, talkingId, threadOf } from '../support/sample.ts'

export const ratingsAreRead: Check = {
  group: 'feedback',
  name: 'a rating that was given is listed, and another one by the same author takes its place',
  needs: ['feedback.give', 'feedback.list', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'feedback.give') || !can(adapter, 'feedback.list')) return
    const message = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'agent')
    ensure(message, 'The agent has not written anything.')
    const authorId = await authorOf(bench)
    const input = { authorId, question: 'What does it cost?', answer: 'Twelve.', comment: 'Wrong price.' }
    let last: string | null = null
    for (const vote of ['down', 'up'] as const) {
      const given = await adapter.feedback.give(message, { ...input, vote } satisfies FeedbackInput)
      ensure(given.vote?.value === vote, `The vote is "${given.vote?.value}" instead of "${vote}".`)
      ensure(last === null || given.id === last, 'The second rating of the same author is another one.')
      last = given.id
      const listed = (await collect(adapter.feedback.list())).filter(({ id }) => id === given.id)
      const [found] = listed
      ensure(found && listed.length === 1, `The rating is listed ${listed.length} times.`)
      const wrong = contradictions(given, found)
      ensure(wrong.length === 0, `Given and listed: ${wrong.join('; ')}.`)
      ensure(
        found.vote?.value === vote && found.comment === input.comment,
        'It is listed with another vote or comment.',
      )
      const about = [found.messageId ?? message.id, found.conversationId ?? message.conversationId]
      ensure(
        about[0] === message.id && about[1] === message.conversationId,
        'It is listed as being about another message.',
      )
    }
  },
}

/** Somebody who may rate: the contact. */
const authorOf = async (bench: Bench): Promise<string> => {
  const { adapter } = bench
  if (!can(adapter, 'conversations.get')) return someContactId(bench)
  return (await adapter.conversations.get(await talkingId(bench))).contact?.id ?? someContactId(bench)
}
