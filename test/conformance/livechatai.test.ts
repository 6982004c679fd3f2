import { conformance, type Harness } from '@parley/conformance'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, emulators, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, it } from 'vitest'
import { serveEmpty } from './support/empty.ts'
import { liveChatAITruth } from './support/livechatai-truth.ts'
import { threadOf } from './support/thread.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ vendors: ['liveChatAI'], clock })
const nobody = await serveEmpty(emulators.liveChatAI, 'liveChatAI')
afterAll(() => Promise.all([desk.stop(), nobody.stop()]))
const { url, credentials, reset } = desk.liveChatAI
const { apiKey = '', agentId = '', userId = '' } = credentials
const base = { baseUrl: `${url}/api/v2`, agentId, userId, clock, rate: false as const }

const harness = (name: string, own: { streaming?: boolean }): Harness => ({
  name,
  fetch,
  reset,
  // An answer without sources looks like a teammate's whose name is missing.
  thread: threadOf(desk.liveChatAI, clock, { unstated: ['agent'] }),
  create: (options) => ({ adapter: liveChatAI({ ...base, ...own, apiKey, ...options }), secrets: [apiKey] }),
  wrongCredential: (options) => ({
    adapter: liveChatAI({ ...base, apiKey: 'planted-wrong-key', ...options }),
    secrets: ['planted-wrong-key'],
  }),
  emptyAccount: (options) => ({
    adapter: liveChatAI({
      ...base,
      baseUrl: `${nobody.url}/api/v2`,
      apiKey: nobody.credentials['apiKey'] as string,
      ...options,
    }),
  }),
  expectations: () => liveChatAITruth(desk.world),
})

conformance(harness('livechatai', {}), { describe, it })

/** The same account with answers as they come. */
conformance(harness('livechatai, streaming', { streaming: true }), { describe, it })
