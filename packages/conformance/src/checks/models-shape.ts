import { isParleyError, parseRef } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'

export const modelsHaveTheirShape: Check = {
  group: 'models',
  name: 'every model has the shape of the contract, and no fields of its own',
  async run(bench) {
    for (const entity of await everything(bench)) {
      try {
        parseModel(parseRef(entity.ref).kind, entity)
      } catch (error) {
        ensure(isParleyError(error), `${entity.ref} cannot be checked: ${String(error)}`)
        const fields = error.fields?.map(({ path, problem }) => `${path || 'it'} ${problem}`) ?? [error.message]
        ensure(false, `${entity.ref} is no model: ${fields.slice(0, 5).join('; ')}.`)
      }
    }
  },
}
