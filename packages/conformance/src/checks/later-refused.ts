import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { tomorrow } from '../support/later.ts'
import { counting } from '../support/requests.ts'
import { speakingId } from '../support/speak.ts'

export const laterIsNotNow: Check = {
  group: 'speaking',
  name: 'a reply for later is refused where nothing can be sent later, and not sent now',
  needs: ['messages.reply'],
  async run(bench) {
    if (can(bench.adapter, 'messages.cancel')) return
    const id = await speakingId(bench)
    if (can(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
    const sendAt = await tomorrow(bench.adapter)
    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    const input = { text: 'A colleague here: good morning.', sendAt, ...bench.harness.use?.reply }
    await ensureFails(Promise.resolve(adapter.messages?.reply?.(id, input)), 'unsupported', 'A reply for later')
    ensure(requests.writes() === 0, 'It was refused, and something was sent.')
  },
}
