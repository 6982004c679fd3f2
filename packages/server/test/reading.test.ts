import { createServer } from '@parley/server'
import { afterAll, describe, expect, it } from 'vitest'
import { chats, one, openHarness, path, requestOf, secrets, two } from './harness.ts'

const harness = await openHarness()
afterAll(() => harness.close())
const { get, request } = harness
const [sent] = harness.sends.map(({ id }) => id)
const [chat, other] = chats

describe('reading', () => {
  it('gives the conversations of all accounts, and those of the accounts that a token may see', async () => {
    const all = await get('/v1/conversations')
    expect(all.status).toBe(200)
    expect(all.body['items']).toMatchObject([{ ref: other.ref }, { ref: chat.ref }])
    const { body } = await get('/v1/conversations', 'elsewhere')
    expect(body['items']).toMatchObject([{ ref: other.ref }])
    expect((await get(`/v1/conversations?accounts=${one}`, 'elsewhere')).status).toBe(404)
    expect((await get(`/v1/conversations?accounts=${one}&accounts=${two}`)).status).toBe(200)
  })

  it('gives a conversation, its messages and its sends by its ref', async () => {
    const at = `/v1/conversations/${path(chat.ref)}`
    expect((await get(at)).body).toMatchObject({ ref: chat.ref })
    expect((await get(`${at}/messages`)).body['items']).toMatchObject([{ text: 'A note' }, { text: 'Hello from one' }])
    expect((await get(`${at}/sends`)).status).toBe(200)
    expect((await get(`/v1/sends/${sent}`)).body).toMatchObject({ id: sent })
  })

  it('searches, follows changes and shows a history', async () => {
    const found = await get('/v1/search?text=hello')
    expect(found.body['items']).toHaveLength(2)
    expect((await get('/v1/search?text=hello', 'elsewhere')).body['items']).toHaveLength(1)
    const changes = await get('/v1/changes', 'elsewhere')
    expect(new Set((changes.body['items'] as { account: string }[]).map(({ account }) => account))).toEqual(
      new Set([two]),
    )
    expect((await get(`/v1/history/${path(chat.ref)}`)).body['items']).toContainEqual(
      expect.objectContaining({ change: 'added', ref: chat.ref }),
    )
  })

  it('hides what belongs to other accounts as if it did not exist', async () => {
    const hidden = [
      `/v1/conversations/${path(chat.ref)}`,
      `/v1/conversations/${path(chat.ref)}/messages`,
      `/v1/history/${path(chat.ref)}`,
      `/v1/search?text=hello&conversation=${path(chat.ref)}`,
      `/v1/sends/${sent}`,
      `/v1/accounts/${one}/feedback`,
      `/v1/accounts/acme:none/feedback`,
      `/v1/audit?target=${path(chat.ref)}`,
    ]
    for (const at of hidden) {
      const { status, body } = await get(at, 'elsewhere')
      expect([status, body['detail']], at).toEqual([404, 'There is nothing under this address.'])
    }
  })

  it('shows the secrets of an agent’s calls to an admin only', async () => {
    const texts = async (token: 'reader' | 'operator' | 'admin') =>
      Promise.all(
        ['/v1/agents', `/v1/agents/${path('acme:one/agent/a1')}`].map(async (at) =>
          JSON.stringify((await get(at, token)).body).includes('api secret'),
        ),
      )
    expect([await texts('reader'), await texts('operator'), await texts('admin')]).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ])
  })

  it('searches the contacts of the accounts that are asked for', async () => {
    const search = async (accounts: string[], token: 'admin' | 'elsewhere') => {
      const body = JSON.stringify({ email: 'ann@acme.example', accounts })
      const found = await request('/v1/contacts/search', { method: 'POST', body, token })
      return [
        found.status,
        ((await found.json()) as { accounts?: { account: string }[] }).accounts?.map((one) => one.account),
      ]
    }
    expect(await search([one], 'admin')).toEqual([200, [one]])
    expect(await search([one], 'elsewhere')).toEqual([404, undefined])
  })

  it('gives only an admin the audit of others', async () => {
    expect((await get('/v1/audit')).body['items']).toMatchObject([{ by: { id: 'ann' } }, { by: { id: 'ann' } }])
    expect((await get('/v1/audit', 'elsewhere')).body['items']).toMatchObject([{ account: two }])
    expect((await get('/v1/audit', 'reader')).body['items']).toEqual([])
    expect((await get('/v1/audit?by=ann', 'reader')).status).toBe(404)
  })
})

describe('what is wrong with a request', () => {
  it.each([
    ['/v1/conversations?limit=0', 400, 'limit'],
    ['/v1/conversations?limit=many', 400, 'limit'],
    ['/v1/conversations?colour=red', 400, ''],
    ['/v1/conversations?status=lost', 400, 'status.0'],
    ['/v1/conversations/nothing', 400, 'conversation'],
    [`/v1/conversations/${path('acme:one/contact/p1')}`, 400, 'conversation'],
    ['/v1/search?text=hello&cursor=wrong', 400, 'cursor'],
    ['/v1/changes?after=wrong', 400, 'cursor'],
    ['/v1/sends/1', 400, 'send'],
  ])('is said for %s', async (at, status, field) => {
    const answer = await request(at, { token: 'admin' })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const body = (await answer.json()) as { fields?: { path: string }[] }
    expect([answer.status, body]).toEqual([status, expect.objectContaining({ code: 'invalid-request' })])
    if (field) expect(body.fields?.map((one) => one.path)).toContain(field)
  })

  it('is said for unknown addresses and methods, also without a token', async () => {
    const lost = await request('/v1/nothing')
    expect([lost.status, await lost.json()]).toMatchObject([404, { code: 'not-found' }])
    const wrong = await request('/v1/conversations', { method: 'PUT' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET'])
    expect(await wrong.json()).toMatchObject({ code: 'method-not-allowed' })
  })

  it('is said for a body that is no JSON, is nested without end or is too large', async () => {
    const post = (body: string, headers = {}) =>
      request(`/v1/conversations/${path(chat.ref)}/snooze`, { method: 'POST', body, token: 'operator', headers })
    expect((await post('{"until":')).status).toBe(400)
    expect((await post('{}')).status).toBe(400)
    expect((await post('until=', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    expect((await post(`{"until":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).status).toBe(400)
    const large = await post(JSON.stringify({ until: 'x'.repeat(300_000) }))
    expect([large.status, await large.json()]).toMatchObject([413, { code: 'too-large' }])
  })

  it('never shows the reason of an unexpected failure', async () => {
    const inbox = {
      ...harness.inbox,
      as: () => {
        throw new Error('secret of the database')
      },
    }
    const send = requestOf(createServer({ ...harness.options, inbox }))
    const answer = await send('/v1/session', { headers: { authorization: `Bearer ${secrets.admin}` } })
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret')
    expect(harness.errors.splice(0)).toHaveLength(1)
  })
})
