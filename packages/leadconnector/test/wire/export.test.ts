import type { ExportQuery } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readMessage } from '../../src/read/message.ts'
import { exportChannelOf } from '../../src/vocabulary.ts'
import { emailMessagePayload, emailPayload, smsPayload } from '../fixtures/messages.ts'
import { movingClock, reader, type TestAccount, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages/export'
const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 0, 0, second)).toISOString()
const sms = (id: string, second: number, more: object = {}) => ({
  ...smsPayload,
  id,
  dateAdded: at(second),
  dateUpdated: at(second + 10),
  ...more,
})
const mail = { ...emailMessagePayload, id: 'mail', dateAdded: at(90) }

/** One page that the vendor gives for exactly this query. */
const gives = (query: object, messages: readonly unknown[], nextCursor: string | null = null, total = 99) =>
  vendor()
    .get(path)
    .query({ locationId: 'loc_1', limit: '500', ...query })
    .reply(200, { messages, nextCursor, total })
const refuses = (query: object, body: object = { message: 'Cursor has expired, please start again' }) =>
  vendor()
    .get(path)
    .query({ locationId: 'loc_1', limit: '500', ...query })
    .reply(400, body)

async function ids(account: TestAccount, query: ExportQuery = {}): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of account.messages.export(query)) found.push(id)
  return found
}

