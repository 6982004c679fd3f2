import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { seededUserId } from '../../../sandbox/src/leadconnector/seed-credentials.ts'
import { truth } from './truth.ts'

/** What the specification declares nowhere. */
const undeclared: Readonly<Record<string, string>> = Object.fromEntries(
  ['conversation.labels', 'conversation.createdAt', 'conversation.updatedAt', 'message.updatedAt'].map((field) => [
    field,
    'The specification does not declare it.',
  ]),
)

export const suite: VendorSuite = {
  secret: 'token',
  shapes: ['observed', 'documented'],
  truth,
  harness({ world, shapes, credentials, open }) {
    const { accessToken = '', conversationProviderId = '', userId = '' } = credentials
    return {
      use: {
        unseen: {
          'agent.prompt': 'The seeded agents are told what to do in three parts.',
          ...(shapes === 'documented' && undeclared),
        },
        note: { operatorId: userId },
        mark: (altId) => ({ vendor: { leadconnector: { altId } } }),
        // The status of a message is told by the app that delivers it.
        provider: {
          create: (options) => ({ adapter: open({ ...options, token: accessToken }) }),
          reply: { vendor: { leadconnector: { type: 'Custom', conversationProviderId } } },
        },
      },
      colleagueId: seededUserId(world.seed, world.operators[1]?.key ?? ''),
      skip: [
        {
          reason: 'A message sent through the API carries no person; the vendor shows it as another program’s.',
          tests: ['a reply is the operator’s'],
        },
      ],
    }
  },
}
