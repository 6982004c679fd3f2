import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

const inbound = '/conversations/messages/inbound'

async function openBot(changes: Parameters<typeof openDesk>[0] = {}, thinkingTime = 0) {
  const desk = openDesk(changes, thinkingTime)
  const { locationId } = desk.names
  const person = { locationId, name: 'Nia Vale', phone: '+15550177', email: 'nia@example.com' }
  const contactId = (await desk.call('POST', '/contacts/upsert', person)).body.contact.id
  const say = async (message: string, body: Record<string, unknown> = {}) =>
    (await desk.call('POST', inbound, { type: 'SMS', contactId, message, ...body })).body
  const timeline = async (id: string): Promise<Body[]> =>
    (await desk.get(`/conversations/${id}/messages`)).body.messages.messages
  const generation = (messageId: string, source = 'conversation') =>
    desk.get('/conversation-ai/generations', { messageId, source })
  return { ...desk, contactId, say, timeline, generation }
}

describe('an auto-pilot agent', () => {
  it('answers after its thinking time without a mark on the answer', async () => {
    const { say, timeline, generation, clock, names, search, contactId } = await openBot({}, 4_000)
    const { conversationId, messageId, success } = await say('When do you open?')
    expect(success).toBe(true)
    await clock.advance(3_999)
    expect(await timeline(conversationId)).toHaveLength(1)
    expect((await search({ contactId }))[0]).toMatchObject({ lastMessageDirection: 'inbound', unreadCount: 1 })
    await clock.advance(1)
    const [answer, question] = await timeline(conversationId)
    expect(question.id).toBe(messageId)
    expect(answer).toMatchObject({ direction: 'outbound', source: 'app', messageType: 'TYPE_SMS' })
    expect('userId' in answer).toBe(false)
    expect(Date.parse(answer.dateAdded)).toBe(clock.now())
    const { status, body } = await generation(answer.id)
    expect(status).toBe(200)
    expect(body).toMatchObject({ input: 'When do you open?', responseMessage: answer.body, mode: 'auto-pilot' })
    expect(body.agentId ?? body.employeeId).toBe(names.agentId)
    expect(body.history).toEqual([{ role: 'user', content: 'When do you open?' }])
    expect(body.website[0]).toMatchObject({ url: expect.stringContaining('opening-hours') })
    expect(body.prompt).toContain(body.intent)
  })

  it('has no generation for other messages', async () => {
    const { say, generation, timeline, get } = await openBot()
    const { conversationId, messageId } = await say('Do you sell gift cards?')
    const none = { status: 400, body: { message: 'No Ai suggestion Found' } }
    expect(await generation(messageId)).toMatchObject(none)
    expect(await generation('nothing')).toMatchObject(none)
    const [answer] = await timeline(conversationId)
    expect(await generation(answer.id, 'workflow')).toMatchObject(none)
    const missing = await get('/conversation-ai/generations')
    expect(missing.status).toBe(422)
    expect(missing.body.message.join()).toMatch(/messageId.*source/)
  })

  it('says that it does not know, with lists that are null or missing', async () => {
    const { say, timeline, generation } = await openBot()
    const { conversationId } = await say('Zxq qwv?')
    const [answer] = await timeline(conversationId)
    const { body } = await generation(answer.id)
    expect(body.faqs).toBeNull()
    expect('website' in body).toBe(false)
  })

  it('sleeps after a person’s message, drops the answer in progress, and wakes again', async () => {
    const { say, timeline, call, clock, contactId } = await openBot({}, 4_000)
    const { conversationId } = await say('When do you open?')
    await call('POST', '/conversations/messages', { type: 'SMS', contactId, message: 'I take this.' })
    await clock.advance(10_000)
    expect((await timeline(conversationId)).map(({ direction }) => direction)).toEqual(['outbound', 'inbound'])
    await say('And on Sunday?')
    await clock.advance(10_000)
    expect(await timeline(conversationId)).toHaveLength(3)
    await clock.advance(2 * 3_600_000)
    await say('Hello?')
    await clock.advance(10_000)
    expect(await timeline(conversationId)).toHaveLength(5)
  })

  it('does not sleep after messages of programs if configured so', async () => {
    const { say, timeline, call, contactId } = await openBot({ apiSendIsManual: false })
    await call('POST', '/conversations/messages', { type: 'SMS', contactId, message: 'From a program' })
    const { conversationId } = await say('When do you open?')
    expect(await timeline(conversationId)).toHaveLength(3)
  })

  it('is silent on a channel without an agent and while it is switched off', async () => {
    const { say, timeline, call, names, get } = await openBot()
    const { conversationId } = await say('When do you open?', { type: 'FB' })
    expect(await timeline(conversationId)).toHaveLength(1)
    await say('When do you open?', { type: 'Live_Chat' })
    expect(await timeline(conversationId)).toHaveLength(3)
    const { body: agent } = await get(`/conversation-ai/agents/${names.agentId}`)
    await call('PUT', `/conversation-ai/agents/${names.agentId}`, { ...agent, mode: 'off' })
    await say('When do you open?', { type: 'SMS' })
    expect(await timeline(conversationId)).toHaveLength(4)
  })

  it('stops after its largest number of messages', async () => {
    const { say, timeline, call, names } = await openBot()
    await call('PUT', `/conversation-ai/agents/${names.agentId}`, { autoPilotMaxMessages: 1 })
    const { conversationId } = await say('When do you open?')
    await say('And tomorrow?')
    expect(await timeline(conversationId)).toHaveLength(3)
  })

  it('answers an email by email', async () => {
    const { say, timeline, get, generation } = await openBot()
    const { conversationId, emailMessageId } = await say('When do you open?', { type: 'Email', subject: 'Hours' })
    expect((await get(`/conversations/messages/email/${emailMessageId}`)).body.subject).toBe('Hours')
    const [answer] = await timeline(conversationId)
    const { body } = await get(`/conversations/messages/email/${answer.meta.email.messageIds[0]}`)
    expect(body.direction).toBe('outbound')
    expect((await generation(answer.id)).status).toBe(200)
  })
})

