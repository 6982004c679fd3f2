import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { someMessages } from '../support/sample.ts'

export const exportsHoldTheThreads: Check = {
  group: 'exports',
  name: 'an export holds the messages of the threads, each once, and says the same of them',
  needs: ['messages.export', 'messages.list', 'conversations.list'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'messages.export')) return
    const exported = await collect(adapter.messages.export())
    const byId = new Map(exported.map((message) => [message.id, message]))
    ensure(byId.size === exported.length, `${exported.length - byId.size} messages are there more than once.`)
    for (const message of await someMessages(bench)) {
      const found = byId.get(message.id)
      // What nobody wrote may be left out: a call, a booking.
      if (!found && !message.text) continue
      ensure(found, `${message.ref} is in its thread and not in the export.`)
      const wrong = contradictions(message, found)
      ensure(wrong.length === 0, `${message.ref}, in its thread and exported: ${wrong.slice(0, 5).join('; ')}.`)
    }
  },
}
