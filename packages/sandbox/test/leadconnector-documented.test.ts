import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

/** Every switch of a shape as it is farthest from the specification, which `documented` overrules. */
const odd = {
  shapes: 'documented',
  messageListShape: 'nested',
  messageShape: 'wrapped',
  agentsMissing: true,
  agentSpelling: 'loose',
  actionList: 'grouped',
  actionDetails: 'omitted',
  followupShape: 'array',
  emailMeta: 'single',
  callMeta: 'object',
  transcriptionShape: 'array',
  sendStatus: 201,
  brokenItems: true,
  rateLimit: false,
} as const

describe('with the shapes of the specification, the emulated LeadConnector', () => {
  it('returns flat messages and lists without a trace id', async () => {
    const { get, search } = openDesk(odd)
    const [{ id }] = await search()
    const list = (await get(`/conversations/${id}/messages`, { limit: 2 })).body
    expect(Object.keys(list).sort()).toEqual(['lastMessageId', 'messages', 'nextPage'])
    const message = (await get(`/conversations/messages/${list.lastMessageId}`)).body
    expect(message).toEqual(list.messages.at(-1))
    expect(message).toMatchObject({ id: list.lastMessageId, conversationId: id, dateAdded: expect.any(String) })
  })

  it('returns complete messages with declared words', async () => {
    const { everyConversation, get } = openDesk(odd)
    const words = new Set<string>()
    const statuses = new Set<string>()
    for (const { id } of await everyConversation()) {
      const { messages } = (await get(`/conversations/${id}/messages`, { limit: 100 })).body
      for (const { messageType, status, contentType, dateAdded, type, ...message } of messages) {
        words.add(messageType)
        if (status !== undefined) statuses.add(status)
        expect(message).not.toHaveProperty('activity')
        expect([typeof contentType, typeof dateAdded, typeof type]).toEqual(['string', 'string', 'number'])
      }
    }
    expect(words).toContain('TYPE_ACTIVITY_CONTACT')
    expect(words).not.toContain('TYPE_HOLOGRAM')
    expect([...statuses].sort()).toEqual(['delivered', 'failed', 'read', 'sent'])
  })

  it('returns a found conversation with every required field, and a read or changed one with words and counts', async () => {
    const { call, get, everyConversation, names } = openDesk(odd)
    const found = await everyConversation()
    const fields = 'contactId contactName email fullName id lastMessageBody lastMessageType locationId phone sort type'
    for (const conversation of found) {
      expect(Object.keys(conversation).sort()).toEqual([...fields.split(' '), 'unreadCount'])
      expect(conversation.lastMessageType).toMatch(/^TYPE_/)
      expect(conversation.lastMessageType).not.toBe('TYPE_NO_SHOW')
    }
    const read = found.find(({ unreadCount }: Body) => unreadCount === 0)
    const { locationId } = names
    const gotten = (await get(`/conversations/${read.id}`)).body
    expect(gotten).toMatchObject({ id: read.id, type: expect.any(Number), inbox: false, unreadCount: 0 })
    for (const name of ['lastMessageDate', 'lastMessageType', 'messageTypes']) expect(gotten).not.toHaveProperty(name)
    const unread = await call('PUT', `/conversations/${read.id}`, { locationId, unreadCount: 2 })
    expect(unread.body.conversation).toMatchObject({
      lastMessageType: read.lastMessageType,
      lastMessageDate: String(read.sort[0]),
      unreadCount: 2,
      inbox: true,
    })
    expect((await get(`/conversations/${read.id}`)).body).toMatchObject({ inbox: true, unreadCount: 2 })
  })

  it('answers with the declared statuses', async () => {
    const { call, get, search, names } = openDesk(odd)
    const [{ id: conversationId, contactId }] = await search({ lastMessageType: 'TYPE_SMS' })
    const { locationId } = names
    const statusOf = async (path: string, body: object) => (await call('POST', path, body)).status
    const person = { locationId, email: 'new@quill.example' }
    expect(await statusOf('/conversations/messages', { type: 'SMS', contactId, message: 'Hello' })).toBe(200)
    const inbound = { type: 'SMS', conversationId, contactId, message: 'Hello' }
    expect(await statusOf('/conversations/messages/inbound', inbound)).toBe(200)
    const upserted = await call('POST', '/contacts/upsert', person)
    expect(upserted).toMatchObject({ status: 200, body: { new: true } })
    const one = { locationId, contactId: upserted.body.contact.id }
    expect(await statusOf('/conversations/', one)).toBe(201)
    const knowledgeBaseId = (await get('/knowledge-bases/', { locationId })).body.data.knowledgeBases[0].id
    const inBase = { locationId, knowledgeBaseId }
    expect(await statusOf('/knowledge-bases/faqs', { ...inBase, question: 'Where?', answer: 'Here.' })).toBe(201)
    const { operationId } = (
      await call('POST', '/knowledge-bases/crawler', { ...inBase, url: 'https://quill.example', option: 'Exact' })
    ).body.data
    const pages = { ...inBase, operationId, urlIds: [operationId] }
    expect(await statusOf('/knowledge-bases/crawler/train', pages)).toBe(201)
  })

  it('returns the result of a send, and repeats a forward in the words of the answer', async () => {
    const { call, search } = openDesk(odd)
    const [{ contactId }] = await search({ lastMessageType: 'TYPE_EMAIL' })
    const forward = { isForwarded: true, forwardWholeThread: false, toEmail: 'ada@quill.example' }
    const sent = await call('POST', '/conversations/messages', { type: 'Email', contactId, html: '<p>x</p>', forward })
    expect(sent.body).toMatchObject({
      status: 'pending',
      forwardData: { forwardWholeThread: false, forwardToEmail: 'ada@quill.example' },
    })
    expect(sent.body.forwardData).not.toHaveProperty('isForwarded')
  })

  it('returns a refusal with the fields of its status', async () => {
    const { call, get, names } = openDesk(odd)
    expect((await get('/conversations/none')).body).toEqual({ statusCode: 400, message: expect.any(String) })
    const unauthorized = { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' }
    expect((await get('/conversations/none', {}, { token: 'wrong' })).body).toEqual(unauthorized)
    const invalid = await call('POST', '/conversations/', { locationId: names.locationId })
    expect(Object.keys(invalid.body).sort()).toEqual(['error', 'message', 'statusCode'])
    expect(invalid.body.message).toBeInstanceOf(Array)
  })

  it('returns complete lists of agents and of actions', async () => {
    const { get, names } = openDesk(odd)
    const { agents, count } = (await get('/conversation-ai/agents/search')).body
    expect(agents).toHaveLength(count)
    for (const { channels, mode } of agents) expect([Array.isArray(channels), mode]).not.toContain('autoPilot')
    const { data } = (await get(`/conversation-ai/agents/${names.agentId}/actions/list`)).body
    for (const action of data) expect(action).toMatchObject({ id: expect.any(String), details: expect.any(Object) })
  })
})

it('uses the switches again when the shapes are the observed ones', async () => {
  const { emulator, get, search } = openDesk({ shapes: 'documented' })
  const [{ id }] = await search()
  emulator.settings.shapes = 'observed'
  expect((await get(`/conversations/${id}/messages`)).body.messages.messages).toBeInstanceOf(Array)
  emulator.settings.messageListShape = 'flat'
  expect((await get(`/conversations/${id}/messages`)).body.messages).toBeInstanceOf(Array)
})
