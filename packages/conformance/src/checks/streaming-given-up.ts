import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { silent } from '../support/requests.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { stream } from '../support/stream.ts'

export const streamsCanBeGivenUp: Check = {
  group: 'speaking',
  name: 'a stream that is given up ends at once, in the caller’s reason or without another part',
  needs: ['messages.stream'],
  async run(bench) {
    const id = await speakingId(bench)
    const server = silent()
    const adapter = await bench.open({ fetch: server.fetch })
    const caller = new AbortController()
    const reason = new Error('the caller gave up')
    const failed = failureOf(collect(stream(bench, adapter, id, questionOf(bench), { signal: caller.signal })))
    await server.asked
    caller.abort(reason)
    ensure((await failed) === reason, `Giving up ended in ${String(await failed)}.`)

    const iterator = stream(bench, bench.adapter, id, questionOf(bench))[Symbol.asyncIterator]()
    ensure(!(await iterator.next()).done, 'The stream has no parts.')
    await iterator.return?.()
    ensure((await iterator.next()).done, 'There is another part after it was given up.')
  },
}
