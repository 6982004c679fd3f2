import type { Check } from '../check.ts'
import { collectPages, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { listsOf } from '../support/lists.ts'

export const awaitedIsTheFirstPage: Check = {
  group: 'lists',
  name: 'a list awaited is its first page',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench)) {
      const page = await list()
      const [first] = await collectPages(list(), 1)
      ensureSame(idsOf(page.items), idsOf(first?.items ?? []), `${operation}, awaited and as pages`)
      ensure(page.next === null || typeof page.next === 'string', `${operation}: next is ${String(page.next)}.`)
      ensure(Array.isArray(page.warnings), `${operation}: the page has no list of warnings.`)
    }
  },
}
