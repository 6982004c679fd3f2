import { type ConversationQuery, paged, type Warning } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createInbox } from '../src/index.ts'
import { conversation, fakeAccount } from './fake-account.ts'

const warning = (path: string | undefined, more: Partial<Warning> = {}): Warning => ({
  ...{ code: 'unknown-term', message: 'acme sent a value that is not known.' },
  ...{ vendor: 'acme', account: 'a', operation: 'conversations.list' },
  ...(path !== undefined && { path }),
  ...more,
})

/** The warnings of the inbox’s page, if the pages of the accounts have these. */
async function told(...given: Warning[][]) {
  const accounts = given.map((warnings, index) => {
    const name = String(index)
    const { adapter } = fakeAccount('acme', name, [])
    const items = [conversation('acme', name, 'c-1', '2026-01-15T10:00:00.000Z')]
    const place = { vendor: 'acme', account: name, operation: 'conversations.list' }
    const list = (query: ConversationQuery = {}) => paged(async () => ({ items, next: null, warnings }), query, place)
    return { ...adapter, conversations: { list } }
  })
  return (await createInbox({ accounts }).conversations.list()).warnings
}

// The store does not keep the warnings of the pages from which its records come.
describe('the warnings of a page of a live inbox', () => {
  it('are one for the same field of many items, with the place of the first', async () => {
    const many = Array.from({ length: 17 }, (_, index) => warning(`data[${index + 3}].channel`))
    expect(await told([...many, warning('data[4].status')])).toEqual([
      warning('data[3].channel'),
      warning('data[4].status'),
    ])
  })

  it('are one for each account, text and unreadable value', async () => {
    const each = [
      warning('data[0].channel', { raw: 'fax' }),
      warning('data[1].channel', { raw: 'telex' }),
      warning('data[2].channel', { message: 'Another text.' }),
      warning(undefined),
    ]
    const other = warning('data[0].channel', { account: 'b', raw: 'fax' })
    expect(await told([...each, warning('data[9].channel', { raw: 'fax' })], [other])).toEqual([...each, other])
  })

  it('are one for each item that is missing', async () => {
    const each = [warning('data[0].id', { code: 'bad-item' }), warning('data[1].id', { code: 'bad-item' })]
    expect(await told([...each])).toEqual(each)
  })
})
