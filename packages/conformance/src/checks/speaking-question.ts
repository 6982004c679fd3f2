import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const theQuestionIsTheContacts: Check = {
  group: 'speaking',
  name: 'a question stands in the thread once, as the contact’s, before its answer',
  needs: ['messages.ask', 'messages.list'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = `${questionOf(bench)} (once)`
    const answer = await ask(bench, bench.adapter, id, text)
    const thread = await threadOf(bench.adapter, id)
    const asked = thread.filter((message) => message.text === text)
    ensure(asked.length === 1, `The question stands in the thread ${asked.length} times.`)
    const { author, direction } = asked[0] as (typeof asked)[0]
    ensure(author.kind === 'contact' && direction === 'inbound', `The question is by the ${author.kind}, ${direction}.`)
    const place = thread.findIndex((message) => message.id === answer.message?.id)
    ensure(thread.findIndex((message) => message.text === text) < place, 'The answer stands before its question.')
  },
}
