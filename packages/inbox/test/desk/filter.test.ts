import { describe, expect, it } from 'vitest'
import { checkFilter } from '../../src/desk/filter.ts'

describe('a filter of the desk', () => {
  it('is copied', () => {
    const filter = {
      ...{ status: ['open', 'closed'], channel: 'web', agentId: 'a', contactId: ['b'], assignee: ['me', null, 'x'] },
      ...{ control: 'operator', unread: true, isStarred: false, snoozed: 'any', tag: ['vip'], hasOpenSends: true },
      ...{ since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00+01:00', search: 'x', accounts: ['acme:one'] },
      unknown: 'exclude',
    }
    const copy = checkFilter('test', { ...filter, tag: filter.tag, limit: undefined })
    expect(copy).toEqual(filter)
    expect(copy.tag).not.toBe(filter.tag)
    expect(checkFilter('test', { assignee: null })).toEqual({ assignee: null })
  })

  it.each<[path: string, filter: unknown]>([
    ['filter', null],
    ['filter', 'open'],
    ['filter', []],
    ['filter', new Map()],
    ['state', { state: 'open' }],
    ['__proto__', JSON.parse('{"__proto__":"open"}')],
    ['constructor', { constructor: 1 }],
    ['status', { status: 'archived' }],
    ['status', { status: null }],
    ['status', { status: [] }],
    ['status', { status: { 0: 'open' } }],
    ['status[1]', { status: ['open', 'toString'] }],
    ['status[0]', { status: new Array(1) }],
    ['channel', { channel: 'fax' }],
    ['agentId', { agentId: '' }],
    ['agentId', { agentId: 'acme:one/agent/a' }],
    ['contactId[0]', { contactId: [5] }],
    ['assignee', { assignee: ' ' }],
    ['assignee[1]', { assignee: [null, undefined] }],
    ['control', { control: true }],
    ['unread', { unread: 'true' }],
    ['unread', { unread: [true] }],
    ['isStarred', { isStarred: 1 }],
    ['snoozed', { snoozed: 'all' }],
    ['tag', { tag: '\0' }],
    ['tag', { tag: 'half \ud83d' }],
    ['tag', { tag: 'x'.repeat(1001) }],
    ['tag', { tag: Array.from({ length: 101 }, (_, index) => `t${index}`) }],
    ['hasOpenSends', { hasOpenSends: null }],
    ['since', { since: 'yesterday' }],
    ['since', { since: '0000-01-01T00:00:00Z' }],
    ['since', { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }],
    ['until', { until: 5 }],
    ['search', { search: '' }],
    ['accounts', { accounts: 'acme:one' }],
    ['accounts', { accounts: [] }],
    ['accounts[0]', { accounts: [null] }],
    ['unknown', { unknown: true }],
    [
      'tag',
      {
        get tag() {
          throw new Error('unreadable')
        },
      },
    ],
  ])('is refused, with the path %s, if it is wrong (%#)', (path, filter) => {
    let error: unknown
    try {
      checkFilter('test', filter)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
    // A getter is read together with the others.
    expect([path, 'filter']).toContain((error as { fields: { path: string }[] }).fields[0]?.path)
  })
})
