import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

const path = '/conversations/messages'

async function openSend(changes: Parameters<typeof openDesk>[0] = {}) {
  const desk = openDesk(changes)
  const all = await desk.everyConversation()
  const reachable = all.find(({ phone, email }) => phone && email)
  const send = (body: Record<string, unknown>, options = {}) =>
    desk.call('POST', path, { contactId: reachable.contactId, message: 'Hello', ...body }, options)
  const read = async (id: string): Promise<Body> => (await desk.get(`${path}/${id}`)).body.message
  return { ...desk, all, reachable, send, read }
}

describe('a message that is sent to the emulated LeadConnector', () => {
  it('answers 201 or 200, is pending and later delivered by the clock', async () => {
    const { send, read, clock, emulator, reachable, search } = await openSend()
    const { status, body } = await send({ type: 'SMS' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ conversationId: reachable.id })
    expect('status' in body).toBe(false)
    expect(await read(body.messageId)).toMatchObject({
      status: 'pending',
      direction: 'outbound',
      source: 'api',
      body: 'Hello',
    })
    expect((await search({ id: reachable.id }))[0]).toMatchObject({
      lastMessageBody: 'Hello',
      lastMessageDirection: 'outbound',
    })
    await clock.advance(1_000)
    expect((await read(body.messageId)).status).toBe('delivered')
    emulator.settings.sendStatus = 200
    expect((await send({ type: 'SMS' })).status).toBe(200)
  })

  it('is an email at its own endpoint', async () => {
    const { send, read, get } = await openSend()
    const { body } = await send({
      type: 'Email',
      subject: 'Your bike',
      html: '<p>Ready</p>',
      emailCc: ['a@example.com'],
    })
    expect((await read(body.messageId)).meta.email.messageIds).toEqual([body.emailMessageId])
    const email = (await get(`${path}/email/${body.emailMessageId}`)).body
    expect(email).toMatchObject({
      subject: 'Your bike',
      body: '<p>Ready</p>',
      cc: ['a@example.com'],
      direction: 'outbound',
    })
  })

  it('can be an internal comment with its author', async () => {
    const { send, read, names } = await openSend()
    const { body } = await send({ type: 'InternalComment', userId: names.userId, mentions: [names.userId] })
    expect(await read(body.messageId)).toMatchObject({ messageType: 'TYPE_INTERNAL_COMMENT', userId: names.userId })
  })

  it('opens the conversation of a contact without one', async () => {
    const { call, send, names, get } = await openSend()
    const contact = { locationId: names.locationId, firstName: 'Nia', phone: '+15550111' }
    const { id } = (await call('POST', '/contacts/upsert', contact)).body.contact
    const { body } = await send({ type: 'SMS', contactId: id })
    expect((await get(`/conversations/${body.conversationId}`)).body.contactId).toBe(id)
  })

  it('is refused if it breaks the rules or its channel cannot reach the contact', async () => {
    const { send, all, call, reachable, clock } = await openSend()
    expect((await send({ type: 'Pigeon' })).status).toBe(422)
    expect((await send({ type: 'SMS', attachments: [] })).status).toBe(422)
    expect((await send({ type: 'SMS', attachments: 'https://a.example/b' })).status).toBe(422)
    expect((await send({ type: 'SMS', status: 'odd' })).status).toBe(422)
    expect((await send({ type: 'SMS', message: '' })).status).toBe(400)
    expect((await send({ type: 'SMS', contactId: 'nobody' })).status).toBe(400)
    expect((await send({ type: 'Custom' })).body.message).toBe('conversationProviderId is required')
    const mute = all.find(({ phone }) => !phone)
    expect((await send({ type: 'SMS', contactId: mute.contactId })).body.message).toBe('Missing phone number')
    const noMail = all.find(({ email }) => email === null)
    expect((await send({ type: 'Email', contactId: noMail.contactId })).status).toBe(400)
    expect((await send({ type: 'Email', emailTo: 'else@example.com' })).status).toBe(400)
    expect((await send({ type: 'SMS', scheduledTimestamp: clock.now() / 1000 - 1 })).status).toBe(400)
    await call('PUT', `/contacts/${reachable.contactId}`, { dnd: true })
    expect((await send({ type: 'SMS' })).body.message).toContain('DND')
  })

  it('can use a provider only for the provider’s own app', async () => {
    const { send, names } = await openSend()
    const body = { type: 'Custom', conversationProviderId: names.conversationProviderId }
    const refused = await send(body)
    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain("don't have access to the conversationProvider")
    expect((await send(body, { token: names.accessToken })).status).toBe(201)
  })

  it('takes WhatsApp media from its own field, and can be out of WhatsApp’s window', async () => {
    const { send, read, emulator, all, call } = await openSend()
    const media = { type: 'image', url: 'https://a.example/b.png', name: 'b' }
    const both = { type: 'WhatsApp', attachments: ['https://a.example/lost.png'], whatsapp: { type: 'media', media } }
    const { body } = await send(both)
    expect((await read(body.messageId)).attachments).toEqual([media.url])
    emulator.settings.whatsappWindow = true
    const old = all.find(({ phone, lastInboundWhatsappMessageDate }) => phone && !lastInboundWhatsappMessageDate)
    const late = await call('POST', path, { type: 'WhatsApp', contactId: old.contactId, message: 'x' })
    expect(late.status).toBe(201)
    expect(await read(late.body.messageId)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('24 hours'),
    })
    const templated = await call('POST', path, { type: 'WhatsApp', contactId: old.contactId, templateId: 't' })
    expect((await read(templated.body.messageId)).status).toBe('pending')
  })

  it('is sent at its time, or is cancelled with the outcome inside a 200', async () => {
    const { send, read, call, clock, get } = await openSend()
    const scheduledTimestamp = clock.now() / 1000 + 60
    const first = (await send({ type: 'SMS', scheduledTimestamp })).body
    const second = (await send({ type: 'SMS', scheduledTimestamp })).body
    const mail = (await send({ type: 'Email', scheduledTimestamp })).body
    expect((await read(first.messageId)).status).toBe('scheduled')
    const cancel = (id: string) => call('DELETE', `${path}/${id}/schedule`)
    expect(await cancel(second.messageId)).toMatchObject({ status: 200, body: { status: 200 } })
    expect((await get(`${path}/${second.messageId}`)).status).toBe(400)
    expect(await cancel(second.messageId)).toMatchObject({ status: 200, body: { status: 404 } })
    expect(await cancel(`email/${mail.emailMessageId}`)).toMatchObject({ status: 200, body: { status: 200 } })
    expect(await cancel('email/nothing')).toMatchObject({ status: 200, body: { status: 404 } })
    await clock.advance(60_000)
    expect((await read(first.messageId)).status).toBe('delivered')
    expect(await cancel(first.messageId)).toMatchObject({ status: 200, body: { status: 400 } })
  })
})

