import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { truth } from './truth.ts'

export const suite: VendorSuite = {
  secret: 'apiKey',
  shapes: ['observed', 'documented'],
  truth,
  harness: () => ({
    use: {
      unseen: {
        'message.feedback': 'Only with the vendor option feedback of messages.list.',
        'contact.conversationIds': 'Only contacts.search gives them.',
      },
    },
    // A message of a person does not say of which one.
    unstated: ['colleague'],
  }),
}
