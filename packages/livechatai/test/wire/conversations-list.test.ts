import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { retrievedContact } from '../fixtures/contacts.ts'
import { conversationPage, listedConversation } from '../fixtures/conversations.ts'
import { errorBody, htmlPage } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const plain = '/conversations?sort=desc&agentId=bot-1&page=1&perPage=20'
const conversation = {
  ...entity('conversation', 'c-1', listedConversation),
  agentId: 'bot-1',
  contact: {
    id: 'p-1',
    ref: 'livechatai:shop/contact/p-1',
    name: 'Rosa Lind',
    email: 'rosa@shop.test',
    phone: null,
    externalId: 'crm-88',
  },
  status: { value: 'closed', native: true },
  channel: { value: 'slack', native: 'SLACK' },
  control: { holder: 'operator', basis: 'inferred', native: true },
  assignee: { id: 'u-1', name: 'Teo Marsh', email: 'teo@shop.test', avatarUrl: null },
  isStarred: true,
  isMuted: true,
  lastActivityAt: '2026-02-01T08:04:05.000Z',
  createdAt: '2026-02-01T08:00:00.000Z',
  updatedAt: '2026-02-01T08:05:00.000Z',
}
const meta = (currentPage: number, totalPages: number) => ({ perPage: 20, currentPage, totalPages })
const at = (id: string, lastMessageDate: string | null, fields: object = {}) => ({
  ...listedConversation,
  id,
  lastMessageDate,
  ...fields,
})
const empty = { items: [], next: null, warnings: [], total: 0 }
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id)
async function all(list: AsyncIterable<{ id: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of list) found.push(id)
  return found
}

