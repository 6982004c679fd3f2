import { can, type Feedback, type Paged, type Suggestion } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'

type Windowed = (query?: { since?: string; until?: string }) => Paged<Feedback | Suggestion>

export const ratingsHaveAWindow: Check = {
  group: 'feedback',
  name: 'ratings and suggestions of a time are those that were made in it',
  needs: ['feedback.list'],
  async run({ adapter }) {
    if (can(adapter, 'feedback.list')) await check(adapter.feedback.list, 'The ratings')
    if (can(adapter, 'feedback.suggestions')) await check(adapter.feedback.suggestions, 'The suggestions')
  },
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
