import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { losing } from '../support/requests.ts'
import { threadOf } from '../support/sample.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { collectStream, stream } from '../support/stream.ts'

export const nothingIsStreamedTwice: Check = {
  group: 'speaking',
  name: 'a streamed question whose answer was lost on the way is not asked again, and can be settled',
  needs: ['messages.stream', 'messages.settle', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = `${questionOf(bench)} (lost in a stream)`
    const connection = losing(bench.harness.fetch)
    const adapter = await bench.open({ fetch: connection.fetch })
    const { answer } = await collectStream(stream(bench, adapter, id, text))
    ensure(connection.lost() === 1, 'Streaming sent no write through the fetch it was given.')
    ensure(answer && answer.outcome !== 'failed', 'The question was stored, and no answer says what became of it.')
    const asked = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
    ensure(asked.length === 1, `The question stands in the thread ${asked.length} times.`)
    const settlement = await adapter.messages?.settle?.(answer.attempt)
    ensure(settlement?.outcome === 'done', `The question is in the thread, and settles as "${settlement?.outcome}".`)
  },
}
