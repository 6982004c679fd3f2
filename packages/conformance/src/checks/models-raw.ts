import { can, type Entity, serialize } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { verbs } from '../support/verbs.ts'
import { watched } from '../support/watched.ts'
import { writesOf } from '../support/writes.ts'

/** What the adapter is asked for, and what its operations are. */
const ways: readonly { ofAdapter?: boolean; ofOperation?: boolean; isWanted: boolean }[] = [
  { isWanted: false },
  { ofAdapter: true, isWanted: true },
  { ofOperation: true, isWanted: true },
  { ofAdapter: true, ofOperation: false, isWanted: false },
]

export const rawIsAnOption: Check = {
  group: 'models',
  name: 'the payload of the vendor is given only when the adapter or the operation is asked for it',
  async run(bench) {
    for (const { ofAdapter, ofOperation, isWanted } of ways) {
      const given: unknown[] = []
      const see = (value: unknown): void => void given.push(value)
      const opened = await bench.open({ ...(ofAdapter !== undefined && { raw: ofAdapter }), onWarning: see })
      const adapter = watched(opened, ofOperation === undefined ? {} : { raw: ofOperation }, see)
      await useAll({ ...bench, adapter })
      const asked = `with ${JSON.stringify({ adapter: ofAdapter, operation: ofOperation })} for raw`
      for (const value of given) {
        if (!isWanted) ensure(placeOfRaw(value) === undefined, `There is a payload at ${placeOfRaw(value)}, ${asked}.`)
        for (const entity of isWanted ? entitiesIn(value) : [])
          ensure(holdsRaw(entity), `${entity.ref} has no raw, ${asked}.`)
        const written = serialize(value)
        const place = written === undefined ? undefined : placeOfRaw(JSON.parse(written))
        ensure(place === undefined, `serialize writes the payload at ${place}.`)
      }
    }
  },
}

/** Reads, changes and says something of everything, and finds out what became of what was said. */
async function useAll(bench: Bench): Promise<void> {
  const { adapter } = bench
  await everything(bench)
  for (const { operation, id, run } of await writesOf(bench))
    if (!/\.(delete|remove|dismiss|cancel|clear)$/.test(operation)) await run(adapter, id ?? '')
  for (const verb of verbs) {
    if (!can(adapter, `messages.${verb.name}`)) continue
    const { attempt } = await verb.run(bench, adapter, await verb.place(bench), {})
    if (can(adapter, 'messages.settle')) await adapter.messages.settle(attempt)
  }
}

/** Fields whose content is the customer's or the vendor's own, where anything may be called `raw`. */
const free: ReadonlySet<string> = new Set(['customFields', 'attributes', 'details'])

function placeOfRaw(value: unknown, path = 'the result'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value) && 'raw' in value && value.raw !== undefined) return `${path}.raw`
  for (const [key, member] of Object.entries(value)) {
    const place = free.has(key) ? undefined : placeOfRaw(member, `${path}.${key}`)
    if (place !== undefined) return place
  }
  return undefined
}

/** The entities in a result, without those inside of them. */
function entitiesIn(value: unknown): Entity[] {
  if (typeof value !== 'object' || value === null) return []
  const { ref, vendor, account } = value as Partial<Entity>
  if (ref !== undefined && vendor !== undefined && account !== undefined) return [value as Entity]
  return Object.entries(value).flatMap(([key, member]) => (key === 'raw' || free.has(key) ? [] : entitiesIn(member)))
}

/** The entity or one inside it, such as a source. */
function holdsRaw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { ref, raw } = value as Partial<Entity>
  if (typeof ref === 'string' && raw !== undefined) return true
  return Object.entries(value).some(([key, member]) => key !== 'raw' && !free.has(key) && holdsRaw(member))
}
