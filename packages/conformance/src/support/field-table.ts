import { type FieldSupport, fieldSupport, type PortableModel, portableFields } from '@parley/core'
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
      const support = fieldSupport(table, model, field)
      return support ? [{ model, field, support }] : []
    }),
  )
}
