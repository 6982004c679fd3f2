import type { AuditEntry, Change, CommandResult, DeskConversation, SavedView, SearchHit, Send } from '@parley/inbox'
import { createServer } from '@parley/server'
import { type components, createClient } from '@parley/server/client'
import { afterAll, describe, expect, it } from 'vitest'
import { acmeWebhook, payload, signed } from '../../core/test/webhook/acme-webhook.ts'
import { chats, one, openHarness, path, requestOf, secrets, two } from './harness.ts'

const harness = await openHarness()
afterAll(() => harness.close())
const { get, post } = harness
const [chat, other] = chats
const at = (command: string, { ref } = chat) => `/v1/conversations/${path(ref)}/${command}`
const sentIn = (index: number) => harness.adapters[index]?.sent ?? []

describe('a reply', () => {
  it('is sent once for each key, whatever comes twice', async () => {
    const key = { 'idempotency-key': 'order-17' }
    const first = await post(at('reply'), { text: 'We open at 9.' }, 'operator', key)
    expect([first.status, first.body]).toMatchObject([200, { state: 'sent', by: { id: 'token:operator' } }])
    const again = await post(at('reply'), { text: 'We open at 9.' }, 'operator', key)
    expect(again.body['id']).toBe(first.body['id'])
    expect(sentIn(0).filter((text) => text === 'We open at 9.')).toHaveLength(1)
    expect((await post(at('reply'), { text: 'x' }, 'operator', { 'idempotency-key': 'x'.repeat(201) })).status).toBe(
      400,
    )
  })

  it('is refused with the newer messages when the conversation moved on', async () => {
    const refused = await post(at('reply', other), { text: 'Too late', expectLastMessage: null })
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'conflict', outcome: 'not-done', newer: [{ text: 'Hello from two' }] },
    })
    expect(sentIn(1)).not.toContain('Too late')
  })

  it('is not possible past the outbox', async () => {
    for (const path of ['messages.reply', 'messages', 'ask'])
      expect((await post(at(path), { text: 'x' }, 'admin')).status, path).toBeGreaterThanOrEqual(404)
  })
})

describe('a command', () => {
  it('says where it went, and is in the audit', async () => {
    expect(await post(at('tags'), { add: ['urgent'] })).toMatchObject({
      status: 200,
      body: { place: 'overlay', conversation: { ref: chat.ref, tags: ['urgent'] } },
    })
    expect(await post(at('assign'), { to: 'me' })).toMatchObject({ body: { place: 'overlay' } })
    expect((await get(`/v1/conversations?tag=urgent&assignee=token:operator`)).body['items']).toHaveLength(1)
    const assignedTo = async (query: string) => (await get(`/v1/conversations?unknown=exclude&${query}`)).body['items']
    await post(at('assign', other), { to: null })
    expect(await assignedTo('assignee=none')).toMatchObject([{ ref: other.ref }])
    expect(await assignedTo('assignee=none&assignee=token:operator')).toHaveLength(2)
    for (const other of ['nobody', 'null']) expect(await assignedTo(`assignee=${other}`)).toEqual([])
    expect((await get('/v1/conversations?assignee=')).status).toBe(400)
    expect(await post(at('snooze'), { until: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 400 })
    const { body } = await get('/v1/audit?by=token:operator&action=tag')
    expect(body['items']).toMatchObject([{ action: 'tag', target: chat.ref, account: one, outcome: 'overlay' }])
  })

  it('gives a conversation to a person of the server who sees it', async () => {
    const people = await get('/v1/people', 'reader')
    expect(people.body['items']).toEqual([
      { id: 'ann', name: 'Ann', operatorIn: [] },
      { id: 'bob', operatorIn: [one] },
    ])
    expect((await get('/v1/people', 'elsewhere')).body['items']).toEqual([{ id: 'ann', name: 'Ann', operatorIn: [] }])
    const assign = (to: unknown, of = chat) => post(at('assign', of), { to })
    expect(await assign({ person: { id: 'ann' } })).toMatchObject({
      status: 200,
      body: { conversation: { assignee: { value: { id: 'ann', name: 'Ann' } } } },
    })
    for (const [id, of] of [...['nosuch', 'token:admin'].map((id) => [id, chat] as const), ['bob', other] as const])
      expect(await assign({ person: { id } }, of), id).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'body.to.person.id', problem: 'is nobody of this server who sees the account' }] },
      })
    for (const to of [{ person: 'ann' }, 'ann', undefined])
      expect(await assign(to)).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'body.to', problem: expect.stringContaining('"person"') }] },
      })
  })

  it('that the vendor cannot do is refused with a reason', async () => {
    expect(await post(at('take-over'), undefined)).toMatchObject({ status: 422, body: { code: 'unsupported' } })
    const created = await post(`/v1/accounts/${path(one)}/agents`, { name: 'Ada' }, 'admin')
    expect(created).toMatchObject({ status: 422, body: { code: 'unsupported' } })
    const { body } = await get('/v1/audit?action=agents.create')
    expect(body['items']).toMatchObject([{ target: one, account: one, outcome: 'refused', by: { id: 'token:admin' } }])
  })

  it('keeps replies and views, and hides a view of accounts that the caller does not see', async () => {
    const reply = await post('/v1/saved-replies', { title: 'Hours', text: 'We open at 9.' })
    expect((await get('/v1/saved-replies', 'reader')).body['items']).toMatchObject([{ id: reply.body['id'] }])
    const filter = { accounts: [one], status: 'open' }
    const view = await post('/v1/saved-views', { name: 'First', filter, isShared: true })
    expect(view).toMatchObject({ status: 200, body: { filter } })
    expect((await get('/v1/saved-views', 'reader')).body['items']).toHaveLength(1)
    expect((await get('/v1/saved-views', 'elsewhere')).body['items']).toEqual([])
    expect((await post('/v1/saved-views', { name: 'Mine', filter }, 'elsewhere')).status).toBe(404)
  })

  it('refuses characters that no text has', async () => {
    const refused = await post(at('tags'), { add: ['\u0000'] })
    expect([refused.status, refused.body['code']]).toEqual([400, 'invalid-request'])
  })

  it('reaches contacts of hidden accounts in no way', async () => {
    const link = { contact: `${one}/contact/p1`, reason: 'the same voice' }
    const mine = `/v1/contacts/${path(`${two}/contact/p1`)}/links`
    expect((await post(mine, link, 'elsewhere')).status).toBe(404)
  })
})

