import type { Check } from '../check.ts'
import { ensureFails } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { silent } from '../support/requests.ts'

export const deadlinesHold: Check = {
  group: 'failures',
  name: 'a deadline ends a call that gets no answer',
  async run(bench) {
    const places = await placesOf(bench)
    const adapter = await bench.open({ fetch: silent().fetch })
    for (const { operation, list, get } of listsFor(adapter, places)) {
      await ensureFails(list({}, { timeout: 1 }), 'timeout', `${operation} with a millisecond of time`)
      if (get)
        await ensureFails(get('any-id', { timeout: 1 }), 'timeout', `Reading after ${operation}, with a millisecond`)
    }
  },
}