describe('the report of a provider', () => {
  it('sets the status after a few seconds, for the provider’s owner only', async () => {
    const { send, read, call, clock, names } = await openSend()
    const options = { token: names.accessToken }
    const provider = { conversationProviderId: names.conversationProviderId }
    const { messageId } = (await send({ type: 'SMS', ...provider }, options)).body
    const body = { status: 'failed', error: { code: '1', type: 'carrier', message: 'Number is gone' } }
    const report = (token: string) => call('PUT', `${path}/${messageId}/status`, body, { token })
    expect((await report(names.accessToken)).status).toBe(403)
    await clock.advance(5_000)
    expect((await report(names.token)).body.message).toBe('No conversation provider found for this message')
    expect((await report(names.accessToken)).status).toBe(200)
    expect(await read(messageId)).toMatchObject({ status: 'failed', error: 'Number is gone' })
    expect((await call('PUT', `${path}/nothing/status`, body)).status).toBe(400)
    expect((await call('PUT', `${path}/${messageId}/status`, { status: 'odd' }, options)).status).toBe(422)
  })

  it('counts the events of an email under v3', async () => {
    const { send, call, clock, names, get } = await openSend()
    const options = { token: names.accessToken, version: 'v3' }
    const sent = { type: 'Email', conversationProviderId: names.conversationProviderId }
    const { emailMessageId } = (await send(sent, options)).body
    await clock.advance(5_000)
    const target = `${path}/email/${emailMessageId}/status`
    const recipients = [{ emailId: 'a@example.com', status: 'clicked' }]
    const body = { status: 'clicked', events: { clicked: 1, delivered: 0 }, recipients }
    expect((await call('PUT', target, body)).status).toBe(404)
    expect((await call('PUT', target, body, { version: 'v3' })).status).toBe(403)
    expect((await call('PUT', target, body, options)).body).toMatchObject({ success: true })
    expect((await get(`${path}/email/${emailMessageId}`)).body.status).toBe('clicked')
    const wrong = await call('PUT', target, { status: 'eaten', events: { opened: -1 } }, options)
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.body.message).toHaveLength(2)
  })

  it('adds an outbound call and sets its attachments', async () => {
    const { call, names, reachable, all } = await openSend()
    const options = { token: names.accessToken }
    const body = { type: 'Call', conversationId: reachable.id, conversationProviderId: names.conversationProviderId }
    const outbound = `${path}/outbound`
    const made = await call('POST', outbound, { ...body, call: { to: reachable.phone, status: 'completed' } }, options)
    expect(made).toMatchObject({ status: 200, body: { success: true, conversationId: reachable.id } })
    expect((await call('POST', outbound, { ...body, call: { to: '+1', status: 'completed' } }, options)).status).toBe(
      400,
    )
    expect((await call('POST', outbound, body)).status).toBe(400)
    expect((await call('POST', outbound, { type: 'SMS' }, options)).status).toBe(422)
    const attachments = ['https://a.example/call.wav']
    const target = `${path}/${made.body.messageId}/attachments`
    expect((await call('PUT', target, { attachments })).body.attachments).toEqual(attachments)
    expect((await call('PUT', target, { attachments: Array(6).fill('https://a.example') })).status).toBe(422)
    expect((await call('PUT', `${path}/nothing/attachments`, { attachments })).status).toBe(404)
    const { body: text } = await call('POST', path, { type: 'SMS', contactId: reachable.contactId, message: 'x' })
    expect((await call('PUT', `${path}/${text.messageId}/attachments`, { attachments })).status).toBe(403)
    expect(all.length).toBeGreaterThan(250)
  })
})
