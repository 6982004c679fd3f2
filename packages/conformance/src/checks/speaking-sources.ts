import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const answersBringTheirSources: Check = {
  group: 'speaking',
  name: 'an answer brings its sources the way its sourcesState says',
  needs: ['messages.ask'],
  async run(bench) {
    const { adapter } = bench
    const { message, sources, sourcesState } = await ask(bench, adapter, await speakingId(bench), questionOf(bench))
    ensure(message, 'The question has no answer.')
    ensure(Array.isArray(sources), 'The answer has no list of sources.')
    if (sourcesState === 'inline') ensureSame(idsOf(sources), idsOf(message.sources ?? []), 'The sources of the answer')
    else ensure(sources.length === 0, `The answer's sources are ${sourcesState}, and there are ${sources.length}.`)
    if (sourcesState !== 'fetchable') return
    ensure(can(adapter, 'sources.of'), 'The answer’s sources are fetchable, and the adapter has no sources.of.')
    const fetched = await adapter.sources.of(message)
    ensure(fetched.length > 0, 'The answer to a question that the agent knows is drawn from nothing.')
  },
}
