import type { Check } from '../check.ts'
import { collect, collectPages, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { listsOf } from '../support/lists.ts'

export const pagesMakeTheWholeList: Check = {
  group: 'lists',
  name: 'pages of any size make the same list, nothing repeated and nothing skipped',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench)) {
      const whole = idsOf(await collect(list()))
      ensure(new Set(whole).size === whole.length, `${operation} repeats items.`)
      const limit = Math.max(1, Math.ceil(whole.length / 7))
      const pages = await collectPages(list({ limit }))
      ensureSame(
        pages.flatMap(({ items }) => idsOf(items)),
        whole,
        `${operation} in pages of ${limit}`,
      )
      if (whole.length > limit)
        ensure(pages.length > 1, `${operation}: a limit of ${limit} gave all ${whole.length} at once.`)
    }
  },
}
