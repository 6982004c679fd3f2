import { type Feedback, type FeedbackInput, type Paged, type Suggestion, supports } from '@parley/core'
import { type Bench, type Check, checksOf } from '../check.ts'
import { contradictions, ensure, ensureSame } from '../support/ensure.ts'
import { collect, idsOf, someContactId, talkingId, threadOf } from '../support/reading.ts'

type Windowed = (query?: { since?: string; until?: string }) => Paged<Feedback | Suggestion>

export const feedbackChecks: readonly Check[] = checksOf('feedback', [
  {
    name: 'a rating is listed, and a second one by the same author replaces it',
    needs: ['feedback.give', 'feedback.list', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'feedback.give') || !supports(adapter, 'feedback.list')) return
      const message = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'agent')
      ensure(message, 'The agent has not written a message.')
      const authorId = await authorOf(bench)
      const input = { authorId, question: 'What does it cost?', answer: 'Twelve.', comment: 'Wrong price.' }
      let last: string | null = null
      for (const vote of ['down', 'up'] as const) {
        const given = await adapter.feedback.give(message, { ...input, vote } satisfies FeedbackInput)
        ensure(given.vote?.value === vote, `The vote is "${given.vote?.value}" instead of "${vote}".`)
        ensure(last === null || given.id === last, 'The second rating of the same author has another id.')
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
        ensure(about[0] === message.id && about[1] === message.conversationId, 'It is listed for another message.')
      }
    },
  },
  {
    name: 'a suggestion that was dismissed is gone, and the others are still there',
    needs: ['feedback.dismiss', 'feedback.suggestions'],
    async run({ adapter }) {
      if (!supports(adapter, 'feedback.suggestions') || !supports(adapter, 'feedback.dismiss')) return
      const before = await collect(adapter.feedback.suggestions())
      const [first, second] = before
      ensure(first && second, 'There are fewer than two suggestions.')
      ensure(
        (await adapter.feedback.dismiss(first)).id === first.id,
        'The result names another suggestion as dismissed.',
      )
      await adapter.feedback.dismiss(second.id)
      const after = idsOf(await collect(adapter.feedback.suggestions()))
      ensureSame(after, idsOf(before.slice(2)), 'The suggestions that are left')
    },
  },
  {
    name: 'ratings and suggestions of a time are those that were made in it',
    needs: ['feedback.list'],
    async run({ adapter }) {
      if (supports(adapter, 'feedback.list')) await check(adapter.feedback.list, 'The ratings')
      if (supports(adapter, 'feedback.suggestions')) await check(adapter.feedback.suggestions, 'The suggestions')
    },
  },
])

/** The author of the rating: the contact. */
const authorOf = async (bench: Bench): Promise<string> => {
  const { adapter } = bench
  if (!supports(adapter, 'conversations.get')) return someContactId(bench)
  return (await adapter.conversations.get(await talkingId(bench))).contact?.id ?? someContactId(bench)
}

async function check(list: Windowed, what: string): Promise<void> {
  const all = await collect(list())
  const times = all.flatMap(({ createdAt }) => createdAt ?? []).toSorted()
  const middle = times[times.length >> 1]
  ensure(middle, `${what} do not say when they were made.`)
  for (const query of [{ since: middle }, { until: middle }, { since: middle, until: middle }]) {
    const { since = '', until = '9' } = query as { since?: string; until?: string }
    const wanted = all.filter(({ createdAt }) => !createdAt || (createdAt >= since && createdAt <= until))
    const found = idsOf(await collect(list(query)))
    ensureSame(found.toSorted(), idsOf(wanted).toSorted(), `${what} of ${Object.keys(query).join(' and ')}`)
  }
}
