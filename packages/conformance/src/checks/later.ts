import { isParleyError, supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureFails, failureOf } from '../support/ensure.ts'
import { talkingId, threadOf } from '../support/reading.ts'
import { counting } from '../support/requests.ts'
import { isWaiting, replyLater, speakingId, tomorrow } from '../support/writing.ts'

export const laterChecks: readonly Check[] = checksOf('speaking', [
  {
    name: 'a scheduled reply is scheduled, and no longer once it is cancelled',
    needs: ['messages.reply', 'messages.cancel', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'messages.cancel')) return
      const { message } = await replyLater(bench, 'A colleague here: tomorrow we are back.')
      ensure(
        message.status?.value === 'scheduled',
        `In the thread its status is ${message.status?.value ?? 'missing'}.`,
      )
      const cancelled = await adapter.messages.cancel(message)
      ensure(cancelled.id === message.id, `The result names "${cancelled.id}" as cancelled.`)
      ensure(!(await isWaiting(adapter, message)), 'It was cancelled but is still scheduled.')
    },
  },
  {
    name: 'cancelling a message that was already sent or cancelled is an error',
    needs: ['messages.reply', 'messages.cancel', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'messages.cancel')) return
      const { message } = await replyLater(bench, 'A colleague here: the day after tomorrow we are back.')
      await adapter.messages.cancel(message)
      const sent = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'agent')
      for (const late of [message, ...(sent ? [sent] : [])]) {
        const error = await failureOf(adapter.messages.cancel(late))
        const isTold = isParleyError(error) && (error.code === 'not-found' || error.code === 'conflict')
        ensure(isTold, `Cancelling a ${late === sent ? 'sent' : 'cancelled'} message ended in ${String(error)}.`)
      }
    },
  },
  {
    name: 'a scheduled reply is refused if the vendor cannot schedule, and is not sent now',
    needs: ['messages.reply'],
    async run(bench) {
      if (supports(bench.adapter, 'messages.cancel')) return
      const id = await speakingId(bench)
      if (supports(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
      const sendAt = await tomorrow(bench.adapter)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const input = { text: 'A colleague here: good morning.', sendAt, ...bench.harness.use?.reply }
      await ensureFails(Promise.resolve(adapter.messages?.reply?.(id, input)), 'unsupported', 'A scheduled reply')
      ensure(requests.writes() === 0, 'It was refused, but something was sent.')
    },
  },
])
