import { type Agent, buildRef, type Conversation, type Message } from '@parley/core'
import { createDesk, type QualityQuery } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { up } from '../../src/store/migrations/0003-quality.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, message, placesWithoutTimes, silentAdapter } from '../synced/filled.ts'

const filled = await filledStore()
const db = databaseOf(filled.store)
afterEach(() => filled.clear())
afterAll(() => filled.close())

const accounts = ['one', 'two'].map((name) => silentAdapter('acme', name))
const desk = createDesk({ store: filled.store, accounts })
const chat = (id: string, fields: Partial<Conversation> = {}, account = 'one'): Conversation => ({
  ...conversation('acme', account, id, '2026-03-02T00:00:00.000Z'),
  ...fields,
})
let ids = 0
const author = (kind: Message['author']['kind'], id?: string): Pick<Message, 'author' | 'direction'> => ({
  author: { kind, basis: 'vendor', ...(id !== undefined && { id }) },
  direction: kind === 'contact' ? 'inbound' : 'outbound',
})
const said = (own: Conversation, createdAt: string | null, fields: Partial<Message> = {}): Message =>
  message(own, `m${++ids}`, { createdAt, ...fields })

const march: QualityQuery = { since: '2026-03-01T00:00:00Z', until: '2026-03-04T00:00:00Z' }
const report = (query: QualityQuery = march) => desk.quality(query)

async function write(no: number, chats: Conversation[], messages: Message[]): Promise<void> {
  await filled.write(no, 'conversation', chats)
  await filled.write(no, 'message', messages)
  await filled.complete(
    no,
    chats.map(({ ref }) => ref),
  )
}

