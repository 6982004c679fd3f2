import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { isWaiting, replyLater } from '../support/later.ts'

export const repliesCanBeCalledOff: Check = {
  group: 'speaking',
  name: 'a reply for later is scheduled, and no longer once it was called off',
  needs: ['messages.reply', 'messages.cancel', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'messages.cancel')) return
    const { message } = await replyLater(bench, 'A colleague here: tomorrow we are back.')
    ensure(message.status?.value === 'scheduled', `In the thread it is ${message.status?.value ?? 'of no status'}.`)
    const cancelled = await adapter.messages.cancel(message)
    ensure(cancelled.id === message.id, `What was called off is said to be "${cancelled.id}".`)
    ensure(!(await isWaiting(adapter, message)), 'It was called off, and is still scheduled.')
  },
}
