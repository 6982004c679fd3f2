import { describe, expect, test } from 'vitest'
import { agentConversationDesk, badRequest, forbidden, type Json, notFound } from './agent-conversation-desk.ts'

const desk = agentConversationDesk()
const { call } = desk

async function everyPage(query = ''): Promise<Json[]> {
  const all: Json[] = []
  for (let page = 1; ; page += 1) {
    const { body } = await call('GET', `/conversations?page=${page}&pageSize=100${query}`)
    all.push(...body['data'])
    if (!body['hasNextPage']) return all
  }
}

const firstWhere = async (predicate: (conversation: Json) => boolean): Promise<Json> => {
  const found = (await everyPage()).find(predicate)
  if (!found) throw new Error('the seed has no such conversation')
  return found
}

const newConversation = async () => {
  const user = (await call('GET', '/agents/users')).body['data'][0]
  return (await call('POST', '/conversations', { body: { conversationUserId: user.id } })).body
}

describe('the credentials of the emulator', () => {
  test.each([
    ['GET', '/conversations'],
    ['DELETE', '/conversations'],
    ['GET', '/conversations/states'],
    ['POST', '/conversations/start'],
    ['POST', '/conversations/x/messages'],
    ['PUT', '/conversations/x/mode'],
    ['GET', '/agents/by-api-key'],
    ['GET', '/platform-users'],
    ['POST', '/prompts'],
  ])('are required by %s %s', async (method, path) => {
    expect(await call(method, path, { key: 'wrong' })).toMatchObject(forbidden)
  })

  test('can be in another header', async () => {
    desk.served.settings.authHeader = 'Authorization'
    desk.served.settings.authPrefix = 'Bearer '
    expect((await call('GET', '/conversations')).status).toBe(403)
    const headers = { Authorization: `Bearer ${desk.served.credentials['apiKey']}` }
    expect((await call('GET', '/conversations', { headers })).status).toBe(200)
  })

  test('select one agent, and hide the conversations of the others', async () => {
    const { apiKey2, apiKey3 } = desk.served.credentials
    const mine = await everyPage()
    const others = (await call('GET', '/conversations?pageSize=100', { key: apiKey2 ?? '' })).body['data'] as Json[]
    expect(mine.length).toBeGreaterThanOrEqual(250)
    expect(others.length).toBeGreaterThan(10)
    expect((await call('GET', '/conversations', { key: apiKey3 ?? '' })).body['totalItems']).toBeGreaterThan(5)
    expect(await call('GET', `/conversations/${others[0]?.['id']}`)).toMatchObject(notFound)
  })

  test('an unknown route answers with the framework’s 404, and every answer has a request id', async () => {
    const { status, body, headers } = await call('GET', '/nowhere')
    expect([status, body['message']]).toEqual([404, 'Cannot GET /external/nowhere'])
    expect(headers.get('x-request-id')).toMatch(/^req-\d+$/)
  })
})

