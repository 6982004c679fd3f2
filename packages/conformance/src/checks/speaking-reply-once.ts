import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { losing } from '../support/requests.ts'
import { threadOf } from '../support/sample.ts'
import { speakingId } from '../support/speak.ts'

export const nothingIsRepliedTwice: Check = {
  group: 'speaking',
  name: 'a reply whose answer was lost on the way is not sent again, and can be settled',
  needs: ['messages.reply', 'messages.settle', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    if (can(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
    const connection = losing(bench.harness.fetch)
    const adapter = await bench.open({ fetch: connection.fetch })
    const text = 'A colleague here: the line broke just now.'
    const sent = await adapter.messages?.reply?.(id, { text, ...bench.harness.use?.reply })
    ensure(connection.lost() === 1, 'Replying sent no write through the fetch it was given.')
    ensure(sent, 'The reply gave nothing.')
    const stored = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
    ensure(stored.length === 1, `The reply stands in the thread ${stored.length} times.`)
    const settlement = await adapter.messages?.settle?.(sent.attempt)
    ensure(settlement?.outcome === 'done', `The reply is in the thread, and settles as "${settlement?.outcome}".`)
  },
}
