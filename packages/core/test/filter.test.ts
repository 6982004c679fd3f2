import { describe, expect, test } from 'vitest'
import { type Conversation, type ConversationQuery, type Limits, PayloadReader } from '../src/index.ts'
import { filterLocally } from '../src/operations.ts'
import { conversation } from './helpers/models.ts'

const reading = () =>
  new PayloadReader({
    vendor: 'acme',
    account: 'main',
    operation: 'conversations.list',
    keepRaw: false,
    onWarning: () => {},
  })

const { ref, vendor, account, control, status } = conversation
const bare: Conversation = { ref, vendor, account, id: 'bare', control, status: { ...status, value: 'unknown' } }

const some: Conversation[] = [
  bare,
  { ...bare, id: 'open', status: { value: 'open', native: 1 }, channel: { value: 'sms', native: 2 }, agentId: 'a1' },
  {
    ...bare,
    id: 'closed',
    status: { value: 'closed', native: 0 },
    channel: { value: 'email', native: 3 },
    agentId: null,
  },
  { ...bare, id: 'unread', unreadCount: 2, isStarred: true, assignee: null, contact: { id: 'p1', name: 'Kim Åberg' } },
  {
    ...bare,
    id: 'read',
    unreadCount: 0,
    isStarred: false,
    assignee: { id: 'u1' },
    contact: null,
    title: 'Opening HOURS',
  },
  { ...bare, id: 'early', lastActivityAt: '2026-01-01T00:00:00.000Z', summary: 'about hours' },
  { ...bare, id: 'late', lastActivityAt: '2026-01-31T00:00:00.000Z', lastMessage: { text: 'hours?' } },
  { ...bare, id: 'never', lastActivityAt: null },
]

const filter = (
  query: ConversationQuery,
  pushedDown: string[] = [],
  filters: Limits['filters'] = {},
  told = reading(),
) => filterLocally(some, query, new Set(pushedDown), filters, told)

/** The conversations that match for certain. */
const found = (query: ConversationQuery, pushedDown: string[] = []) =>
  filter({ unknown: 'exclude', ...query }, pushedDown).items.map(({ id }) => id)

describe('filterLocally', () => {
  test.each<[ConversationQuery, string[]]>([
    [{ status: 'open' }, ['open']],
    [{ status: 'closed' }, ['closed']],
    [{ channel: 'sms' }, ['open']],
    [{ agentId: 'a1' }, ['open']],
    [{ contactId: 'p1' }, ['unread']],
    [{ assigneeId: 'u1' }, ['read']],
    [{ assigneeId: null }, ['unread']],
    [{ unread: true }, ['unread']],
    [{ unread: false }, ['read']],
    [{ isStarred: true }, ['unread']],
    [{ isStarred: false }, ['read']],
    [{ search: 'hours' }, ['read', 'early', 'late']],
    [{ search: 'ÅBERG' }, ['unread']],
    [{ unread: true, isStarred: false }, []],
  ])('filters by %j', (query, ids) => {
    expect(found(query)).toEqual(ids)
  })

  test.each<[ConversationQuery, string[]]>([
    [{ since: '2026-01-31T00:00:00.000Z' }, ['late']],
    [{ until: '2026-01-01T00:00:00Z' }, ['early']],
    [{ since: '2026-01-01', until: '2026-02-01' }, ['early', 'late']],
    [{ since: '2026-01-31T01:00:00+01:00' }, ['late']],
  ])('keeps an item without a date for %j, and says so', (query, ids) => {
    const told = reading()
    const { items, unapplied } = filter(query, [], {}, told)
    expect(items.filter(({ lastActivityAt }) => lastActivityAt).map(({ id }) => id)).toEqual(ids)
    expect(items).toHaveLength(ids.length + some.filter(({ lastActivityAt }) => !lastActivityAt).length)
    const names = Object.keys(query)
    expect(unapplied).toEqual(names)
    expect(told.warnings.filter(({ message }) => message.endsWith('were kept.'))).toHaveLength(names.length)
  })

  test.each<[ConversationQuery, string[]]>([
    [{ status: 'open' }, ['bare', 'open', 'unread', 'read', 'early', 'late', 'never']],
    [{ assigneeId: null }, ['bare', 'open', 'closed', 'unread', 'early', 'late', 'never']],
    [{ contactId: 'p1' }, ['bare', 'open', 'closed', 'unread', 'early', 'late', 'never']],
    [{ agentId: 'a1' }, ['bare', 'open', 'unread', 'read', 'early', 'late', 'never']],
  ])('keeps the items of which the vendor does not say whether they match %j', (query, ids) => {
    const { items, unapplied } = filter(query)
    expect(items.map(({ id }) => id)).toEqual(ids)
    expect(unapplied).toEqual(Object.keys(query))
  })

  test('names no filter that every item answers', () => {
    expect(filter({ search: 'hours' })).not.toHaveProperty('unapplied')
    const known = some.filter(({ unreadCount }) => unreadCount !== undefined)
    expect(filterLocally(known, { unread: true }, new Set(), {}, reading())).toEqual({ items: [known[0]] })
  })

  test('names a filter that the vendor never answers, also on an empty page', () => {
    const told = reading()
    const filters = { status: 'unanswerable' } as const
    expect(filterLocally([], { status: 'open' }, new Set(), filters, told)).toEqual({
      items: [],
      unapplied: ['status'],
    })
    expect(told.warnings.map(({ message }) => message)).toEqual([
      'Conversations of which acme does not say whether they match status were kept.',
    ])
  })

  test('warns once per filter, and not about filters of the vendor', () => {
    const told = reading()
    filter({ status: 'open', search: 'x', limit: 5, order: 'asc', cursor: 'x' }, ['status'], {}, told)
    expect(told.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['local-filter', 'acme cannot filter by search; Parley filtered this page instead.'],
    ])
  })

  test('keeps every item without a filter', () => {
    expect(filter({}).items).toBe(some)
    expect(found({ status: 'open' }, ['status'])).toHaveLength(some.length)
  })

  test.each(['since', 'until'] as const)('refuses a %s that is no instant', (name) => {
    for (const value of ['yesterday', '1767225600', '0000-01-01'])
      expect(() => found({ [name]: value })).toThrow(
        expect.objectContaining({ code: 'invalid-request', fields: [{ path: name, problem: expect.any(String) }] }),
      )
  })
})
