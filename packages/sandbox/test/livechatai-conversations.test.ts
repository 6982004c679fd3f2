import { describe, expect, test } from 'vitest'
import { everyConversation, openDesk, type Row } from './livechatai-desk.ts'

const desk = openDesk({ oddValues: 'none' })
const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const contactOf = (row: Row = {}): Row => row['contact'] as Row
const last = (row: Row): string | null => row['lastMessageDate'] as string | null

describe('the list of conversations', () => {
  test('embeds the contact and omits ids and messages', async () => {
    const rows = await everyConversation(desk)
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        ...['id', 'isResolved', 'isStarred', 'isMuted', 'isAgent', 'integrationType'],
        ...['contact', 'agent', 'lastMessageDate', 'createdAt', 'updatedAt'],
      ])
      expect(Object.keys(contactOf(row))).toEqual(['id', 'name', 'phone', 'email', 'distinctId', 'attributes'])
      expect(Array.isArray(contactOf(row)['attributes'])).toBe(false)
      expect(row['createdAt']).toMatch(seconds)
      if (row['agent']) expect(Object.keys(row['agent'])).toEqual(['id', 'name', 'email', 'avatar'])
    }
    expect(rows.some((row) => last(row) === null)).toBe(true)
    expect(rows.some((row) => row['agent'] === null)).toBe(true)
  })

  test('has every integration type, and an unknown one', async () => {
    const rows = await everyConversation(openDesk())
    const found = new Set(rows.map((row) => row['integrationType']))
    const known = ['WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT', null]
    expect(found).toEqual(new Set([...known, 'INSTAGRAM']))
  })

  test('can be sorted both ways, with empty conversations last or first', async () => {
    const dates = (rows: readonly Row[]) => rows.map(last)
    const newest = dates(await everyConversation(desk))
    const filled = newest.filter((date) => date !== null)
    expect(filled).toEqual(filled.toSorted().reverse())
    expect(newest.at(-1)).toBeNull()
    const oldest = dates(await everyConversation(desk, '&sort=asc'))
    expect(oldest.filter((date) => date !== null)).toEqual(filled.toReversed())
    expect(dates(await everyConversation(openDesk({ emptyConversations: 'first' })))[0]).toBeNull()
  })

  test('requires an existing agent', async () => {
    expect((await desk.get('/conversations')).at('message')).toBe('agentId is required')
    expect((await desk.get('/conversations?agentId=nobody')).status).toBe(404)
  })
})

describe('one retrieved conversation', () => {
  test('has ids and messages, and no contact', async () => {
    const [row] = await everyConversation(desk)
    const answer = await desk.get(`/conversations/${row?.['id']}`)
    expect(Object.keys(answer.at('data') as object)).toEqual([
      ...['id', 'contactId', 'agentId', 'isResolved', 'isStarred', 'isMuted', 'isAgent', 'integrationType'],
      ...['agent', 'messages', 'lastMessageDate', 'createdAt', 'updatedAt'],
    ])
    expect(answer.at('data.contactId')).toBe(contactOf(row)['id'])
    expect(answer.at('data.agentId')).toBe(desk.agentId)
    expect(answer.at('data.createdAt')).toMatch(milliseconds)
    for (const message of answer.rows('data.messages')) {
      expect(Object.keys(message)).toEqual(['id', 'content', 'role', 'type', 'source', 'agent', 'createdAt'])
      expect(message['createdAt']).toMatch(milliseconds)
    }
  })

  test('belongs to the seeded stories, in which people and AI answer', async () => {
    const rows = await everyConversation(desk)
    const messages: Row[] = []
    for (const { id } of rows) messages.push(...(await desk.get(`/conversations/${id}`)).rows('data.messages'))
    const told = new Set(desk.world.dialogues.flatMap(({ turns }) => turns.map(({ text }) => text)))
    const texts = messages.filter((message) => message['type'] === 'TEXT')
    expect(texts.every(({ content }) => told.has(String(content)))).toBe(true)
    expect(messages.some((message) => message['type'] === 'IMAGE')).toBe(true)

    const answers = messages.filter((message) => message['role'] === 'assistant')
    expect(answers.some((message) => message['agent'] !== null)).toBe(true)
    const cited = answers.flatMap((message) => message['source'] as Row[])
    expect(new Set(cited.map(({ type }) => type))).toEqual(new Set(['WEBSITE', 'QA', 'PDF', 'NOTION']))
    for (const citation of cited) {
      expect(Object.keys(citation)).toEqual(['id', 'type', 'link', 'distance'])
      expect(citation['distance']).toBeGreaterThan(0)
      expect(citation['distance']).toBeLessThan(1)
    }
    // A customer's message may carry the human and the citations of what it answers.
    const leftovers = messages.filter((message) => message['role'] === 'user' && message['agent'])
    expect(leftovers.some((message) => (message['source'] as Row[]).length > 0)).toBe(true)
  })

  test('comes whole even if it is long', async () => {
    const longest = desk.world.dialogues.toSorted((a, b) => b.turns.length - a.turns.length)[0]
    const opening = longest?.turns[0]?.text
    const lengths: number[] = []
    for (const { id } of await everyConversation(desk)) {
      const messages = (await desk.get(`/conversations/${id}`)).rows('data.messages')
      if (messages[0]?.['content'] === opening) lengths.push(messages.length)
    }
    const spoken = longest?.turns.filter(({ by }) => by !== 'system').length ?? 0
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(spoken)
  })
})

