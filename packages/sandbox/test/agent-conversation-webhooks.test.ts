import { beforeEach, describe, expect, test } from 'vitest'
import { agentConversationDesk } from './agent-conversation-desk.ts'
import { webhookReceiver } from './webhook-receiver.ts'

const desk = agentConversationDesk()
const receiver = webhookReceiver()
const { call } = desk

const triggers = [
  'each_message',
  'end_dialog',
  'start_dialog',
  'chat_currently_unavailable',
  'auto_archive_conversation',
  'manual',
]

const heard = async () => {
  await desk.served.webhooks.settled()
  return receiver.heard.map(({ headers }) => headers['x-trigger'])
}

async function open() {
  const user = { firstName: 'Ada', lastName: 'Quill', email: 'ada@quill.example' }
  const { body } = await call('POST', '/users', { body: user })
  return (await call('POST', '/conversations', { body: { conversationUserId: body['id'] } })).body['id'] as string
}

const ask = (id: string, message: string) => call('POST', `/conversations/${id}/messages`, { body: { message } })

beforeEach(async () => {
  desk.served.settings.webhookTargets = 'any'
  for (const triggerCondition of triggers) {
    const headers = { 'X-Trigger': triggerCondition, 'X-Mine': 'made up' }
    const body = { title: 't', description: 'd', url: receiver.url, triggerCondition, headers }
    expect((await call('POST', '/agents/webhooks', { body })).status).toBe(201)
  }
})

describe('a delivery for each trigger', () => {
  test('is sent when a dialog begins, is answered, and ends after six minutes of silence', async () => {
    const id = await open()
    const reply = (await ask(id, 'When do you open?')).body
    expect(await heard()).toEqual(['start_dialog', 'each_message'])
    expect(receiver.heard[1]?.body).toEqual({
      conversationId: id,
      messageId: reply['id'],
      userId: expect.any(String),
      message: reply['message'],
      timestamp: reply['createdAt'],
    })
    await desk.clock.advance(359_000)
    expect(await heard()).toHaveLength(2)
    await desk.clock.advance(1_000)
    expect(await heard()).toEqual(['start_dialog', 'each_message', 'end_dialog'])
    expect(receiver.heard[2]?.body).toMatchObject({ conversationId: id, messageId: reply['id'] })
    await ask(id, 'And on Sunday?')
    expect((await heard()).slice(3)).toEqual(['start_dialog', 'each_message'])
  })

  test('is sent for a person’s answer too', async () => {
    const id = await open()
    await call('PUT', `/conversations/${id}/mode`, { body: { mode: 'manual' } })
    await ask(id, 'Hello?')
    await call('POST', `/conversations/${id}/send-manual-message`, { body: { message: 'Here I am' } })
    expect(await heard()).toEqual(['start_dialog', 'each_message'])
    expect(receiver.heard[1]?.body).toMatchObject({ conversationId: id, message: 'Here I am' })
  })

  test('is sent when somebody writes while the chat is closed', async () => {
    desk.served.settings.chat = 'closed'
    const id = await open()
    await ask(id, 'Hello?')
    expect(await heard()).toEqual(['start_dialog', 'chat_currently_unavailable', 'each_message'])
    expect(receiver.heard[1]?.body).toMatchObject({ conversationId: id, message: 'Hello?' })
  })

  test('is sent when an abandoned conversation is archived', async () => {
    const id = await open()
    await ask(id, 'Hello?')
    const before = (await heard()).length
    desk.served.settings.archiveIdleMs = 86_400_000
    // A message may be a few milliseconds ahead of the clock, so that none has the time of another.
    await desk.clock.advance(86_401_000)
    const after = (await heard()).slice(before)
    expect(after.filter((trigger) => trigger !== 'auto_archive_conversation')).toEqual(['end_dialog'])
    const archived = receiver.heard.filter(({ headers }) => headers['x-trigger'] === 'auto_archive_conversation')
    expect(archived.map(({ body }) => body.conversationId)).toContain(id)
    expect(await heard()).toHaveLength(before + after.length)
  })

  test('is sent when a button is pressed', async () => {
    const id = await open()
    desk.served.webhooks.trigger(id)
    expect(await heard()).toEqual(['manual'])
    expect(() => desk.served.webhooks.trigger('nobody')).toThrow(RangeError)
  })
})

describe('deliveries', () => {
  test('have the headers of their webhook and no signature, and are not repeated', async () => {
    receiver.answers.push(500)
    desk.served.webhooks.trigger(await open())
    expect(await heard()).toEqual(['manual'])
    const { headers } = receiver.first
    expect(headers['x-mine']).toBe('made up')
    expect(Object.keys(headers).filter((name) => /signature/i.test(name))).toEqual([])
    expect(desk.served.webhooks.log).toMatchObject([{ attempt: 1, status: 500 }])
  })

  test('of a stranger have another secret', async () => {
    desk.served.webhooks.rate.wrongSignature = 1
    desk.served.webhooks.trigger(await open())
    await desk.served.webhooks.settled()
    expect(receiver.heard.map(({ headers }) => headers['x-mine'])).toEqual(['wrong', 'made up'])
  })

  test.each([
    ['nested', (body: object) => expect(body).toMatchObject({ conversation: { id: expect.any(String) } })],
    ['thread', (body: object) => expect(body).toMatchObject({ thread_id: expect.stringMatching(/^conv_/) })],
    ['bare', (body: object) => expect(Object.keys(body)).toEqual(['message', 'timestamp'])],
  ] as const)('can have a %s body', async (webhookBody, check) => {
    desk.served.settings.webhookBody = webhookBody
    await ask(await open(), 'Hello?')
    await desk.served.webhooks.settled()
    check(receiver.heard[1]?.body)
  })

  test('of another agent reach only its own webhooks', async () => {
    const { body } = await call('POST', '/users', { body: { firstName: 'B', lastName: 'C', email: 'b@quill.example' } })
    const key = desk.served.credentials['apiKey2'] ?? ''
    const made = await call('POST', '/conversations', { body: { conversationUserId: body['id'] }, key })
    await call('POST', `/conversations/${made.body['id']}/messages`, { body: { message: 'Hi' }, key })
    expect(await heard()).toEqual([])
  })
})
