import { buildRef, type EntityKind, parseRef } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { isEntity, listsOf } from '../support/lists.ts'

export const refsParseBack: Check = {
  group: 'models',
  name: 'every ref parses back to the entity it stands on',
  async run(bench) {
    const { adapter } = bench
    for (const { operation, kind, list } of await listsOf(bench)) {
      const { items } = await list()
      const kinds = new Set<EntityKind>(items.filter(isEntity).map(({ ref }) => parseRef(ref).kind))
      ensure(
        [...kinds].every((found) => found === kind),
        `${operation} gives refs of ${[...kinds].join(', ')}.`,
      )
    }
    for (const entity of await everything(bench)) {
      const { vendor, account, id, kind } = parseRef(entity.ref)
      const agrees = vendor === adapter.vendor && account === adapter.account && id === entity.id
      ensure(agrees, `${entity.ref} stands on "${entity.id}" of ${entity.vendor} "${entity.account}".`)
      ensure(buildRef({ vendor, account, kind, id }) === entity.ref, `${entity.ref} is not how this ref is written.`)
      ensure(entity.vendor === vendor && entity.account === account, `${entity.ref} says another vendor or account.`)
    }
  },
}
