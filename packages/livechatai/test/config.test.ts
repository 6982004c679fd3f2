import { liveChatAI, liveChatAIDefinition } from '@parley/livechatai'
import { configSuite } from '@parley/testkit'
import nock from 'nock'
import { afterEach, expect, it, vi } from 'vitest'
import { retrievedConversation, wrapped } from './fixtures/conversations.ts'

afterEach(() => {
  nock.cleanAll()
  vi.unstubAllEnvs()
})

configSuite({
  name: 'liveChatAI',
  create: liveChatAI as never,
  definition: liveChatAIDefinition as never,
  label: 'LiveChatAI',
  env: { apiKey: 'LIVECHATAI_API_KEY', agentId: 'LIVECHATAI_AGENT_ID', operatorId: 'LIVECHATAI_OPERATOR_ID' },
  required: { apiKey: 'k', agentId: 'bot-1' },
  json: {
    ...{ apiKey: { env: 'SHOP_KEY' }, agentId: 'bot-1', operatorId: 'u-1', streaming: true },
    baseUrl: 'https://app.livechatai.com/api/v2',
  },
  environment: { SHOP_KEY: 'key' },
  wrong: [
    ['apiKey', ''],
    ['apiKey', 7],
    ['apiKey', ['planted']],
    ['agentId', ' '],
    ['agentId', () => 'x'],
    ['operatorId', ''],
    ['streaming', 'yes'],
  ],
  baseUrls: [
    ['https://app.livechatai.com', 'https://app.livechatai.com/api/v2'],
    ['https://app.livechatai.com///', 'https://app.livechatai.com/api/v2'],
    ['https://app.livechatai.com/api/v2/', 'https://app.livechatai.com/api/v2'],
    ['http://127.0.0.1:4011', 'http://127.0.0.1:4011/api/v2'],
    ['https://proxy.example/lcai', 'https://proxy.example/lcai'],
  ],
  read: {
    path: '/conversations/c',
    answer: wrapped(retrievedConversation),
    payload: retrievedConversation,
    call: (adapter) => (adapter as ReturnType<typeof liveChatAI>).conversations.get('c'),
  },
})

it('liveChatAI sends the key, the agent and the teammate that the environment names', async () => {
  vi.stubEnv('LIVECHATAI_API_KEY', 'from-env')
  vi.stubEnv('LIVECHATAI_AGENT_ID', 'bot-env')
  vi.stubEnv('LIVECHATAI_OPERATOR_ID', 'u-env')
  const headers = { reqheaders: { authorization: 'Bearer from-env' } }
  nock('https://app.livechatai.com', headers)
    .post('/api/v2/conversations/c/reply', { message: 'x', userId: 'u-env', messageType: 'TEXT' })
    .reply(200, { status: 'success', data: { messageId: 'm' } })
  nock('https://app.livechatai.com', headers)
    .get('/api/v2/contacts?agentId=bot-env&page=1&limit=10')
    .reply(200, { status: 'success', data: [], totalCount: 0 })
  const adapter = liveChatAI()
  expect(await adapter.messages.reply('c', { text: 'x' })).toMatchObject({ outcome: 'accepted', messageId: 'm' })
  expect(await adapter.contacts.list()).toMatchObject({ items: [], next: null })
})

it('liveChatAI asks a function for the key', async () => {
  nock('https://app.livechatai.com', { reqheaders: { authorization: 'Bearer from-function' } })
    .get('/api/v2/conversations/c')
    .reply(200, wrapped(retrievedConversation))
  const adapter = liveChatAI({ agentId: 'bot-1', apiKey: async () => 'from-function' })
  expect(await adapter.control.get('c')).toMatchObject({ holder: 'agent' })
})
