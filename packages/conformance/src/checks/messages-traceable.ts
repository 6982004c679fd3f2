import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { answersOf, someSources } from '../support/sources.ts'

export const answersHaveSources: Check = {
  group: 'messages',
  name: 'answers of the agent can be traced to sources that say what they are',
  needs: ['messages.list'],
  async run(bench) {
    const { adapter } = bench
    for (const { ref, id, kind, title, url, text, fileName } of await someSources(bench)) {
      ensure(kind.value !== 'unknown' || kind.native !== null, `${ref} does not say what it is.`)
      // An id that we made ourselves (`msg_1#0`) leads nowhere; the vendor's can be looked up.
      ensure(title || url || text || fileName || !id.includes('#'), `${ref} has no title, address, text, file or id.`)
    }
    const answers = await answersOf(bench)
    if (!can(adapter, 'sources.of')) return
    const [inline] = answers.filter(({ sourcesState }) => sourcesState === 'inline')
    if (!inline) return
    const byEntity = await adapter.sources.of(inline)
    ensureSame(idsOf(byEntity), idsOf(inline.sources ?? []), `sources.of and the sources of ${inline.ref}`)
  },
}
