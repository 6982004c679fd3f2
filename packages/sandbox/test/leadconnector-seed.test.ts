import { expect, it } from 'vitest'
import { type Body, openDesk, world } from './leadconnector-desk.ts'

it('the seed of LeadConnector describes the world in the vendor’s format', async () => {
  const { everyConversation, get, names } = openDesk({ rateLimit: false })
  const conversations = await everyConversation()
  expect(conversations.length).toBe(new Set(world.dialogues.map(({ person }) => person)).size)
  expect(conversations.length).toBeGreaterThanOrEqual(250)

  const messages: Body[] = []
  for (const { id } of conversations) {
    for (let lastMessageId = ''; ; ) {
      const { body } = await get(`/conversations/${id}/messages`, { limit: 100, lastMessageId })
      messages.push(...body.messages.messages)
      if (!body.messages.nextPage) break
      lastMessageId = body.messages.lastMessageId
    }
  }
  const kinds = new Set(messages.map(({ messageType }) => messageType))
  for (const kind of [
    'SMS',
    'EMAIL',
    'WHATSAPP',
    'FACEBOOK',
    'INSTAGRAM',
    'WEBCHAT',
    'LIVE_CHAT',
    'GMB',
    'TIKTOK',
    'CALL',
  ]) {
    expect(kinds).toContain(`TYPE_${kind}`)
  }
  for (const kind of ['INTERNAL_COMMENT', 'ACTIVITY_APPOINTMENT', 'HOLOGRAM', 'FORM_SUBMISSION']) {
    expect(kinds).toContain(`TYPE_${kind}`)
  }
  const sources = new Set(messages.map(({ source }) => source))
  for (const source of ['app', 'workflow', 'campaign', 'bulk_actions']) expect(sources).toContain(source)
  expect(messages.some(({ status }) => status === 'parked_by_carrier')).toBe(true)
  expect(messages.some(({ status, error }) => status === 'failed' && error)).toBe(true)
  const activity = messages.find(({ messageType }) => messageType === 'TYPE_ACTIVITY_CONTACT')
  for (const key of ['status', 'contentType', 'body']) expect(key in activity).toBe(false)
  expect(messages.every(({ dateAdded }) => Date.parse(dateAdded) <= world.now)).toBe(true)
  expect(conversations.some(({ messageTypes }) => messageTypes.length > 3)).toBe(true)

  // Every answer of a bot can be looked up, and shows what it was drawn from.
  const answers = messages.filter(
    ({ direction, source, userId, messageType }) =>
      direction === 'outbound' && source === 'app' && !userId && messageType !== 'TYPE_CALL',
  )
  expect(answers.length).toBeGreaterThan(1_000)
  for (const { id } of answers.slice(0, 200)) {
    const { status, body } = await get('/conversation-ai/generations', { messageId: id, source: 'conversation' })
    expect(status).toBe(200)
    expect(body.prompt).not.toBe('')
  }
  expect(names.agentId).toBeTypeOf('string')
})

it('the seed of LeadConnector is the same for the same seed number', async () => {
  const [first, second] = [openDesk(), openDesk()]
  expect(first.names).toEqual(second.names)
  expect(await first.search()).toEqual(await second.search())
})
