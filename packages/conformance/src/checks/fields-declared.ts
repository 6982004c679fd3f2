import { fieldLevels, fieldSupport, isWholeModel, portableFields } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { portableModels } from '../support/field-table.ts'

export const fieldsAreDeclared: Check = {
  group: 'fields',
  name: 'the field table names every field of every model, and why one is not full',
  async run({ adapter }) {
    const table = await adapter.fields?.()
    if (!table) return
    for (const model of portableModels) {
      const entry = table[model]
      ensure(entry, `The table has no ${model}.`)
      const others = isWholeModel(entry)
        ? []
        : Object.keys(entry).filter((field) => !portableFields[model].includes(field))
      ensure(others.length === 0, `The table has fields that ${model} has not: ${others.join(', ')}.`)
      for (const field of portableFields[model]) {
        const support = fieldSupport(table, model, field)
        ensure(
          support && fieldLevels.includes(support.level),
          `The table does not say what becomes of ${model}.${field}.`,
        )
        ensure(
          support.level === 'full' || support.reason?.trim(),
          `${model}.${field} is ${support.level}, and the table does not say why.`,
        )
      }
    }
  },
}