describe('adding an inbound message', () => {
  it('accepts a conversation or a contact, a date and an external id', async () => {
    const { say, call, timeline } = await openBot()
    const { conversationId } = await say('One', { type: 'FB' })
    const date = '2026-01-10T08:00:00.000Z'
    const body = { type: 'FB', conversationId, message: 'Earlier', altId: 'ext-1', date }
    const added = await call('POST', inbound, body)
    expect(added).toMatchObject({ status: 201, body: { conversationId, dateAdded: date } })
    expect('message' in added.body).toBe(false)
    expect((await timeline(conversationId)).map(({ body: text }) => text)).toEqual(['One', 'Earlier'])
    expect((await timeline(conversationId))[1].altId).toBe('ext-1')
  })

  it('is refused without a place for it', async () => {
    const { call, contactId, names } = await openBot()
    const add = (body: Record<string, unknown>, options = {}) => call('POST', inbound, body, options)
    expect((await add({ type: 'Pigeon', contactId })).status).toBe(422)
    expect((await add({ type: 'SMS', message: 'x' })).status).toBe(400)
    expect((await add({ type: 'SMS', contactId: 'nobody' })).status).toBe(400)
    expect((await add({ type: 'SMS', conversationId: 'nothing' })).body.message).toContain('not found')
    expect((await add({ type: 'SMS', contactId, date: 'soon' })).status).toBe(400)
    expect((await add({ type: 'Custom', contactId })).body.message).toBe('conversationProviderId is required')
    expect((await add({ type: 'Custom', contactId, conversationProviderId: 'x' })).status).toBe(400)
    const provider = { conversationProviderId: names.conversationProviderId }
    expect((await add({ type: 'Custom', contactId, ...provider }, { token: names.accessToken })).status).toBe(201)
  })

  it('can answer 201 and store nothing', async () => {
    const { say, get, emulator, search, contactId } = await openBot({ inbound: 'lost' })
    const lost = await say('Anybody?')
    expect(lost.success).toBe(true)
    expect((await get(`/conversations/messages/${lost.messageId}`)).status).toBe(400)
    emulator.settings.inbound = 'empty'
    expect(Object.keys(await say('Anybody?'))).toEqual(['traceId'])
    expect(await search({ contactId })).toEqual([])
  })
})
