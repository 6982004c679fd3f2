import { operationNames } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'

const filters = 'status channel agentId contactId assigneeId isUnread isStarred search since until'.split(' ')

export const limitsAreData: Check = {
  group: 'identity',
  name: 'limits are plain data about operations and filters of the contract',
  async run({ adapter: { limits } }) {
    const copy: unknown = JSON.parse(JSON.stringify(limits))
    ensure(JSON.stringify(copy) === JSON.stringify(limits), 'The limits are no plain data.')
    const odd = limits.filters.filter((name) => !filters.includes(name))
    ensure(odd.length === 0, `The vendor is said to filter by ${odd.join(', ')}, which is no filter of conversations.`)
    for (const [operation, size] of Object.entries(limits.pageSize)) {
      ensure((operationNames as readonly string[]).includes(operation), `There is no operation ${operation}.`)
      const { default: usual, max } = size ?? { default: 0, max: 0 }
      ensure(usual > 0 && usual <= max, `${operation} has pages of ${usual}, and at most ${max}.`)
    }
    for (const { requests, perMs } of limits.rate)
      ensure(requests > 0 && perMs > 0, `A rate of ${requests} in ${perMs} ms is none.`)
  },
}
