import { describe, expect, test } from 'vitest'
import { answer } from '../src/world/index.ts'
import { everyConversation, openDesk, type TestDesk } from './livechatai-desk.ts'

const question = 'How long does delivery take?'
const ask = (desk: TestDesk, more: object = {}) =>
  desk.post('/conversations', { question, agentId: desk.agentId, ...more })

describe('a message that is sent to the emulated LiveChatAI', () => {
  test('starts a conversation with a new contact, and the bot answers from its sources', async () => {
    const desk = openDesk()
    const sent = await ask(desk, { country: 'DE', integrationType: 'WHATSAPP' })
    const said = answer(desk.world, question)
    expect(said.articles.length).toBeGreaterThan(0)
    expect(sent.body).toEqual({
      status: 'success',
      message: expect.any(String),
      data: {
        conversationId: expect.any(String),
        contactId: expect.any(String),
        response: said.text,
        messageId: expect.any(String),
        responseMessageId: expect.any(String),
        links: said.articles.map(({ url }) => ({ link: url, type: expect.any(String) })),
      },
    })
    const kept = await desk.get(`/conversations/${sent.text('data.conversationId')}`)
    expect(kept.at('data')).toMatchObject({ integrationType: 'WHATSAPP', isAgent: false, isResolved: false })
    expect(kept.rows('data.messages')).toMatchObject([
      { id: sent.at('data.messageId'), role: 'user', content: question, source: [], agent: null },
      { id: sent.at('data.responseMessageId'), role: 'assistant', content: said.text, agent: null },
    ])
    const cited = kept.rows('data.messages.1.source')
    expect(cited.map(({ link, type }) => ({ link, type }))).toEqual(sent.at('data.links'))
    expect((await desk.get(`/contacts/${sent.text('data.contactId')}`)).at('country')).toBe('DE')
  })

  test('continues a conversation, reopens it, and moves it to the top of the list', async () => {
    const desk = openDesk()
    const resolved = (
      await desk.get(`/conversations?agentId=${desk.agentId}&status=close&assignedTo=ai&perPage=1&page=9`)
    ).text('data.conversations.0.id')
    const sent = await ask(desk, { conversationId: resolved })
    expect(sent.at('data.conversationId')).toBe(resolved)
    const [first] = (await desk.get(`/conversations?agentId=${desk.agentId}`)).rows('data.conversations')
    expect(first).toMatchObject({ id: resolved, isResolved: false })
  })

  test('takes an existing contact in the newer revision only', async () => {
    const desk = openDesk()
    const contactId = (await desk.get(`/contacts?agentId=${desk.agentId}`)).text('data.0.id')
    expect((await ask(desk, { contactId })).at('data.contactId')).toBe(contactId)
    desk.settings.edition = 'older'
    expect((await ask(desk, { contactId })).at('data.contactId')).not.toBe(contactId)
  })

  test.each(['empty', 'null', 'missing'] as const)('returns %s fields after a human has taken over', async (how) => {
    const desk = openDesk({ unanswered: how })
    const conversationId = (await ask(desk)).text('data.conversationId')
    await desk.post(`/conversations/${conversationId}/reply`, { message: 'I will do it.', userId: desk.userId })
    const sent = await ask(desk, { conversationId })
    const nothing = { empty: '', null: null, missing: undefined }[how]
    expect([sent.status, sent.at('data.response'), sent.at('data.responseMessageId')]).toEqual([200, nothing, nothing])
    const messages = (await desk.get(`/conversations/${conversationId}`)).rows('data.messages')
    expect(messages.at(-1)).toMatchObject({ id: sent.at('data.messageId'), role: 'user' })
  })

  test('is answered with a refusal to guess if no source fits', async () => {
    const sent = await ask(openDesk(), { question: 'Qwertz uiop?' })
    expect(sent.at('data.links')).toEqual([])
    expect(sent.text('data.response')).toMatch('do not know')
  })

  test.each([
    [{ question: undefined }, 400],
    [{ question: '' }, 400],
    [{ question: 7 }, 400],
    [{ agentId: undefined }, 400],
    [{ agentId: 'nobody' }, 404],
    [{ conversationId: 'nobody' }, 404],
    [{ contactId: 'nobody' }, 404],
    [{ messageType: 'VIDEO' }, 400],
    [{ responseFormat: 'HTML' }, 400],
    [{ integrationType: 'MESSENGER' }, 400],
    [{ streaming: 'yes' }, 400],
  ])('with %j is refused with %i and stores nothing', async (wrong, status) => {
    const desk = openDesk()
    const before = (await everyConversation(desk)).length
    expect((await ask(desk, wrong)).status).toBe(status)
    expect(await everyConversation(desk)).toHaveLength(before)
  })

  test.each([200, 402, 403, 429] as const)('is refused over the quota with %i', async (status) => {
    const sent = await ask(openDesk({ overQuota: status }))
    expect([sent.status, sent.at('status'), sent.at('code')]).toEqual([status, 'error', 'QUOTA_EXCEEDED'])
  })
})

