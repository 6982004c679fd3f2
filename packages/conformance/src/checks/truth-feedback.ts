import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensureHolds } from '../support/truth.ts'

export const feedbackIsTrue: Check = {
  group: 'truth',
  name: 'the ratings are those that the server holds',
  needs: ['feedback.list'],
  async run(bench) {
    const { feedback } = await bench.require('expectations')()
    const list = bench.adapter.feedback?.list
    if (feedback && list) ensureHolds(await collect(list()), feedback, 'ratings', { complete: true })
  },
}
