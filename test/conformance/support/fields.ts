import { type Entity, type EntityKind, type Feedback, parseRef } from '@parley/core'

/** The results of an adapter: entities, and ratings, which have no ref. */
export type Read = Entity | Feedback

/** A field of one kind of entity: `message author.kind`. */
export interface Field {
  kind: EntityKind | 'feedback'
  path: readonly string[]
}

const kindOf = (read: Read): Field['kind'] => ('ref' in read ? parseRef(read.ref).kind : 'feedback')

/** Every field of the entities in a snapshot, down to single values. */
export function fieldsOf(entities: readonly Read[]): Field[] {
  const fields = new Map<string, Field>()
  for (const entity of entities) {
    const kind = kindOf(entity)
    for (const path of pathsOf(entity)) fields.set(`${kind} ${path.join('.')}`, { kind, path })
  }
  return [...fields.values()]
}

function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[], void, undefined> {
  if (Array.isArray(value)) for (const item of value) yield* pathsOf(item, path)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) if (!free.has(key)) yield* pathsOf(member, [...path, key])
  } else if (path.length > 0 && value !== null) yield path
}

/** Fields with content of the vendor or the application, and fields that core creates. */
const free: ReadonlySet<string> = new Set(['raw', 'attributes', 'customFields', 'vendor', 'account', 'ref'])

/** The same entity with another value in this field, in each item if the field is in a list. */
export function withWrong<Item extends Read>(entity: Item, { kind, path }: Field): Item {
  if (kindOf(entity) !== kind) return entity
  const copy = structuredClone(entity)
  spoil(copy, path)
  return copy
}

function spoil(holder: unknown, [key = '', ...rest]: readonly string[]): void {
  if (Array.isArray(holder)) for (const item of holder) spoil(item, [key, ...rest])
  if (typeof holder !== 'object' || holder === null || !(key in holder)) return
  const fields = holder as Record<string, unknown>
  if (rest.length > 0) spoil(fields[key], rest)
  else fields[key] = Array.isArray(fields[key]) ? [] : wrong(fields[key])
}

/** Another value of the same type, which no check of types can detect. */
function wrong(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return new Date(Date.parse(value) + 3_600_000).toISOString()
  return exchanged[value] ?? `${value}x`
}

/** Other words of the contract for normalized words. */
const exchanged: Readonly<Record<string, string>> = {
  contact: 'operator',
  agent: 'automation',
  operator: 'agent',
  automation: 'agent',
  system: 'agent',
  inbound: 'outbound',
  outbound: 'inbound',
  internal: 'outbound',
  open: 'closed',
  closed: 'open',
  active: 'archived',
  archived: 'active',
  inactive: 'active',
  up: 'down',
  down: 'up',
  ready: 'processing',
  processing: 'ready',
  failed: 'ready',
  website: 'faq',
  faq: 'website',
  file: 'image',
  inline: 'unavailable',
  fetchable: 'unavailable',
  unavailable: 'fetchable',
  vendor: 'inferred',
  inferred: 'vendor',
}
