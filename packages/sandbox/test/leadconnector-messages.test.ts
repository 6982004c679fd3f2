import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

type Desk = ReturnType<typeof openDesk>

/** A conversation whose last message is of a kind, with its newest messages. */
async function open(desk: Desk, lastMessageType: string) {
  const [{ id }] = await desk.search({ lastMessageType })
  const path = `/conversations/${id}/messages`
  return { id, path, messages: (await desk.get(path, { limit: 100 })).body.messages.messages as Body[] }
}

async function longest(desk: Desk) {
  const { body } = await desk.get('/conversations/messages/export', { locationId: desk.names.locationId, limit: 500 })
  const counts = new Map<string, number>()
  for (const { conversationId } of body.messages) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return `/conversations/${most?.[0]}/messages`
}

describe('the list of messages', () => {
  it('is sorted newest first, paged by the last id, and nested', async () => {
    const desk = openDesk()
    const path = await longest(desk)
    const all: Body[] = []
    for (let lastMessageId = ''; ; ) {
      const { messages } = (await desk.get(path, lastMessageId ? { lastMessageId } : {})).body
      all.push(...messages.messages)
      expect(messages.messages.length).toBeLessThanOrEqual(20)
      if (!messages.nextPage) break
      lastMessageId = messages.lastMessageId
      expect(lastMessageId).toBe(messages.messages.at(-1).id)
    }
    expect(all.length).toBeGreaterThan(20)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const dates = all.map(({ dateAdded }) => dateAdded)
    expect(dates).toEqual([...dates].sort().reverse())
  })

  it('can be flat', async () => {
    const desk = openDesk({ messageListShape: 'flat' })
    const { body } = await desk.get(await longest(desk), { limit: 2 })
    expect(body).toMatchObject({ nextPage: true, lastMessageId: body.messages[1].id })
  })

  it('can be filtered by type, with a plural for internal comments', async () => {
    const desk = openDesk()
    const commented = (await desk.search({ status: 'all' })).map(({ id }) => id)
    let comments: Body[] = []
    for (const id of commented) {
      const { body } = await desk.get(`/conversations/${id}/messages`, { type: 'TYPE_INTERNAL_COMMENTS,TYPE_CALL' })
      const types = body.messages.messages.map(({ messageType }: Body) => messageType)
      expect(types.every((type: string) => type === 'TYPE_INTERNAL_COMMENT' || type === 'TYPE_CALL')).toBe(true)
      comments = body.messages.messages.filter(({ messageType }: Body) => messageType === 'TYPE_INTERNAL_COMMENT')
      if (comments.length > 0) break
    }
    expect(comments[0].userId).toBeTypeOf('string')
    const singular = await desk.get(`/conversations/${commented[0]}/messages`, { type: 'TYPE_INTERNAL_COMMENT' })
    expect(singular.status).toBe(422)
  })

  it('answers 400 for unknown parameters', async () => {
    const desk = openDesk()
    const { path } = await open(desk, 'TYPE_EMAIL')
    expect((await desk.get('/conversations/nothing/messages')).status).toBe(400)
    expect((await desk.get(path, { lastMessageId: 'nothing' })).status).toBe(400)
    expect((await desk.get(path, { limit: 'many' })).status).toBe(422)
    const blank = (await desk.get(path, { limit: '', lastMessageId: '' })).body.messages
    expect(blank.messages.length).toBeGreaterThan(0)
    const trap = await desk.get('/conversations/messages', { conversationId: 'x' })
    expect(trap.body.message).toBe('Conversation with id messages not found')
  })

  it('can have null, an unreadable date, and a cursor that never moves', async () => {
    const desk = openDesk({ brokenItems: true, cursorRepeats: true })
    const { path } = await open(desk, 'TYPE_EMAIL')
    const { messages } = (await desk.get(path, { limit: 2 })).body.messages
    expect(messages[1]).toBeNull()
    expect(Date.parse(messages[0].dateAdded)).toBeNaN()
    const { nextPage, lastMessageId } = (await desk.get(path, { limit: 2, lastMessageId: messages.at(-1).id })).body
      .messages
    expect([nextPage, lastMessageId]).toEqual([true, messages.at(-1).id])
  })
})