describe('the report on quality', () => {
  it('counts the answers by who wrote them, and only what the contact receives', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1')
    const at = '2026-03-01T10:00:00.000Z'
    const internal = { direction: 'internal' } as const
    await write(
      no,
      [own],
      [
        said(own, at, author('contact')),
        said(own, at, author('agent')),
        said(own, at, author('agent')),
        said(own, at, author('operator')),
        said(own, at, author('automation')),
        said(own, at, author('unknown')),
        said(own, at, { ...author('operator'), ...internal, type: { value: 'note', native: null } }),
        said(own, at, { ...author('system'), type: { value: 'activity', native: null } }),
        said(own, at, { ...author('agent'), ...internal, type: { value: 'tool', native: null } }),
        said(own, at, { ...author('operator'), status: { value: 'failed', native: null } }),
        said(own, at, { ...author('operator'), status: { value: 'scheduled', native: null } }),
        said(own, '2026-03-04T00:00:00.000Z', author('agent')),
        said(own, '2026-02-28T23:59:59.999Z', author('agent')),
      ],
    )
    const { total, periods } = await report()
    expect(total.answers).toEqual({ agent: 2, operator: 1, automation: 1, unknown: 1 })
    expect(periods.map(({ date, counts }) => [date, counts.answers.agent])).toEqual([
      ['2026-03-01', 2],
      ['2026-03-02', 0],
      ['2026-03-03', 0],
    ])
  })

  it('names the agents by their messages, or else by the conversation, and says where neither is known', async () => {
    const no = await filled.account('acme:one')
    const ada = buildRef({ vendor: 'acme', account: 'one', kind: 'agent', id: 'ada' })
    const named = { ref: ada, vendor: 'acme', account: 'one', id: 'ada', name: 'Ada' } as unknown as Agent
    await filled.write(no, 'agent', [named])
    const [own, other] = [chat('c1', { agentId: 'bob' }), chat('c2')]
    await write(
      no,
      [own, other],
      [
        said(own, '2026-03-01T10:00:00.000Z', author('agent', 'ada')),
        said(own, '2026-03-02T10:00:00.000Z', author('agent', 'ada')),
        said(own, '2026-03-02T10:00:00.000Z', author('agent', 'ada')),
        said(own, '2026-03-03T10:00:00.000Z', author('agent')),
        said(own, '2026-03-03T10:00:00.000Z', author('agent')),
        said(other, '2026-03-03T10:00:00.000Z', author('agent')),
        said(other, '2026-03-03T10:00:00.000Z', author('operator', 'eve')),
      ],
    )
    const account = 'acme:one'
    expect((await report()).agents).toEqual([
      { account, agent: ada, name: 'Ada', answers: 3, periods: [1, 2, 0] },
      { account, agent: 'acme:one/agent/bob', name: null, answers: 2, periods: [0, 0, 2] },
      { account, agent: null, name: null, answers: 1, periods: [0, 0, 1] },
    ])
  })

  it('tells an answer without sources from one of which they are not known', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1')
    const at = '2026-03-01T10:00:00.000Z'
    const source = {
      ...{ ref: 'acme:one/source/s1', vendor: 'acme', account: 'one', id: 's1', kind: { value: 'faq', native: null } },
    } as never
    await write(
      no,
      [own],
      [
        said(own, at, { ...author('agent'), sourcesState: 'inline', sources: [source] }),
        said(own, at, { ...author('agent'), sourcesState: 'inline', sources: [] }),
        said(own, at, { ...author('agent'), sourcesState: 'inline', sources: [] }),
        said(own, at, { ...author('agent'), sourcesState: 'fetchable' }),
        said(own, at, { ...author('agent'), sourcesState: 'unavailable' }),
        said(own, at, { ...author('operator'), sourcesState: 'inline', sources: [] }),
      ],
    )
    expect((await report()).total.sources).toEqual({ cited: 1, uncited: 2, unknown: 2 })
  })

  it('measures from the first message of the contact to the first answer, also if that came after the period', async () => {
    const no = await filled.account('acme:one')
    const chats = ['c1', 'c2', 'c3', 'c4', 'c5'].map((id) => chat(id))
    const [quick, slow, silent, older, greeted] = chats as [
      ...[Conversation, Conversation, Conversation, Conversation, Conversation],
    ]
    await write(no, chats, [
      said(quick, '2026-03-01T10:00:00.000Z', author('contact')),
      said(quick, '2026-03-01T10:00:01.000Z', author('automation')),
      said(quick, '2026-03-01T10:00:02.000Z', author('agent')),
      said(quick, '2026-03-01T10:00:03.000Z', author('operator')),
      said(slow, '2026-03-03T23:00:00.000Z', author('contact')),
      said(slow, '2026-03-04T01:00:00.000Z', author('operator')),
      said(silent, '2026-03-03T12:00:00.000Z', author('contact')),
      said(older, '2026-02-20T12:00:00.000Z', author('contact')),
      said(older, '2026-03-02T12:00:00.000Z', author('contact')),
      said(older, '2026-03-02T12:00:09.000Z', author('agent')),
      said(greeted, '2026-03-01T09:00:00.000Z', author('agent')),
      said(greeted, '2026-03-01T09:01:00.000Z', author('contact')),
      said(greeted, '2026-03-01T09:01:04.000Z', author('agent')),
    ])
    const { total, periods } = await report()
    expect(total.firstAnswers).toEqual({
      ...{ conversations: 4, agent: 2, operator: 1, unanswered: 1, median: 4000, percentile90: 5_760_800 },
    })
    expect(periods.map(({ counts }) => counts.firstAnswers)).toEqual([
      { conversations: 2, agent: 2, operator: 0, unanswered: 0, median: 3000, percentile90: 3800 },
      { conversations: 0, agent: 0, operator: 0, unanswered: 0, median: null, percentile90: null },
      { conversations: 2, agent: 0, operator: 1, unanswered: 1, median: 7_200_000, percentile90: 7_200_000 },
    ])
  })

  it('counts each rating once, when it was given, or else with its message', async () => {
    const no = await filled.account('acme:one')
    const up = { value: 'up', native: 'up' } as const
    const down = { value: 'down', native: 'down' } as const
    const own = chat('c1', {
      feedback: [
        { id: 'f1', vote: down, createdAt: '2026-03-02T10:00:00.000Z' },
        { id: 'f2', vote: up, createdAt: '2026-02-02T10:00:00.000Z' },
        { id: null, score: 4, createdAt: '2026-03-03T10:00:00.000Z', comment: 'A \0 comment' },
        { id: 'f4', vote: up },
      ],
    })
    const rated = {
      ...author('agent'),
      feedback: [
        { id: 'f1', vote: down },
        { id: null, vote: up },
      ],
    }
    await write(no, [own], [said(own, '2026-03-01T10:00:00.000Z', rated)])
    const { total, periods } = await report()
    expect(total.ratings).toEqual({ up: 1, down: 1, other: 1 })
    expect(periods.map(({ counts }) => counts.ratings.down)).toEqual([0, 1, 0])
  })

  it('counts changes of control, or says that nothing is known of them', async () => {
    const no = await filled.account('acme:one')
    const holds = (holder: 'agent' | 'operator') => chat('c1', { control: { holder, basis: 'vendor', native: null } })
    const query = { unit: 'day' } as const
    await filled.write(no, 'conversation', [chat('c2')])
    expect((await report(query)).total.handOffs).toEqual({ toOperator: null, toAgent: null })
    for (const holder of ['agent', 'operator', 'agent', 'operator'] as const)
      await filled.write(no, 'conversation', [holds(holder)])
    const now = await desk.quality({ until: new Date(Date.now() + 60_000).toISOString() })
    expect(now.total.handOffs).toEqual({ toOperator: 2, toAgent: 1 })
    expect(now.periods.at(-1)?.counts.handOffs.toOperator ?? now.periods.at(-2)?.counts.handOffs.toOperator).toBe(2)
    expect(Date.parse(now.handOffsSince ?? '')).toBeLessThanOrEqual(Date.now() + 60_000)
    const old = await report()
    expect(old.total.handOffs).toEqual({ toOperator: 0, toAgent: 0 })
  })

  it('puts messages without a time into no period, and says how many there are', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1')
    const messages = [said(own, null, author('contact')), said(own, null, author('agent'))]
    await filled.write(no, 'conversation', [own])
    await filled.write(no, 'message', messages, placesWithoutTimes(messages))
    const timed = [said(own, '2026-03-01T10:00:00.000Z', author('contact')), said(own, null, author('agent'))]
    await filled.write(no, 'message', timed, {
      places: new Map(timed.map(({ ref }, position) => [ref, { at: '2026-03-01T10:00:00.000Z', position }])),
    })
    const { total, coverage } = await report()
    expect([total.answers.agent, total.firstAnswers.conversations]).toEqual([0, 0])
    expect(coverage).toEqual([
      expect.objectContaining({ account: 'acme:one', untimed: 2, hasControl: false }),
      { account: 'acme:two', isComplete: false, since: null, asOf: null, untimed: 0, hasControl: false },
    ])
  })

  it('counts only the chosen accounts, and nothing that was deleted', async () => {
    const [one, two] = [await filled.account('acme:one'), await filled.account('acme:two')]
    const at = '2026-03-01T10:00:00.000Z'
    const [own, other] = [chat('c1'), chat('c1', {}, 'two')]
    await write(one, [own], [said(own, at, author('agent'))])
    const gone = said(other, at, author('agent'))
    await write(two, [other], [said(other, at, author('agent')), said(other, at, author('agent')), gone])
    await filled.sql(`update parley.messages set deleted_at = now() where ref = '${gone.ref}'`)
    expect((await report()).total.answers.agent).toBe(3)
    const only = await report({ ...march, accounts: ['acme:two'] })
    expect([only.total.answers.agent, only.coverage.map(({ account }) => account)]).toEqual([2, ['acme:two']])
    await expect(report({ accounts: ['acme:three'] })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('counts a message that has a NUL, and one whose text looks like a field', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1', { title: 'A \0 title' })
    const text = 'A \0 and "speaker":"agent","author":{"kind":"agent"}'
    await write(no, [own], [said(own, '2026-03-01T10:00:00.000Z', { ...author('operator'), text })])
    expect((await report()).total.answers).toEqual({ agent: 0, operator: 1, automation: 0, unknown: 0 })
  })

  it('begins days, weeks and months in the time zone, also where the clocks change', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1')
    await write(
      no,
      [own],
      [
        said(own, '2026-03-28T22:59:59.000Z', author('agent')),
        said(own, '2026-03-28T23:00:00.000Z', author('agent')),
        said(own, '2026-03-29T21:59:59.000Z', author('agent')),
        said(own, '2026-03-29T22:00:00.000Z', author('agent')),
      ],
    )
    const timeZone = 'Europe/Berlin'
    const days = await report({ since: '2026-03-28T00:00:00Z', until: '2026-03-31T00:00:00Z', timeZone })
    expect(days.periods.map(({ start, date, counts }) => [start.slice(0, 16), date, counts.answers.agent])).toEqual([
      ['2026-03-27T23:00', '2026-03-28', 1],
      ['2026-03-28T23:00', '2026-03-29', 2],
      ['2026-03-29T22:00', '2026-03-30', 1],
      ['2026-03-30T22:00', '2026-03-31', 0],
    ])
    const since = { since: '2026-03-01T12:00:00Z', until: '2026-04-01T00:00:00Z' }
    const dates = async (unit: 'week' | 'month') =>
      (await report({ ...since, unit })).periods.map(({ date, counts }) => [date, counts.answers.agent])
    expect(await dates('month')).toEqual([['2026-03-01', 4]])
    expect((await dates('week')).slice(-2)).toEqual([
      ['2026-03-23', 4],
      ['2026-03-30', 0],
    ])
  })

  it.each([
    ['since', { since: 'yesterday' }],
    ['until', { until: 'soon' }],
    ['since', { since: '2026-03-02T00:00:00Z', until: '2026-03-02T00:00:00Z' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+01:00' }],
    ['timeZone', { timeZone: "UTC'; drop schema parley" }],
    ['unit', { unit: 'year' }],
    ['unit', { since: '2020-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }],
    ['limit', { limit: 3 }],
  ])('refuses a wrong %s', async (path, query) => {
    await expect(report(query as QualityQuery)).rejects.toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })

  it('covers the last 30 days by days in UTC, unless it is asked otherwise', async () => {
    const { since, until, unit, timeZone, periods } = await report({})
    expect(Date.parse(until) - Date.parse(since)).toBe(30 * 86_400_000)
    expect([unit, timeZone]).toEqual(['day', 'UTC'])
    expect([30, 31]).toContain(periods.length)
  })

  it('counts what was stored before the store could count', async () => {
    const no = await filled.account('acme:one')
    const own = chat('c1', {
      feedback: [{ id: 'f1', vote: { value: 'up', native: 'up' }, createdAt: '2026-03-01T10:00:00.000Z' }],
    })
    const fields = { ...author('agent', 'ada'), text: 'A \0 text', sourcesState: 'inline', sources: [] } as const
    await write(
      no,
      [own],
      [said(own, '2026-03-01T10:00:00.000Z', { ...fields, sources: [] }), said(own, null, author('agent'))],
    )
    const before = await report()
    const tables = { messages: ['said_at', 'speaker', 'agent_id', 'cites', 'ratings'], conversations: ['ratings'] }
    for (const [table, columns] of Object.entries(tables))
      await filled.sql(`alter table parley.${table} ${columns.map((name) => `drop column ${name}`).join(', ')}`)
    await filled.sql('drop index parley.changes_of_control')
    await filled.sql('create index messages_by_conversation on parley.messages (conversation)')
    await up(db as never)
    expect(await report()).toEqual(before)
    expect(before.total).toMatchObject({ answers: { agent: 1 }, sources: { uncited: 1 }, ratings: { up: 1 } })
    expect(before.agents[0]?.agent).toBe('acme:one/agent/ada')
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from parley.messages`.execute(db)
    expect(rows[0]?.count).toBe(2)
  })
})
