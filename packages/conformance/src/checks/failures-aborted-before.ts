import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { counting } from '../support/requests.ts'

export const abortedCallsSendNothing: Check = {
  group: 'failures',
  name: 'a call that was given up before it began sends nothing and ends in the caller’s reason',
  async run(bench) {
    const places = await placesOf(bench)
    const requests = counting(bench.harness.fetch)
    const reason = new Error('the caller gave up')
    const adapter = await bench.open({ fetch: requests.fetch })
    for (const { operation, list, get } of listsFor(adapter, places)) {
      const signal = AbortSignal.abort(reason)
      const failed = [await failureOf(list({}, { signal })), get && (await failureOf(get('any', { signal })))]
      ensure(failed[0] === reason, `${operation} ended in ${String(failed[0])}.`)
      ensure(!get || failed[1] === reason, `Reading after ${operation} ended in ${String(failed[1])}.`)
    }
    ensure(requests.count() === 0, `${requests.count()} requests were sent.`)
  },
}
