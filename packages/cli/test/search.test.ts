import type { SearchHit, SearchPage } from '@parley/inbox'
import { describe, expect, it, vi } from 'vitest'
import { call } from './call.ts'

const asked: unknown[] = []
const accounts = ['desk', 'two', 'three'].map((account) => ({ vendor: 'acme', account }))
let pages: Pick<SearchPage, 'items' | 'next' | 'coverage'>[] = []
vi.mock('../src/open-store.ts', () => ({
  withStoredAccounts: (_: unknown, __: unknown, work: (...given: unknown[]) => unknown) => work({}, accounts),
}))
vi.mock('@parley/inbox', () => ({
  createInbox: () => ({
    search(query: unknown) {
      asked.push(query)
      return {
        pages: async function* () {
          yield* pages
        },
      }
    },
  }),
}))

const search = (...args: string[]) => call('search', ...args)

const hit = (text: string, snippet = text, more: object = {}): SearchHit =>
  ({
    message: {
      ref: 'acme:desk/message/1',
      vendor: 'acme',
      account: 'desk',
      author: { kind: 'contact' },
      createdAt: '2026-01-15T10:30:00.000Z',
      text,
    },
    conversation: null,
    snippet,
    marks: [],
    ...more,
  }) as unknown as SearchHit

const coverage = [
  { account: 'acme:desk', isComplete: true, since: null, asOf: '2026-01-15T12:00:00.000Z' },
  { account: 'acme:two', isComplete: false, since: '2026-01-01T00:00:00.000Z', asOf: null },
  { account: 'acme:three', isComplete: false, since: null, asOf: null },
  { account: 'acme:four', isComplete: false, since: null, asOf: '2026-01-15T12:00:00.000Z' },
]

describe('parley search', () => {
  it('asks for what the options say', async () => {
    pages = []
    const times = ['--since', '2026-01-15 10:30Z', '--until', '2026-02-01T00:00:00+02:00']
    await search('one', 'two', '--account', 'acme:desk', '--account', 'acme:two', ...times)
    await search('one', '--limit', '500')
    expect(asked).toEqual([
      {
        text: 'one two',
        accounts: ['acme:desk', 'acme:two'],
        since: '2026-01-15T10:30:00.000Z',
        until: '2026-01-31T22:00:00.000Z',
        limit: 20,
      },
      { text: 'one', limit: 100 },
    ])
  })

  it('looks for a word after one to leave out, also in one argument', async () => {
    pages = [{ items: [hit('b')], next: null, coverage }]
    expect(await search('--', '-a b')).toMatchObject({ code: 0 })
  })

  it('names the accounts of the store if one is not there', async () => {
    expect(await search('one', '--account', 'acme:desk', '--account', 'acme:dsk')).toEqual({
      ...{ code: 1, out: '' },
      err: 'The store has no account acme:dsk. It has acme:desk, acme:two, acme:three.\n',
    })
  })

  it('reads short pages on up to the limit', async () => {
    pages = [1, 2, 3].map(() => ({ items: [hit('a'), hit('b')], next: 'x', coverage }))
    const { out } = await search('a', '--json', '--limit', '3')
    expect(JSON.parse(out)).toMatchObject({ isMore: true, hits: [{}, {}, {}], coverage })
    pages = [{ items: [hit('a')], next: null, coverage }]
    expect(JSON.parse((await search('a', '--json', '--limit', '3')).out)).toMatchObject({ isMore: false, hits: [{}] })
  })

  it('shows each message on two lines, without what would move the cursor, and where it goes on', async () => {
    const conversation = { ref: 'acme:desk/conversation/7', contact: { name: 'Ada\u001b[2J' } }
    const long = hit('Is it\nopen on Saturday? I ask.', 'it\nopen on Saturday?', {
      conversation,
      marks: [{ start: 3, end: 7 }],
    })
    pages = [{ items: [long, hit('short')], next: null, coverage }]
    expect((await search('open')).out).toBe(`2026-01-15 10:30Z  acme:desk, Ada [2J  contact  acme:desk/conversation/7
  … it open on Saturday? …

2026-01-15 10:30Z  acme:desk  contact  acme:desk/message/1
  short

acme:desk: all messages as of 2026-01-15 12:00Z
acme:two: all messages since 2026-01-01 00:00Z; older ones may be missing
acme:three: any message may be missing until the account is synced
acme:four: messages may be missing as of 2026-01-15 12:00Z, because not every conversation was read as a whole yet
`)
  })

  it('prints no control character and no mark of direction of a text that was found', async () => {
    const text = 'open\u202e\u009b2J\u001b[31m'
    pages = [
      { items: [hit(text, text, { conversation: { ref: text, contact: { name: text } } })], next: null, coverage },
    ]
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/
    const { out } = await search('open')
    expect(out.replaceAll('\u001b[31m', '')).not.toMatch(unsafe)
    expect(out).not.toContain('\u202e')
    const { out: json } = await search('open', '--json')
    expect(json).not.toMatch(unsafe)
    expect(JSON.parse(json)).toMatchObject({ hits: [{ snippet: text }] })
  })

  it('says that nothing was found, and in what', async () => {
    pages = [{ items: [], next: null, coverage }]
    const { code, out } = await search('open')
    expect(code).toBe(0)
    expect(out).toMatch(/^No message was found\.\nacme:desk: all messages/)
  })
})
