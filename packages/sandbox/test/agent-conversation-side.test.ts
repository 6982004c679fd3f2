import { describe, expect, test } from 'vitest'
import { agentConversationDesk, badRequest, forbidden, type Json, notFound } from './agent-conversation-desk.ts'

const desk = agentConversationDesk()
const { call } = desk

const organization = () => ({
  headers: { 'Organization-Secret-Key': desk.served.credentials['organizationKey'] ?? '' },
})
const uuid = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const nora = { firstName: 'Nora', lastName: 'Vale', email: 'nora.vale@example.org', fkId: 'N-1' }

describe('users', () => {
  test('are created once', async () => {
    const { status, body } = await call('POST', '/users', { body: { ...nora, customData: { vip: true } } })
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...nora, isAnonymized: false, metadata: { customData: { vip: true } } })
    expect(await call('POST', '/users', { body: nora })).toMatchObject(badRequest('the user already exists'))
    expect((await call('GET', `/users/${body['id']}`)).body).toEqual(body)
  })

  test('require a name and an address or id', async () => {
    expect(await call('POST', '/users', { body: {} })).toMatchObject(
      badRequest(
        'firstName should not be empty',
        'lastName should not be empty',
        'one of phoneNumber, email, fkId should not be empty',
      ),
    )
    const wrong = { ...nora, email: 'nora', phoneNumber: '123' }
    expect((await call('POST', '/users', { body: wrong })).body['details']).toHaveLength(2)
  })

  test('are found by email, phone or the caller’s id, with their conversations', async () => {
    const { id } = (await call('POST', '/users', { body: nora })).body
    const opened = (await call('POST', '/conversations', { body: { conversationUserId: id } })).body['id']
    for (const query of ['email=NORA.vale@example.org', 'fkId=N-1']) {
      expect(await call('GET', `/users/search?${query}`)).toMatchObject({
        status: 200,
        body: { user: { id }, conversationIds: [opened] },
      })
    }
    const person = desk.world.people.find(({ phone }) => phone)
    const phoned = await call('GET', `/users/search?phoneNumber=${encodeURIComponent(person?.phone ?? '')}`)
    expect(phoned.body['user'].firstName).toBe(person?.firstName)
    expect(await call('GET', '/users/search?email=nobody@example.org')).toMatchObject(notFound)
    expect(await call('GET', '/users/search')).toMatchObject(badRequest('one of email, phoneNumber, fkId is required'))
  })

  test('are deleted with their conversations', async () => {
    const { id } = (await call('POST', '/users', { body: nora })).body
    const opened = (await call('POST', '/conversations', { body: { conversationUserId: id } })).body['id']
    expect(await call('DELETE', `/users/${id}`)).toMatchObject({ status: 204, body: null })
    expect(await call('GET', `/users/${id}`)).toMatchObject(notFound)
    expect(await call('DELETE', `/users/${id}`)).toMatchObject(notFound)
    expect(await call('GET', `/conversations/${opened}`)).toMatchObject(notFound)
  })

  test('of one agent are listed in pages, with either key', async () => {
    const { status, body } = await call('GET', '/agents/users?pageSize=7&orderBy=createdAt&orderDirection=ASC')
    expect([status, body['data'].length, body['hasNextPage']]).toEqual([200, 7, true])
    expect(body['totalItems']).toBeGreaterThan(150)
    const path = `/agents/${desk.served.credentials['agentId']}/users?pageSize=7&orderDirection=ASC`
    expect((await call('GET', path, organization())).body).toEqual(body)
    expect(await call('GET', path)).toMatchObject(forbidden)
    expect(await call('GET', '/agents/nope/users', organization())).toMatchObject(notFound)
    expect((await call('GET', '/agents/users?orderBy=updatedAt')).status).toBe(400)
  })
})

describe('the limits at the emulator', () => {
  const amounts = {
    tokensAmountPerMonth: 1000,
    smsAmountPerMonth: 0,
    emailsAmountPerMonth: 20,
    secondsAmountPerMonth: 600,
  }

  test.each(['agentId', 'userId'])('of the owner in %s are created, changed and removed', async (field) => {
    const user = (await call('GET', '/agents/users')).body['data'][0]
    const [path, owner] =
      field === 'agentId'
        ? ['/agents/limits', desk.served.credentials['agentId']]
        : [`/users/${user.id}/limits`, user.id]
    expect(await call('PUT', path, { body: amounts })).toMatchObject(notFound)
    const { status, body } = await call('POST', path, { body: amounts })
    expect(status).toBe(201)
    expect(body).toEqual({ ...amounts, id: uuid, [field]: owner, isOrganizationDefault: false })
    const changed = { ...body, smsAmountPerMonth: 5 }
    expect(await call('PUT', path, { body: { ...amounts, smsAmountPerMonth: 5 } })).toMatchObject({
      status: 200,
      body: changed,
    })
    if (field === 'userId') expect((await call('GET', path)).body).toEqual(changed)
    expect((await call('DELETE', path)).status).toBe(200)
    expect(await call('DELETE', path)).toMatchObject(notFound)
    if (field === 'userId') expect(await call('GET', path)).toMatchObject(notFound)
  })

  test.each(Object.keys(amounts))('require %s', async (name) => {
    const body = { ...amounts, [name]: undefined }
    for (const method of ['POST', 'PUT']) {
      await call('POST', '/agents/limits', { body: amounts })
      expect(await call(method, '/agents/limits', { body })).toMatchObject(badRequest(`${name} should not be empty`))
    }
    const wrong = await call('POST', '/agents/limits', { body: { ...amounts, [name]: 'many' } })
    expect(wrong).toMatchObject(badRequest(`${name} must be a number not less than 0`))
  })

  test('of the agent are replaced by its usage in the answer', async () => {
    const before = (await call('GET', '/agents/limits')).body
    expect(before).toEqual({
      emailsAmount: expect.any(Number),
      smsAmount: expect.any(Number),
      tokensAmount: expect.any(Number),
      secondsAmount: expect.any(Number),
    })
    await call('POST', '/resource-usage', { body: { type: 'VAPI_SECONDS', amount: 90 } })
    expect((await call('GET', '/agents/limits')).body).toEqual({
      ...before,
      secondsAmount: before['secondsAmount'] + 90,
    })
  })

  test('of an unknown user are 404', async () => {
    expect(await call('GET', '/users/nope/limits')).toMatchObject(notFound)
  })
})

