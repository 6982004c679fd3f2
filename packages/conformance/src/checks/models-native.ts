import type { Entity } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { walk } from '../support/walk.ts'

export const nativeIsTheVendorsWord: Check = {
  group: 'models',
  name: 'what stands beside a normalized value is a word that the vendor sent',
  async run(bench) {
    let seen = 0
    const all = await everything(bench, await bench.open({ raw: true }))
    // What a list is called can be the word for what is in it.
    const names = new Set(all.flatMap((entity) => keysOf(entity)))
    for (const entity of all) {
      const sent = scalarsOf(entity)
      for (const { path, key, value } of walk(entity)) {
        if (key !== 'native' || value === null || entity.raw === undefined) continue
        seen++
        ensure(
          sent.has(value) || names.has(value),
          `${entity.ref} has "${String(value)}" at ${path}, which its raw does not have.`,
        )
      }
    }
    ensure(seen > 0, 'No model keeps any word of the vendor.')
  },
}

function keysOf({ raw }: Entity): unknown[] {
  const keys: unknown[] = []
  JSON.stringify(raw, (key, value: unknown) => {
    keys.push(key)
    return value
  })
  return keys
}

/** Every value in the payload, however deep. */
function scalarsOf({ raw }: Entity): ReadonlySet<unknown> {
  const values = new Set<unknown>()
  JSON.stringify(raw, (_, value: unknown) => {
    if (typeof value !== 'object') values.add(value)
    return value
  })
  return values
}
