import { isParleyError, parseRef } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { isEntity, type Listed } from '../support/lists.ts'
import { writesOf } from '../support/writes.ts'

export const whatIsGivenBackHasItsShape: Check = {
  group: 'writing',
  name: 'what a change gives back has the shape of the contract and a ref that leads to it, with raw if it is wanted',
  async run(bench) {
    const keeping = await bench.open({ raw: true })
    for (const { operation, id, run } of await writesOf(bench)) {
      if (isRemoval.test(operation)) continue
      for (const adapter of [bench.adapter, keeping]) {
        const given = await run(adapter, id ?? '')
        for (const entity of (Array.isArray(given) ? given : [given]) as (Listed | undefined)[])
          if (entity && isEntity(entity)) check(operation, entity, adapter === keeping)
      }
    }
  },
}

const isRemoval = /\.(delete|remove|dismiss|cancel|clear)$/

function check(operation: string, entity: Extract<Listed, { ref: string }>, wantsRaw: boolean): void {
  const { kind, id } = parseRef(entity.ref)
  ensure(id === entity.id, `${operation}: the ref ${entity.ref} stands on "${entity.id}".`)
  ensure(
    (entity.raw !== undefined) === wantsRaw,
    `${operation}: raw is ${wantsRaw ? 'missing' : 'there all the same'}.`,
  )
  try {
    parseModel(kind, entity)
  } catch (error) {
    ensure(false, `${operation}: ${isParleyError(error) ? error.message : String(error)}`)
  }
}
