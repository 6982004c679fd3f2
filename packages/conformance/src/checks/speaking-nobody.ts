import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { otherId } from '../support/other-id.ts'
import { ask, speakingId } from '../support/speak.ts'
import { stream } from '../support/stream.ts'

export const nobodyIsSpokenTo: Check = {
  group: 'speaking',
  name: 'speaking in a conversation that nobody has is not found, and nothing was sent',
  needs: ['conversations.list'],
  async run(bench) {
    const { adapter } = bench
    const id = otherId(await speakingId(bench))
    if (can(adapter, 'messages.ask')) {
      const error = await ensureFails(ask(bench, adapter, id, 'Is anybody there?'), 'not-found', 'Asking in it')
      ensure(error.outcome !== 'unknown', 'It leaves open whether the question was sent.')
    }
    if (can(adapter, 'messages.stream')) {
      const work = collect(stream(bench, adapter, id, 'Is anybody there?'))
      const error = await ensureFails(work, 'not-found', 'Streaming in it')
      ensure(error.outcome !== 'unknown', 'It leaves open whether the streamed question was sent.')
    }
    if (can(adapter, 'messages.reply')) {
      const work = adapter.messages.reply(id, { text: 'Is anybody there?', ...bench.harness.use?.reply })
      const error = await ensureFails(work, 'not-found', 'Replying in it')
      ensure(error.outcome !== 'unknown', 'It leaves open whether the reply was sent.')
    }
  },
}
