import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { losing } from '../support/requests.ts'
import { threadOf } from '../support/sample.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const nothingIsAskedTwice: Check = {
  group: 'speaking',
  name: 'a question whose answer was lost on the way is not asked again, and can be settled',
  needs: ['messages.ask', 'messages.settle', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = `${questionOf(bench)} (lost)`
    const connection = losing(bench.harness.fetch)
    const adapter = await bench.open({ fetch: connection.fetch })
    const answer = await ask(bench, adapter, id, text)
    ensure(connection.lost() === 1, 'Asking sent no write through the fetch it was given.')
    ensure(answer.outcome !== 'failed', 'The question was stored, and is said to have failed.')
    const asked = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
    ensure(asked.length === 1, `The question stands in the thread ${asked.length} times.`)
    const settlement = await adapter.messages?.settle?.(answer.attempt)
    ensure(settlement?.outcome === 'done', `The question is in the thread, and settles as "${settlement?.outcome}".`)
  },
}