describe('GET /conversations', () => {
  test('returns every conversation once over all pages', async () => {
    const { status, body } = await call('GET', '/conversations')
    expect(status).toBe(200)
    expect(body).toMatchObject({ currentPage: 1, pageSize: 10, hasNextPage: true, hasPreviousPage: false })
    expect(body['totalPages']).toBe(Math.ceil(body['totalItems'] / 10))
    const all = await everyPage()
    expect(new Set(all.map(({ id }) => id)).size).toBe(body['totalItems'])
    expect(all).toHaveLength(body['totalItems'])
  })

  test('returns the documented fields only', async () => {
    const shown = await firstWhere(({ assignedUser, metadata }) => assignedUser && metadata)
    expect(shown).toMatchObject({
      id: expect.any(String),
      conversationUserId: shown['user'].id,
      aiConversationId: expect.stringMatching(/^conv_/),
      mode: expect.stringMatching(/^(ai|manual)$/),
      metadata: { customData: expect.any(Object) },
      user: { firstName: expect.any(String), isAnonymized: false },
      assignedUser: { id: expect.any(String), email: expect.stringContaining('@'), avatarUrl: null },
      isAnonymized: false,
      feedbacks: expect.any(Array),
    })
    for (const hidden of ['status', 'channel', 'context', 'agentId']) expect(shown).not.toHaveProperty(hidden)
  })

  test('caps the limit, and is empty past the end', async () => {
    expect((await call('GET', '/conversations?pageSize=5000')).body['pageSize']).toBe(100)
    expect((await call('GET', '/conversations?page=999')).body).toMatchObject({ data: [], hasNextPage: false })
    desk.served.settings.pastLastPage = 'repeat'
    const { body } = await call('GET', '/conversations?page=999')
    expect([body['data'].length > 0, body['hasNextPage']]).toEqual([true, true])
  })

  test('sorts by either date, in either direction', async () => {
    for (const field of ['createdAt', 'updatedAt']) {
      const times = (await everyPage(`&orderBy=${field}&orderDirection=ASC`)).map((one) => Date.parse(one[field]))
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
    const newest = (await everyPage('&orderBy=updatedAt&orderDirection=DESC')).map(({ id }) => id)
    expect(newest[0]).toBe((await everyPage('&orderBy=updatedAt&orderDirection=ASC')).at(-1)?.['id'])
  })

  test('filters by date, user, keyword and feedback', async () => {
    const [from, to] = ['2025-12-01T00:00:00Z', '2025-12-31T00:00:00Z']
    const dated = await everyPage(`&startDate=${from}&endDate=${to}`)
    expect(dated.length).toBeGreaterThan(0)
    for (const { updatedAt } of dated) {
      expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(from))
      expect(Date.parse(updatedAt)).toBeLessThanOrEqual(Date.parse(to))
    }
    const one = await firstWhere(({ user, isAnonymized }) => user.email && !isAnonymized)
    const ofUser = await everyPage(`&userId=${one['conversationUserId']}`)
    expect(ofUser.map(({ id }) => id)).toContain(one['id'])
    expect(new Set(ofUser.map(({ conversationUserId }) => conversationUserId)).size).toBe(1)
    const found = await everyPage(`&searchKeyword=${one['user'].email.toUpperCase()}`)
    expect(found.map(({ id }) => id)).toEqual(ofUser.map(({ id }) => id))
    const rated = await everyPage('&withFeedbacksOnly=true')
    expect(rated.length).toBeGreaterThan(0)
    expect(rated.length).toBeLessThan((await everyPage()).length)
    expect(rated[0]?.['feedbacks'][0]).toMatchObject({ voteType: expect.stringMatching(/^(up|down)$/) })
  })

  test.each([
    ['page=0', 'page must not be less than 1'],
    ['orderBy=score', 'orderBy must be one of the following values: createdAt, updatedAt'],
    ['orderDirection=asc', 'orderDirection must be one of the following values: ASC, DESC'],
    ['startDate=yesterday', 'startDate must be a valid ISO 8601 date string'],
  ])('refuses %s', async (query, detail) => {
    expect(await call('GET', `/conversations?${query}`)).toMatchObject(badRequest(detail))
  })

  test('has seeded values that break clients', async () => {
    const all = await everyPage()
    expect(all.some(({ createdAt }) => /:\d\dZ$/.test(createdAt))).toBe(true)
    expect(all.some(({ createdAt }) => /\.\d{3}Z$/.test(createdAt))).toBe(true)
    expect(all.some(({ isAnonymized, user }) => isAnonymized && user.firstName === '***')).toBe(true)
    expect(all.some(({ aiCallId }) => aiCallId)).toBe(true)
    expect(all.some(({ mode }) => mode === 'manual')).toBe(true)
    expect(all.some((one) => one['title'] === null)).toBe(true)
    expect(all.some((one) => !('title' in one))).toBe(true)
  })
})

describe('POST /conversations', () => {
  test('opens a conversation', async () => {
    const user = (await call('GET', '/agents/users')).body['data'][0]
    const state = (await call<Json[]>('GET', '/conversations/states')).body[0]
    const { status, body } = await call('POST', '/conversations', {
      body: {
        conversationUserId: user.id,
        title: 'Parcel',
        context: 'Loyal customer',
        customData: { orderNo: 'A-1' },
        conversationStateId: state?.['id'],
      },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      conversationUserId: user.id,
      title: 'Parcel',
      mode: 'ai',
      metadata: { customData: { orderNo: 'A-1' } },
      conversationStateId: state?.['id'],
    })
    expect(body).not.toHaveProperty('feedbacks')
    expect(JSON.stringify(body)).not.toContain('Loyal')
    expect((await call('GET', `/conversations/${body['id']}`)).body).toMatchObject({ title: 'Parcel', feedbacks: [] })
  })

  test('refuses missing, too long, mistyped and unknown values', async () => {
    expect(await call('POST', '/conversations', { body: {} })).toMatchObject(
      badRequest('conversationUserId should not be empty'),
    )
    const body = { conversationUserId: 'u', title: 'x'.repeat(256), customData: 'none', conversationStateId: 'none' }
    expect(await call('POST', '/conversations', { body })).toMatchObject(
      badRequest(
        'title must be shorter than or equal to 255 characters',
        'customData must be an object',
        'conversationStateId does not exist',
      ),
    )
    const context = 'x'.repeat(256_001)
    expect((await call('POST', '/conversations', { body: { conversationUserId: 'u', context } })).status).toBe(400)
    expect(await call('POST', '/conversations', { body: { conversationUserId: 'u' } })).toMatchObject(notFound)
    expect(await call('POST', '/conversations', { body: [] })).toMatchObject(
      badRequest('the body must be a JSON object'),
    )
    desk.served.settings.badRequestStatus = 400
    expect((await call('POST', '/conversations', { body: {} })).body['status']).toBe(400)
  })
})

