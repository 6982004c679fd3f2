import { describe, expect, test } from 'vitest'
import { everyConversation, openDesk, type Row } from './livechatai-desk.ts'

const desk = openDesk({ oddValues: 'none' })
const all = await everyConversation(desk)
const ids = (rows: readonly Row[]) => rows.map((row) => row['id'])
const assignee = (row: Row) => (row['agent'] as Row | null)?.['id'] ?? null

describe('the filters of both revisions', () => {
  test.each([
    ['&status=open', (row: Row) => row['isResolved'] === false],
    ['&status=close', (row: Row) => row['isResolved'] === true],
    ['&type=unassigned', (row: Row) => assignee(row) === null],
    ['&type=all', () => true],
    ['&nonsense=1', () => true],
    ['&status=&type=', () => true],
  ])('split the list by %s', async (query, passes) => {
    for (const edition of ['older', 'newer'] as const) {
      const found = await everyConversation(openDesk({ edition, oddValues: 'none' }), query)
      expect(ids(found)).toEqual(ids(all.filter(passes)))
      expect(found.length).toBeGreaterThan(0)
    }
  })

  test('find your inbox by the owner', async () => {
    const found = await everyConversation(desk, '&type=your-inbox')
    expect(new Set(found.map(assignee)).size).toBe(1)
    expect(assignee(found[0] ?? {})).not.toBe(desk.userId)
  })

  test.each(['status=closed', 'type=mine', 'sort=newest', 'startDate=yesterday'])('refuse %s', async (query) => {
    expect((await desk.get(`/conversations?agentId=${desk.agentId}&${query}`)).status).toBe(400)
  })

  test('compare Unix seconds with the start of the conversation or, if configured, with its last message', async () => {
    const from = Date.parse('2025-12-01T00:00:00Z')
    const until = Date.parse('2025-12-20T00:00:00Z')
    const query = `&startDate=${from / 1000}&endDate=${until / 1000}`
    for (const filteredDate of ['createdAt', 'lastMessageDate'] as const) {
      const found = await everyConversation(openDesk({ filteredDate, oddValues: 'none' }), query)
      const passes = (row: Row) => {
        const at = Date.parse(String(row[filteredDate]))
        return at >= from && at < until
      }
      expect(ids(found)).toEqual(ids(all.filter(passes)))
      expect(found.length).toBeGreaterThan(0)
    }
  })
})

describe('the filters of the newer revision', () => {
  test('read ISO dates, and a date alone as the whole day', async () => {
    const byDay = await everyConversation(desk, '&startDate=2025-12-01&endDate=2025-12-20')
    const byTime = await everyConversation(desk, '&startDate=2025-12-01T00:00:00Z&endDate=2025-12-20T23:59:59.999Z')
    expect(ids(byDay)).toEqual(ids(byTime))
    expect(byDay.length).toBeGreaterThan(0)
  })

  test.each(['WHATSAPP', 'SLACK', 'MESSENGER', 'FULLPAGE', 'INLINECHAT'])('read channel=%s', async (channel) => {
    const found = await everyConversation(desk, `&channel=${channel}`)
    expect(ids(found)).toEqual(ids(all.filter((row) => row['integrationType'] === channel)))
    expect(found.length).toBeGreaterThan(0)
  })

  test('read a teammate or ai in assignedTo', async () => {
    const mine = await everyConversation(desk, `&assignedTo=${desk.userId}`)
    expect(ids(mine)).toEqual(ids(all.filter((row) => assignee(row) === desk.userId)))
    const ai = await everyConversation(desk, '&assignedTo=ai')
    expect(ids(ai)).toEqual(ids(all.filter((row) => assignee(row) === null)))
    expect(Math.min(mine.length, ai.length)).toBeGreaterThan(0)
  })

  test.each([
    ['sentiment', ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'UNSPECIFIED']],
    ['resolution', ['AIHelped', 'AIDidNotHelp', 'TalkToAgent']],
    ['topic', ['Returns and refunds', 'Delivery times and costs']],
  ])('split the list by %s', async (name, values) => {
    const found: unknown[] = []
    for (const value of values) {
      const rows = await everyConversation(desk, `&${name}=${encodeURIComponent(value)}`)
      expect(rows.length).toBeGreaterThan(0)
      found.push(...ids(rows))
    }
    expect(new Set(found).size).toBe(found.length)
    expect(found.length).toBeLessThanOrEqual(all.length)
  })

  test.each(['sentiment=HAPPY', 'channel=SMS', 'resolution=aihelped'])('refuse %s', async (query) => {
    expect((await desk.get(`/conversations?agentId=${desk.agentId}&${query}`)).status).toBe(400)
  })

  test('can be combined with a view', async () => {
    const views = await desk.get(`/conversations/views?agentId=${desk.agentId}`)
    expect(views.rows('data.views').length).toBeGreaterThanOrEqual(5)
    expect(views.at('data.views.0')).toEqual({
      id: expect.any(String),
      name: 'Unhappy customers',
      query: { combinator: 'AND', rules: [{ field: 'sentiment', operator: 'EQUALS', value: 'NEGATIVE' }] },
      createdAt: expect.stringMatching(/\.\d{3}Z$/),
    })
    const viewId = views.text('data.views.0.id')
    const negative = await everyConversation(desk, '&sentiment=NEGATIVE')
    expect(ids(await everyConversation(desk, `&viewId=${viewId}`))).toEqual(ids(negative))
    expect(ids(await everyConversation(desk, `&viewId=${viewId}&status=open`))).toEqual(
      ids(negative.filter((row) => row['isResolved'] === false)),
    )
    const chatApps = (await desk.get(`/conversations/views?agentId=${desk.agentId}&search=chat`)).rows('data.views')
    const inApps = all.filter((row) => ['WHATSAPP', 'MESSENGER'].includes(String(row['integrationType'])))
    expect(ids(await everyConversation(desk, `&viewId=${chatApps[0]?.['id']}`))).toEqual(ids(inApps))
    expect((await desk.get(`/conversations?agentId=${desk.agentId}&viewId=none`)).status).toBe(404)
  })
})

describe('the filters of the older revision', () => {
  const older = openDesk({ edition: 'older', oddValues: 'none' })

  test('ignore newer parameters', async () => {
    const query = '&sentiment=HAPPY&topic=x&channel=SLACK&resolution=x&assignedTo=ai&viewId=none'
    expect(ids(await everyConversation(older, query))).toEqual(ids(all))
  })

  test('refuse ISO dates', async () => {
    expect((await older.get(`/conversations?agentId=${older.agentId}&startDate=2025-12-01`)).status).toBe(400)
  })
})
