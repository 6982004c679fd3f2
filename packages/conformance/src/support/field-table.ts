import { type Adapter, type FieldSupport, type PortableModel, portableFields } from '@parley/core'
import type { Bench } from '../bench.ts'

export const portableModels = Object.keys(portableFields) as PortableModel[]

/** What an adapter says about one field. */
export interface TableRow {
  model: PortableModel
  field: string
  support: FieldSupport
}

/** The field table as rows; `undefined` where the adapter declares none, which is its right. */
export async function fieldRows({ adapter }: Pick<Bench, 'adapter'>): Promise<TableRow[] | undefined> {
  const table = await adapter.fields?.()
  if (!table) return undefined
  return portableModels.flatMap((model) =>
    portableFields[model].flatMap((field) => {
      const support = supportOf(table[model], field)
      return support ? [{ model, field, support }] : []
    }),
  )
}

type Table = Awaited<ReturnType<NonNullable<Adapter['fields']>>>

/** The one answer for all fields of a model, or the field's own. */
export function supportOf(entry: Table[PortableModel] | undefined, field: string): FieldSupport | undefined {
  if (isWhole(entry)) return entry
  const support = (entry as Readonly<Record<string, FieldSupport | 'full'>> | undefined)?.[field]
  return support === 'full' ? { level: 'full' } : support
}

export const isWhole = (entry: unknown): entry is FieldSupport =>
  typeof entry === 'object' && entry !== null && 'level' in entry && typeof entry.level === 'string'