describe('the agent', () => {
  test('is the key’s own one, with its secrets', async () => {
    const { status, body } = await call('GET', '/agents/by-api-key')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: desk.served.credentials['agentId'],
      publicName: 'Pip',
      status: 'active',
      aiConfig: { model: 'gpt-5-mini', instructions: expect.stringContaining('Quillon') },
    })
    expect(body['skills']).toContainEqual({
      systemName: 'API',
      status: 'active',
      apiKey: desk.served.credentials['apiKey'],
    })
    const names = await Promise.all(
      ['apiKey2', 'apiKey3'].map(async (name) => {
        const key = desk.served.credentials[name] ?? ''
        return (await call('GET', '/agents/by-api-key', { key })).body['publicName']
      }),
    )
    expect(names).toEqual(['Spoke', 'Quill'])
  })

  test('counts its usage', async () => {
    const statistic = async (query = '') => (await call('GET', `/agents/statistic${query}`)).body
    const all = await statistic()
    expect(Object.keys(all).toSorted()).toEqual([
      'averageCallDuration',
      'emailsPerConversation',
      'emailsUsed',
      'smsPerConversation',
      'smsUsed',
      'tokensPerConversation',
      'tokensUsed',
      'vapiSecondsUsed',
    ])
    for (const amount of Object.values(all)) expect(amount).toBeGreaterThan(0)
    const since = await statistic('?startDate=2026-01-01T00:00:00Z')
    expect(since['tokensUsed']).toBeLessThan(all['tokensUsed'])
    for (const name of ['userId', 'conversationUserId', 'fkId', 'fkUserId'])
      expect(new Set(Object.values(await statistic(`?${name}=nobody`)))).toEqual(new Set([0]))
    const usage = { body: { type: 'OPENAI_TOKENS', amount: 50 } }
    expect(await call('POST', '/resource-usage', usage)).toMatchObject({ status: 201, body: null })
    expect((await statistic())['tokensUsed']).toBe(all['tokensUsed'] + 50)
    expect(await statistic('?startDate=2026-01-01T00:00:00Z&endDate=2026-01-01T00:00:01Z')).toMatchObject({
      tokensUsed: 0,
    })
    expect((await statistic('?userId=nobody'))['tokensUsed']).toBe(0)
    expect((await call('POST', '/resource-usage', { body: { type: 'COFFEE', amount: 1 } })).status).toBe(400)
  })

  test('roles and staff require the organisation’s key', async () => {
    const roles = (await call<Json[]>('GET', '/agent-roles/by-api-key', organization())).body
    const role = { id: uuid, name: expect.any(String), description: expect.any(String) }
    expect(roles).toEqual([role, role])
    const staff = (await call<Json[]>('GET', '/platform-users', organization())).body
    expect(staff.length).toBeGreaterThanOrEqual(4)
    const admins = (await call<Json[]>('GET', '/platform-users?role=admin', organization())).body
    expect(admins).toEqual([
      {
        id: uuid,
        email: expect.stringContaining('@'),
        phoneNumber: expect.stringMatching(/^\+\d+$/),
        firstName: expect.any(String),
        lastName: expect.any(String),
      },
    ])
    expect((await call('GET', '/platform-users?role=king', organization())).status).toBe(400)
    expect(await call('GET', '/agent-roles/by-api-key')).toMatchObject(forbidden)
  })
})

