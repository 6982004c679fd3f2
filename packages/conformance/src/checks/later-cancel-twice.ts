import { can, isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { replyLater } from '../support/later.ts'
import { talkingId, threadOf } from '../support/sample.ts'

export const whatIsSentStaysSent: Check = {
  group: 'speaking',
  name: 'to call off what was sent or called off before is an error',
  needs: ['messages.reply', 'messages.cancel', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'messages.cancel')) return
    const { message } = await replyLater(bench, 'A colleague here: the day after tomorrow we are back.')
    await adapter.messages.cancel(message)
    const sent = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'agent')
    for (const late of [message, ...(sent ? [sent] : [])]) {
      const error = await failureOf(adapter.messages.cancel(late))
      const isTold = isParleyError(error) && (error.code === 'not-found' || error.code === 'conflict')
      ensure(isTold, `Calling off what is ${late === sent ? 'sent' : 'called off'} ended in ${String(error)}.`)
    }
  },
}