describe('the typed client', () => {
  const client = createClient({
    url: 'http://localhost',
    token: secrets.operator,
    fetch: async (request) => requestOf(harness.server)(request),
  })

  it('gives what is written for the library can take, as the compiler tests', () => {
    type Answers = components['schemas']
    const asInLibrary: {
      conversation: (given: Answers['DeskConversation']) => DeskConversation
      result: (given: Answers['CommandResult']) => CommandResult
      send: (given: Answers['Send']) => Send
      change: (given: Answers['Change']) => Change
      hit: (given: Answers['SearchHit']) => SearchHit
      view: (given: Answers['SavedView']) => SavedView
      entry: (given: Answers['AuditEntry']) => AuditEntry
    } = {
      ...{ conversation: (given) => given, result: (given) => given, send: (given) => given, change: (given) => given },
      ...{ hit: (given) => given, view: (given) => given, entry: (given) => given },
    }
    expect(Object.keys(asInLibrary)).toHaveLength(7)
  })

  it('reads and writes, and gives the problem of a failure', async () => {
    const { data } = await client.GET('/v1/conversations', { params: { query: { status: ['open'], limit: 1 } } })
    expect(data?.items).toHaveLength(1)
    const path = { conversation: chat.ref }
    const sent = await client.POST('/v1/conversations/{conversation}/note', { params: { path }, body: { text: 'Hi' } })
    expect([sent.data?.state, sent.data?.conversation]).toEqual(['sent', chat.ref])
    const { error, response } = await client.POST('/v1/conversations/{conversation}/reply', {
      params: { path },
      body: { text: 'Hi', expectLastMessage: null },
    })
    expect([response.status, error?.code, (error?.newer?.length ?? 0) > 0]).toEqual([409, 'conflict', true])
  })
})

describe('the webhook of an account', () => {
  const received: unknown[] = []
  const sync = {
    ...harness.sync,
    receive: async (event: never) => {
      received.push(event)
      return harness.sync.receive(event)
    },
  }
  const send = requestOf(createServer({ ...harness.options, sync, webhooks: { [one]: acmeWebhook() } }))
  const deliver = async (body: unknown, headers = {}) => {
    const delivery = await signed(body)
    return send(`/webhooks/${path(one)}`, {
      method: 'POST',
      body: delivery.body,
      headers: { ...delivery.headers, ...headers },
    })
  }

  it('verifies, wakes the sync and acknowledges, without a token', async () => {
    const delivery = { ...payload, account: 'one' }
    expect((await deliver(delivery)).status).toBe(200)
    expect((await deliver(delivery)).status).toBe(200)
    expect(received).toHaveLength(1)
  })

  it('refuses what is forged, too large, no delivery or for no account', async () => {
    const forged = await deliver({ ...payload, id: 'e2', account: 'one' }, { 'x-acme': 'AAAA' })
    expect([forged.status, await forged.json()]).toMatchObject([401, { reason: 'wrong-signature' }])
    expect((await deliver({ ...payload, id: 'e3', filler: 'x'.repeat(2_000_000) })).status).toBe(413)
    expect((await send(`/webhooks/${path(one)}`)).status).toBe(405)
    expect((await send(`/webhooks/${path(two)}`, { method: 'POST' })).status).toBe(404)
  })

  it('takes a flood of repeated and forged deliveries', async () => {
    received.length = 0
    const statuses = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const isForged = index % 3 === 2
        const body = { ...payload, id: `flood-${index % 50}`, account: 'one' }
        return [isForged, (await deliver(body, isForged ? { 'x-acme': 'AAAA' } : {})).status] as const
      }),
    )
    for (const [isForged, status] of statuses) expect(isForged ? [401] : [200, 429]).toContain(status)
    expect(received).toHaveLength(50)
  })
})