describe('DELETE /conversations', () => {
  test('deletes for the user in the body, and not for other agents', async () => {
    const one = await newConversation()
    const key = desk.served.credentials['apiKey2'] ?? ''
    const body = { conversationUserId: one['conversationUserId'] }
    const other = (await call('POST', '/conversations', { body, key })).body
    const { status, body: empty } = await call('DELETE', '/conversations', { body })
    expect([status, empty]).toEqual([204, null])
    expect(await everyPage(`&userId=${body.conversationUserId}`)).toEqual([])
    expect(await call('GET', `/conversations/${one['id']}`)).toMatchObject(notFound)
    expect((await call('GET', `/conversations/${other['id']}`, { key })).status).toBe(200)
  })

  test('requires a user, but not a known one', async () => {
    const missing = badRequest('conversationUserId should not be empty')
    expect(await call('DELETE', '/conversations')).toMatchObject(missing)
    expect((await call('DELETE', '/conversations', { body: { conversationUserId: 'nobody' } })).status).toBe(204)
  })
})

describe('one conversation', () => {
  test('is found by id, and answers with the documented 404 if it is unknown', async () => {
    const known = await firstWhere(({ metadata }) => metadata)
    expect((await call('GET', `/conversations/${known['id']}`)).body).toEqual(known)
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['PUT', '/mode'],
      ['GET', '/messages'],
      ['POST', '/messages'],
      ['POST', '/messages/async'],
      ['GET', '/messages/x/response-on'],
      ['POST', '/send-manual-message'],
      ['POST', '/message-files/upload-url'],
      ['GET', '/message-files/x/signed-url'],
    ] as const) {
      expect(await call(method, `/conversations/nope${path}`), `${method} ${path}`).toMatchObject(notFound)
    }
  })

  test('is updated in part, and never shows the status that can be written', async () => {
    const { id } = await newConversation()
    const state = (await call<Json[]>('GET', '/conversations/states')).body[1]
    const { status, body } = await call('PUT', `/conversations/${id}`, {
      body: { title: 'New', status: 'archived', conversationStateId: state?.['id'] },
    })
    expect([status, body['title'], body['conversationStateId']]).toEqual([200, 'New', state?.['id']])
    expect(body).not.toHaveProperty('status')
    expect((await call('PUT', `/conversations/${id}`, { body: {} })).body['title']).toBe('New')
    expect(await call('PUT', `/conversations/${id}`, { body: { status: 'closed' } })).toMatchObject(
      badRequest('status must be one of the following values: active, inactive, archived'),
    )
    desk.served.settings.archivedConversations = 'hidden'
    expect((await everyPage()).map((one) => one['id'])).not.toContain(id)
    expect((await call('GET', `/conversations/${id}`)).status).toBe(200)
  })

  test('changes its mode', async () => {
    const { id } = await newConversation()
    const { status, body } = await call('PUT', `/conversations/${id}/mode`, { body: { mode: 'manual' } })
    expect([status, body['mode']]).toEqual([200, 'manual'])
    expect(await call('PUT', `/conversations/${id}/mode`, { body: { mode: 'human' } })).toMatchObject(
      badRequest('mode must be one of the following values: manual, ai'),
    )
  })
})

