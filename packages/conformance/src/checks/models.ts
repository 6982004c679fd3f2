import { buildRef, type Entity, type EntityKind, isParleyError, parseRef, serialize, supports } from '@parley/core'
import { type ModelKind, parseModel } from '@parley/core/schema'
import { type Bench, type Check, checksOf } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { sampleHours, someAgentId } from '../support/making.ts'
import { collect, everything, isEntity, listsOf, someMessages, walk } from '../support/reading.ts'
import { watched } from '../support/requests.ts'
import { verbs, writesOf } from '../support/writing.ts'

export const modelChecks: readonly Check[] = checksOf('models', [
  {
    name: 'every instant is ISO 8601 in UTC with milliseconds',
    async run(bench) {
      let seen = 0
      for (const entity of await everything(bench)) {
        for (const { path, key, value } of walk(entity)) {
          if (!/At$|^at$|^until$/.test(key) || value === null) continue
          seen++
          ensure(typeof value === 'string' && instant.test(value), `${entity.ref} has ${String(value)} at ${path}.`)
          const year = new Date(value).getUTCFullYear()
          ensure(year > 1990 && year < 2100, `${entity.ref} has the year ${year} at ${path}: wrong unit?`)
        }
      }
      ensure(seen > 0, 'No model has a time.')
    },
  },
  {
    name: 'every model is plain data that JSON leaves as it is',
    async run(bench) {
      for (const entity of await everything(bench)) {
        for (const { path, value } of walk(entity)) {
          ensure(isPlain(value), `${entity.ref} has ${describe(value)} at ${path || 'its root'}.`)
        }
      }
    },
  },
  {
    name: 'every model has the shape of the contract and no other fields',
    async run(bench) {
      for (const entity of await everything(bench)) {
        try {
          parseModel(parseRef(entity.ref).kind, entity)
        } catch (error) {
          ensure(isParleyError(error), `${entity.ref} cannot be checked: ${String(error)}`)
          const fields = error.fields?.map(({ path, problem }) => `${path || 'it'} ${problem}`) ?? [error.message]
          ensure(false, `${entity.ref} is not a valid model: ${fields.slice(0, 5).join('; ')}.`)
        }
      }
    },
  },
  {
    name: 'the vendor’s payload is returned only with the option raw',
    async run(bench) {
      for (const { ofAdapter, ofOperation, isWanted } of ways) {
        const given: unknown[] = []
        const see = (value: unknown): void => void given.push(value)
        const opened = await bench.open({ ...(ofAdapter !== undefined && { raw: ofAdapter }), onWarning: see })
        const adapter = watched(opened, ofOperation === undefined ? {} : { raw: ofOperation }, see)
        await useAll({ ...bench, adapter })
        const asked = `with ${JSON.stringify({ adapter: ofAdapter, operation: ofOperation })} for raw`
        for (const value of given) {
          if (!isWanted)
            ensure(placeOfRaw(value) === undefined, `There is a payload at ${placeOfRaw(value)}, ${asked}.`)
          for (const entity of isWanted ? entitiesIn(value) : [])
            ensure(holdsRaw(entity), `${entity.ref} has no raw, ${asked}.`)
          const written = serialize(value)
          const place = written === undefined ? undefined : placeOfRaw(JSON.parse(written))
          ensure(place === undefined, `serialize writes the payload at ${place}.`)
        }
      }
    },
  },
  {
    name: 'every ref parses back to its entity',
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
  },
  {
    name: 'an unmapped word becomes unknown, is kept, and produces a warning',
    async run(bench) {
      const told = new Set<unknown>()
      const adapter = await bench.open({
        raw: true,
        onWarning: ({ code, raw }) => {
          if (code === 'unknown-term') told.add(raw)
        },
      })
      for (const entity of await everything(bench, adapter)) {
        for (const { path, value } of walk(entity)) {
          if (!isTerm(value) || value.value !== 'unknown' || value.native === null) continue
          ensure(
            told.has(value.native),
            `${entity.ref} has the unmapped word "${value.native}" at ${path}; no warning says so.`,
          )
        }
      }
    },
  },
  {
    name: 'the native word beside a normalized value is one that the vendor sent',
    async run(bench) {
      let seen = 0
      const all = await everything(bench, await bench.open({ raw: true }))
      // The name of a list may be the word for its items.
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
      ensure(seen > 0, 'No model has a native word.')
    },
  },
  {
    name: 'ratings and working hours, which have no ref, have the shape of the contract',
    async run({ adapter }) {
      const hours = supports(adapter, 'agents.workingHours.get') ? adapter.agents.workingHours : undefined
      if (hours) {
        const id = await someAgentId(adapter)
        if (supports(adapter, 'agents.workingHours.set')) await adapter.agents.workingHours.set(id, sampleHours)
        const found = await hours.get(id)
        if (found) hasShape('workingHours', found)
      }
      const ratings = supports(adapter, 'feedback.list') ? await collect(adapter.feedback.list()) : []
      for (const rating of ratings) hasShape('feedback', rating)
    },
  },
  {
    name: 'no two things have the same ref',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench))
        unique((await collect(list())).filter(isEntity), operation)
      if (!bench.adapter.messages?.list) return
      const messages = await someMessages(bench)
      unique(messages, 'the messages of several conversations')
      for (const { ref, sources = [], attachments = [] } of messages) {
        unique(sources, `the sources of ${ref}`)
        unique(attachments, `the attachments of ${ref}`)
      }
    },
  },
])

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Whether JSON keeps the value: no `undefined`, no `NaN`, no function, no instance of a class. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}

