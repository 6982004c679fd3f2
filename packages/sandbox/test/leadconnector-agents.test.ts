import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

const path = '/conversation-ai/agents'
const complete = { name: 'Night desk', personality: 'Calm', goal: 'Offer a slot', instructions: 'Never quote prices.' }

describe('agents at the emulated LeadConnector', () => {
  it('have different shapes in a list and alone', async () => {
    const { get, names } = openDesk()
    const { body } = await get(`${path}/search`)
    const item = body.agents.find(({ id }: Body) => id === names.agentId)
    expect(item).toMatchObject({ mode: 'auto-pilot', isPrimary: true, goal: { type: 'custom', actionId: null } })
    expect(item.channels).toContain('LIVE_CHAT')
    expect(item.createdAt).toMatch(/Z$/)
    expect(item.personality).toBeUndefined()
    const single = (await get(`${path}/${names.agentId}`)).body
    expect(single.goal).toBeTypeOf('string')
    expect(single.channels).toContain('Live_Chat')
    expect(single.createdAt).toBeUndefined()
    expect(single.respondToImages).toBeUndefined()
    expect(body.agents.map(({ mode }: Body) => mode)).toEqual(expect.arrayContaining(['suggestive', 'off']))
  })

  it('are paged by the last id, with a count of all agents despite the search', async () => {
    const { get } = openDesk()
    const first = (await get(`${path}/search`, { limit: 50 })).body
    expect(first).toMatchObject({ totalCount: 12, count: 10 })
    const second = (await get(`${path}/search`, { limit: 50, startAfter: first.agents.at(-1).id })).body
    expect(second.agents).toHaveLength(2)
    expect((await get(`${path}/search`, { startAfter: second.agents.at(-1).id })).body.agents).toEqual([])
    expect((await get(`${path}/search`, { query: 'spoke' })).body).toMatchObject({ totalCount: 12, count: 1 })
    expect((await get(`${path}/search`, { query: 'Spoke' })).body).toMatchObject({ totalCount: 12, count: 0 })
  })

  it('are refused for unknown search parameters', async () => {
    const { get, names, emulator } = openDesk()
    const { status, body } = await get(`${path}/search`, { locationId: names.locationId })
    expect(status).toBe(422)
    expect(body).toMatchObject({ message: ['property locationId should not exist'], error: 'Unprocessable Entity' })
    emulator.settings.agentSearchRejectsLocationId = false
    expect((await get(`${path}/search`, { locationId: names.locationId })).status).toBe(200)
  })

  it('can come without a list, with a misspelled mode, or with null', async () => {
    const { get, names, emulator } = openDesk({ agentsMissing: true, agentSpelling: 'loose' })
    const { body } = await get(`${path}/search`)
    expect(body.agents).toBeUndefined()
    expect(body.count).toBe(10)
    expect((await get(`${path}/${names.agentId}`)).body.mode).toBe('autoPilot')
    Object.assign(emulator.settings, { agentsMissing: false, brokenItems: true })
    expect((await get(`${path}/search`)).body.agents[1]).toBeNull()
  })

  it('are created with defaults', async () => {
    const { call, get } = openDesk()
    const { status, body } = await call('POST', path, complete)
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...complete, mode: 'off', waitTime: 2, autoPilotMaxMessages: 75, isPrimary: false })
    expect((await get(`${path}/${body.id}`)).body.name).toBe('Night desk')
  })

  it('are primary if they are the first of a location, and later only one at a time', async () => {
    const { call, get, names } = openDesk()
    const token = names.emptyToken
    const first = await call('POST', path, complete, { token })
    expect(first.body.isPrimary).toBe(true)
    const second = await call('POST', path, { ...complete, isPrimary: true }, { token })
    expect(second.body.isPrimary).toBe(true)
    expect((await get(`${path}/${first.body.id}`, {}, { token })).body.isPrimary).toBe(false)
  })

  it('are refused with every broken limit named', async () => {
    const { call, names } = openDesk()
    const created = await call('POST', path, { mode: 'loud', waitTime: 301, sleepTime: 49, sleepTimeUnit: 'hours' })
    expect(created.status).toBe(422)
    expect(created.body.message).toEqual(
      expect.arrayContaining([
        'name should not be empty',
        'mode must be one of the following values: off, suggestive, auto-pilot',
        'waitTime must not be greater than 300',
        'sleepTime must not be greater than 48',
      ]),
    )
    const minutes = await call('POST', path, { ...complete, waitTime: 6, waitTimeUnit: 'minutes' })
    expect(minutes.body.message).toEqual(['waitTime must not be greater than 5'])
    const updated = await call('PUT', `${path}/${names.agentId}`, { autoPilotMaxMessages: 101 })
    expect(updated.body.message).toEqual(['autoPilotMaxMessages must not be greater than 100'])
    const bare = await call('PUT', `${path}/${names.agentId}`, { isPrimary: true })
    expect(bare.body.message).toContain('autoPilotMaxMessages should not be empty')
    expect(bare.body.message).toContain('mode should not be empty')
  })

  it('lose the booleans that an update omits', async () => {
    const { call, emulator, names } = openDesk()
    const { body } = await call('PUT', `${path}/${names.agentId}`, { autoPilotMaxMessages: 40 })
    expect(body).toMatchObject({ autoPilotMaxMessages: 40, isPrimary: false, sleepOnManualMessage: false, name: 'Pip' })
    emulator.reset()
    emulator.settings.agentPutResetsBooleans = false
    const kept = await call('PUT', `${path}/${names.agentId}`, { autoPilotMaxMessages: 40 })
    expect(kept.body).toMatchObject({ isPrimary: true, sleepOnManualMessage: true })
  })

  it('can lose the primary role if configured so', async () => {
    const { call } = openDesk({ primaryPersists: false })
    const { body } = await call('POST', path, complete)
    const update = { isPrimary: true, mode: 'off', autoPilotMaxMessages: 5 }
    expect((await call('PUT', `${path}/${body.id}`, update)).body.isPrimary).toBe(false)
  })

  it('are deleted with their history, and unknown ones answer with 400', async () => {
    const { call, get, names } = openDesk()
    const { body } = await call('DELETE', `${path}/${names.agentId}`)
    expect(body).toMatchObject({ success: true, id: names.agentId })
    const gone = await get(`${path}/${names.agentId}`)
    expect(gone.status).toBe(400)
    expect(gone.body.message).toMatch(/^No Agent found for the id/)
    expect((await call('PUT', `${path}/nobody`, { autoPilotMaxMessages: 5 })).status).toBe(400)
    expect((await call('DELETE', `${path}/nobody`)).status).toBe(400)
  })
})
