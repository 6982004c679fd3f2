import { agentConversation, agentConversationDefinition } from '@parley/agent-conversation'
import { configSuite } from '@parley/testkit'
import nock from 'nock'
import { afterEach, expect, it, vi } from 'vitest'
import { listedConversation } from './fixtures/conversations.ts'

afterEach(() => {
  nock.cleanAll()
  vi.unstubAllEnvs()
})

configSuite({
  name: 'agentConversation',
  create: agentConversation as never,
  definition: agentConversationDefinition as never,
  label: 'Agent-conversation API (raia)',
  env: {
    apiKey: 'AGENT_CONVERSATION_API_KEY',
    baseUrl: 'AGENT_CONVERSATION_BASE_URL',
    authHeader: 'AGENT_CONVERSATION_AUTH_HEADER',
    authPrefix: 'AGENT_CONVERSATION_AUTH_PREFIX',
    operatorId: 'AGENT_CONVERSATION_OPERATOR_ID',
  },
  required: { apiKey: 'k' },
  json: {
    apiKey: { env: 'HOTLINE_KEY' },
    baseUrl: 'https://api-eu.raia2.com/external',
    ...{ authHeader: 'Agent-Secret-Key', authPrefix: '', operatorId: 'p-1', replyTimeout: 60_000, stateNames: true },
  },
  environment: { HOTLINE_KEY: 'key' },
  wrong: [
    ['apiKey', ''],
    ['apiKey', 7],
    ['apiKey', ['planted']],
    ['authHeader', 'two words'],
    ['authHeader', ''],
    ['authHeader', 'Transfer-Encoding'],
    ['authHeader', '__proto__'],
    ['organizationHeader', 'Host'],
    ['authPrefix', 'Bearer\r\n'],
    ['operatorId', ' '],
    ['replyTimeout', 0],
    ['replyTimeout', '5s'],
    ['stateNames', 'yes'],
  ],
  baseUrls: [
    ['https://api.raia2.com', 'https://api.raia2.com/external'],
    ['https://api.raia2.com/', 'https://api.raia2.com/external'],
    ['https://api.raia2.com///', 'https://api.raia2.com/external'],
    ['https://api.raia2.com/external/', 'https://api.raia2.com/external'],
    ['https://proxy.example/agents/v2//', 'https://proxy.example/agents/v2'],
    ['http://127.0.0.1:4012', 'http://127.0.0.1:4012/external'],
  ],
  read: {
    path: '/conversations/c',
    answer: listedConversation,
    payload: listedConversation,
    call: (adapter) => (adapter as ReturnType<typeof agentConversation>).conversations.get('c'),
  },
})

it('agentConversation uses the key, URL, header and operator that the environment names', async () => {
  vi.stubEnv('AGENT_CONVERSATION_API_KEY', 'from-env')
  vi.stubEnv('AGENT_CONVERSATION_BASE_URL', 'https://own.example/v9/')
  vi.stubEnv('AGENT_CONVERSATION_AUTH_HEADER', 'Authorization')
  vi.stubEnv('AGENT_CONVERSATION_AUTH_PREFIX', 'Bearer ')
  vi.stubEnv('AGENT_CONVERSATION_OPERATOR_ID', 'p-1')
  nock('https://own.example', { reqheaders: { authorization: 'Bearer from-env' }, badheaders: ['agent-secret-key'] })
    .post('/v9/conversations/c/send-manual-message', { message: 'x', authorId: 'p-1' })
    .reply(200, { id: 'm' })
  const sent = agentConversation().messages.reply('c', { text: 'x' })
  expect(await sent).toMatchObject({ outcome: 'accepted', messageId: 'm' })
})

it.each([
  ['', 'k'],
  ['Bearer', 'Bearer k'],
  ['Bearer ', 'Bearer k'],
  ['key=', 'key=k'],
])('agentConversation with the prefix "%s" sends "%s"', async (authPrefix, expected) => {
  nock('https://api.raia2.com', { reqheaders: { 'x-key': expected } })
    .get('/external/conversations/c')
    .reply(200, listedConversation)
  const adapter = agentConversation({ apiKey: 'k', authHeader: 'X-Key', authPrefix })
  expect(await adapter.control.get('c')).toMatchObject({ holder: 'agent' })
})
