import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { counting } from '../support/requests.ts'
import { talkingId } from '../support/sample.ts'

export const listsAskLate: Check = {
  group: 'lists',
  name: 'a list asks for nothing before it is awaited or iterated',
  async run(bench) {
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    const conversationId = adapter.messages?.list ? await talkingId(bench) : ''
    const before = requests.count()
    for (const { list } of listsFor(adapter, conversationId)) list().pages()
    await new Promise((resolve) => setImmediate(resolve))
    ensure(requests.count() === before, 'Making a list sent a request.')
    ensure((await listsOf(bench)).length > 0, 'The adapter has no lists at all.')
  },
}
