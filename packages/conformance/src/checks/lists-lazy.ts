import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'
import { counting } from '../support/requests.ts'

export const listsAskLate: Check = {
  group: 'lists',
  name: 'a list asks for nothing before it is awaited or iterated',
  async run(bench) {
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    const places = await placesOf(bench)
    const before = requests.count()
    for (const { list } of listsFor(adapter, places)) list().pages()
    await new Promise((resolve) => setImmediate(resolve))
    ensure(requests.count() === before, 'Making a list sent a request.')
    ensure((await listsOf(bench)).length > 0, 'The adapter has no lists at all.')
  },
}