const describe = (value: unknown): string =>
  typeof value === 'object' ? `an instance of ${value?.constructor.name}` : `${String(value)}`

/** The option `raw` of the adapter and of the operation, in each combination. */
const ways: readonly { ofAdapter?: boolean; ofOperation?: boolean; isWanted: boolean }[] = [
  { isWanted: false },
  { ofAdapter: true, isWanted: true },
  { ofOperation: true, isWanted: true },
  { ofAdapter: true, ofOperation: false, isWanted: false },
]

/** Calls every operation that reads, changes or sends. */
async function useAll(bench: Bench): Promise<void> {
  const { adapter } = bench
  await everything(bench)
  for (const { operation, id, run } of await writesOf(bench))
    if (!/\.(delete|remove|dismiss|cancel|clear)$/.test(operation)) await run(adapter, id ?? '')
  for (const verb of verbs) {
    if (!supports(adapter, `messages.${verb.name}`)) continue
    const { attempt } = await verb.run(bench, adapter, await verb.place(bench), {})
    if (supports(adapter, 'messages.reconcile')) await adapter.messages.reconcile(attempt)
  }
}

/** Fields with content of the customer or the vendor, which may contain a key named `raw`. */
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

/** The entities in a result, without the entities inside them. */
function entitiesIn(value: unknown): Entity[] {
  if (typeof value !== 'object' || value === null) return []
  const { ref, vendor, account } = value as Partial<Entity>
  if (ref !== undefined && vendor !== undefined && account !== undefined) return [value as Entity]
  return Object.entries(value).flatMap(([key, member]) => (key === 'raw' || free.has(key) ? [] : entitiesIn(member)))
}

/** Whether the entity, or an entity inside it such as a source, has a `raw`. */
function holdsRaw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { ref, raw } = value as Partial<Entity>
  if (typeof ref === 'string' && raw !== undefined) return true
  return Object.entries(value).some(([key, member]) => key !== 'raw' && !free.has(key) && holdsRaw(member))
}

const isTerm = (value: unknown): value is { value: string; native: string | number | boolean | null } =>
  typeof value === 'object' && value !== null && 'value' in value && 'native' in value

function keysOf({ raw }: Entity): unknown[] {
  const keys: unknown[] = []
  JSON.stringify(raw, (key, value: unknown) => {
    keys.push(key)
    return value
  })
  return keys
}

/** Every value in the payload, at any depth. */
function scalarsOf({ raw }: Entity): ReadonlySet<unknown> {
  const values = new Set<unknown>()
  JSON.stringify(raw, (_, value: unknown) => {
    if (typeof value !== 'object') values.add(value)
    return value
  })
  return values
}

function hasShape(kind: ModelKind, value: unknown): void {
  try {
    parseModel(kind, value)
  } catch (error) {
    ensure(false, isParleyError(error) ? error.message : String(error))
  }
}

function unique(entities: readonly Entity[], what: string): void {
  const seen = new Set<string>()
  for (const { ref } of entities) {
    ensure(!seen.has(ref), `${what}: ${ref} appears twice.`)
    seen.add(ref)
  }
}