describe('webhooks', () => {
  const webhook = {
    title: 'Mine',
    description: 'New replies',
    url: 'https://hooks.example.com/parley',
    triggerCondition: 'each_message',
    headers: { Authorization: 'made up' },
  }

  test('are created, and then shown only under the skill', async () => {
    const { status, body } = await call('POST', '/agents/webhooks', { body: webhook })
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...webhook, status: 'active', agentId: desk.served.credentials['agentId'] })
    const { skills } = (await call('GET', '/agents/by-api-key')).body
    expect(skills.at(-1)).toMatchObject({ systemName: 'WEBHOOK', webhooks: [{ title: 'Mine' }] })
    expect(skills.at(-1).webhooks[0]).not.toHaveProperty('id')
  })

  test.each(['http://hooks.example.com', 'https://localhost/x', 'https://10.0.0.1', 'https://[::1]/', 'nonsense'])(
    'refuse %s',
    async (url) => {
      expect(await call('POST', '/agents/webhooks', { body: { ...webhook, url } })).toMatchObject(
        badRequest('url must be a public HTTPS address'),
      )
    },
  )

  test('require all of their fields', async () => {
    expect((await call('POST', '/agents/webhooks', { body: {} })).body['details']).toHaveLength(4)
  })
})

describe('agent files', () => {
  const upload = (form: FormData) =>
    fetch(`${desk.served.url}/external/agent-files/upload`, {
      method: 'POST',
      headers: { 'Agent-Secret-Key': desk.served.credentials['apiKey'] ?? '' },
      body: form,
    })

  test('are uploaded, taken in, taken out and deleted', async () => {
    const form = new FormData()
    form.set('file', new File(['lights on'], 'lights.txt', { type: 'text/plain' }))
    form.set('autoAddToVectorStore', 'true')
    const response = await upload(form)
    expect(response.status).toBe(200)
    const file = (await response.json()) as Json
    expect(file).toMatchObject({ fileName: 'lights.txt', isUploadedToVectorStore: true })
    expect(await (await fetch(file['url'])).text()).toBe('lights on')
    const at = `/agent-files/${file['id']}`
    expect((await call('DELETE', `${at}/delete-from-vector-store`)).body['vectorStoreUploadStatus']).toBeNull()
    expect((await call('PUT', `${at}/add-to-vector-store/async`)).body['vectorStoreUploadStatus']).toBe('processing')
    const statusNow = async () =>
      (await call<Json[]>('GET', '/agent-files/by-api-key')).body.at(-1)?.['vectorStoreUploadStatus']
    expect([await statusNow(), await statusNow()]).toEqual(['processing', 'done'])
    expect((await call('PUT', `${at}/add-to-vector-store`)).body['vectorStoreUploadStatus']).toBe('done')
    expect((await call('DELETE', `${at}/delete`)).status).toBe(200)
    for (const path of ['delete', 'delete-from-vector-store']) {
      expect(await call('DELETE', `${at}/${path}`)).toMatchObject(notFound)
    }
    expect(await call('PUT', `${at}/add-to-vector-store`)).toMatchObject(notFound)
  })

  test('come as a list, one object or an envelope, and are deleted by id', async () => {
    const { body: list } = await call<Json[]>('GET', '/agent-files/by-api-key')
    desk.served.settings.agentFilesShape = 'object'
    expect((await call('GET', '/agent-files/by-api-key')).body).toEqual(list.at(-1))
    desk.served.settings.agentFilesShape = 'envelope'
    const fileIds = list.slice(0, 2).map(({ id }) => id)
    expect((await call('DELETE', '/agent-files', { body: { fileIds } })).status).toBe(200)
    expect((await call('GET', '/agent-files/by-api-key')).body['data']).toHaveLength(list.length - 2)
    expect((await call('DELETE', '/agent-files', { body: {} })).status).toBe(400)
  })

  test('require a file', async () => {
    expect((await upload(new FormData())).status).toBe(400)
  })
})

describe('prompts', () => {
  test('are answered at once, with 200', async () => {
    const { status, body } = await call('POST', '/prompts', { body: { prompt: 'When do you open?' } })
    expect([status, body['status'], body['error']]).toEqual([200, 'completed', null])
    expect(body['response']).toContain('9:00')
    expect(await call('POST', '/prompts', { body: {} })).toMatchObject(badRequest('prompt should not be empty'))
  })

  test('are answered later if they are asynchronous', async () => {
    const { body } = await call('POST', '/prompts/async', { body: { prompt: 'When do you open?' } })
    const look = () => call('GET', `/prompts/${body['promptId']}/response-on`)
    expect((await look()).body).toMatchObject({ status: 'pending', response: null })
    expect((await look()).body).toMatchObject({ status: 'completed', response: expect.stringContaining('9:00') })
    expect(await call('GET', '/prompts/nope/response-on')).toMatchObject(notFound)
  })

  test('of the older edition are null until they are answered', async () => {
    desk.served.settings.edition = 'older'
    const { body } = await call('POST', '/prompts/async', { body: { prompt: 'When do you open?' } })
    const look = () => call('GET', `/prompts/${body['promptId']}/response-on`)
    expect((await look()).body).toBeNull()
    expect(Object.keys((await look()).body)).toEqual(['totalTokens', 'response'])
  })

  test('can carry files', async () => {
    const file = { fileName: 'a.pdf', contentType: 'application/pdf' }
    const { status, body } = await call('POST', '/prompts/upload-url', { body: file })
    expect([status, Object.keys(body)]).toEqual([200, ['signedUrl', 'storagePath']])
  })
})
