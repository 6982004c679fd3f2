import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensureHolds } from '../support/truth.ts'

export const suggestionsAreTrue: Check = {
  group: 'truth',
  name: 'the suggestions are those that the server holds',
  needs: ['feedback.suggestions'],
  async run(bench) {
    const { suggestions } = await bench.require('expectations')()
    const list = bench.adapter.feedback?.suggestions
    if (suggestions && list) ensureHolds(await collect(list()), suggestions, 'suggestions', { complete: true })
  },
}
