import { type Adapter, ConfigurationError, type FieldSupport, type FieldTable } from '@parley/core'
import { fieldSupport, isWholeModel } from '@parley/core/fields'
import { type PortabilityRow, worse } from './row.ts'

/** Each field of each model. */
export async function compareFields(from: Adapter, to: Adapter): Promise<PortabilityRow[]> {
  const [source, target] = await Promise.all([tableOf(from), tableOf(to)])
  return modelsOf(source, target).flatMap((model) =>
    fieldsOf(source, target, model).map((field) => {
      const here = supportOf(source, model, field)
      const there = supportOf(target, model, field)
      return rowOf(`${model}.${field}`, here, there)
    }),
  )
}

function rowOf(name: string, here: FieldSupport, there: FieldSupport): PortabilityRow {
  const atSource = here.readable !== false
  const row: PortabilityRow = { kind: 'field', name, level: there.level, atSource }
  // A field that never reads back is lost, even if the write succeeds.
  if (there.readable === false && there.level !== 'fallback') row.level = worse(row.level, 'dropped')
  if (row.level !== 'full' && there.reason !== undefined) row.reason = there.reason
  if (row.level !== 'full' && there.advice !== undefined) row.advice = there.advice
  if (atSource) return row
  // A field that the source does not expose must be carried over by hand. The source's table says where to find it.
  if (here.reason !== undefined) row.reason = here.reason
  if (here.manualSteps === undefined) delete row.advice
  else row.advice = `Find it in ${here.manualSteps}`
  return row
}

export async function tableOf(adapter: Adapter): Promise<FieldTable> {
  const table = await adapter.fields?.()
  if (table) return table
  throw new ConfigurationError({
    vendor: adapter.vendor,
    account: adapter.account,
    message: `${adapter.vendor} has no field table, so it is unknown what it keeps. Add \`fields\` to its adapter.`,
  })
}

type Model = keyof FieldTable

const modelsOf = (source: FieldTable, target: FieldTable): Model[] =>
  [...new Set([...Object.keys(source), ...Object.keys(target)])] as Model[]

/** If a model has one answer for all fields, the names come from the other table. */
function fieldsOf(source: FieldTable, target: FieldTable, model: Model): string[] {
  const names = [source[model], target[model]].flatMap((entry) => (isWholeModel(entry) ? [] : Object.keys(entry ?? {})))
  return [...new Set(names)]
}

const supportOf = (table: FieldTable, model: Model, field: string): FieldSupport =>
  fieldSupport(table, model, field) ?? {
    level: 'rejected',
    readable: false,
    reason: 'The adapter does not know this field.',
  }
