import { encodeCursor } from '@parley/core'
import { createStore } from '@parley/inbox'
import { afterAll, describe, expect, it } from 'vitest'
import { historyPage } from '../../src/store/changes.ts'
import { databaseOf } from '../../src/store/database.ts'
import { conversationsPage } from '../../src/store/list-conversations.ts'
import { messagesPage } from '../../src/store/list-messages.ts'
import { contactsPage } from '../../src/store/list-records.ts'
import { searchPage } from '../../src/store/search.ts'
import { readSearch } from '../../src/store/search-words.ts'

const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

const asked = { accounts: [], options: {} } as never
const words = { query: { text: 'a' }, words: readSearch('a'), accounts: [], conversation: undefined }
const pages = {
  contacts: (cursor: string) => contactsPage(db, asked, {}, cursor),
  conversations: (cursor: string) => conversationsPage(db, asked, {}, cursor),
  history: (cursor: string) => historyPage(db, 'acme:shop/message/m1', {}, cursor),
  messages: (cursor: string) => messagesPage(db, 'acme:shop/conversation/c1', {}, cursor, false),
  search: (cursor: string) => searchPage(db, words, cursor),
}
const time = '2026-01-15T10:00:00.000Z'
const most = 9_223_372_036_854_775_807n

describe('a forged cursor', () => {
  it.each<[keyof typeof pages, string | (string | number)[]]>([
    ['contacts', 'acme:shop/contact/a\0b'],
    ['contacts', 'acme:shop/contact/\ud800'],
    ['conversations', [time, 'acme:shop/conversation/a\0b']],
    ['conversations', ['0000-01-01T00:00:00.000Z', 'acme:shop/conversation/c1']],
    ['history', ['1', String(most + 1n)]],
    ['history', [String(most + 1n), '1']],
    ['history', '1'],
    ['messages', [time, 2 ** 31, 'acme:shop/message/m1']],
    ['messages', [time, 0.5, 'acme:shop/message/m1']],
    ['messages', [time, 1, 'acme:shop/message/\udfff']],
    ['search', [time, String(most + 1n)]],
    ['search', ['0000-01-01T00:00:00.000Z', '1']],
  ])('of %s with what no database takes is refused (%#)', async (list, place) => {
    await expect(pages[list](encodeCursor(place))).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it.each<[keyof typeof pages, string | (string | number)[]]>([
    ['contacts', 'acme:shop/contact/a'],
    ['conversations', ['-infinity', 'acme:shop/conversation/c1']],
    ['history', [String(most), String(most)]],
    ['messages', [time, -(2 ** 31), 'acme:shop/message/m1']],
    ['search', [time, String(most)]],
  ])('of %s with what a database takes is a place', async (list, place) => {
    expect(await pages[list](encodeCursor(place))).toMatchObject({ items: [] })
  })
})