describe('GET /conversations/states', () => {
  test('returns a list, only the first state, or an envelope', async () => {
    const { status, body: list } = await call<Json[]>('GET', '/conversations/states')
    expect(status).toBe(200)
    expect(list.map(({ name }) => name)).toEqual(['Open', 'In Process', 'Waiting for customer', 'Complete'])
    expect(list[1]).toMatchObject({ description: null, isPersistent: false, createdAt: expect.any(String) })
    desk.served.settings.statesShape = 'object'
    expect((await call('GET', '/conversations/states')).body).toEqual(list[0])
    desk.served.settings.statesShape = 'envelope'
    expect((await call('GET', '/conversations/states')).body).toEqual({ data: list })
  })
})

describe('POST /conversations/start', () => {
  const mail = {
    channel: 'email',
    firstName: 'Nora',
    lastName: 'Vale',
    email: 'nora.vale@example.org',
    emailSubject: 'Your winter check',
    emailIntroduction: 'Hello Nora, shall we book it?',
  }
  const start = (body: object) => call('POST', '/conversations/start', { body })

  test('returns the id only, and the vendor has sent the first message', async () => {
    const { status, body } = await start({ ...mail, customData: { a: 1 }, context: 'likes mornings' })
    expect(status).toBe(201)
    expect(Object.keys(body)).toEqual(['conversationId'])
    const conversation = (await call('GET', `/conversations/${body['conversationId']}`)).body
    expect(conversation).toMatchObject({
      title: 'Your winter check',
      metadata: { customData: { a: 1 } },
      user: { firstName: 'Nora', email: 'nora.vale@example.org', context: 'likes mornings' },
    })
    const { messages } = (await call('GET', `/conversations/${body['conversationId']}/messages`)).body
    expect(messages).toMatchObject([
      { message: 'Hello Nora, shall we book it?', senderRole: 'assistant', source: 'email' },
    ])
  })

  test('continues a known user’s open conversation unless it is reset', async () => {
    const first = (await start(mail)).body['conversationId']
    expect((await start({ ...mail, email: 'Nora.Vale@example.org' })).body['conversationId']).toBe(first)
    const second = (await start({ ...mail, resetConversation: true })).body['conversationId']
    expect(second).not.toBe(first)
    expect((await start(mail)).body['conversationId']).toBe(second)
  })

  test('starts a call each time, in a voice conversation', async () => {
    const body = { channel: 'voice', firstName: 'A', lastName: 'B', phoneNumber: '+447700900111', firstMessage: 'Hi' }
    const first = (await start(body)).body['conversationId']
    expect((await start(body)).body['conversationId']).not.toBe(first)
    expect((await call('GET', `/conversations/${first}`)).body['aiCallId']).toEqual(expect.any(String))
  })

  test('requires the values of its channel', async () => {
    const name = { firstName: 'A', lastName: 'B' }
    expect((await start({})).body['details']).toEqual([
      'channel should not be empty',
      'firstName should not be empty',
      'lastName should not be empty',
    ])
    expect((await start({ ...name, channel: 'email' })).body['details']).toEqual([
      'email should not be empty',
      'emailSubject should not be empty',
      'emailIntroduction should not be empty',
    ])
    expect((await start({ ...name, channel: 'sms', phoneNumber: '0770' })).body['details']).toEqual([
      'phoneNumber must be a valid phone number',
      'smsIntroduction should not be empty',
    ])
    const skipping = { ...name, channel: 'sms', phoneNumber: '0770', smsIntroduction: 'Hi' }
    expect((await start({ ...skipping, skipPhoneNumberValidation: true })).status).toBe(201)
    expect((await start({ ...name, channel: 'fax' })).status).toBe(400)
  })
})

describe('the older edition of the emulator', () => {
  test('has another model id and lacks the newer fields', async () => {
    desk.served.settings.edition = 'older'
    const [one] = (await call('GET', '/conversations')).body['data']
    expect(one).toMatchObject({ threadId: expect.stringMatching(/^thread_/), conversationUserId: expect.any(String) })
    for (const newer of ['aiConversationId', 'createdAt', 'updatedAt', 'user', 'isAnonymized', 'mode']) {
      expect(one).not.toHaveProperty(newer)
    }
    expect((await call('GET', '/agents/by-api-key')).body).toMatchObject({ assistant: { tools: [] } })
  })
})

test('a reset of the emulator restores the seed', async () => {
  const before = await everyPage()
  await call('DELETE', '/conversations', { body: { conversationUserId: before[0]?.['conversationUserId'] } })
  const { id } = await newConversation()
  desk.served.reset()
  expect(await everyPage()).toEqual(before)
  expect((await newConversation())['id']).toBe(id)
})