describe('conversations.list', () => {
  it('reads one page of the account’s agent', async () => {
    const seen = serve(['GET', plain, 200, conversationPage([listedConversation])])
    const page = await account().adapter.conversations.list()
    expect(page).toStrictEqual({ items: [conversation], next: null, warnings: [], total: 1 })
    expect(seen).toStrictEqual([got(plain)])
  })

  it('sends the filters that the vendor has', async () => {
    const uri =
      '/conversations?colour=red&open=true&sentiment=NEGATIVE&topic=Late%20parcels&resolution=AIHelped&channel=SLACK&type=your-inbox&sort=asc&status=close&startDate=1767225600&endDate=1767312000&viewId=v-1&agentId=bot-2&page=1&perPage=100'
    serve(['GET', uri, 200, conversationPage([listedConversation, at('c-2', null, { integrationType: null })])])
    const page = await account().adapter.conversations.list({
      status: 'closed',
      agentId: 'bot-2',
      order: 'asc',
      limit: 250,
      vendor: {
        livechatai: {
          type: 'your-inbox',
          viewId: 'v-1',
          startDate: '2026-01-01',
          endDate: 1_767_312_000,
          sentiment: 'NEGATIVE',
          topic: 'Late parcels',
          resolution: 'AIHelped',
          channel: 'SLACK',
          extraQuery: { colour: 'red', open: true },
        },
      },
    })
    expect(page.items).toMatchObject([{ id: 'c-1', agentId: 'bot-2' }])
    expect(page).not.toHaveProperty('total')
    expect(told(page.warnings)).toEqual(['degraded sentiment', 'degraded topic', 'degraded resolution'])
  })

  it('applies the other filters here, with a warning', async () => {
    const other = at('c-2', '2026-02-01T08:03:00Z', { integrationType: 'WHATSAPP', agent: null, isStarred: false })
    serve(['GET', plain, 200, conversationPage([listedConversation, other])])
    const page = await account().adapter.conversations.list({ channel: 'whatsapp', assigneeId: null, isStarred: false })
    expect(ids(page.items)).toEqual(['c-2'])
    expect(told(page.warnings)).toEqual(['local-filter', 'local-filter', 'local-filter'])
    expect(page).not.toHaveProperty('total')
  })

  it('reads every page, and returns each conversation once although pages shift', async () => {
    const page = (number: number, ...found: object[]): Exchange => [
      'GET',
      plain.replace('page=1', `page=${number}`),
      200,
      conversationPage(found, meta(number, 3)),
    ]
    serve(
      page(1, at('c-1', '2026-02-01T08:09:00Z'), at('c-2', '2026-02-01T08:08:00Z')),
      page(2, at('c-2', '2026-02-01T08:08:00Z'), at('c-3', '2026-02-01T08:07:00Z')),
      page(3, at('c-4', '2026-02-01T08:06:00Z')),
      // A conversation came twice: the list is read again, and the one that moved is found.
      page(1, at('c-5', '2026-02-01T08:10:00Z'), at('c-1', '2026-02-01T08:09:00Z')),
      page(2, at('c-2', '2026-02-01T08:08:00Z'), at('c-3', '2026-02-01T08:07:00Z')),
      page(3, at('c-4', '2026-02-01T08:06:00Z')),
      page(1, at('c-5', '2026-02-01T08:10:00Z'), at('c-1', '2026-02-01T08:09:00Z')),
      page(2, at('c-2', '2026-02-01T08:08:00Z'), at('c-3', '2026-02-01T08:07:00Z')),
      page(3, at('c-4', '2026-02-01T08:06:00Z')),
    )
    expect(await all(account().adapter.conversations.list())).toEqual(['c-1', 'c-2', 'c-3', 'c-4', 'c-5'])
  })

  it('continues after a page that only repeats, unless the vendor ignores the page number', async () => {
    const repeated = (number: number, said: object): Exchange => [
      'GET',
      plain.replace('page=1', `page=${number}`),
      200,
      conversationPage([listedConversation], said),
    ]
    const last: Exchange = [
      'GET',
      plain.replace('page=1', 'page=3'),
      200,
      conversationPage([at('c-2', null)], meta(3, 3)),
    ]
    const behind = [repeated(1, meta(1, 3)), repeated(2, meta(2, 3)), last]
    serve(...behind, ...behind)
    expect(await all(account().adapter.conversations.list())).toEqual(['c-1', 'c-2'])
    serve(...[1, 2, 3, 4, 5].map((number) => repeated(number, meta(1, 3))))
    expect(await failure(all(account().adapter.conversations.list()))).toMatchObject({ code: 'response' })
  })

  it('sorts if the vendor does not, and ends at an empty page without a total', async () => {
    serve(
      [
        'GET',
        plain,
        200,
        {
          data: {
            conversations: [
              at('c-0', null),
              at('c-1', '2026-02-01T08:01:00Z'),
              at('c-3', '2026-02-01T08:03:00Z'),
              at('c-2', '2026-02-01T08:02:00Z'),
            ],
          },
        },
      ],
      ['GET', plain.replace('page=1', 'page=2'), 200, { data: { conversations: [] } }],
      ['GET', plain, 200, { data: { conversations: [] } }],
    )
    expect(await all(account().adapter.conversations.list())).toEqual(['c-3', 'c-2', 'c-1', 'c-0'])
  })

  it('ends after the requested range of time if conversations without a date are left out', async () => {
    const found = [
      at('c-3', '2026-02-01T08:03:00Z'),
      at('c-2', '2026-02-01T08:02:00Z'),
      at('c-1', '2026-02-01T08:01:00Z'),
    ]
    const unknown = 'exclude'
    serve(['GET', plain, 200, conversationPage(found, meta(1, 3))])
    const since = await account().adapter.conversations.list({ since: '2026-02-01T08:02:00Z', unknown })
    expect([ids(since.items), since.next, told(since.warnings)]).toEqual([['c-3', 'c-2'], null, ['local-filter']])
    const asc = plain.replace('desc', 'asc')
    serve(['GET', asc, 200, conversationPage(found.toReversed(), meta(1, 3))])
    const until = await account().adapter.conversations.list({
      until: '2026-02-01T08:02:00.000Z',
      order: 'asc',
      unknown,
    })
    expect([ids(until.items), until.next]).toEqual([['c-1', 'c-2'], null])
    serve(['GET', plain, 200, conversationPage(found, meta(1, 3))])
    const old = await account().adapter.conversations.list({ until: '2026-02-01T08:02:00Z', unknown })
    expect(old.next).not.toBeNull()
  })

  it.each([
    ['since', 'desc'],
    ['until', 'asc'],
  ] as const)(
    'keeps conversations without a date that follow the requested range of time, with %s',
    async (bound, order) => {
      const path = plain.replace('desc', order)
      const [newer, older] = [at('c-2', '2026-02-01T08:02:00Z'), at('c-1', '2026-02-01T08:01:00Z')]
      const [first, second] = order === 'desc' ? [newer, older] : [older, newer]
      const wanted = bound === 'since' ? '2026-02-01T08:02:00Z' : '2026-02-01T08:01:00Z'
      serve(
        ['GET', path, 200, conversationPage([first, second], meta(1, 2))],
        ['GET', path.replace('page=1', 'page=2'), 200, conversationPage([at('c-0', null)], meta(2, 2))],
      )
      const found = await all(account().adapter.conversations.list({ [bound]: wanted, order }))
      expect(found).toEqual([order === 'desc' ? 'c-2' : 'c-1', 'c-0'])
    },
  )

  it('drops an item that cannot be read with a warning and continues', async () => {
    serve(['GET', plain, 200, conversationPage([{ ...listedConversation, id: null }, listedConversation])])
    const page = await account().adapter.conversations.list()
    expect(page.items).toStrictEqual([conversation])
    expect(told(page.warnings)).toEqual(['bad-item data.conversations[0].id'])
  })

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: '5' }, 'limit'],
    [{ status: 'close' }, 'status'],
    [{ order: 'up' }, 'order'],
    [{ since: 'yesterday' }, 'since'],
    [{ until: 7 }, 'until'],
    [{ agentId: 7 }, 'agentId'],
    [{ contactId: '' }, 'contactId'],
    [{ cursor: 'forged' }, 'cursor'],
    [{ vendor: { livechatai: { type: 'mine' } } }, 'vendor.livechatai.type'],
    [{ vendor: { livechatai: { sentiment: 'BAD' } } }, 'vendor.livechatai.sentiment'],
    [{ vendor: { livechatai: { startDate: 'soon' } } }, 'vendor.livechatai.startDate'],
    [{ vendor: { livechatai: { extraQuery: { page: 2 } } } }, 'vendor.livechatai.extraQuery.page'],
    [{ vendor: { livechatai: { extraQuery: { a: {} } } } }, 'vendor.livechatai.extraQuery.a'],
    [{ vendor: { livechatai: { extraQuery: 'a=b' } } }, 'vendor.livechatai.extraQuery'],
  ])('refuses %o before a request is sent', async (query, path) => {
    const error = await failure(account().adapter.conversations.list(query as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})

describe('conversations.list of a contact', () => {
  const own = '/contacts/p-1/conversations?sort=desc&page=1&perPage=20'
  const { agentId: _, ...unstamped } = conversation

  it('reads the contact’s own list, which lacks the agent', async () => {
    const seen = serve(['GET', own, 200, conversationPage([listedConversation])])
    const query = { contactId: 'p-1', vendor: { livechatai: { type: 'all' as const } } }
    const { adapter, warnings } = account()
    expect((await adapter.conversations.list(query)).items).toStrictEqual([unstamped])
    expect(seen).toStrictEqual([got(own)])
    expect(told(warnings)).toEqual(['ignored-option type'])
  })

  it('of one agent checks whose contact it is', async () => {
    const contact: Exchange = ['GET', '/contacts/p-1', 200, retrievedContact]
    serve(contact, ['GET', own, 200, conversationPage([listedConversation])])
    const { adapter } = account()
    expect((await adapter.conversations.list({ contactId: 'p-1', agentId: 'bot-1' })).items).toStrictEqual([
      conversation,
    ])
    serve(contact)
    expect(await adapter.conversations.list({ contactId: 'p-1', agentId: 'bot-2' })).toStrictEqual({
      items: [],
      next: null,
      warnings: [],
      total: 0,
    })
  })

  it.each([
    ['a page', htmlPage],
    ['an error', errorBody('Not found', 'NOT_FOUND')],
  ])('is filtered from the agent’s list if its path is answered with %s', async (_, missing) => {
    const list = plain.replace('bot-1', 'bot-5')
    const owner = { ...retrievedContact, agentId: 'bot-5' }
    const stranger = at('c-2', '2026-02-01T08:01:00Z', { contact: { id: 'p-2' } })
    serve(
      ['GET', own, 404, missing],
      ['GET', '/contacts/p-1', 200, owner],
      ['GET', list, 200, conversationPage([listedConversation, stranger], meta(1, 2))],
      [
        'GET',
        list.replace('page=1', 'page=2'),
        200,
        conversationPage([at('c-3', '2026-02-01T08:00:00Z')], { ...meta(2, 2), total: 3 }),
      ],
    )
    const { adapter, warnings } = account()
    expect(await all(adapter.conversations.list({ contactId: 'p-1' }))).toEqual(['c-1', 'c-3'])
    expect(told(warnings)).toEqual(['degraded', 'degraded'])
    // The path is not tried again.
    serve(['GET', '/contacts/p-1', 200, owner], ['GET', list, 200, conversationPage([listedConversation])])
    const page = await adapter.conversations.list({ contactId: 'p-1' })
    expect(page.items).toMatchObject([{ id: 'c-1', agentId: 'bot-5' }])
    expect(page).not.toHaveProperty('total')
  })

  it('is empty for a contact that does not exist, with or without an agent', async () => {
    const missing = errorBody('Contact not found', 'NOT_FOUND')
    const unknown: Exchange = ['GET', '/contacts/p-1', 404, missing]
    const { adapter } = account()
    serve(['GET', own, 404, missing], unknown)
    expect(await adapter.conversations.list({ contactId: 'p-1' })).toStrictEqual(empty)
    serve(unknown)
    expect(await adapter.conversations.list({ contactId: 'p-1', agentId: 'bot-1' })).toStrictEqual(empty)
  })

  it('fails if another server answers that the contact does not exist', async () => {
    const elsewhere = { message: 'Not Found' }
    serve(['GET', own, 404, elsewhere], ['GET', '/contacts/p-1', 404, elsewhere])
    const error = await failure(account().adapter.conversations.list({ contactId: 'p-1' }))
    expect(error).toMatchObject({ code: 'not-found', operation: 'conversations.list' })
  })
})

describe('conversations.list of an agent that does not exist', () => {
  const missing = errorBody('Agent not found', 'NOT_FOUND')
  const other = plain.replace('bot-1', 'bot-5')

  it('is empty', async () => {
    serve(['GET', other, 404, missing])
    expect(await account().adapter.conversations.list({ agentId: 'bot-5' })).toStrictEqual(empty)
  })

  it.each([
    ['it is the configured agent', plain, { agentId: 'bot-1' }, missing],
    ['another server answers', other, { agentId: 'bot-5' }, { message: 'Not Found' }],
    [
      'the view may be what is missing',
      other.replace('&agentId', '&viewId=v-1&agentId'),
      { agentId: 'bot-5', vendor: { livechatai: { viewId: 'v-1' } } },
      missing,
    ],
  ])('fails if %s', async (_, path, query, body) => {
    serve(['GET', path, 404, body])
    expect(await failure(account().adapter.conversations.list(query))).toMatchObject({ code: 'not-found' })
  })
})
