import { isParleyError, open } from '@parley/core'
import { liveChatAI, liveChatAIDefinition } from '@parley/livechatai'
import nock from 'nock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProtocol } from '../src/protocol.ts'
import { retrievedConversation, wrapped } from './fixtures/conversations.ts'

afterEach(() => {
  nock.cleanAll()
  vi.unstubAllEnvs()
})

const problem = (work: () => unknown): { message: string; fields?: unknown } => {
  try {
    work()
  } catch (error) {
    if (isParleyError(error) && error.code === 'configuration') return error
    throw error
  }
  throw new Error('It did not fail.')
}

const good = { apiKey: 'k', agentId: 'bot-1' }

describe('liveChatAI', () => {
  it('names what is missing and the variables it could come from', () => {
    vi.stubEnv('LIVECHATAI_API_KEY', '')
    vi.stubEnv('LIVECHATAI_AGENT_ID', '')
    const { message } = problem(() => liveChatAI())
    expect(message).toMatch(/"apiKey" is missing.*LIVECHATAI_API_KEY.*"agentId" is missing.*LIVECHATAI_AGENT_ID/)
  })

  it('takes what is left out from the environment', async () => {
    vi.stubEnv('LIVECHATAI_API_KEY', 'from-env')
    vi.stubEnv('LIVECHATAI_AGENT_ID', 'bot-env')
    vi.stubEnv('LIVECHATAI_USER_ID', 'u-env')
    const headers = { reqheaders: { authorization: 'Bearer from-env' } }
    nock('https://app.livechatai.com', headers)
      .post('/api/v2/conversations/c/reply', { message: 'x', userId: 'u-env', messageType: 'TEXT' })
      .reply(200, { status: 'success', data: { messageId: 'm' } })
    nock('https://app.livechatai.com', headers)
      .get('/api/v2/contacts?agentId=bot-env&page=1&limit=10')
      .reply(200, { status: 'success', data: [], totalCount: 0 })
    const adapter = liveChatAI()
    expect([adapter.vendor, adapter.account]).toEqual(['livechatai', 'default'])
    expect(await adapter.messages.reply('c', { text: 'x' })).toMatchObject({ outcome: 'accepted', messageId: 'm' })
    expect(await adapter.contacts.list()).toMatchObject({ items: [], next: null })
  })

  it('asks a function for the key', async () => {
    nock('https://app.livechatai.com', { reqheaders: { authorization: 'Bearer from-function' } })
      .get('/api/v2/conversations/c')
      .reply(200, wrapped(retrievedConversation))
    const adapter = liveChatAI({ ...good, apiKey: async () => 'from-function' })
    expect(await adapter.control.get('c')).toMatchObject({ holder: 'agent' })
  })

  it.each([
    ['https://app.livechatai.com', 'https://app.livechatai.com/api/v2'],
    ['https://app.livechatai.com///', 'https://app.livechatai.com/api/v2'],
    ['https://app.livechatai.com/api/v2/', 'https://app.livechatai.com/api/v2'],
    ['http://127.0.0.1:4011', 'http://127.0.0.1:4011/api/v2'],
    ['https://proxy.example/lcai', 'https://proxy.example/lcai'],
  ])('reaches %s at %s', (given, base) => expect(createProtocol(given, 'agt_1').baseUrl).toBe(base))

  it.each([
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: 7 }],
    ['agentId', { agentId: ' ' }],
    ['agentId', { agentId: () => 'x' }],
    ['userId', { userId: '' }],
    ['streaming', { streaming: 'yes' }],
    ['baseUrl', { baseUrl: 'app.livechatai.com' }],
    ['baseUrl', { baseUrl: 'https://user:secret@app.livechatai.com' }],
    ['account', { account: '' }],
    ['timeout', { timeout: -1 }],
    ['rate', { rate: true }],
    ['raw', { raw: 'no' }],
  ])('refuses a wrong %s: %o', (option, wrong) => {
    const { message, fields } = problem(() => liveChatAI({ ...good, ...(wrong as object) }))
    expect(message).toContain(`option "${option}`)
    expect(fields).toMatchObject([{ path: option }])
    expect(message).not.toMatch(/secret/)
  })

  it('names an option that does not exist', () => {
    expect(problem(() => liveChatAI({ ...good, ...{ apikey: 'k' } })).message).toContain('"apikey"')
  })

  it('keeps the vendor’s payload only when wished for', async () => {
    const serve = () =>
      nock('https://app.livechatai.com').get('/api/v2/conversations/c').reply(200, wrapped(retrievedConversation))
    serve()
    expect((await liveChatAI({ ...good, raw: true }).conversations.get('c')).raw).toStrictEqual(retrievedConversation)
    serve()
    expect(await liveChatAI(good).conversations.get('c')).not.toHaveProperty('raw')
  })
})

describe('the definition', () => {
  it('opens from plain JSON', () => {
    const config = {
      vendor: 'livechatai',
      account: 'shop',
      apiKey: { env: 'SHOP_KEY' },
      agentId: 'bot-1',
      userId: 'u-1',
      streaming: true,
      baseUrl: 'https://app.livechatai.com/api/v2',
      timeout: 30_000,
      rate: { requests: 5, perMs: 1_000 },
      raw: false,
    }
    const environment = { SHOP_KEY: 'key' }
    const adapter = open(JSON.parse(JSON.stringify(config)), [liveChatAIDefinition], { environment })
    expect([adapter.vendor, adapter.account]).toEqual(['livechatai', 'shop'])
  })

  it('says what it is', () => {
    expect(liveChatAIDefinition).toMatchObject({
      vendor: 'livechatai',
      label: 'LiveChatAI',
      env: { apiKey: 'LIVECHATAI_API_KEY', agentId: 'LIVECHATAI_AGENT_ID', userId: 'LIVECHATAI_USER_ID' },
    })
  })
})
