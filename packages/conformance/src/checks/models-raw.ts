import { type Entity, serialize } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'

export const rawIsAnOption: Check = {
  group: 'models',
  name: 'raw holds what the vendor sent, unless it is left away',
  async run(bench) {
    for (const entity of await everything(bench)) {
      ensure(holdsRaw(entity), `${entity.ref} has no raw.`)
      ensure(!holdsRaw(JSON.parse(serialize(entity))), `serialize writes the raw of ${entity.ref}.`)
    }
    const without = await bench.open({ raw: false })
    for (const entity of await everything(bench, without))
      ensure(!holdsRaw(entity), `${entity.ref} has a raw although raw: false was asked for.`)
  },
}

/** The entity or one inside it, such as a source. */
function holdsRaw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { ref, raw } = value as Partial<Entity>
  if (typeof ref === 'string' && raw !== undefined) return true
  return Object.entries(value).some(([key, member]) => key !== 'raw' && key !== 'customFields' && holdsRaw(member))
}
