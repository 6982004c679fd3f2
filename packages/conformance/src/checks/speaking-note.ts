import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { speakingId } from '../support/speak.ts'

export const notesStayInside: Check = {
  group: 'speaking',
  name: 'a note stays among operators',
  needs: ['messages.note', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = 'Between us: the customer has called twice.'
    const sent = await bench.adapter.messages?.note?.(id, { text })
    ensure(sent?.outcome === 'accepted', `The note was "${sent?.outcome}" instead of accepted.`)
    const stored = (await threadOf(bench.adapter, id)).find((message) => message.text === text)
    ensure(stored, 'The note is not in the thread.')
    ensure(stored.direction === 'internal', `The note goes ${stored.direction}.`)
    ensure(stored.type.value === 'note', `The note is of type ${stored.type.value}.`)
  },
}
