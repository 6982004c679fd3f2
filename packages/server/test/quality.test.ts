import { afterAll, describe, expect, it } from 'vitest'
import { message } from '../../inbox/test/synced/filled.ts'
import { csvOf } from '../src/csv.ts'
import { chats, one, openHarness, two } from './harness.ts'

const harness = await openHarness()
afterAll(() => harness.close())
const { filled, numbers, get } = harness

const agent = { author: { kind: 'agent', basis: 'vendor', id: 'a1' }, direction: 'outbound' } as const
for (const [index, chat] of chats.entries())
  await filled.write(numbers[index] as number, 'message', [
    message(chat, `answer-${index}`, { ...agent, createdAt: `2026-01-0${index + 1}T12:00:00.000Z` }),
  ])
const january = 'since=2026-01-01T00:00:00Z&until=2026-01-04T00:00:00Z'

interface Report {
  total: { answers: object; firstAnswers: object }
  periods: { date: string; counts: { answers: object } }[]
  agents: object[]
  coverage: { account: string }[]
}

describe('the report on quality', () => {
  it('counts over all accounts that the caller sees, and over no others', async () => {
    const { body } = await get(`/v1/quality?${january}`, 'reader')
    const report = body as unknown as Report
    expect(report.total.answers).toEqual({ agent: 2, operator: 0, automation: 0, unknown: 0 })
    expect(report.agents).toHaveLength(2)
    const { body: limited } = await get(`/v1/quality?${january}`, 'elsewhere')
    const own = limited as unknown as Report
    expect(own.total.answers).toEqual({ agent: 1, operator: 0, automation: 0, unknown: 0 })
    expect(own.periods.map(({ counts }) => counts.answers)).toMatchObject([{ agent: 0 }, { agent: 1 }, { agent: 0 }])
    expect([own.coverage.map(({ account }) => account), JSON.stringify(own).includes(one)]).toEqual([[two], false])
    expect((await get(`/v1/quality?${january}&accounts=${one}`, 'elsewhere')).status).toBe(404)
  })

  it('names what is wrong in the question', async () => {
    const { status, body } = await get('/v1/quality?timeZone=Mars%2FOlympus')
    expect([status, body['fields']]).toEqual([400, [expect.objectContaining({ path: 'timeZone' })]])
  })

  it('is a table for spreadsheets, too', async () => {
    const answer = await harness.request(`/v1/quality.csv?${january}&accounts=${two}`, { token: 'reader' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ])
    const [head = '', ...lines] = (await answer.text()).split('\r\n')
    expect(head.split(',').slice(0, 2)).toEqual(['day', 'answers by agents'])
    expect(head.split(',').at(-1)).toBe('answers: Ada')
    expect(lines.map((line) => [line.split(',')[0], line.split(',').at(-1)])).toEqual([
      ['2026-01-01', '0'],
      ['2026-01-02', '1'],
      ['2026-01-03', '0'],
      ['', ''],
    ])
  })
})

describe('a table as CSV', () => {
  it('quotes what has commas, quotation marks and line ends', () => {
    expect(csvOf([['a,b', 'say "hi"', 'two\nlines', 'plain', 7, null]])).toBe(
      '"a,b","say ""hi""","two\nlines",plain,7,\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('gives a spreadsheet no formula to run: %j', (text) => {
    expect(csvOf([[text]])).toMatch(/^"?'/)
  })

  it('leaves numbers below zero as they are', () => {
    expect(csvOf([[-1]])).toBe('-1\r\n')
  })
})

describe('an account', () => {
  it('says what its vendor can do, and how long its texts may be', async () => {
    const { body } = await get('/v1/accounts', 'elsewhere')
    const [item, ...others] = body['items'] as { account: string; vendor: string; operations: string[] }[]
    expect([item?.account, item?.vendor, others]).toEqual([two, 'acme', []])
    expect(item?.operations).toEqual(['messages.reply', 'messages.note', 'messages.reconcile'])
    expect(item).toMatchObject({ textLimits: {} })
  })
})
