import { isParleyError, supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureFails, failureOf } from '../support/ensure.ts'
import { talkingId, threadOf } from '../support/reading.ts'
import { counting } from '../support/requests.ts'
import { isWaiting, replyLater, speakingId, tomorrow } from '../support/writing.ts'

export const laterChecks: readonly Check[] = checksOf('speaking', [
  {
    name: 'a reply for later is scheduled, and no longer once it was called off',
    needs: ['messages.reply', 'messages.cancel', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'messages.cancel')) return
      const { message } = await replyLater(bench, 'A colleague here: tomorrow we are back.')
      ensure(message.status?.value === 'scheduled', `In the thread it is ${message.status?.value ?? 'of no status'}.`)
      const cancelled = await adapter.messages.cancel(message)
      ensure(cancelled.id === message.id, `What was called off is said to be "${cancelled.id}".`)
      ensure(!(await isWaiting(adapter, message)), 'It was called off, and is still scheduled.')
    },
  },
  {
    name: 'to call off what was sent or called off before is an error',
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
        ensure(isTold, `Calling off what is ${late === sent ? 'sent' : 'called off'} ended in ${String(error)}.`)
      }
    },
  },
  {
    name: 'a reply for later is refused where nothing can be sent later, and not sent now',
    needs: ['messages.reply'],
    async run(bench) {
      if (supports(bench.adapter, 'messages.cancel')) return
      const id = await speakingId(bench)
      if (supports(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
      const sendAt = await tomorrow(bench.adapter)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const input = { text: 'A colleague here: good morning.', sendAt, ...bench.harness.use?.reply }
      await ensureFails(Promise.resolve(adapter.messages?.reply?.(id, input)), 'unsupported', 'A reply for later')
      ensure(requests.writes() === 0, 'It was refused, and something was sent.')
    },
  },
])
