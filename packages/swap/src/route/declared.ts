import {
  type Adapter,
  type ConversationFilter,
  type FieldSupport,
  type FieldTable,
  filterSupport,
  type Limits,
  type OperationName,
  type PortableModel,
  supports,
  type Trait,
  type Traits,
  type UnsupportedReasons,
  unsupportedReason,
} from '@parley/core'
import {
  conversationFilters,
  fieldLevels,
  fieldSupport,
  portableFields,
  traitDescriptions,
  traitNames,
} from '@parley/core/fields'
import { nameOf } from './ids.ts'

/*
 * What a route declares. A program that works with the route has to work with both accounts, so each value is the worse one
 * of the two.
 */

export function limitsOf(from: Adapter, to: Adapter): Limits {
  const [one, other] = [from.limits, to.limits]
  const levels = ['vendor', 'local', 'unanswerable'] as const
  const worse = (filter: ConversationFilter) =>
    levels[Math.max(levels.indexOf(filterSupport(from, filter)), levels.indexOf(filterSupport(to, filter)))] ?? 'local'
  const lists = Object.keys(one.pageSize).filter((list) => Object.hasOwn(other.pageSize, list))
  const required = [...new Set([...Object.keys(one.required ?? {}), ...Object.keys(other.required ?? {})])]
  const texts = [...new Set([...Object.keys(one.text), ...Object.keys(other.text)])]
  const smaller = (name: string, value: number | undefined, second: number | undefined): [string, number] => [
    name,
    Math.min(value ?? Number.POSITIVE_INFINITY, second ?? Number.POSITIVE_INFINITY),
  ]
  return {
    pageSize: Object.fromEntries(
      lists.map((list) => {
        const [first, second] = [one.pageSize[list], other.pageSize[list]]
        const max = Math.min(first?.max ?? 0, second?.max ?? 0)
        return [list, { default: Math.min(first?.default ?? 0, second?.default ?? 0), max }]
      }),
    ),
    filters: Object.fromEntries(conversationFilters.map((filter) => [filter, worse(filter)])),
    ...(one.search && other.search && { search: one.search.filter((text) => other.search?.includes(text)) }),
    ...(required.length > 0 && {
      required: Object.fromEntries(
        required.map((list) => [
          list,
          [...new Set([...(one.required?.[list] ?? []), ...(other.required?.[list] ?? [])])],
        ]),
      ),
    }),
    text: Object.fromEntries(texts.map((name) => smaller(name, one.text[name], other.text[name]))),
    rate: [...one.rate, ...other.rate],
    notes: [...one.notes, ...other.notes],
  }
}

export async function traitsOf(route: Adapter, from: Adapter, to: Adapter): Promise<Traits> {
  const [one = {}, other = {}] = await Promise.all([from.traits?.(), to.traits?.()])
  const entries = traitNames.flatMap((name): [string, Trait][] => {
    const { values, operations } = traitDescriptions[name]
    const [first, second] = [one[name], other[name]]
    if (!first || !second || !operations.some((operation) => supports(route, operation))) return []
    const known: readonly string[] = values
    const isWorse = known.indexOf(second.value) > known.indexOf(first.value)
    const { value, reason } = isWorse ? second : first
    return [
      [name, { value, reason: first.value === second.value ? reason : `${nameOf(isWorse ? to : from)}: ${reason}` }],
    ]
  })
  return Object.fromEntries(entries) as Traits
}

/** The operations that write a model. `contacts.ensure` only finds contacts, or makes them as their account can. */
const writing: Readonly<Partial<Record<PortableModel, readonly OperationName[]>>> = {
  agent: ['agents.create', 'agents.update'],
  contact: ['contacts.create', 'contacts.upsert'],
  knowledge: ['knowledge.add'],
}

export async function fieldsOf(route: Adapter, from: Adapter, to: Adapter): Promise<FieldTable> {
  const [one, other] = await Promise.all([from.fields?.(), to.fields?.()])
  const models = (Object.keys(portableFields) as PortableModel[]).map((model) => {
    const isWritten = writing[model]?.some((operation) => supports(route, operation)) ?? true
    const fields = portableFields[model].map((field) => {
      const [first, second] = [one && fieldSupport(one, model, field), other && fieldSupport(other, model, field)]
      const rank = (level: string | undefined) => fieldLevels.indexOf((level ?? 'dropped') as 'dropped')
      const worse = rank(second?.level) > rank(first?.level) ? second : first
      const isReadable = first?.readable !== false && second?.readable !== false
      const entry: FieldSupport = isWritten
        ? (worse ?? { level: 'dropped', reason: 'One of the accounts declares nothing about it.' })
        : { level: 'rejected', reason: 'A route has no operation that writes it.' }
      return [field, { ...entry, ...(!isReadable && { readable: false }) }]
    })
    return [model, Object.fromEntries(fields)]
  })
  return Object.fromEntries(models) as FieldTable
}

/** Why operations of the contract are missing. */
export function missingOf(
  names: readonly OperationName[],
  own: Readonly<Partial<Record<OperationName, string>>>,
  accounts: readonly Adapter[],
): UnsupportedReasons {
  return Object.fromEntries(
    names.map((name) => {
      if (own[name] !== undefined) return [name, own[name]]
      const lacking = accounts.find((account) => !supports(account, name))
      return [name, lacking ? `${nameOf(lacking)}: ${unsupportedReason(lacking, name)}` : `A route has no ${name}.`]
    }),
  )
}
