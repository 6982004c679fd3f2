import { verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openDesk } from './leadconnector-desk.ts'
import { webhookReceiver } from './webhook-receiver.ts'

const receiver = webhookReceiver()

function openHooked(...[changes, thinkingTime]: Parameters<typeof openDesk>) {
  const desk = openDesk({ webhookUrl: receiver.url, ...changes }, thinkingTime)
  const { webhooks } = desk.emulator
  const types = async () => {
    await webhooks.settled()
    return receiver.heard.map(({ body }) => body.type)
  }
  return { ...desk, webhooks, types }
}

/** A contact of its own, and what it writes over a channel that no agent answers. */
async function contactOf(desk: ReturnType<typeof openHooked>) {
  const { contact } = (
    await desk.call('POST', '/contacts/upsert', {
      locationId: desk.names.locationId,
      name: 'Ada Quill',
      email: 'ada@quill.example',
      phone: '+15550177',
    })
  ).body
  return contact.id as string
}

const write = async (desk: ReturnType<typeof openHooked>, contactId: string, more: object = {}) =>
  (
    await desk.call('POST', '/conversations/messages/inbound', {
      type: 'GMB',
      contactId,
      message: 'Ölige Frage',
      ...more,
    })
  ).body

describe('a delivery of the emulated LeadConnector', () => {
  test('is not sent without a URL', async () => {
    const desk = openHooked({ webhookUrl: null })
    await write(desk, await contactOf(desk))
    expect(await desk.types()).toEqual([])
  })

  test('reports a new contact, its message, and that it is unread', async () => {
    const desk = openHooked()
    const contactId = await contactOf(desk)
    const { messageId, conversationId } = await write(desk, contactId)
    expect(await desk.types()).toEqual(['ContactCreate', 'InboundMessage', 'ConversationUnreadUpdate'])
    const appId = desk.names.clientId.split('-')[0]
    const at = new Date(desk.clock.now()).toISOString()
    expect(receiver.heard[1]?.body).toEqual({
      type: 'InboundMessage',
      locationId: desk.names.locationId,
      contactId,
      conversationId,
      messageId,
      body: 'Ölige Frage',
      contentType: 'text/plain',
      attachments: [],
      direction: 'inbound',
      status: 'delivered',
      messageType: 'GMB',
      messageTypeId: 15,
      messageTypeString: 'TYPE_GMB',
      dateAdded: at,
      appId,
      versionId: appId,
      timestamp: at,
      webhookId: expect.stringMatching(/^[\da-f-]{36}$/),
    })
    expect(receiver.heard[2]?.body).toMatchObject({ id: conversationId, contactId, unreadCount: 1, inbox: true })
    expect(new Set(receiver.heard.map(({ body }) => body.webhookId)).size).toBe(3)
  })

  test('reports a reply, a comment, and an email with its addresses', async () => {
    const desk = openHooked()
    const contactId = await contactOf(desk)
    const send = (body: object) => desk.call('POST', '/conversations/messages', { contactId, ...body })
    await send({ type: 'SMS', message: 'Yes' })
    await send({ type: 'InternalComment', message: 'Hm', userId: desk.names.userId, mentions: [] })
    await send({ type: 'Email', html: '<p>Yes</p>', subject: 'Re', emailCc: ['bo@quill.example'] })
    expect((await desk.types()).slice(1)).toEqual(['OutboundMessage', 'OutboundMessage', 'OutboundMessage'])
    const [, sms, comment, email] = receiver.heard.map(({ body }) => body)
    expect(sms).toMatchObject({ direction: 'outbound', messageType: 'SMS', source: 'api', status: 'pending' })
    expect(comment).toMatchObject({ messageType: 'InternalComment', userId: desk.names.userId })
    expect(email).toMatchObject({
      messageType: 'Email',
      emailMessageId: expect.any(String),
      subject: 'Re',
      body: '<p>Yes</p>',
      plainText: 'Yes',
      to: 'ada@quill.example',
      cc: 'bo@quill.example',
      ccList: ['bo@quill.example'],
    })
  })

  test('reports the agent’s answer and a scheduled message when they are sent, and neither after a cancellation', async () => {
    const desk = openHooked({}, 5_000)
    const contactId = await contactOf(desk)
    await write(desk, contactId, { type: 'SMS', message: 'When do you open?' })
    const later = (desk.clock.now() + 60_000) / 1000
    const send = { type: 'SMS', contactId, message: 'Later', scheduledTimestamp: Math.ceil(later) }
    desk.emulator.settings.apiSendIsManual = false
    await desk.call('POST', '/conversations/messages', send)
    const { messageId } = (await desk.call('POST', '/conversations/messages', send)).body
    await desk.call('DELETE', `/conversations/messages/${messageId}/schedule`)
    const before = await desk.types()
    expect(before).toEqual(['ContactCreate', 'InboundMessage', 'ConversationUnreadUpdate'])
    await desk.clock.advance(5_000)
    expect(await desk.types()).toEqual([...before, 'OutboundMessage'])
    expect(receiver.heard.at(-1)?.body).toMatchObject({ source: 'app', direction: 'outbound' })
    await desk.clock.advance(56_000)
    await desk.search()
    expect(await desk.types()).toEqual([...before, 'OutboundMessage', 'OutboundMessage'])
    expect(receiver.heard.at(-1)?.body).toMatchObject({ body: 'Later', status: 'delivered' })
  })

  test('reports each change of a contact by its own event', async () => {
    const desk = openHooked()
    const contactId = await contactOf(desk)
    const put = (body: object) => desk.call('PUT', `/contacts/${contactId}`, body)
    await put({ firstName: 'Bea' })
    await put({ tags: ['vip'] })
    await put({ dnd: true })
    await put({ firstName: 'Bea' })
    expect(await desk.types()).toEqual(['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'])
    expect(receiver.heard[3]?.body).toMatchObject({ id: contactId, dnd: true, dndSettings: {} })
  })

  test('reports reads, stars, deletions, knowledge bases and installations', async () => {
    const desk = openHooked()
    const { locationId } = desk.names
    const { conversationId } = await write(desk, await contactOf(desk))
    await desk.call('PUT', `/conversations/${conversationId}`, { locationId, unreadCount: 0, starred: true })
    await desk.call('DELETE', `/conversations/${conversationId}`)
    const { data } = (await desk.call('POST', '/knowledge-bases/', { locationId, name: 'New' })).body
    await desk.call('PUT', `/knowledge-bases/${data.id}`, { locationId, name: 'Newer' })
    await desk.call('DELETE', `/knowledge-bases/${data.id}`)
    const { clientId, clientSecret, authorizationCode } = desk.names
    await desk.call('POST', '/oauth/token', undefined, {
      token: null,
      form: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'authorization_code',
        code: authorizationCode,
      }),
    })
    expect((await desk.types()).slice(3)).toEqual([
      'ConversationUnreadUpdate',
      'ConversationUnreadUpdate',
      'KnowledgeBaseCreate',
      'KnowledgeBaseUpdate',
      'KnowledgeBaseDelete',
      'INSTALL',
    ])
    const [, , , starred, deleted, , , base, install] = receiver.heard.map(({ body }) => body)
    expect(starred).toMatchObject({ id: conversationId, unreadCount: 0, starred: true, deleted: false })
    expect(deleted).toMatchObject({ id: conversationId, deleted: true })
    expect(base).toMatchObject({ id: data.id, name: 'Newer', deleted: true })
    expect(install).toMatchObject({ installType: 'Location', locationId })
  })

  test('asks a conversation provider to deliver, and reports the status of an email', async () => {
    const desk = openHooked({ providerUrl: receiver.url, statusDelayMs: 0 })
    const contactId = await contactOf(desk)
    const { conversationProviderId, accessToken: token } = desk.names
    const { body } = await desk.call(
      'POST',
      '/conversations/messages',
      { type: 'Email', contactId, html: '<p>Hi</p>', subject: 'Hi', conversationProviderId },
      { token },
    )
    await desk.call(
      'PUT',
      `/conversations/messages/email/${body.emailMessageId}/status`,
      { status: 'opened' },
      {
        token,
        version: 'v3',
      },
    )
    expect((await desk.types()).slice(1)).toEqual(['OutboundMessage', 'Email', 'LCEmailStats'])
    expect(receiver.heard[2]?.body).toMatchObject({ messageId: body.messageId, contactId, html: '<p>Hi</p>' })
    expect(receiver.heard[2]?.body).not.toHaveProperty('webhookId')
    expect(receiver.heard[3]?.body.webhookPayload).toMatchObject({ event: 'opened', recipient: 'ada@quill.example' })
  })

  test('can be triggered by a test, and goes to the URL of its event', async () => {
    const desk = openHooked({
      webhookUrl: 'http://127.0.0.1:1/nobody',
      webhookUrls: { NoteCreate: receiver.url, UNINSTALL: receiver.url },
    })
    desk.webhooks.attempts = 1
    desk.webhooks.emit('NoteCreate', { locationId: 'loc_1', id: 'not_1' })
    desk.webhooks.emit('UNINSTALL', { locationId: 'loc_1' })
    expect(await desk.types()).toEqual(['NoteCreate'])
    expect(desk.webhooks.log).toMatchObject([{ status: 200 }, { event: 'UNINSTALL', status: null }])
  })

  test('is sent to this machine only, unless configured otherwise', async () => {
    const desk = openHooked({ webhookUrl: 'http://192.0.2.1/hook' })
    desk.webhooks.emit('UNINSTALL', {})
    await desk.webhooks.settled()
    expect(desk.webhooks.log).toEqual([])
  })
})

