import type { Check } from '../check.ts'
import { ensure, ensureMatches } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'

export const messagesAreTrue: Check = {
  group: 'truth',
  name: 'the messages are those that the server holds',
  needs: ['messages.list'],
  async run(bench) {
    const { messages } = await bench.require('expectations')()
    ensure(messages && Object.keys(messages).length > 0, 'The expectations tell no messages.')
    for (const [id, expected] of Object.entries(messages))
      ensureMatches(await threadOf(bench.adapter, id), expected, `The thread of "${id}"`)
  },
}
