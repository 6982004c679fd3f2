import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { contactPayload } from '../fixtures/contacts.ts'
import { conversationItemPayload, conversationItems, conversationPayload } from '../fixtures/conversations.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const search = '/conversations/search'
const basic = { locationId: 'loc_1', limit: '20', sortBy: 'last_message_date', sort: 'desc' }
const found = (conversations: readonly unknown[], total = conversations.length) => ({ conversations, total })
const noon = 1767312000000

describe('conversations.list', () => {
  it('reads a page with its total', async () => {
    vendor()
      .get(search)
      .query(basic)
      .reply(200, found([conversationItemPayload]))
    expect(await testAccount().conversations.list()).toStrictEqual({
      items: [readConversation(conversationItemPayload, reader().reading)],
      next: null,
      warnings: [],
      total: 1,
    })
  })

  it.each([
    [{ contactId: 'ctc_5' }, { contactId: 'ctc_5' }],
    [{ assigneeId: 'usr_9' }, { assignedTo: 'usr_9' }],
    [{ assigneeId: null }, { assignedTo: 'unassigned' }],
    [{ search: 'Ada Q' }, { query: 'Ada Q' }],
    [{ unread: true }, { status: 'unread' }],
    [{ unread: false }, { status: 'read' }],
    [{ isStarred: true }, { status: 'starred' }],
    [{ channel: 'whatsapp' }, { lastMessageType: 'TYPE_WHATSAPP' }],
    [{ order: 'asc' }, { sort: 'asc' }],
    [{ limit: 500 }, { limit: '100' }],
    [{ until: '2026-01-02T00:00:00Z' }, { startAfterDate: String(noon + 1) }],
    [{ since: '2026-01-02T00:00:00Z' }, {}],
    [
      { since: '2026-01-02T00:00:00Z', order: 'asc' },
      { startAfterDate: String(noon - 1), sort: 'asc' },
    ],
    [{ vendor: { leadconnector: { followers: ['a', 'b'], mentions: ['c'] } } }, { followers: 'a,b', mentions: 'c' }],
    [{ vendor: { leadconnector: { lastMessageType: 'TYPE_CALL' } } }, { lastMessageType: 'TYPE_CALL' }],
    [
      { vendor: { leadconnector: { lastMessageDirection: 'inbound', lastMessageAction: 'manual' } } },
      { lastMessageDirection: 'inbound', lastMessageAction: 'manual' },
    ],
    [
      { vendor: { leadconnector: { createdSince: '2026-01-02', createdUntil: '2026-01-03' } } },
      { startDate: String(noon), endDate: String(noon + 86_400_000) },
    ],
  ] as const)('sends the filter %j to the vendor', async (query, params) => {
    vendor()
      .get(search)
      .query({ ...basic, ...params })
      .reply(200, found([]))
    expect((await testAccount().conversations.list(query as object)).warnings).toEqual([])
  })

  it('filters here what the vendor cannot filter', async () => {
    const starred = { ...conversationItemPayload, id: 'cnv_2', unreadCount: 2 }
    vendor()
      .get(search)
      .query({ ...basic, status: 'starred' })
      .reply(200, found([conversationItemPayload, starred]))
    const page = await testAccount().conversations.list({ isStarred: true, unread: true, channel: 'sms' })
    expect(page.items.map(({ id }) => id)).toEqual(['cnv_2'])
    expect(page.warnings.map(({ code, message }) => [code, message.split(';')[0]])).toEqual([
      ['local-filter', 'leadconnector cannot filter by channel'],
      ['local-filter', 'leadconnector cannot filter by unread'],
    ])
    expect(page).not.toHaveProperty('total')
  })

  it.each([{ status: 'open' }, { agentId: 'agt_1' }] as const)(
    'keeps every conversation for %j, which conversations do not have, and says so',
    async (query) => {
      for (const unknown of ['include', 'exclude'] as const) {
        vendor()
          .get(search)
          .query(basic)
          .reply(200, found([conversationItemPayload], 1))
        const page = await testAccount().conversations.list({ ...query, unknown })
        expect(page.items).toHaveLength(unknown === 'include' ? 1 : 0)
        expect(page.unapplied).toEqual(Object.keys(query))
        expect(page.warnings).toMatchObject([{ code: 'local-filter' }])
      }
    },
  )

  it('continues one millisecond before the last item, so that no tie is lost and none is repeated', async () => {
    const [a, b, c] = conversationItems([noon + 9, noon, noon])
    vendor()
      .get(search)
      .query({ ...basic, limit: '2' })
      .reply(200, found([a, b], 3))
    vendor()
      .get(search)
      .query({ ...basic, limit: '3', startAfterDate: String(noon + 1) })
      .reply(200, found([b, c], 3))
    const ids: string[] = []
    for await (const { id } of testAccount().conversations.list({ limit: 2 })) ids.push(id)
    expect(ids).toEqual(['cnv_1', 'cnv_2', 'cnv_3'])
  })

  it('continues one millisecond after the last item in ascending order', async () => {
    const [a, b, c] = conversationItems([noon, noon + 5, noon + 5])
    vendor()
      .get(search)
      .query({ ...basic, limit: '2', sort: 'asc' })
      .reply(200, found([a, b], 3))
    vendor()
      .get(search)
      .query({ ...basic, limit: '3', sort: 'asc', startAfterDate: String(noon + 4) })
      .reply(200, found([b, c], 3))
    const ids: string[] = []
    for await (const { id } of testAccount().conversations.list({ limit: 2, order: 'asc' })) ids.push(id)
    expect(ids).toEqual(['cnv_1', 'cnv_2', 'cnv_3'])
  })

  it('sends the complete sort array if a whole page shares one value', async () => {
    const tied = conversationItems([noon, noon]).map((item, index) => ({ ...item, sort: [noon, 70 + index] }))
    vendor()
      .get(search)
      .query({ ...basic, limit: '2' })
      .reply(200, found(tied, 3))
    vendor()
      .get(search)
      .query((query) => {
        expect(query).toEqual({ ...basic, limit: '2', startAfterDate: [String(noon), '71'] })
        return true
      })
      .reply(200, found([{ ...tied[1], id: 'cnv_3', sort: [noon, 72] }], 3))
    const ids: string[] = []
    for await (const { id } of testAccount().conversations.list({ limit: 2 })) ids.push(id)
    expect(ids).toEqual(['cnv_1', 'cnv_2', 'cnv_3'])
  })

  it('continues from the date of the last message if the sort value is missing', async () => {
    const [a, b] = conversationItems([noon + 9, noon]).map(({ sort: _, ...item }) => item)
    vendor()
      .get(search)
      .query({ ...basic, limit: '2' })
      .reply(200, found([a, b], 3))
    vendor()
      .get(search)
      .query({ ...basic, limit: '3', startAfterDate: String(noon + 1) })
      .reply(200, found([]))
    const account = testAccount()
    const { next } = await account.conversations.list({ limit: 2 })
    expect((await account.conversations.list({ limit: 2, cursor: next as string })).next).toBeNull()
  })

  it('fails if the vendor repeats a page', async () => {
    const page = found(conversationItems([noon + 9, noon, noon - 5]), 90)
    vendor().get(search).query(true).times(5).reply(200, page)
    const read = async () => {
      const ids: string[] = []
      for await (const { id } of testAccount().conversations.list({ limit: 2 })) ids.push(id)
    }
    await expect(read()).rejects.toMatchObject({ code: 'response', operation: 'conversations.list' })
    nock.cleanAll()
  })

  it('ends where all further conversations are too old', async () => {
    vendor()
      .get(search)
      .query({ ...basic, limit: '2' })
      .reply(200, found(conversationItems([noon + 9, noon - 1]), 90))
    const page = await testAccount().conversations.list({ limit: 2, since: '2026-01-02T00:00:00Z' })
    expect(page.items.map(({ id }) => id)).toEqual(['cnv_1'])
    expect(page.next).toBeNull()
    expect(page).not.toHaveProperty('total')
  })

  it.each([0, 1])('continues if the vendor counts %i conversations and sent two', async (total) => {
    vendor()
      .get(search)
      .query(basic)
      .reply(200, found(conversationItems([noon + 9, noon]), total))
    const page = await testAccount().conversations.list()
    expect(page.items).toHaveLength(2)
    expect(page.next).not.toBeNull()
    expect(page).not.toHaveProperty('total')
  })

  it('fails if the answer has no list', async () => {
    vendor().get(search).query(true).reply(200, { total: 1 })
    expect(await failure(testAccount().conversations.list())).toMatchObject({
      code: 'response',
      fields: [{ path: 'conversations' }],
    })
  })

  it('refuses a cursor of another list', async () => {
    for (const cursor of ['x', btoa('[1]'), btoa('["a",[],null]'), btoa('[1,[],["a"]]')]) {
      expect(await failure(testAccount().conversations.list({ cursor }))).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: 'cursor' }],
      })
    }
  })
})

