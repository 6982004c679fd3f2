import type { Entity } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { isEntity, listsOf } from '../support/lists.ts'
import { someMessages } from '../support/sample.ts'

export const refsAreUnique: Check = {
  group: 'models',
  name: 'no two things have the same ref',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench)) unique((await collect(list())).filter(isEntity), operation)
    if (!bench.adapter.messages?.list) return
    const messages = await someMessages(bench)
    unique(messages, 'the messages of several conversations')
    for (const { ref, sources = [], attachments = [] } of messages) {
      unique(sources, `the sources of ${ref}`)
      unique(attachments, `the attachments of ${ref}`)
    }
  },
}

function unique(entities: readonly Entity[], what: string): void {
  const seen = new Set<string>()
  for (const { ref } of entities) {
    ensure(!seen.has(ref), `${what}: ${ref} is there twice.`)
    seen.add(ref)
  }
}
