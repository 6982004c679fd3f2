import { agentConversation } from '@parley/agent-conversation'
import { conformance } from '@parley/conformance'
import { defaultNow, emulators, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, it } from 'vitest'
import { agentConversationTruth } from './support/agent-conversation-truth.ts'
import { serveEmpty } from './support/empty.ts'
import { threadOf } from './support/thread.ts'

/** The whole suite over what live deployments send, and over what the specification declares. */
for (const shapes of ['observed', 'documented'] as const) {
  const clock = testClock(defaultNow, { automatic: true })
  const desk = await sandbox.start({ vendors: ['agentConversation'], clock, shapes })
  const nobody = await serveEmpty(emulators.agentConversation, 'agentConversation')
  Object.assign(nobody.settings, { shapes })
  afterAll(() => Promise.all([desk.stop(), nobody.stop()]))
  const { url, credentials, reset } = desk.agentConversation
  const { apiKey = '' } = credentials
  const base = { baseUrl: `${url}/external`, clock }

  conformance(
    {
      name: `agent-conversation, as ${shapes}`,
      fetch,
      use: {
        unseen: {
          'message.feedback': 'Only with the vendor option feedback of messages.list.',
          'contact.conversationIds': 'Only contacts.search gives them.',
        },
      },
      reset,
      // A message of a person does not say of which one.
      thread: threadOf(desk.agentConversation, clock, { unstated: ['colleague'] }),
      create: (options) => ({ adapter: agentConversation({ ...base, apiKey, ...options }), secrets: [apiKey] }),
      wrongCredential: (options) => ({
        adapter: agentConversation({ ...base, apiKey: 'planted-wrong-key', ...options }),
        secrets: ['planted-wrong-key'],
      }),
      emptyAccount: (options) => ({
        adapter: agentConversation({
          ...base,
          baseUrl: `${nobody.url}/external`,
          apiKey: nobody.credentials['apiKey'] as string,
          ...options,
        }),
      }),
      expectations: () => agentConversationTruth(desk.world, shapes),
    },
    { describe, it },
  )
}
