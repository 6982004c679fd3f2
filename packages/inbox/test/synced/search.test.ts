import { type Conversation, encodeCursor, type Message } from '@parley/core'
import { createInbox, type SearchPage, type SearchQuery } from '@parley/inbox'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { searchPage } from '../../src/store/search.ts'
import { readSearch } from '../../src/store/search-words.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, message, silentAdapter, syncedAt } from './filled.ts'

const filled = await filledStore()
afterEach(() => filled.clear())
afterAll(() => filled.close())

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const chatIn = (account: string, id = 'c1') => conversation('acme', account, id, at(9))
const inboxOf = (...names: string[]) =>
  createInbox({ store: filled.store, accounts: names.map((name) => silentAdapter('acme', name)) })

/** Stores these texts as messages of one conversation, the first one as the oldest. */
async function tell(
  texts: (string | undefined)[],
  name = 'one',
  chat: Conversation = chatIn(name),
): Promise<Message[]> {
  const no = await filled.account(`acme:${name}`)
  await filled.write(no, 'conversation', [chat])
  const messages = texts.map((text, index) =>
    message(chat, `m${index}`, { createdAt: at(index), ...(text !== undefined && { text }) }),
  )
  await filled.write(no, 'message', messages)
  await filled.complete(no, [chat.ref])
  return messages
}

const found = async (text: string, more: Partial<SearchQuery> = {}): Promise<string[]> => {
  const texts: string[] = []
  for await (const hit of inboxOf('one').search({ text, ...more })) texts.push(hit.message.text ?? '')
  return texts
}

/** Characters of scripts without spaces between words, also of the second plane and with marks. */
const unspaced = [...'返品退款した。今日パスワー々한국어ﾊﾟ𠮷ก็ที่']

