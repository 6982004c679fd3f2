import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

const path = '/conversations/search'

describe('the search for conversations', () => {
  it('returns dates as numbers and omits missing values', async () => {
    const { everyConversation } = openDesk()
    const all = await everyConversation()
    for (const item of all) {
      for (const key of ['dateAdded', 'dateUpdated', 'lastMessageDate']) expect(item[key]).toBeTypeOf('number')
      expect(item.sort[0]).toBe(item.lastMessageDate)
    }
    const empty = all.find(({ lastMessageType }) => lastMessageType === 'TYPE_NO_SHOW')
    expect(empty).toBeDefined()
    expect('lastMessageBody' in empty).toBe(false)
    expect(all.some(({ email }) => email === null)).toBe(true)
    expect(all.some((item) => !('phone' in item))).toBe(true)
  })

  it('returns every conversation once with the exact cursor', async () => {
    const { everyConversation, get, names } = openDesk()
    const all = await everyConversation()
    const { body } = await get(path, { locationId: names.locationId })
    expect(body.total).toBe(all.length)
    expect(body.conversations).toHaveLength(20)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const dates = all.map(({ lastMessageDate }) => lastMessageDate)
    expect(dates).toEqual([...dates].sort((a, b) => b - a))
  })

  it('repeats or skips tied conversations if the cursor is one number', async () => {
    const { emulator, search, everyConversation } = openDesk({ sortKeys: 1 })
    const all = await everyConversationByDate(search)
    const tied = all.find(
      ({ lastMessageDate }) => all.filter((item) => item.lastMessageDate === lastMessageDate).length > 20,
    )
    const at: number = tied.lastMessageDate
    expect(tied.sort).toEqual([at])
    const repeated = await search({ startAfterDate: at, limit: 5 })
    expect(repeated.every(({ lastMessageDate }) => lastMessageDate === at)).toBe(true)
    emulator.settings.tiesAtCursor = 'skip'
    const skipped = await search({ startAfterDate: at, limit: 5 })
    expect(skipped.every(({ lastMessageDate }) => lastMessageDate < at)).toBe(true)
    emulator.settings.sortKeys = 2
    expect(await everyConversation()).toHaveLength(all.length)
  })

  it('applies every filter that it documents', async () => {
    const { search, everyConversation, names } = openDesk()
    const all = await everyConversation()
    const check = async (query: Record<string, string | number>, holds: (item: Body) => boolean) => {
      const found = await search(query)
      expect([query, found.length]).toEqual([query, Math.min(100, all.filter(holds).length)])
      expect(found.length).toBeGreaterThan(0)
      expect(found.every(holds)).toBe(true)
    }
    const [sample] = all
    const assigned = all.find(({ assignedTo }) => assignedTo)
    const followed = all.find(({ followers }) => followers.length > 0)
    const mentioned = all.find(({ mentions }) => mentions.length > 0)
    await check({ id: sample.id }, ({ id }) => id === sample.id)
    await check({ contactId: sample.contactId }, ({ contactId }) => contactId === sample.contactId)
    await check({ status: 'unread' }, ({ unreadCount }) => unreadCount > 0)
    await check({ status: 'read' }, ({ unreadCount }) => unreadCount === 0)
    await check({ assignedTo: assigned.assignedTo }, ({ assignedTo }) => assignedTo === assigned.assignedTo)
    await check(
      { assignedTo: `unassigned,${names.userId}` },
      ({ assignedTo }) => !assignedTo || assignedTo === names.userId,
    )
    await check({ followers: followed.followers[0] }, ({ followers }) => followers.includes(followed.followers[0]))
    await check({ mentions: mentioned.mentions[0] }, ({ mentions }) => mentions.includes(mentioned.mentions[0]))
    await check({ lastMessageType: 'TYPE_EMAIL' }, ({ lastMessageType }) => lastMessageType === 'TYPE_EMAIL')
    await check({ lastMessageDirection: 'inbound' }, ({ lastMessageDirection }) => lastMessageDirection === 'inbound')
    await check(
      { lastMessageAction: 'manual' },
      ({ lastOutboundMessageAction }) => lastOutboundMessageAction === 'manual',
    )
    await check(
      { startDate: sample.dateAdded, endDate: sample.dateAdded },
      ({ dateAdded }) => dateAdded === sample.dateAdded,
    )
    await check({ query: sample.fullName.toUpperCase() }, ({ fullName }) => fullName === sample.fullName)
    const starred = await search({ status: 'starred' })
    expect(starred.length).toBeGreaterThan(0)
    expect((await search({ status: 'recents' })).length).toBeGreaterThan(0)
  })

  it('sorts both ways and by the last message of a person', async () => {
    const { search } = openDesk()
    const rising = (await search({ sort: 'asc' })).map(({ lastMessageDate }) => lastMessageDate)
    expect(rising).toEqual([...rising].sort((a, b) => a - b))
    const manual = await search({ sortBy: 'last_manual_message_date' })
    expect(manual[0].sort[0]).toBe(manual[0].lastManualMessageDate)
    expect((await search({ sortBy: 'score_profile' }))[0].sort[0]).toBeGreaterThan(90)
  })

  it('refuses values that it cannot read', async () => {
    const { get, names } = openDesk()
    const { locationId } = names
    expect((await get(path)).body.message).toEqual(['locationId should not be empty', 'locationId must be a string'])
    for (const bad of [
      { limit: 101 },
      { limit: 0 },
      { status: 'open' },
      { sortBy: 'name' },
      { startAfterDate: 'soon' },
    ]) {
      expect((await get(path, { locationId, ...bad } as Record<string, string>)).status).toBe(422)
    }
  })

  it('can lag, repeat its cursor, and return null', async () => {
    const desk = openDesk({ searchLagMs: 3_000 })
    const { emulator, search, call, clock, names } = desk
    const contactId = await newContact(desk)
    await call('POST', '/conversations/', { locationId: names.locationId, contactId })
    expect(await search({ contactId })).toHaveLength(0)
    await clock.advance(3_000)
    expect(await search({ contactId })).toHaveLength(1)
    const first = await search({ limit: 3 })
    emulator.settings.cursorRepeats = true
    expect(await search({ limit: 3, startAfterDate: first.at(-1).sort[0] })).toEqual(first)
    emulator.settings.brokenItems = true
    expect((await search({ limit: 3 }))[1]).toBeNull()
  })
})

