import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { silent } from '../support/requests.ts'

export const callsCanBeGivenUp: Check = {
  group: 'failures',
  name: 'a call that is given up on its way ends at once in the caller’s reason',
  async run(bench) {
    const places = await placesOf(bench)
    const lists = listsFor(bench.adapter, places).length
    for (let index = 0; index < lists; index++) {
      const server = silent()
      const adapter = await bench.open({ fetch: server.fetch })
      const { operation, list } = listsFor(adapter, places)[index] as ReturnType<typeof listsFor>[0]
      const caller = new AbortController()
      const reason = new Error('the caller gave up')
      const failed = failureOf(list({}, { signal: caller.signal }))
      await server.asked
      caller.abort(reason)
      ensure((await failed) === reason, `${operation} ended in ${String(await failed)}.`)
      ensure(server.count() === 1, `${operation} asked ${server.count()} times.`)
    }
  },
}
