import { need, operationNames } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'

export const needSaysWhy: Check = {
  group: 'identity',
  name: 'asking for an operation that is not there says why',
  async run({ adapter }) {
    const absent = operationNames.filter((name) => adapter.absent[name] !== undefined)
    for (const name of absent) {
      const error = await ensureFails(
        Promise.resolve().then(() => need(adapter, name)),
        'unsupported',
        name,
      )
      ensure(error.message.includes(adapter.absent[name] as string), `The error for ${name} does not say why.`)
      ensure(error.operation === name && error.vendor === adapter.vendor, `The error for ${name} names another place.`)
    }
  },
}
