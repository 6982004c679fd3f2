import { type Deleted, isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { otherId } from '../support/other-id.ts'
import { writesOf } from '../support/writes.ts'

export const nobodyIsChanged: Check = {
  group: 'writing',
  name: 'a change of what nobody has is not found, or confirms nothing',
  async run(bench) {
    for (const { operation, id, run } of await writesOf(bench)) {
      if (id === null) continue
      let given: unknown
      try {
        given = await run(bench.adapter, otherId(id))
      } catch (error) {
        ensure(isParleyError(error) && error.code === 'not-found', `${operation} failed with ${String(error)}.`)
        ensure(error.operation === operation, `${operation}: the error names ${error.operation}.`)
        ensure(error.outcome !== 'unknown', `${operation}: it is left open whether it was done.`)
        continue
      }
      ensure((given as Deleted | undefined)?.confirmed === false, `${operation} of what nobody has went well.`)
    }
  },
}
