import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'

export const dismissedSuggestionsAreGone: Check = {
  group: 'feedback',
  name: 'a suggestion that was dismissed is gone, and the others are still there',
  needs: ['feedback.dismiss', 'feedback.suggestions'],
  async run({ adapter }) {
    if (!can(adapter, 'feedback.suggestions') || !can(adapter, 'feedback.dismiss')) return
    const before = await collect(adapter.feedback.suggestions())
    const [first, second] = before
    ensure(first && second, 'There are fewer than two suggestions.')
    ensure((await adapter.feedback.dismiss(first)).id === first.id, 'Another one is said to be dismissed.')
    await adapter.feedback.dismiss(second.id)
    const after = idsOf(await collect(adapter.feedback.suggestions()))
    ensureSame(after, idsOf(before.slice(2)), 'The suggestions that are left')
  },
}
