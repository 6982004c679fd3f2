import { can, operationNames } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'

export const everyOperationIsThereOrHasAReason: Check = {
  group: 'identity',
  name: 'every operation is either there or has a reason',
  async run({ adapter }) {
    for (const name of operationNames) {
      const reason = adapter.absent[name]
      const present = can(adapter, name)
      ensure(!(present && reason !== undefined), `${name} is there, and \`absent\` says why it is not.`)
      ensure(present || (reason ?? '').trim() !== '', `${name} is not there, and \`absent\` does not say why.`)
    }
    const known = new Set<string>(operationNames)
    const odd = Object.keys(adapter.absent).filter((name) => !known.has(name))
    ensure(odd.length === 0, `\`absent\` names what is no operation: ${odd.join(', ')}.`)
  },
}
