import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { speakingId } from '../support/speak.ts'

export const deliveriesAreRead: Check = {
  group: 'messages',
  name: 'what the application says became of a message is read back',
  needs: ['messages.setStatus', 'messages.reply', 'messages.list'],
  async run(bench) {
    const { adapter, harness } = bench
    const { provider } = harness.use ?? {}
    const own = provider ? (await provider.create({ fetch: harness.fetch })).adapter : adapter
    if (!can(own, 'messages.setStatus') || !can(own, 'messages.reply')) return
    const id = await speakingId(bench)
    if (can(own, 'control.takeOver')) await own.control.takeOver(id)
    const text = 'A colleague here: did this arrive?'
    await own.messages.reply(id, { text, ...harness.use?.reply, ...provider?.reply })
    const stored = async () => (await threadOf(adapter, id)).find((message) => message.text === text)
    const message = await stored()
    ensure(message, 'The reply is not in the thread.')
    for (const status of ['delivered', 'read', 'failed'] as const) {
      await own.messages.setStatus(message, { status, ...(status === 'failed' && { failure }) })
      const found = (await stored())?.status?.value
      ensure(found === status, `It is set to ${status}, and reads back as ${found ?? 'nothing'}.`)
    }
  },
}

const failure = { code: '1', type: 'conformance', message: 'The carrier refused it.' }
