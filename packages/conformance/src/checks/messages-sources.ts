import type { Message, SourcesState } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someMessages } from '../support/sample.ts'

const states: readonly SourcesState[] = ['inline', 'fetchable', 'unavailable']

export const sourcesStateIsTrue: Check = {
  group: 'messages',
  name: 'sourcesState says where the sources of a message are, and there they are',
  needs: ['messages.list'],
  async run(bench) {
    const of = bench.adapter.sources?.of
    const fetchable: Message[] = []
    for (const message of await someMessages(bench)) {
      const { ref, sources, sourcesState } = message
      ensure(states.includes(sourcesState), `${ref} has its sources "${sourcesState}".`)
      if (sourcesState === 'inline') ensure(Array.isArray(sources), `${ref} has its sources inline, and has none.`)
      else ensure(sources === undefined, `${ref} has its sources ${sourcesState}, and has them with it.`)
      if (sourcesState === 'fetchable') fetchable.push(message)
    }
    ensure(fetchable.length === 0 || of, 'Sources are said to be fetchable, and the adapter has no sources.of.')
    for (const message of fetchable.slice(0, 5))
      ensure(Array.isArray(await of?.(message)), `The sources of ${message.ref} are no list.`)
  },
}
