import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'

export const startingReachesOut: Check = {
  group: 'writing',
  name: 'a conversation that the business starts begins with what it said',
  needs: ['conversations.start', 'messages.list'],
  async run({ adapter }) {
    const text = 'Your bike is ready to be picked up.'
    const started = await adapter.conversations?.start?.({
      contact: { firstName: 'Nora', lastName: 'Conform', email: 'nora.conform@example.com' },
      channel: 'email',
      subject: 'Your bike',
      text,
    })
    ensure(started, 'Nothing was started.')
    const [first] = (await threadOf(adapter, started.id)).filter((message) => message.text === text)
    ensure(first, 'What was said is not in the thread.')
    ensure(first.direction === 'outbound', `What the business said goes ${first.direction}.`)
  },
}
