import { conformance } from '@parley/conformance'
import { leadConnector } from '@parley/leadconnector'
import { defaultNow, type Shapes, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, it } from 'vitest'
import { seededUserId } from '../../../packages/sandbox/src/leadconnector/seed-credentials.ts'
import { leadConnectorTruth } from './leadconnector-truth.ts'
import { threadOf } from './thread.ts'

/** What the specification declares nowhere. */
const undeclared: Readonly<Record<string, string>> = Object.fromEntries(
  ['conversation.labels', 'conversation.createdAt', 'conversation.updatedAt', 'message.updatedAt'].map((field) => [
    field,
    'The specification does not declare it.',
  ]),
)

/** The suite over the emulator, with answers of one of the two shapes. */
export async function conformLeadConnector(shapes: Shapes): Promise<void> {
  const clock = testClock(defaultNow, { automatic: true })
  const desk = await sandbox.start({ vendors: ['leadConnector'], clock, shapes })
  afterAll(() => desk.stop())
  const { url, credentials, reset, settings } = desk.leadConnector
  const { token = '', locationId = '', emptyToken = '', emptyLocationId = '' } = credentials
  const { accessToken = '', conversationProviderId = '', userId = '' } = credentials
  const colleagueId = seededUserId(desk.world.seed, desk.world.operators[1]?.key ?? '')
  settings.rateLimit = false
  const base = { baseUrl: url, locationId, clock, rate: false as const }

  conformance(
    {
      name: `leadconnector, ${shapes} shapes`,
      fetch,
      use: {
        unseen: {
          'agent.prompt': 'The seeded agents are told what to do in three parts.',
          ...(shapes === 'documented' && undeclared),
        },
        note: { operatorId: userId },
        mark: (altId) => ({ vendor: { leadconnector: { altId } } }),
        // The fate of a message is told by the app that delivers it.
        provider: {
          create: (options) => ({ adapter: leadConnector({ ...base, token: accessToken, ...options }) }),
          reply: { vendor: { leadconnector: { type: 'Custom', conversationProviderId } } },
        },
      },
      reset,
      thread: threadOf(desk.leadConnector, clock, { colleagueId }),
      create: (options) => ({ adapter: leadConnector({ ...base, token, ...options }), secrets: [token] }),
      wrongCredential: (options) => ({
        adapter: leadConnector({ ...base, token: 'planted-wrong-token', ...options }),
        secrets: ['planted-wrong-token'],
      }),
      emptyAccount: (options) => ({
        adapter: leadConnector({ ...base, token: emptyToken, locationId: emptyLocationId, ...options }),
      }),
      expectations: () => leadConnectorTruth(desk.world, shapes),
      skip: [
        {
          reason: 'A message sent through the API carries no person; the vendor shows it as another program’s.',
          tests: ['a reply is the operator’s'],
        },
      ],
    },
    { describe, it },
  )
}