describe('a streamed answer of the emulated LiveChatAI', () => {
  const stream = async (desk: TestDesk) => {
    const body = JSON.stringify({ question, agentId: desk.agentId, streaming: true })
    return desk.raw('/conversations', { method: 'POST', body })
  }
  const said = answer(openDesk().world, question).text

  test('has events: words, then ids and links, then the end', async () => {
    const response = await stream(openDesk())
    expect(response.headers.get('content-type')).toMatch('text/event-stream')
    const data = (await response.text()).split('\n').filter((line) => line.startsWith('data: '))
    expect(data.at(-1)).toBe('data: [DONE]')
    const events = data.slice(0, -1).map((line) => JSON.parse(line.slice(6)))
    expect(events.map((event) => event.response ?? '').join('')).toBe(said)
    expect(Object.keys(events.at(-1))).toEqual([
      'conversationId',
      'contactId',
      'messageId',
      'responseMessageId',
      'links',
    ])
  })

  test('has events without ids', async () => {
    expect(await (await stream(openDesk({ streamIds: false }))).text()).not.toMatch('conversationId')
  })

  test('has events with only text, in which a line break begins another line', async () => {
    const desk = openDesk({ streaming: 'sse-text' })
    await desk.post('/data-sources/qa', { agentId: desk.agentId, question: 'Zebra?', answer: 'Black\n\nand white.' })
    const body = JSON.stringify({ question: 'Zebra?', agentId: desk.agentId, streaming: true })
    const response = await desk.raw('/conversations', { method: 'POST', body })
    expect(response.headers.get('content-type')).toMatch('text/event-stream')
    expect((await response.text()).replace(': stream opened\n\n', '')).toBe(
      'data: Black\n\ndata: \ndata: \ndata: and\n\ndata:  white.\n\ndata: [DONE]\n\n',
    )
  })

  test.each(['sse', 'sse-text', 'text'] as const)('can stop as %s and stay open', async (streaming) => {
    const response = await stream(openDesk({ streaming, streamHangs: true }))
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (let piece = 0; piece < 4; piece++) expect(await reader.read()).toMatchObject({ done: false })
    const waited = await Promise.race([reader.read(), new Promise((resolve) => setImmediate(resolve, 'nothing'))])
    expect(waited).toBe('nothing')
    await reader.cancel()
  })

  test('can be plain text', async () => {
    const response = await stream(openDesk({ streaming: 'text' }))
    expect(response.headers.get('content-type')).toMatch('text/plain')
    expect(await response.text()).toBe(said)
  })

  test('can be JSON, as if streaming had not been requested', async () => {
    const response = await stream(openDesk({ streaming: 'json' }))
    expect(await response.json()).toMatchObject({ status: 'success', data: { response: said } })
  })

  test('can have an error among its events, or be cut off', async () => {
    const events = await (await stream(openDesk({ streamBreaks: true }))).text()
    expect(events).toMatch('"status":"error"')
    expect(events).not.toMatch('[DONE]')
    await expect((await stream(openDesk({ streaming: 'text', streamBreaks: true }))).text()).rejects.toThrow('broke')
  })
})

describe('a reply to the emulated LiveChatAI', () => {
  test('is a third shape of message, takes over and reopens', async () => {
    const desk = openDesk()
    const { conversationId } = (await ask(desk)).at('data') as { conversationId: string }
    await desk.post(`/conversations/${conversationId}/end`)
    const reply = await desk.post(`/conversations/${conversationId}/reply`, { message: 'Hello!', userId: desk.userId })
    const messageId = reply.text('data.messageId')
    const agent = { id: desk.userId, name: expect.any(String), email: expect.any(String), avatar: null }
    expect(reply.body).toEqual({
      status: 'success',
      message: expect.any(String),
      data: {
        messageId,
        conversationId,
        message: { id: messageId, text: 'Hello!', sender: 'AGENT', type: 'TEXT', createdAt: expect.any(String), agent },
      },
    })
    const kept = await desk.get(`/conversations/${conversationId}`)
    expect(kept.at('data')).toMatchObject({ isAgent: true, isResolved: false, agent: { id: desk.userId } })
    const spoken = { id: messageId, content: 'Hello!', role: 'assistant', agent }
    expect(kept.rows('data.messages').at(-1)).toMatchObject(spoken)
  })

  test.each([
    [{ userId: 'x' }, 400],
    [{ message: 'x' }, 400],
    [{ message: 'x', userId: 'nobody' }, 404],
    [{ message: 'x', userId: 'x', messageType: 'NOTE' }, 404],
  ])('refuses %j', async (body, status) => {
    const desk = openDesk()
    const { conversationId } = (await ask(desk)).at('data') as { conversationId: string }
    expect((await desk.post(`/conversations/${conversationId}/reply`, body)).status).toBe(status)
  })
})

test('ending a conversation names the given user, the assignee or the owner', async () => {
  const desk = openDesk()
  const { conversationId, contactId } = (await ask(desk)).at('data') as { conversationId: string; contactId: string }
  const end = (body: object) => desk.post(`/conversations/${conversationId}/end`, body)
  const byOwner = await end({})
  expect(byOwner.body).toEqual({
    status: 'success',
    message: expect.any(String),
    data: { conversationId, userId: expect.any(String), contactId },
  })
  expect(byOwner.at('data.userId')).not.toBe(desk.userId)
  expect((await end({ userId: desk.userId })).at('data.userId')).toBe(desk.userId)
  expect((await desk.get(`/conversations/${conversationId}`)).at('data.isResolved')).toBe(true)
  await desk.post(`/conversations/${conversationId}/reply`, { message: 'x', userId: desk.userId })
  expect((await end({})).at('data.userId')).toBe(desk.userId)
  expect((await end({ userId: 'nobody' })).status).toBe(404)
})