/** All by the first number alone; tied ones come twice. */
async function everyConversationByDate(search: ReturnType<typeof openDesk>['search']): Promise<Body[]> {
  const found = new Map<string, Body>()
  for (let cursor: number | null = null; ; ) {
    const page: Body[] = await search(cursor === null ? {} : { startAfterDate: cursor })
    for (const item of page) found.set(item.id, item)
    if (page.length < 100) return [...found.values()]
    cursor = page.at(-1).lastMessageDate
  }
}

async function newContact({ call, names }: ReturnType<typeof openDesk>): Promise<string> {
  const person = { locationId: names.locationId, name: 'Nia Vale' }
  return (await call('POST', '/contacts/upsert', person)).body.contact.id
}

describe('one conversation', () => {
  it('is read with numbers, a database date, and no name', async () => {
    const { get, search, emulator } = openDesk()
    const [item] = await search({ status: 'read', lastMessageType: 'TYPE_EMAIL' })
    const { body } = await get(`/conversations/${item.id}`)
    expect(body).toMatchObject({ id: item.id, contactId: item.contactId, deleted: false, lastMessageType: 3 })
    expect(body.type).toBeTypeOf('number')
    expect(body.lastMessageDate.seconds * 1000 + body.lastMessageDate.nanoseconds / 1e6).toBe(item.lastMessageDate)
    for (const key of ['inbox', 'unreadCount', 'fullName', 'lastMessageBody']) expect(key in body).toBe(false)
    emulator.settings.conversationGetDate = 'underscored'
    expect((await get(`/conversations/${item.id}`)).body.lastMessageDate._seconds).toBeTypeOf('number')
    const unknown = await get('/conversations/nothing')
    expect(unknown).toMatchObject({ status: 400, body: { message: 'Conversation with id nothing not found' } })
  })

  it('is created once per contact', async () => {
    const desk = openDesk()
    const { call } = desk
    const { locationId } = desk.names
    const contactId = await newContact(desk)
    const made = await call('POST', '/conversations/', { locationId, contactId })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ success: true, conversation: { contactId, locationId, deleted: false } })
    expect(made.body.conversation.dateAdded).toMatch(/^\d{4}-.*Z$/)
    const again = await call('POST', '/conversations', { locationId, contactId })
    expect(again.status).toBe(400)
    expect(again.body.message).toBe(`Conversation with the contact id:${contactId} already exists!`)
    expect((await call('POST', '/conversations/', { locationId })).status).toBe(422)
    expect((await call('POST', '/conversations/', { locationId, contactId: 'nobody' })).status).toBe(400)
  })

  it('is updated with dates as text', async () => {
    const { call, search, names, get } = openDesk()
    const { locationId } = names
    const [item] = await search({ status: 'unread' })
    const changes = { locationId, unreadCount: 0, starred: true, feedback: 'positive' }
    const { status, body } = await call('PUT', `/conversations/${item.id}`, changes)
    expect(status).toBe(200)
    expect(body).toMatchObject({ success: true, conversation: { unreadCount: 0, starred: true } })
    expect(Date.parse(body.conversation.lastMessageDate)).toBe(item.lastMessageDate)
    expect(body.conversation.lastMessageType).toBeTypeOf('number')
    expect((await get(`/conversations/${item.id}`)).body.starred).toBe(true)
    expect((await call('PUT', `/conversations/${item.id}`, {})).status).toBe(422)
    expect((await call('PUT', '/conversations/nothing', { locationId })).status).toBe(400)
  })

  it('is deleted, and then missing or marked', async () => {
    const { call, search, get, emulator } = openDesk()
    const [item] = await search({ limit: 1 })
    expect((await call('DELETE', `/conversations/${item.id}`)).body.success).toBe(true)
    expect((await get(`/conversations/${item.id}`)).status).toBe(400)
    expect((await call('DELETE', `/conversations/${item.id}`)).status).toBe(400)
    expect(await search({ id: item.id })).toEqual([])
    emulator.settings.deletedConversations = 'marked'
    expect((await get(`/conversations/${item.id}`)).body.deleted).toBe(true)
  })
})
