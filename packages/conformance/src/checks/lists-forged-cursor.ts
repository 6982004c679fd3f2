import { encodeCursor } from '@parley/core'
import type { Check } from '../check.ts'
import { ensureFails } from '../support/ensure.ts'
import { listsOf } from '../support/lists.ts'

const forged = ['forged', '', encodeCursor('forged'), encodeCursor({ forged: true }), encodeCursor(null)]

export const forgedCursorsAreRefused: Check = {
  group: 'lists',
  name: 'a cursor that no page gave out is refused',
  async run(bench) {
    for (const { operation, list } of await listsOf(bench))
      for (const cursor of forged)
        await ensureFails(list({ cursor }), 'invalid-request', `${operation} with the cursor "${cursor}"`)
  },
}