test('creating a conversation starts an empty one with a given or a new contact', async () => {
  const own = openDesk()
  const fresh = await own.post('/conversations/create', { agentId: own.agentId, country: 'NO', ip: '203.0.113.9' })
  expect(fresh.body).toEqual({
    status: 'success',
    data: { conversationId: expect.any(String), contactId: expect.any(String) },
  })
  const contactId = fresh.text('data.contactId')
  expect((await own.get(`/contacts/${contactId}`)).body).toMatchObject({ country: 'NO', ip: '203.0.113.9', name: null })
  const second = await own.post('/conversations/create', {
    agentId: own.agentId,
    contactId,
    integrationType: 'SLACK',
  })
  const retrieved = await own.get(`/conversations/${second.text('data.conversationId')}`)
  expect(retrieved.at('data')).toMatchObject({
    contactId,
    integrationType: 'SLACK',
    messages: [],
    lastMessageDate: null,
  })
  expect((await own.post('/conversations/create', { agentId: own.agentId, contactId: 'nobody' })).status).toBe(404)
  expect((await own.post('/conversations/create', { agentId: own.agentId, integrationType: 'SMS' })).status).toBe(400)
})

describe('the conversations of a contact', () => {
  test('are listed like those of an agent', async () => {
    const [row] = await everyConversation(desk)
    const contactId = contactOf(row)['id']
    const answer = await desk.get(
      `/contacts/${contactId}/conversations?status=${row?.['isResolved'] ? 'close' : 'open'}`,
    )
    expect(answer.rows('data.conversations')).toContainEqual(row)
    expect(answer.at('data.meta.perPage')).toBe(20)
  })

  test('can be missing as a route', async () => {
    const response = await openDesk({ contactConversations: 'missing' }).raw('/contacts/any/conversations')
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })
})

describe('odd values of conversations', () => {
  const oddities = async (oddValues: 'some' | 'all' | 'none') => {
    const own = openDesk({ oddValues })
    const rows = await everyConversation(own)
    const messages: Row[] = []
    for (const { id } of rows) messages.push(...((await own.get(`/conversations/${id}`)).rows('data.messages') ?? []))
    return { rows, messages }
  }

  test('are seeded in some of them', async () => {
    const { rows, messages } = await oddities('some')
    expect(rows.filter((row) => row['createdAt'] === 'last Tuesday')).toHaveLength(1)
    expect(rows.filter((row) => row['contact'] === undefined)).toHaveLength(1)
    expect(rows.filter((row) => row['agent'] === undefined)).toHaveLength(1)
    expect(new Set(messages.map(({ role }) => role))).toEqual(new Set(['user', 'assistant', 'supervisor']))
    expect(new Set(messages.map(({ type }) => type))).toEqual(new Set(['TEXT', 'IMAGE', 'CAROUSEL']))
    expect(messages.filter(({ source }) => source === undefined)).toHaveLength(1)
    expect(messages.filter(({ createdAt }) => createdAt === null)).toHaveLength(1)
    const types = messages.flatMap(({ source }) => (source as Row[] | undefined) ?? []).map(({ type }) => type)
    expect(types).toContain('SITEMAP')
    expect(rows.some((row) => row['agent'] && (row['agent'] as Row)['avatar'] === null)).toBe(true)
  })

  test('are in all or none of them if configured so', async () => {
    const all = await oddities('all')
    expect(new Set(all.rows.map((row) => row['integrationType']))).toEqual(new Set(['TELEGRAM_BOT']))
    expect(new Set(all.messages.map(({ role }) => role))).toEqual(new Set(['moderator']))
    const none = await oddities('none')
    expect(new Set(none.messages.map(({ role }) => role))).toEqual(new Set(['user', 'assistant']))
  })
})
