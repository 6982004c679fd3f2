import { expect, test } from 'vitest'
import { openDesk } from './livechatai-desk.ts'

const listed = {
  id: expect.any(String),
  name: expect.any(String),
  isLiveChatEnabled: expect.any(Boolean),
  language: 'en',
  isArchived: expect.any(Boolean),
  createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
  updatedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
}

test('the agents of the emulated LiveChatAI are listed with the archived ones', async () => {
  const desk = openDesk()
  const agents = (await desk.get('/agents?limit=100')).rows('data')
  for (const agent of agents) expect(agent).toEqual(listed)
  expect(agents[0]).toMatchObject({ id: desk.agentId, name: desk.world.bots[0]?.name, isArchived: false })
  expect(agents.filter((agent) => agent['isArchived'] === false).length).toBeGreaterThanOrEqual(3)
})

test('the emulated LiveChatAI creates an agent, which can be retrieved by id and slug, and deletes it', async () => {
  const desk = openDesk()
  const created = await desk.post('/agents', { name: 'Night shift', isLiveChatEnabled: true })
  const id = created.text('data.id')
  expect(created.body).toEqual({
    status: 'success',
    data: { ...listed, id, name: 'Night shift', slug: 'night-shift', isImageSharingEnabled: false },
  })
  expect((await desk.get(`/agents/${id}`)).body).toEqual(created.body)
  expect((await desk.get('/agents/night-shift')).at('data.id')).toBe(id)
  expect((await desk.post('/agents', { name: 'Night shift', isLiveChatEnabled: true })).at('data.slug')).toBe(
    'night-shift-2',
  )
  expect((await desk.delete(`/agents/${id}`)).at('status')).toBe('success')
  expect((await desk.get(`/agents/${id}`)).status).toBe(404)
})

test('deleting an agent deletes all of its data', async () => {
  const desk = openDesk({ deleteBody: 'empty' })
  const one = (await desk.get(`/conversations?agentId=${desk.agentId}`)).text('data.conversations.0.id')
  expect((await desk.delete(`/agents/${desk.agentId}`)).status).toBe(204)
  expect((await desk.get(`/conversations/${one}`)).status).toBe(404)
  expect((await desk.get(`/conversations?agentId=${desk.agentId}`)).status).toBe(404)
})

test.each([
  [{ isLiveChatEnabled: true }, 'name is required'],
  [{ name: ' ', isLiveChatEnabled: true }, 'name is required'],
  [{ name: 'A' }, 'isLiveChatEnabled is required'],
  [{ name: 'A', isLiveChatEnabled: 'yes' }, 'isLiveChatEnabled must be a boolean'],
  [{ name: 'A', isLiveChatEnabled: true, isImageSharingEnabled: 1 }, 'isImageSharingEnabled must be a boolean'],
])('creating an agent refuses %j', async (body, message) => {
  expect((await openDesk().post('/agents', body)).body).toEqual({ status: 'error', message, code: 'BAD_REQUEST' })
})

test('one agent comes in three shapes', async () => {
  const desk = openDesk()
  const path = `/agents/${desk.agentId}`
  expect((await desk.get(path)).at('data.id')).toBe(desk.agentId)
  desk.settings.agentBody = 'nested'
  expect((await desk.get(path)).at('data.agent.id')).toBe(desk.agentId)
  desk.settings.agentBody = 'bare'
  expect((await desk.get(path)).body).toMatchObject({ id: desk.agentId })
})

test('the answer for an embed can be cached', async () => {
  const desk = openDesk()
  expect((await desk.get(`/agents/${desk.agentId}?isEmbed=true`)).headers.get('cache-control')).toMatch('public')
  expect((await desk.get(`/agents/${desk.agentId}`)).headers.get('cache-control')).toBeNull()
})