describe('conversations.get', () => {
  it.each([
    ['flat', conversationPayload],
    ['wrapped', { conversation: conversationPayload }],
  ])('reads an answer in which the conversation is %s', async (_shape, body) => {
    vendor().get('/conversations/cnv_81').reply(200, body)
    const { traceId: _, ...rest } = conversationPayload
    expect(await testAccount().conversations.get('cnv_81')).toMatchObject({ id: rest.id, unreadCount: 3 })
  })

  it('takes values from the search that only the search has', async () => {
    vendor().get('/conversations/cnv_81').reply(200, conversationPayload)
    vendor()
      .get(search)
      .query({ locationId: 'loc_1', id: 'cnv_81', limit: '1' })
      .reply(200, found([conversationItemPayload]))
    const read = await testAccount().conversations.get('cnv_81', { withContact: true })
    const item = readConversation(conversationItemPayload, reader().reading)
    expect(read).toStrictEqual({
      ...item,
      ...readConversation(conversationPayload, reader().reading),
      contact: item.contact,
      channel: item.channel,
      lastMessage: item.lastMessage,
    })
  })

  it('warns if the search does not show the conversation yet', async () => {
    vendor().get('/conversations/cnv_81').reply(200, conversationPayload)
    vendor().get(search).query(true).reply(200, found([]))
    const account = testAccount()
    const read = await account.conversations.get('cnv_81', { withContact: true })
    expect(read).toStrictEqual(readConversation(conversationPayload, reader().reading))
    expect(account.warnings).toMatchObject([{ code: 'degraded' }])
  })
})