describe('one message', () => {
  it('is wrapped or flat', async () => {
    const desk = openDesk()
    const { messages } = await open(desk, 'TYPE_SMS')
    const { body } = await desk.get(`/conversations/messages/${messages[0].id}`)
    expect(body.message).toEqual(messages[0])
    desk.emulator.settings.messageShape = 'flat'
    expect((await desk.get(`/conversations/messages/${messages[0].id}`)).body).toMatchObject(messages[0])
    const unknown = await desk.get('/conversations/messages/nothing')
    expect(unknown).toMatchObject({ status: 400, body: { message: 'Message does not exist with id nothing' } })
  })

  it('has no text if it is an email, which needs a second call with either nesting', async () => {
    const desk = openDesk()
    const { messages } = await open(desk, 'TYPE_EMAIL')
    const email = messages.find(({ messageType }) => messageType === 'TYPE_EMAIL')
    expect('body' in email).toBe(false)
    const [id] = email.meta.email.messageIds
    const { body } = await desk.get(`/conversations/messages/email/${id}`)
    expect(body).toMatchObject({ id, conversationId: email.conversationId, direction: email.direction })
    expect(body.body).toMatch(/^<div>/)
    expect(body.to).toHaveLength(1)
    desk.emulator.settings.emailMeta = 'double'
    const again = (await desk.get(`/conversations/messages/${email.id}`)).body.message
    expect(again.meta.email.email.messageIds).toEqual(email.meta.email.messageIds)
    expect((await desk.get(`/conversations/messages/email/${email.id}`)).status).toBe(400)
  })

  it('has one of two shapes if it is a call', async () => {
    const desk = openDesk()
    const { messages } = await open(desk, 'TYPE_CALL')
    const { id, meta } = messages.find(({ messageType }) => messageType === 'TYPE_CALL')
    expect(meta.call.duration).toBeTypeOf('number')
    desk.emulator.settings.callMeta = 'flat'
    const flat = (await desk.get(`/conversations/messages/${id}`)).body.message
    expect(flat.meta).toEqual({ callDuration: String(meta.call.duration), callStatus: meta.call.status })
  })
})

describe('the export of messages', () => {
  const path = '/conversations/messages/export'

  async function everything(desk: Desk, query: Record<string, string | number>): Promise<Body[]> {
    const all: Body[] = []
    const base = { locationId: desk.names.locationId, limit: 500, ...query }
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await desk.get(path, cursor ? { ...base, cursor } : base)
      all.push(...body.messages)
      cursor = body.nextCursor
      expect(body.total).toBeGreaterThanOrEqual(all.length)
    }
    return all
  }

  it('returns every message once, without emails unless asked for', async () => {
    const desk = openDesk()
    const all = await everything(desk, {})
    expect(all.length).toBeGreaterThan(4_000)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const types = new Set(all.map(({ messageType }) => messageType))
    expect([...types].some((type) => type.includes('EMAIL') || type.includes('REVIEW'))).toBe(false)
    expect(types).toContain('TYPE_HOLOGRAM')
    const emails = await everything(desk, { channel: 'Email' })
    expect(new Set(emails.map(({ messageType }) => messageType))).toEqual(
      new Set(['TYPE_EMAIL', 'TYPE_CAMPAIGN_EMAIL']),
    )
  })

  it('can be filtered by channel, contact, conversation and date, in both orders', async () => {
    const desk = openDesk()
    const [sample] = await everything(desk, { channel: 'WhatsApp', sortOrder: 'asc' })
    const { contactId, conversationId, dateAdded } = sample
    const one = await everything(desk, { contactId })
    expect(one.every((message) => message.contactId === contactId)).toBe(true)
    expect((await everything(desk, { conversationId })).length).toBe(one.length)
    const instant = await everything(desk, { startDate: dateAdded, endDate: dateAdded })
    expect(instant.map(({ id }) => id)).toContain(sample.id)
    const rising = (await everything(desk, { sortBy: 'updatedAt', sortOrder: 'asc' })).map(
      ({ dateUpdated }) => dateUpdated,
    )
    expect(rising).toEqual([...rising].sort())
  })

  it('has a cursor that expires after two minutes', async () => {
    const desk = openDesk()
    const query = { locationId: desk.names.locationId, limit: 10 }
    const { nextCursor } = (await desk.get(path, query)).body
    await desk.clock.advance(120_000)
    expect((await desk.get(path, { ...query, cursor: nextCursor })).status).toBe(200)
    await desk.clock.advance(1)
    expect((await desk.get(path, { ...query, cursor: nextCursor })).status).toBe(400)
    expect((await desk.get(path, { ...query, cursor: 'nonsense!' })).status).toBe(400)
    expect((await desk.get(path, { ...query, limit: 9 })).status).toBe(422)
    expect((await desk.get(path, { ...query, limit: 501 })).status).toBe(422)
    expect((await desk.get(path, { ...query, channel: 'Fax' })).status).toBe(422)
    expect((await desk.get(path, { ...query, startDate: 'soon' })).status).toBe(422)
  })
})
