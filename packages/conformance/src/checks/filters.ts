import type { Conversation, ConversationQuery } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { type FilterName, filters } from '../support/filters.ts'
import { show } from '../support/show.ts'

/** One check for each filter, so that a vendor's own idea of one can be skipped alone. */
export const filterChecks: readonly Check[] = Object.keys(filters).map((name) => ({
  group: 'filters',
  name: `the filter ${name} keeps the conversations that match it, and no others`,
  needs: ['conversations.list'],
  run: (bench) => check(bench, name as FilterName),
}))

async function check({ adapter }: Bench, name: FilterName): Promise<void> {
  const list = adapter.conversations?.list
  if (!list) return
  const { valuesIn, verdict } = filters[name]
  const all = await collect(list())
  for (const wanted of valuesIn(all)) {
    const query: ConversationQuery = { [name]: wanted }
    const kept = await collect(list(query))
    const wrong = kept.find((conversation) => verdict(conversation, wanted) === false)
    ensure(!wrong, `${show(query)} kept ${wrong?.ref}, which does not match it.`)
    const ids = new Set(idsOf(kept))
    const lost = all.find((conversation) => verdict(conversation, wanted) === true && !ids.has(conversation.id))
    ensure(!lost, `${show(query)} lost ${(lost as Conversation | undefined)?.ref}, which matches it.`)
    const invented = kept.find(({ id }) => !all.some((conversation) => conversation.id === id))
    ensure(!invented, `${show(query)} gave ${invented?.ref}, which the list without it does not have.`)
  }
}