describe('conversations.create', () => {
  const created = {
    id: 'cnv_new',
    contactId: 'ctc_5',
    locationId: 'loc_1',
    deleted: false,
    dateAdded: '2026-01-02T00:00:00.000Z',
    dateUpdated: '2026-01-02T00:00:00.000Z',
    lastMessageDate: '2026-01-02T00:00:00.000Z',
  }

  it('opens the conversation of a contact', async () => {
    vendor()
      .post('/conversations/', { locationId: 'loc_1', contactId: 'ctc_5' })
      .reply(201, { success: true, conversation: created })
    const account = testAccount()
    expect(await account.conversations.create({ contact: 'ctc_5', title: 'x' })).toStrictEqual(
      readConversation(created, reader().reading),
    )
    expect(account.warnings).toMatchObject([{ code: 'ignored-option', operation: 'conversations.create' }])
  })

  const exists = { statusCode: 400, message: 'Conversation with the contact id:ctc_5 already exists!' }

  it('returns the existing conversation once the search shows it', async () => {
    vendor().post('/conversations/').reply(400, exists)
    vendor().get(search).query({ locationId: 'loc_1', contactId: 'ctc_5', limit: '1' }).reply(200, found([]))
    vendor()
      .get(search)
      .query(true)
      .reply(200, found([conversationItemPayload]))
    const account = testAccount()
    expect((await account.conversations.create({ contact: 'ctc_5' })).id).toBe('cnv_81')
    expect(account.warnings).toMatchObject([{ code: 'degraded' }])
    expect(account.clock.waits).toEqual([1_000])
  })

  it('fails with `conflict` if the search never shows the existing conversation', async () => {
    vendor().post('/conversations/').reply(400, exists)
    vendor().get(search).query(true).times(4).reply(200, found([]))
    const account = testAccount()
    expect(await failure(account.conversations.create({ contact: 'ctc_5' }))).toMatchObject({
      code: 'conflict',
      status: 400,
      outcome: 'not-done',
      vendorMessage: exists.message,
    })
    expect(account.clock.waits).toEqual([1_000, 2_000, 4_000])
  })

  it('is refused without a contact', async () => {
    expect(await failure(testAccount().conversations.create({ contact: null as never }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'contact' }],
    })
  })
})