describe('the signatures of the emulated LeadConnector', () => {
  test('are of the bytes, with keys that are the same for a seed', async () => {
    const desk = openHooked({ webhookSignatures: 'both' })
    desk.webhooks.emit('UNINSTALL', { locationId: 'ö' })
    await desk.webhooks.settled()
    const { headers, bytes } = receiver.first
    const signature = (name: string) => Buffer.from(String(headers[name]), 'base64')
    expect(verify(null, bytes, desk.webhooks.publicKey, signature('x-ghl-signature'))).toBe(true)
    expect(verify('RSA-SHA256', bytes, desk.webhooks.legacyPublicKey, signature('x-wh-signature'))).toBe(true)
    expect(openHooked().webhooks.publicKey).toBe(desk.webhooks.publicKey)
  })

  test.each([
    ['current', true, 'N/A'],
    ['none', false, undefined],
  ] as const)('%s', async (webhookSignatures, isSigned, legacy) => {
    const desk = openHooked({ webhookSignatures })
    desk.webhooks.emit('UNINSTALL', {})
    await desk.webhooks.settled()
    const headers = receiver.heard[0]?.headers
    expect([headers?.['x-ghl-signature'] !== undefined, headers?.['x-wh-signature']]).toEqual([isSigned, legacy])
  })
})

