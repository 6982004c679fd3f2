import { describe, expect, test } from 'vitest'
import { type Conversation, type ConversationQuery, PayloadReader } from '../src/index.ts'
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

const found = (query: ConversationQuery, pushedDown: string[] = []) =>
  filterLocally(some, query, new Set(pushedDown), reading()).map(({ id }) => id)

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
  ])('keeps an item without a date for %j, with one warning', (query, ids) => {
    const told = reading()
    const left = filterLocally(some, query, new Set(), told)
    expect(left.filter(({ lastActivityAt }) => lastActivityAt).map(({ id }) => id)).toEqual(ids)
    expect(left).toHaveLength(ids.length + some.filter(({ lastActivityAt }) => !lastActivityAt).length)
    expect(told.warnings.filter(({ message }) => message.includes('without a date'))).toHaveLength(1)
  })

  test('warns once per filter, and not about filters of the vendor', () => {
    const told = reading()
    filterLocally(
      some,
      { status: 'open', unread: true, limit: 5, order: 'asc', cursor: 'x' },
      new Set(['status']),
      told,
    )
    expect(told.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['local-filter', 'acme cannot filter by unread; Parley filtered this page instead.'],
    ])
  })

  test('keeps every item without a filter', () => {
    expect(filterLocally(some, {}, new Set(), reading())).toBe(some)
    expect(found({ status: 'open' }, ['status'])).toHaveLength(some.length)
  })

  test.each(['since', 'until'] as const)('refuses a %s that is no instant', (name) => {
    expect(() => found({ [name]: 'yesterday' })).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [{ path: name, problem: expect.any(String) }] }),
    )
  })
})
