import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { talkingId, threadOf } from '../support/sample.ts'

export const textIsPlain: Check = {
  group: 'messages',
  name: 'what was said is there as text, without markup',
  needs: ['messages.list'],
  async run(bench) {
    const messages = await threadOf(bench.adapter, await talkingId(bench))
    const said = messages.filter(({ author, text }) => (author.kind === 'contact' || author.kind === 'agent') && text)
    ensure(said.length > 1, 'In a conversation of contact and agent, fewer than two messages have a text.')
    for (const { ref, text } of messages)
      ensure(
        !/<\/?(?:p|div|br|span|html|body)\b[^>]*>/i.test(text ?? ''),
        `The text of ${ref} is HTML; that belongs to \`html\`.`,
      )
  },
}