describe('a search in all messages', () => {
  it('finds every part of texts without spaces between words, as a look for the characters does', async () => {
    const text = fc
      .array(fc.constantFrom(...unspaced, 'PC', ' ', '!'), { maxLength: 12 })
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom(...'返品退款した今日パスワー々한국어𠮷ก็ที่'), { minLength: 1, maxLength: 3 }),
        async (texts, wanted) => {
          await filled.clear()
          await tell(texts)
          const part = wanted.join('')
          const expected = texts.filter((each) => each.includes(part)).toReversed()
          expect(await found(part)).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    ['返品PC', ['返品PC98です']],
    ['PCを返品', ['新しいPCを返品した']],
    ['パスワード', ['ﾊﾟｽﾜｰﾄﾞを忘れた', 'パスワードです']],
    ['refund order', ['Refund for my ORDER please', 'My order: a refund?']],
    ['"refund order"', []],
    ['"my order"', ['Refund for my ORDER please', 'My order: a refund?']],
    ['order -please', ['My order: a refund?']],
    ['-please refund', ['My order: a refund?']],
    ['ref*', ['Refund for my ORDER please', 'My order: a refund?']],
    ['ref', []],
    ['cafe', ['Das Café ist zu']],
    ['CAFÉ', ['Das Café ist zu']],
    ['STRASSE', ['Große Straße']],
    ['ΟΔΟΣ', ['η οδός είναι']],
    ['οδοσ', ['η οδός είναι']],
    ['ada@quill.example', ['write to ada@quill.example, see https://quill.example/help?id=7']],
    ['quill.example', ['write to ada@quill.example, see https://quill.example/help?id=7']],
    ['محمد', ['قال مُحَمَّد نعم']],
    ['احمد', ['أحمد هنا']],
    ["don't", ["I don't know"]],
    ['👍', ['fine 👍🏽 thanks']],
  ])('finds %s', async (text, expected) => {
    await tell([
      ...['返品PC98です', '新しいPCを返品した', 'パスワードです', 'ﾊﾟｽﾜｰﾄﾞを忘れた', 'My order: a refund?'],
      ...['Refund for my ORDER please', 'Das Café ist zu', 'قال مُحَمَّد نعم', 'أحمد هنا', "I don't know"],
      ...['write to ada@quill.example, see https://quill.example/help?id=7', 'fine 👍🏽 thanks', undefined],
      ...['Große Straße', 'η οδός είναι'],
    ])
    expect(await found(text)).toEqual(expected)
  })

  it.each(["'", '\\', "a' | b", 'x:* & !y <-> (z', '"', '" -"', ':*', '%', "'; drop table parley.search; --"])(
    'takes %s as plain text',
    async (text) => {
      await tell([text, 'other'])
      const all = await found(text).catch((error: { code: string }) => error.code)
      expect(all === 'invalid-request' || (Array.isArray(all) && !all.includes('other'))).toBe(true)
    },
  )

  it('stores and finds the longest texts', async () => {
    const words = Array.from({ length: 60_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000)))
    await tell([words.join(''), 'word '.repeat(30_000), 'x'.repeat(90_000), '返'.repeat(3000)])
    expect(await found('一丁')).toHaveLength(1)
    expect(await found('word')).toHaveLength(1)
    expect(await found('返返')).toHaveLength(1)
  })

  it('shows where the words are in the text', async () => {
    await tell([`${'long before '.repeat(30)}the 返品した refund, and REFUND again 👍 ${'long after '.repeat(30)}`])
    const [hit] = (await inboxOf('one').search({ text: '返品 refund again' })).items
    expect(hit?.marks.map(({ start, end }) => hit.snippet.slice(start, end))).toEqual([
      '返品',
      'refund',
      'REFUND',
      'again',
    ])
    expect(hit?.snippet.length).toBeLessThanOrEqual(200)
    const [single] = (await inboxOf('one').search({ text: '品' })).items
    expect(single?.marks.map(({ start, end }) => single.snippet.slice(start, end))).toEqual(['品'])
    expect(hit?.conversation).toEqual(chatIn('one'))
  })

  it('has the hits of several accounts newest first, in pages of any size and with windows of any size', async () => {
    const db = databaseOf(filled.store)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 9 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.nat(9).map(at), { nil: undefined }),
        async (accounts, limit, window, until) => {
          await filled.clear()
          const names = accounts.map((_, index) => `a${index}`)
          const all: Message[] = []
          for (const [index, given] of accounts.entries()) {
            const name = names[index] as string
            const no = await filled.account(`acme:${name}`)
            const own = given.map(([minute, isWanted], number) =>
              message(chatIn(name), `m${number}`, { createdAt: at(minute), text: isWanted ? 'the word' : 'other' }),
            )
            await filled.write(no, 'message', own)
            all.push(...own)
          }
          const chosen = names.map((name) => ({ name: `acme:${name}`, adapter: silentAdapter('acme', name) }))
          const hits: Message[] = []
          let cursor: string | undefined
          do {
            const query = { text: 'word', limit, ...(until && { until }) }
            const words = readSearch(query.text)
            const asked = { query, words, accounts: chosen, conversation: undefined, window }
            const page: SearchPage = await searchPage(db, asked, cursor)
            expect(page.items.length).toBeLessThanOrEqual(limit)
            hits.push(...page.items.map((hit) => hit.message))
            cursor = page.next ?? undefined
          } while (cursor !== undefined)
          const expected = all.filter(
            ({ text, createdAt }) => text === 'the word' && (!until || (createdAt ?? '') <= until),
          )
          expect(hits.map(({ createdAt }) => createdAt)).toEqual(
            expected
              .map(({ createdAt }) => createdAt)
              .toSorted()
              .toReversed(),
          )
          expect(hits.map(({ ref }) => ref).toSorted()).toEqual(expected.map(({ ref }) => ref).toSorted())
        },
      ),
      { numRuns: 100 },
    )
  })

  it('can be limited to a conversation, an account or a time', async () => {
    await tell(['a word', 'another word'], 'one')
    await tell(['a word elsewhere'], 'two')
    const inbox = inboxOf('one', 'two')
    const count = async (more: Partial<SearchQuery>) => (await inbox.search({ text: 'word', ...more })).items.length
    expect(await count({})).toBe(3)
    expect(await count({ accounts: ['acme:two'] })).toBe(1)
    expect(await count({ conversation: chatIn('one') })).toBe(2)
    expect(await count({ conversation: chatIn('one').ref, until: at(0) })).toBe(1)
    expect(await count({ since: at(1) })).toBe(1)
  })

  it('never has what was deleted', async () => {
    const [gone] = await tell(['a word', 'the word', 'word'])
    await filled.sql(`update parley.messages set deleted_at = now() where ref = '${gone?.ref}'`)
    expect(await found('word')).toEqual(['word', 'the word'])
    await filled.sql('update parley.conversations set deleted_at = now()')
    expect(await found('word')).toEqual([])
  })

  it('says since when it knows all messages', async () => {
    const no = await filled.account('acme:one')
    const chats = [1, 2, 3].map((minute) => conversation('acme', 'one', `c${minute}`, at(minute)))
    await filled.write(no, 'conversation', chats)
    const coverage = async () => (await inboxOf('one', 'two').search({ text: 'x' })).coverage
    await filled.complete(
      no,
      chats.map(({ ref }) => ref),
    )
    const nothing = { account: 'acme:two', isComplete: false, since: null, asOf: null }
    expect(await coverage()).toEqual([{ account: 'acme:one', isComplete: true, since: null, asOf: syncedAt }, nothing])
    await filled.sql(
      `update parley.threads set is_complete = false, is_whole = false where conversation = '${chats[1]?.ref}'`,
    )
    expect(await coverage()).toEqual([
      { account: 'acme:one', isComplete: false, since: at(2), asOf: syncedAt },
      nothing,
    ])
    await filled.sql(`update parley.threads set is_complete = true, is_whole = true, verified_at = null`)
    const incomplete = { account: 'acme:one', isComplete: false, since: null, asOf: syncedAt }
    expect((await coverage())[0]).toEqual(incomplete)
    await filled.sql(`update parley.threads set verified_at = now(); update parley.streams set caught_up_at = null`)
    expect((await coverage())[0]).toEqual({ ...incomplete, asOf: null })
    await filled.sql(
      `insert into parley.checkpoints (account, stream, position) values (${no}, 'conversations', '{"at":"${at(1)}"}')`,
    )
    expect((await coverage())[0]).toEqual({ ...incomplete, since: at(1), asOf: null })
  })

  it('goes on with the next page when the index of words takes too long', async ({ skip }) => {
    if (filled.isEmbedded) skip('PGlite has no timeout.')
    await tell(Array.from({ length: 40 }, (_, index) => (index % 10 === 0 ? 'a word' : 'other')))
    await filled.sql(`
      alter table parley.search rename to search_table;
      create view parley.search as select message, created_at, account,
        case when pg_sleep(0.02) is null then words else words end as words from parley.search_table`)
    try {
      const asked = {
        query: { text: 'word', limit: 3 },
        words: readSearch('word'),
        accounts: [{ name: 'acme:one', adapter: silentAdapter('acme', 'one') }],
        ...{ conversation: undefined, window: 15, timeout: 100 },
      }
      const texts: string[] = []
      const warnings: number[] = []
      let cursor: string | undefined
      do {
        const page = await searchPage(databaseOf(filled.store), asked, cursor)
        texts.push(...page.items.map((hit) => hit.message.id))
        warnings.push(page.warnings.length)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(texts).toEqual(['m30', 'm20', 'm10', 'm0'])
      expect(warnings[0]).toBe(1)
    } finally {
      await filled.sql('drop view parley.search; alter table parley.search_table rename to search')
    }
  })

  it.each([
    'yesterday',
    'Jan 5 2026',
    '2026-1-5',
    '2026-02-31',
    '1767225600',
    '0000-06-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '',
    7,
    null,
  ])('refuses %j as a time, as the lists do', async (time) => {
    const inbox = inboxOf('one')
    for (const path of ['since', 'until']) {
      const problem = 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z'
      const refused = { code: 'invalid-request', fields: [{ path, problem }] }
      await expect(inbox.search({ text: 'a', [path]: time })).rejects.toMatchObject(refused)
      await expect(inbox.conversations.list({ [path]: time })).rejects.toMatchObject(refused)
    }
  })

  it('refuses a time after the end of the period, and a cursor with a year that no database has', async () => {
    const inbox = inboxOf('one')
    const refused = { code: 'invalid-request' }
    await expect(inbox.search({ text: 'a', since: at(2), until: at(1) })).rejects.toMatchObject(refused)
    const search = { query: { text: 'a' }, words: readSearch('a'), accounts: [], conversation: undefined }
    const forged = encodeCursor(['0000-01-01T00:00:00.000Z', '1'])
    await expect(searchPage(databaseOf(filled.store), search, forged)).rejects.toMatchObject(refused)
  })

  it('refuses a text without a word, and what is no query', async () => {
    await tell(['a word'])
    const inbox = inboxOf('one')
    const refused = { code: 'invalid-request' }
    for (const text of ['', ' ', '-word', '!?', 7])
      await expect(inbox.search({ text } as never)).rejects.toMatchObject(refused)
    await expect(inbox.search({ text: 'a', limit: 0 })).rejects.toMatchObject(refused)
    await expect(inbox.search({ text: 'a', author: 'x' } as never)).rejects.toMatchObject(refused)
    await expect(inbox.search({ text: 'a', conversation: 'acme:one/contact/x' })).rejects.toMatchObject(refused)
    await expect(inbox.search({ text: 'a', conversation: 'acme:one/conversation/x' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await inbox.search({ text: 'nothing', conversation: 'acme:one/conversation/c1' })).items).toEqual([])
    const { next } = await inbox.search({ text: 'word', limit: 1 })
    expect(next).toBeNull()
    await expect(inbox.search({ text: 'a', cursor: 'x.1.y' })).rejects.toMatchObject(refused)
    await expect(inbox.search({ text: 'a', accounts: ['acme:nowhere'] })).rejects.toMatchObject({ code: 'not-found' })
  })
})
