import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect, idsOf } from '../support/collect.ts'
import { ensure } from '../support/ensure.ts'
import { someContactId } from '../support/sample.ts'

export const arrivalsShiftNothing: Check = {
  group: 'lists',
  name: 'a conversation that arrives while the list is read repeats none and makes none slip',
  needs: ['conversations.list', 'conversations.create'],
  async run(bench) {
    const { conversations } = bench.adapter
    if (!conversations?.list || !conversations.create || !can(bench.adapter, 'conversations.create')) return
    const contact = await someContactId(bench)
    for (const order of ['desc', 'asc'] as const) {
      const before = idsOf(await collect(conversations.list({ order })))
      const limit = Math.max(2, Math.ceil(before.length / 5))
      const read: string[] = []
      for await (const page of conversations.list({ order, limit }).pages()) {
        if (read.length === 0) await conversations.create({ contact })
        read.push(...idsOf(page.items))
      }
      const repeated = read.find((id, index) => read.indexOf(id) !== index)
      ensure(repeated === undefined, `${repeated} came twice in the order ${order}.`)
      const lost = before.find((id) => !read.includes(id))
      ensure(lost === undefined, `${lost} slipped in the order ${order} when a conversation arrived.`)
    }
  },
}
