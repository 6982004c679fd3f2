import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { talkingId } from '../support/sample.ts'

export const messageOrdersMirror: Check = {
  group: 'lists',
  name: 'messages come newest first, and reversed when asked for oldest first',
  needs: ['messages.list'],
  async run(bench) {
    const list = bench.adapter.messages?.list
    if (!list) return
    const id = await talkingId(bench)
    const newestFirst = await collect(list(id))
    const oldestFirst = await collect(list(id, { order: 'asc' }))
    ensureSame(idsOf(newestFirst.toReversed()), idsOf(oldestFirst), 'The messages, oldest first')
    const inPages = await collect(list(id, { order: 'asc', limit: 2 }))
    ensureSame(idsOf(inPages), idsOf(oldestFirst), 'The messages, oldest first and in pages of 2')
    const times = oldestFirst.flatMap(({ createdAt }) => createdAt ?? [])
    ensureSame(times, times.toSorted(), 'The times of the messages, oldest first')
    ensure(new Set(times).size > 1, 'The messages do not say when they were written.')
  },
}
