import { describe, expect, test } from 'vitest'
import { createRandom } from '../src/kit/random.ts'
import { testClock } from '../src/kit/test-clock.ts'
import { createLiveChatAIEmulator } from '../src/livechatai/index.ts'
import { createWorld } from '../src/world/index.ts'
import { openDesk } from './livechatai-desk.ts'

const desk = openDesk()
const id = 'nobody'

/** The thirty endpoints of the reference. */
const endpoints: readonly (readonly ['GET' | 'POST' | 'DELETE', string])[] = [
  ['GET', '/agents'],
  ['POST', '/agents'],
  ['GET', `/agents/${id}`],
  ['DELETE', `/agents/${id}`],
  ['GET', '/conversations'],
  ['POST', '/conversations'],
  ['POST', '/conversations/create'],
  ['GET', `/conversations/${id}`],
  ['POST', `/conversations/${id}/reply`],
  ['POST', `/conversations/${id}/end`],
  ['GET', '/conversations/views'],
  ['POST', '/contacts'],
  ['GET', '/contacts'],
  ['GET', `/contacts/${id}`],
  ['GET', `/contacts/${id}/conversations`],
  ['GET', '/data-sources'],
  ['POST', '/data-sources/url'],
  ['POST', '/data-sources/text'],
  ['POST', '/data-sources/qa'],
  ['POST', '/data-sources/file'],
  ['DELETE', '/data-sources'],
  ['GET', '/ai-suggestions'],
  ['GET', `/ai-suggestions/${id}`],
  ['DELETE', `/ai-suggestions/${id}`],
  ['GET', '/analytics'],
  ['GET', '/analytics/agent'],
  ['GET', '/analytics/ai-functions'],
  ['GET', '/analytics/csat'],
  ['GET', '/analytics/topics'],
  ['GET', '/analytics/sentiments'],
]

describe.each(endpoints)('%s %s', (method, path) => {
  test('requires the key', async () => {
    const response = await desk.raw(path, { method, headers: { authorization: 'Bearer wrong' } })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      status: 'error',
      message: 'No valid API key provided',
      code: 'UNAUTHORIZED',
    })
  })

  test('refuses a key without permission', async () => {
    const response = await openDesk({ permission: 'none' }).raw(path, { method })
    expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: 'FORBIDDEN' })])
  })

  test('refuses a missing required field, or an unknown id', async () => {
    const response = await desk.raw(path, { method })
    if (method === 'GET' && path === '/agents') return expect(response.status).toBe(200)
    expect(response.status).toBe(path.includes(id) ? 404 : 400)
    const code = path.includes(id) ? 'NOT_FOUND' : 'BAD_REQUEST'
    expect(await response.json()).toEqual({ status: 'error', message: expect.any(String), code })
  })
})

test('an unknown route answers with a page of the web app, with and without a key', async () => {
  for (const init of [{}, { headers: {} }]) {
    const response = await desk.raw('/chatbots', init)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch('text/html')
    expect(await response.text()).toMatch('__NEXT_DATA__')
  }
})

test('a known route refuses other methods with an empty 405', async () => {
  const response = await desk.raw('/conversations/create')
  expect([response.status, await response.text(), response.headers.get('allow')]).toEqual([405, '', 'POST'])
})

test('a key that can only read is refused for writes', async () => {
  const reader = openDesk({ permission: 'read' })
  expect((await reader.get('/agents')).status).toBe(200)
  expect((await reader.post('/contacts', { agentId: reader.agentId, distinctId: '1' })).status).toBe(403)
})

test.each(['{"agentId":', '[]', 'agentId=1'])('a body that is no JSON object is a bad request: %s', async (body) => {
  expect((await desk.raw('/contacts', { method: 'POST', body })).status).toBe(400)
})

test('errors can come inside a 200', async () => {
  const answer = await openDesk({ errorStatus: 'ok' }).get('/conversations/nobody')
  expect([answer.status, answer.body]).toEqual([
    200,
    { status: 'error', message: 'Conversation not found', code: 'NOT_FOUND' },
  ])
})

test('the same seed gives the same credentials, and a reset gives the same state', async () => {
  const other = openDesk()
  expect([other.apiKey, other.agentId, other.userId]).toEqual([desk.apiKey, desk.agentId, desk.userId])
  const before = (await other.get('/agents')).body
  await other.delete(`/agents/${other.agentId}`)
  expect((await other.get('/agents')).body).not.toEqual(before)
  other.reset()
  expect((await other.get('/agents')).body).toEqual(before)
})

test.each([1, 2, 3, 11, 99])('seed %i gives the first agent 250 conversations or more', async (seed) => {
  const world = createWorld(seed)
  const emulator = createLiveChatAIEmulator({
    world,
    ...testClock(world.now),
    thinkingTime: 0,
    random: createRandom(seed),
  })
  const { apiKey, agentId } = emulator.credentials
  const response = await emulator.app.request(`/api/v2/conversations?agentId=${agentId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  const body = (await response.json()) as { data: { meta: { total: number } } }
  expect(body.data.meta.total).toBeGreaterThanOrEqual(250)
})
