import { describe, expect, it } from 'vitest'
import { openDesk } from './leadconnector-desk.ts'

const agents = '/conversation-ai/agents/search'

describe('the gate of the emulated LeadConnector', () => {
  it('requires a version first, and knows four', async () => {
    const { get } = openDesk()
    const missing = await get(agents, {}, { version: null, token: 'nonsense' })
    expect(missing.status).toBe(401)
    expect(missing.body).toMatchObject({ statusCode: 401, message: 'version header was not found.' })
    const unknown = await get(agents, {}, { version: '2020-01-01' })
    expect(unknown.status).toBe(401)
    expect(unknown.body.message).toBe('version header is invalid.')
    for (const version of ['v3', '2023-02-21', '2021-07-28', '2021-04-15']) {
      expect((await get(agents, {}, { version })).status).toBe(200)
    }
  })

  it('requires the version of each family if configured so', async () => {
    const { get, names } = openDesk({ strictVersions: true })
    expect((await get('/contacts/', { locationId: names.locationId }, { version: '2021-04-15' })).status).toBe(401)
    expect((await get('/contacts/', { locationId: names.locationId }, { version: '2021-07-28' })).status).toBe(200)
    expect((await get(agents, {}, { version: '2023-02-21' })).status).toBe(401)
  })

  it('tells a wrong token, a missing scope and a foreign location apart', async () => {
    const { get, call, names } = openDesk()
    const bad = await get(agents, {}, { token: 'pit-wrong' })
    expect(bad).toMatchObject({ status: 401, body: { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' } })
    expect((await get(agents, {}, { token: null })).status).toBe(401)
    const scope = await call('DELETE', `/conversation-ai/agents/${names.agentId}`, undefined, {
      token: names.readonlyToken,
    })
    expect(scope).toMatchObject({ status: 401, body: { message: 'The token is not authorized for this scope.' } })
    const foreign = await get('/conversations/search', { locationId: names.secondLocationId })
    const text = 'The token does not have access to this location.'
    expect(foreign).toMatchObject({ status: 403, body: { message: text } })
    expect((await get(agents, {}, { token: names.companyToken })).body.message).toBe(text)
    expect(foreign.body.traceId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('lets no token read or write in another location', async () => {
    const { get, call, names, search } = openDesk()
    const [own] = await search({ limit: 1 })
    const options = { token: names.secondToken }
    expect((await get(`/conversations/${own.id}`, {}, options)).status).toBe(403)
    expect((await get(`/conversation-ai/agents/${names.agentId}`, {}, options)).status).toBe(403)
    expect((await get(`/contacts/${own.contactId}`, {}, options)).status).toBe(403)
    const sent = await call(
      'POST',
      '/conversations/messages',
      { type: 'SMS', contactId: own.contactId, message: 'x' },
      options,
    )
    expect(sent.status).toBe(403)
    const empty = await get(agents, {}, { token: names.emptyToken })
    expect(empty.body).toMatchObject({ agents: [], totalCount: 0, count: 0 })
    const few = await get('/conversations/search', { locationId: names.secondLocationId }, options)
    expect(few.body.total).toBeGreaterThan(0)
    expect(few.body.total).toBeLessThan(5)
  })

  it('answers a wrong token with a server fault on the inbound route', async () => {
    const { call } = openDesk()
    const { status, body } = await call('POST', '/conversations/messages/inbound', {}, { token: 'pit-wrong' })
    expect(status).toBe(500)
    expect(body).toMatchObject({ statusCode: 500, message: 'Internal server error' })
  })

  it('answers 404 for unknown paths, and for new paths under an old version', async () => {
    const { get, names } = openDesk()
    expect((await get('/nothing/here')).status).toBe(404)
    const hours = `/conversation-ai/agents/${names.agentId}/working-hours`
    expect((await get(hours)).status).toBe(404)
    expect((await get(hours, {}, { version: 'v3' })).status).toBe(400)
    const actions = `/conversation-ai/agents/${names.agentId}/actions`
    expect((await get(actions)).status).toBe(404)
    expect((await get(actions, {}, { version: 'v3' })).status).toBe(200)
  })

  it('refuses a body that is not a JSON object', async () => {
    const { call } = openDesk()
    expect((await call('POST', '/conversations/messages', '{"type":')).status).toBe(400)
    expect((await call('POST', '/conversations/messages', '[]')).status).toBe(400)
  })

  it('drops written data on a reset, and keeps the settings', async () => {
    const { emulator, get, call, names } = openDesk({ messageShape: 'flat' })
    await call('DELETE', `/conversation-ai/agents/${names.agentId}`)
    expect((await get(`/conversation-ai/agents/${names.agentId}`)).status).toBe(400)
    emulator.reset()
    expect((await get(`/conversation-ai/agents/${names.agentId}`)).status).toBe(200)
    expect(emulator.settings.messageShape).toBe('flat')
  })
})

describe('the rate limit of the emulated LeadConnector', () => {
  it('counts a window and a day, and returns both in headers', async () => {
    const { get, clock } = openDesk()
    const first = await get(agents)
    expect(first.headers.get('x-ratelimit-max')).toBe('100')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('99')
    expect(first.headers.get('x-ratelimit-interval-milliseconds')).toBe('10000')
    expect(first.headers.get('x-ratelimit-limit-daily')).toBe('200000')
    expect(first.headers.get('x-ratelimit-daily-remaining')).toBe('199999')
    expect(Number(first.headers.get('x-ratelimit-daily-reset'))).toBeGreaterThan(0)
    for (let count = 1; count < 100; count += 1) await get(agents)
    const refused = await get(agents)
    expect(refused).toMatchObject({ status: 429, body: { statusCode: 429, message: 'Too Many Requests' } })
    expect(refused.headers.get('retry-after')).toBeNull()
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    await clock.advance(10_000)
    expect((await get(agents)).status).toBe(200)
  })

  it('counts each location for itself', async () => {
    const { get, names } = openDesk({ rateLimitBurst: 1 })
    await get(agents)
    expect((await get(agents)).status).toBe(429)
    expect((await get(agents, {}, { token: names.secondToken })).status).toBe(200)
  })

  it('names the wait only if configured so', async () => {
    const { get, emulator, clock } = openDesk({ rateLimitBurst: 1, rateLimitRetryAfter: 'seconds' })
    await get(agents)
    await clock.advance(4_000)
    expect((await get(agents)).headers.get('retry-after')).toBe('6')
    emulator.settings.rateLimitRetryAfter = 'date'
    const date = (await get(agents)).headers.get('retry-after') ?? ''
    expect(Date.parse(date) - clock.now()).toBe(6_000)
  })

  it('starts anew at midnight, and can be switched off', async () => {
    const { get, emulator, clock } = openDesk({ rateLimitDaily: 1 })
    await get(agents)
    const refused = await get(agents)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-ratelimit-daily-remaining')).toBe('0')
    await clock.advance(Number(refused.headers.get('x-ratelimit-daily-reset')))
    expect((await get(agents)).status).toBe(200)
    emulator.settings.rateLimit = false
    const open = await get(agents)
    expect(open.status).toBe(200)
    expect(open.headers.get('x-ratelimit-max')).toBeNull()
  })

  it('is missing from the headers of sends', async () => {
    const { call, emulator } = openDesk()
    expect((await call('POST', '/conversations/messages', {})).headers.get('x-ratelimit-max')).toBeNull()
    emulator.settings.rateLimitHeadersOnSends = true
    expect((await call('POST', '/conversations/messages', {})).headers.get('x-ratelimit-max')).toBe('100')
  })
})
