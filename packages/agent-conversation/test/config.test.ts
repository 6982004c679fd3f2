import { agentConversation, agentConversationDefinition } from '@parley/agent-conversation'
import { isParleyError, open } from '@parley/core'
import nock from 'nock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaults } from '../src/config.ts'
import { createProtocol } from '../src/protocol.ts'
import { listedConversation } from './fixtures/conversations.ts'

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

describe('agentConversation', () => {
  it('names a missing key and the variable it could come from', () => {
    vi.stubEnv('AGENT_CONVERSATION_API_KEY', '')
    expect(problem(() => agentConversation()).message).toMatch(/"apiKey" is missing.*AGENT_CONVERSATION_API_KEY/)
  })

  it('takes what is left out from the environment', async () => {
    vi.stubEnv('AGENT_CONVERSATION_API_KEY', 'from-env')
    vi.stubEnv('AGENT_CONVERSATION_BASE_URL', 'https://own.example/v9/')
    vi.stubEnv('AGENT_CONVERSATION_AUTH_HEADER', 'Authorization')
    vi.stubEnv('AGENT_CONVERSATION_AUTH_PREFIX', 'Bearer ')
    vi.stubEnv('AGENT_CONVERSATION_OPERATOR_ID', 'p-1')
    nock('https://own.example', { reqheaders: { authorization: 'Bearer from-env' }, badheaders: ['agent-secret-key'] })
      .post('/v9/conversations/c/send-manual-message', { message: 'x', authorId: 'p-1' })
      .reply(200, { id: 'm' })
    const adapter = agentConversation()
    expect([adapter.vendor, adapter.account]).toEqual(['agent-conversation', 'default'])
    expect(await adapter.messages.reply('c', { text: 'x' })).toMatchObject({ outcome: 'accepted', messageId: 'm' })
  })

  it.each([
    ['', 'k'],
    ['Bearer', 'Bearer k'],
    ['Bearer ', 'Bearer k'],
    ['key=', 'key=k'],
  ])('puts "%s" before the key', async (authPrefix, expected) => {
    nock('https://api.raia2.com', { reqheaders: { 'x-key': expected } })
      .get('/external/conversations/c')
      .reply(200, listedConversation)
    const adapter = agentConversation({ apiKey: 'k', authHeader: 'X-Key', authPrefix })
    expect(await adapter.control.get('c')).toMatchObject({ holder: 'agent' })
  })

  it.each([
    ['https://api.raia2.com', 'https://api.raia2.com/external'],
    ['https://api.raia2.com/', 'https://api.raia2.com/external'],
    ['https://api.raia2.com///', 'https://api.raia2.com/external'],
    ['https://api.raia2.com/external/', 'https://api.raia2.com/external'],
    ['https://proxy.example/agents/v2//', 'https://proxy.example/agents/v2'],
    ['http://127.0.0.1:4012', 'http://127.0.0.1:4012/external'],
  ])('reaches %s at %s', (given, base) => expect(createProtocol({ ...defaults, baseUrl: given }).baseUrl).toBe(base))

  it.each([
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: 7 }],
    ['baseUrl', { baseUrl: 'api.raia2.com' }],
    ['baseUrl', { baseUrl: 'ftp://api.raia2.com' }],
    ['baseUrl', { baseUrl: 'https://user:secret@api.raia2.com' }],
    ['baseUrl', { baseUrl: 'https://api.raia2.com/external?x=1' }],
    ['authHeader', { authHeader: 'two words' }],
    ['authHeader', { authHeader: '' }],
    ['authPrefix', { authPrefix: 'Bearer\r\n' }],
    ['operatorId', { operatorId: ' ' }],
    ['replyTimeout', { replyTimeout: 0 }],
    ['replyTimeout', { replyTimeout: '5s' }],
    ['stateNames', { stateNames: 'yes' }],
    ['account', { account: '' }],
    ['timeout', { timeout: -1 }],
    ['attemptTimeout', { attemptTimeout: 0 }],
    ['maxRetries', { maxRetries: 1.5 }],
    ['maxRetryAfter', { maxRetryAfter: -1 }],
    ['maxResponseBytes', { maxResponseBytes: 0 }],
    ['rate', { rate: true }],
    ['raw', { raw: 'no' }],
  ])('refuses a wrong %s: %o', (option, wrong) => {
    const { message, fields } = problem(() => agentConversation({ apiKey: 'k', ...(wrong as object) }))
    expect(message).toContain(`option "${option}`)
    expect(fields).toMatchObject([{ path: expect.stringMatching(`^${option}`) }])
    expect(message).not.toMatch(/Invalid input|secret/)
  })

  it('names an option that does not exist', () => {
    expect(problem(() => agentConversation({ apiKey: 'k', ...{ apikey: 'k', agentId: 'a' } })).message).toBe(
      'agent-conversation: there is no option "apikey" (did you mean "apiKey"?). there is no option "agentId".',
    )
  })

  it('keeps the vendor’s payload only when wished for', async () => {
    const serve = () => nock('https://api.raia2.com').get('/external/conversations/c').reply(200, listedConversation)
    serve()
    const keeping = agentConversation({ apiKey: 'k', raw: true })
    expect((await keeping.conversations.get('c')).raw).toStrictEqual(listedConversation)
    serve()
    expect(await agentConversation({ apiKey: 'k' }).conversations.get('c')).not.toHaveProperty('raw')
  })
})

describe('the definition', () => {
  it('opens from plain JSON', () => {
    const config = {
      vendor: 'agent-conversation',
      account: 'hotline',
      apiKey: { env: 'HOTLINE_KEY' },
      baseUrl: 'https://api-eu.raia2.com/external',
      authHeader: 'Agent-Secret-Key',
      authPrefix: '',
      operatorId: 'p-1',
      replyTimeout: 60_000,
      stateNames: true,
      timeout: 30_000,
      rate: { requests: 5, perMs: 1_000 },
      raw: false,
    }
    const environment = { HOTLINE_KEY: 'key' }
    const adapter = open(JSON.parse(JSON.stringify(config)), [agentConversationDefinition], { environment })
    expect([adapter.vendor, adapter.account]).toEqual(['agent-conversation', 'hotline'])
  })

  it('says what it is', () => {
    expect(agentConversationDefinition).toMatchObject({
      vendor: 'agent-conversation',
      label: 'Agent-conversation API (raia)',
      env: { apiKey: 'AGENT_CONVERSATION_API_KEY', operatorId: 'AGENT_CONVERSATION_OPERATOR_ID' },
    })
  })
})
