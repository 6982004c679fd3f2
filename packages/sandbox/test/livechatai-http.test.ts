import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningClock } from '../src/kit/clock.ts'
import { type ServedEmulator, serveEmulator } from '../src/kit/serve.ts'
import { createLiveChatAIEmulator, type LiveChatAISettings } from '../src/livechatai/index.ts'
import { createWorld } from '../src/world/index.ts'

const world = createWorld(7)
let served: ServedEmulator<LiveChatAISettings>
let url = ''

beforeAll(async () => {
  const clock = runningClock(world.now)
  served = await serveEmulator(createLiveChatAIEmulator, { world, clock, name: 'livechatai' })
  url = `${served.url}/api/v2`
})
afterAll(() => served.stop())

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url + path, { ...init, headers: { authorization: `Bearer ${served.credentials['apiKey']}` } })

const agentId = (): string => served.credentials['agentId'] ?? ''

test('the body of a DELETE arrives', async () => {
  const body = JSON.stringify({ agentId: agentId(), source: 'QA', ids: ['nobody'] })
  const response = await call('/data-sources', { method: 'DELETE', body })
  expect(await response.json()).toMatchObject({ data: { deleted: [], notFound: ['nobody'] } })
})

test('a list is served as JSON, and HEAD returns its headers', async () => {
  const response = await call(`/conversations?agentId=${agentId()}&perPage=100`)
  expect(response.headers.get('content-type')).toMatch('application/json')
  expect(await response.json()).toMatchObject({ status: 'success', data: { meta: { perPage: 100 } } })
  expect((await call('/agents', { method: 'HEAD' })).status).toBe(200)
})

test('a streamed answer arrives in chunks that can end within a character', async () => {
  served.settings.streaming = 'text'
  const taught = { agentId: agentId(), question: 'Ölflecken?', answer: 'Größere Ölflecken löst grüne Seife völlig.' }
  await call('/data-sources/qa', { method: 'POST', body: JSON.stringify(taught) })
  const asked = { agentId: agentId(), question: 'Was löst Ölflecken?', streaming: true }
  const response = await call('/conversations', { method: 'POST', body: JSON.stringify(asked) })
  expect(await response.text()).toBe(taught.answer)
})

test('a stream that breaks closes the connection', async () => {
  Object.assign(served.settings, { streaming: 'text', streamBreaks: true })
  const asked = { agentId: agentId(), question: 'How long does delivery take?', streaming: true }
  const response = await call('/conversations', { method: 'POST', body: JSON.stringify(asked) })
  await expect(response.text()).rejects.toThrow()
})
