import type { Source } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someSources } from '../support/sources.ts'

export const scoresHaveADirection: Check = {
  group: 'messages',
  name: 'a score of a source says what it measures and which way is better',
  needs: ['messages.list'],
  async run(bench) {
    for (const { ref, score } of (await someSources(bench)).filter(isScored)) {
      ensure(Number.isFinite(score.value), `${ref} has the score ${String(score.value)}.`)
      const better = { distance: false, similarity: true, unknown: null }[score.metric]
      ensure(better !== undefined, `${ref} has a score in "${score.metric}".`)
      const agrees = score.higherIsBetter === better || score.higherIsBetter === null
      ensure(
        agrees || score.metric === 'unknown',
        `${ref} has a ${score.metric} of which more is said to be better, or less.`,
      )
    }
  },
}

const isScored = (source: Source): source is Source & Required<Pick<Source, 'score'>> => source.score !== undefined