describe('messages.export', () => {
  it('returns every message but emails, and then the emails', async () => {
    gives({}, [sms('b', 2), sms('a', 1)], 'next')
    gives({ cursor: 'next' }, [sms('z', 0)])
    gives({ channel: 'Email' }, [mail], 'next')
    gives({ channel: 'Email', cursor: 'next' }, [{ ...mail, id: 'mail2', dateAdded: at(80) }])
    expect(await ids(testAccount())).toEqual(['b', 'a', 'z', 'mail', 'mail2'])
  })

  it('returns whole messages and no total, because it joins two lists', async () => {
    gives({}, [smsPayload])
    const page = await testAccount().messages.export()
    expect(page).toStrictEqual({
      items: [readMessage(smsPayload, reader().reading)],
      next: expect.any(String),
      warnings: [],
    })
  })

  it('sends the given filters', async () => {
    gives(
      {
        limit: '50',
        sortBy: 'updatedAt',
        sortOrder: 'asc',
        conversationId: 'cnv_81',
        contactId: 'ctc_5',
        startDate: '2026-01-01T23:00:00.000Z',
        endDate: '2026-01-03T00:00:00.000Z',
        channel: 'SMS',
      },
      [sms('a', 1)],
      null,
      1,
    )
    const page = await testAccount().messages.export({
      limit: 50,
      by: 'updatedAt',
      order: 'asc',
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      since: '2026-01-02T00:00:00+01:00',
      until: '2026-01-03',
      channel: 'sms',
    })
    expect([page.items.map(({ id }) => id), page.next, page.total]).toEqual([['a'], null, 1])
  })

  it.each([
    ['sms', 'SMS'],
    ['email', 'Email'],
    ['voice', 'Call'],
    ['whatsapp', 'WhatsApp'],
    ['instagram', 'Instagram'],
    ['messenger', 'Facebook'],
    ['web', undefined],
    ['constructor', undefined],
  ] as const)('sends the channel %s as %s', (channel, native) => {
    expect(exportChannelOf(channel)).toBe(native)
  })

  it('reads one channel in one pass, with the bodies of emails if asked for', async () => {
    gives({ channel: 'Email' }, [mail])
    vendor().get('/conversations/messages/email/eml_2').reply(200, emailPayload)
    const query = { channel: 'email', vendor: { leadconnector: { emailBodies: true } } } as const
    const page = await testAccount().messages.export(query)
    expect(page.next).toBeNull()
    expect(page.items[0]?.text).toBe('Tuesday & 8:15\nSee you')
  })

  it('filters a channel here that the vendor cannot filter, skips the emails and warns', async () => {
    gives({}, [sms('a', 3), sms('w', 2, { messageType: 'TYPE_LIVE_CHAT' }), sms('b', 1)], 'next')
    gives({ cursor: 'next' }, [sms('v', 0, { messageType: 'TYPE_WEBCHAT' })])
    const account = testAccount()
    const first = await account.messages.export({ channel: 'web' })
    expect(first.items.map(({ id }) => id)).toEqual(['w'])
    expect(first.warnings.map(({ code }) => code)).toEqual(['local-filter'])
    expect(first.total).toBeUndefined()
    const second = await account.messages.export({ channel: 'web', cursor: first.next as string })
    expect([second.items.map(({ id }) => id), second.next]).toEqual([['v'], null])
  })

  it.each(['slack', 'teams', 'api'])(
    'has no messages of the channel %s and sends no request for it',
    async (channel) => {
      const page = await testAccount().messages.export({ channel: channel as 'slack' })
      expect([page.items, page.next, page.warnings.length]).toEqual([[], null, 1])
    },
  )

  it('cuts the result to the limit, and the limit to the vendor’s maximum', async () => {
    const page = [sms('e', 5), sms('d', 4), sms('c', 4), sms('b', 4), sms('a', 1)]
    const one = { channel: 'SMS', limit: '10' }
    gives(one, page)
    // Read again with room for what was given out of that instant.
    gives({ ...one, endDate: '2026-01-02T00:00:04.001Z', limit: '103' }, page.slice(1))
    gives({ ...one, endDate: '2026-01-02T00:00:04.001Z', limit: '105' }, page.slice(1))
    const account = testAccount()
    expect(await ids(account, { channel: 'sms', limit: 2 })).toEqual(['e', 'd', 'c', 'b', 'a'])
    gives({ channel: 'SMS' }, [])
    expect(await ids(account, { channel: 'sms', limit: 9_999 })).toEqual([])
  })

  it.each(['desc', 'asc'] as const)('continues by date if the cursor is too old (%s)', async (sortOrder) => {
    const clock = movingClock()
    const account = testAccount({ clock })
    const query = { channel: 'sms', order: sortOrder } as const
    const list = { channel: 'SMS', sortOrder }
    const older = sortOrder === 'desc' ? [1, 0] : [7, 8]
    gives(list, [sms('c', 4), sms('b', 4)], 'dies')
    const first = await account.messages.export(query)
    await clock.advance(121_000)
    const from =
      sortOrder === 'desc' ? { endDate: '2026-01-02T00:00:04.001Z' } : { startDate: '2026-01-02T00:00:03.999Z' }
    const beyond = sms('seen', 4, {
      dateAdded: sortOrder === 'desc' ? '2026-01-02T00:00:04.001Z' : '2026-01-02T00:00:03.999Z',
    })
    gives(
      { ...list, ...from },
      [beyond, sms('c', 4), sms('b', 4), sms('late', 4), sms('o', older[0] as number)],
      'lives',
    )
    const second = await account.messages.export({ ...query, cursor: first.next as string })
    // What shares the instant of the last one is told by id; what lies before it was given out.
    expect(second.items.map(({ id }) => id)).toEqual(['late', 'o'])
    gives({ ...list, ...from, cursor: 'lives' }, [sms('p', older[1] as number)])
    const third = await account.messages.export({ ...query, cursor: second.next as string })
    expect([third.items.map(({ id }) => id), third.next]).toEqual([['p'], null])
  })

  it('continues by date if the vendor refuses the cursor', async () => {
    gives({ channel: 'SMS' }, [sms('b', 2)], 'dies')
    refuses({ channel: 'SMS', cursor: 'dies' })
    gives({ channel: 'SMS', endDate: '2026-01-02T00:00:02.001Z' }, [sms('b', 2), sms('a', 1)])
    expect(await ids(testAccount(), { channel: 'sms' })).toEqual(['b', 'a'])
  })

  it('orders and continues by the time of the change if asked for', async () => {
    gives({ channel: 'SMS', sortBy: 'updatedAt' }, [sms('b', 2)], 'dies')
    refuses({ channel: 'SMS', sortBy: 'updatedAt', cursor: 'dies' })
    gives({ channel: 'SMS', sortBy: 'updatedAt', endDate: '2026-01-02T00:00:12.001Z' }, [sms('a', 1)])
    expect(await ids(testAccount(), { channel: 'sms', by: 'updatedAt' })).toEqual(['b', 'a'])
  })

  it('asks the caller to begin again if there is no date to continue from', async () => {
    const clock = movingClock()
    const account = testAccount({ clock })
    gives({ channel: 'SMS' }, [sms('b', 2, { dateAdded: undefined })], 'dies')
    const { next } = await account.messages.export({ channel: 'sms' })
    await clock.advance(121_000)
    const error = await failure(account.messages.export({ channel: 'sms', cursor: next as string }))
    expect(error).toMatchObject({ fields: [{ path: 'cursor', problem: expect.stringContaining('two minutes') }] })
  })

  it('fails if the vendor repeats a page', async () => {
    gives({ channel: 'SMS' }, [sms('b', 2), sms('a', 1)], 'same')
    gives({ channel: 'SMS', cursor: 'same' }, [sms('b', 2), sms('a', 1)], 'same')
    expect((await failure(ids(testAccount(), { channel: 'sms' }))).code).toBe('response')
  })

  it('drops a message that cannot be read and continues, but fails without the list', async () => {
    gives({ channel: 'SMS' }, [null, sms('a', 1), { id: 'x' }])
    const page = await testAccount().messages.export({ channel: 'sms' })
    expect([page.items.map(({ id }) => id), page.warnings.map(({ code }) => code)]).toEqual([
      ['a'],
      ['bad-item', 'bad-item'],
    ])
    vendor().get(path).query(true).reply(200, { total: 0 })
    expect((await failure(testAccount().messages.export())).code).toBe('response')
  })

  it('reports other refusals of the vendor unchanged', async () => {
    vendor().get(path).query(true).reply(403, { message: 'The token does not have access to this location.' })
    expect((await failure(testAccount().messages.export())).code).toBe('permission')
  })

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ by: 'size' }, 'by'],
    [{ order: 'random' }, 'order'],
    [{ since: 'today' }, 'since'],
    [{ until: 7 }, 'until'],
    [{ conversationId: '' }, 'conversationId'],
    [{ contactId: 7 }, 'contactId'],
    [{ channel: 7 }, 'channel'],
    [{ cursor: 'forged' }, 'cursor'],
    [{ cursor: btoa('{"emails":true,"cursor":"","issued":1,"from":null,"at":null,"given":[]}') }, 'cursor'],
    [{ cursor: btoa('{"emails":true,"cursor":null,"issued":1,"from":null,"at":null,"given":[7]}') }, 'cursor'],
    [{ vendor: { leadconnector: { emailBodies: 1 } } }, 'vendor.leadconnector.emailBodies'],
  ])('refuses %j before a request is sent', async (query, field) => {
    expect(await failure(testAccount().messages.export(query as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})