describe('conversations.update', () => {
  const updated = { ...conversationPayload, unreadCount: 0, lastMessageDate: '2026-01-02T00:00:00.000Z' }

  it.each([
    [{ unread: false }, { unreadCount: 0 }],
    [{ unread: true }, { unreadCount: 1 }],
    [{ isStarred: true }, { starred: true }],
    [
      { unread: false, isStarred: false },
      { unreadCount: 0, starred: false },
    ],
  ])('sends the update %j', async (input, body) => {
    vendor()
      .put('/conversations/cnv_81', { locationId: 'loc_1', ...body })
      .reply(200, { success: true, conversation: updated })
    expect(await testAccount().conversations.update('cnv_81', input)).toStrictEqual(
      readConversation(updated, reader().reading),
    )
  })

  it('returns the id that was asked for if the answer lacks it', async () => {
    const { id: _, ...conversation } = updated
    vendor().put('/conversations/cnv_81').reply(200, { success: true, conversation })
    expect((await testAccount().conversations.update('cnv_81', { unread: false })).id).toBe('cnv_81')
  })

  it.each(['title', 'status', 'stateId'])('refuses a %s, which the vendor does not keep', async (field) => {
    const input = { unread: false, [field]: 'closed' }
    expect(await failure(testAccount().conversations.update('cnv_81', input))).toMatchObject({
      code: 'unsupported',
      fields: [{ path: field }],
    })
  })

  it('sends no request if nothing changes', async () => {
    expect(await failure(testAccount().conversations.update('cnv_81', {}))).toMatchObject({ code: 'invalid-request' })
  })
})

describe('conversations.assign', () => {
  const read = () => vendor().get('/conversations/cnv_81').reply(200, conversationPayload)
  const write = (assignedTo: string | null) => vendor('2021-07-28').put('/contacts/ctc_5', { assignedTo })
  const known = readConversation(conversationPayload, reader().reading)
  const { assignedTo: _, ...unowned } = contactPayload

  it.each([
    ['usr_9', contactPayload, { id: 'usr_9' }],
    [null, { ...contactPayload, assignedTo: null }, null],
    [null, unowned, null],
  ])(
    'writes the owner %j of the contact, and returns the assignee that the response shows',
    async (id, contact, assignee) => {
      const account = testAccount()
      for (const target of ['cnv_81', known]) {
        read()
        write(id).reply(200, { succeded: true, contact })
        expect(await account.conversations.assign(target, id)).toStrictEqual({ ...known, assignee })
      }
      expect(account.warnings).toEqual([])
    },
  )

  it.each([
    ['another assignee', 'usr_7', contactPayload, { assignee: { id: 'usr_9' } }],
    ['an assignee after the end of an assignment', null, contactPayload, { assignee: { id: 'usr_9' } }],
    ['no assignee', 'usr_7', unowned, {}],
  ])('warns if the response shows %s', async (_what, id, contact, shown) => {
    read()
    write(id).reply(200, { succeded: true, contact })
    const account = testAccount()
    expect(await account.conversations.assign('cnv_81', id)).toStrictEqual({ ...known, ...shown })
    expect(account.warnings).toMatchObject([{ code: 'degraded', operation: 'conversations.assign' }])
  })

  it('writes again after a response that was lost, because the owner is then the same', async () => {
    read()
    write('usr_9').reply(502, '<html>')
    write('usr_9').reply(200, { contact: contactPayload })
    expect((await testAccount().conversations.assign('cnv_81', 'usr_9')).assignee).toEqual({ id: 'usr_9' })
  })

  it('names the argument that the vendor refuses, and the scope that is missing', async () => {
    read()
    write('usr_x').reply(422, {
      statusCode: 422,
      message: ['assignedTo must be a valid string'],
      error: 'Unprocessable',
    })
    expect(await failure(testAccount().conversations.assign('cnv_81', 'usr_x'))).toMatchObject({
      ...{ code: 'invalid-request', outcome: 'not-done' },
      fields: [{ path: 'operatorId', problem: 'must be a valid string' }],
    })
    read()
    write('usr_9').reply(401, { message: 'The token is not authorized for this scope.' })
    const refused = await failure(testAccount().conversations.assign('cnv_81', 'usr_9'))
    expect(refused).toMatchObject({ code: 'permission', message: expect.stringContaining('contacts.write') })
  })

  it('assigns nothing if the conversation has no contact', async () => {
    vendor()
      .get('/conversations/cnv_81')
      .reply(200, { ...conversationPayload, contactId: null })
    expect(await failure(testAccount().conversations.assign('cnv_81', 'usr_9'))).toMatchObject({
      ...{ code: 'invalid-request', outcome: 'not-done' },
      fields: [{ path: 'conversation' }],
    })
  })
})

describe('conversations.delete', () => {
  it('returns the vendor’s confirmation', async () => {
    vendor().delete('/conversations/cnv_81').reply(200, { success: true })
    vendor().delete('/conversations/cnv_81').reply(200)
    const account = testAccount()
    expect(await account.conversations.delete('cnv_81')).toStrictEqual({ id: 'cnv_81', confirmed: true })
    expect(await account.conversations.delete('cnv_81')).toStrictEqual({ id: 'cnv_81', confirmed: false })
  })
})
