import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { counting } from '../support/requests.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { stream } from '../support/stream.ts'

export const streamsAskLate: Check = {
  group: 'speaking',
  name: 'a stream asks nothing before it is iterated',
  needs: ['messages.stream'],
  async run(bench) {
    const id = await speakingId(bench)
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    const iterator = stream(bench, adapter, id, questionOf(bench))[Symbol.asyncIterator]()
    await new Promise((resolve) => setImmediate(resolve))
    ensure(requests.count() === 0, `${requests.count()} requests were sent.`)
    while (!(await iterator.next()).done);
    ensure(requests.count() > 0, 'Nothing was sent when it was iterated.')
  },
}