describe('deliveries on request', () => {
  const ids = () => receiver.heard.map(({ body }) => body.n)
  async function run(set: (webhooks: ReturnType<typeof openHooked>['webhooks']) => void, events = 6) {
    const desk = openHooked()
    set(desk.webhooks)
    for (let n = 1; n <= events; n += 1) desk.webhooks.emit('UNINSTALL', { n })
    await desk.webhooks.settled()
    return desk
  }

  test('are repeated until they are answered with 2xx, and at most twelve times', async () => {
    receiver.answers.push(500, 302)
    const desk = await run(() => undefined, 1)
    expect(desk.webhooks.log.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 200],
    ])
    expect(new Set(receiver.heard.map(({ body }) => body.webhookId)).size).toBe(1)
    receiver.answers.push(...Array.from({ length: 20 }, () => 503))
    desk.webhooks.emit('UNINSTALL', {})
    await desk.webhooks.settled()
    expect(desk.webhooks.log).toHaveLength(3 + 12)
  })

  test('can be sent twice', async () => {
    await run(({ rate }) => Object.assign(rate, { duplicate: 1 }), 2)
    expect(ids()).toEqual([1, 1, 2, 2])
    const [one, other] = receiver.heard
    expect(other?.bytes.equals(one?.bytes ?? Buffer.of())).toBe(true)
  })

  test('can come in another order, with none lost', async () => {
    await run(({ rate }) => Object.assign(rate, { reorder: 0.5 }), 12)
    const order = ids()
    expect(order).not.toEqual([...order].sort((a, b) => a - b))
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  })

  test('can have a body that no JSON library writes, signed as it is', async () => {
    const desk = await run(({ rate }) => Object.assign(rate, { respell: 1 }), 1)
    const { headers, bytes, body } = receiver.first
    expect(JSON.stringify(body)).not.toBe(bytes.toString())
    expect(bytes.toString()).toContain('"n" : 1.0e0')
    const signature = Buffer.from(String(headers['x-ghl-signature']), 'base64')
    expect(verify(null, bytes, desk.webhooks.publicKey, signature)).toBe(true)
  })

  test('can be preceded by copies with a wrong signature or an old date', async () => {
    const desk = await run(({ rate }) => Object.assign(rate, { wrongSignature: 1, stale: 1 }), 1)
    expect(ids()).toEqual([1, 1, 1])
    const verdicts = receiver.heard.map(({ headers, bytes }) =>
      verify(null, bytes, desk.webhooks.publicKey, Buffer.from(String(headers['x-ghl-signature']), 'base64')),
    )
    expect(verdicts).toEqual([false, true, true])
    expect(Date.parse(receiver.heard[1]?.body.timestamp)).toBe(desk.clock.now() - 7 * 86_400_000)
    expect(desk.webhooks.log.map(({ oddities }) => oddities)).toEqual([['wrongSignature'], ['stale'], []])
  })

  test('are the same for the same seed', async () => {
    const rates = { duplicate: 0.3, reorder: 0.3, delay: 0.3, respell: 0.3, wrongSignature: 0.3, stale: 0.3 }
    const runs: unknown[] = []
    for (const _ of [1, 2]) {
      receiver.heard.length = 0
      receiver.answers.length = 0
      receiver.answers.push(200, 500, 500, 200, 500)
      const desk = await run(({ rate }) => Object.assign(rate, rates), 20)
      runs.push(receiver.heard.map(({ bytes, headers }) => [bytes.toString(), headers['x-ghl-signature']]))
      expect(desk.webhooks.log.length).toBeGreaterThan(20)
    }
    expect(runs[1]).toEqual(runs[0])
  })

  test('are all forgotten after a reset', async () => {
    const desk = await run(({ rate }) => Object.assign(rate, { duplicate: 1 }), 1)
    desk.emulator.reset()
    expect(desk.webhooks.log).toEqual([])
    expect(desk.webhooks.rate.duplicate).toBe(0)
  })
})
