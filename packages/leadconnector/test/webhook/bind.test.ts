import { describe, expect, test, vi } from 'vitest'
import { bytesOf, current, now, post, signedPost, signWith, testWebhook } from './helpers.ts'
import { delivery, envelope, inbound, unread } from './payloads.ts'

/** The vendor's key signs the events of everybody who has any app installed. */
async function receive(body: object, options: Parameters<typeof testWebhook>[0] = {}) {
  const handle = vi.fn()
  const received = await testWebhook(options).receive(await signedPost(body), handle)
  expect(handle).toHaveBeenCalledTimes(received.events.length)
  return received
}

const uninstall = { type: 'UNINSTALL', ...envelope }
const { locationId: _, ...ofTheAgency } = { ...uninstall, companyId: 'com_2' }

describe('a receiver for one location and one app', () => {
  test('receives the events of both', async () => {
    expect((await receive(inbound)).events).toMatchObject([{ kind: 'message.created', account: 'clinic' }])
    expect((await receive(uninstall)).events).toMatchObject([{ kind: 'account.disconnected', account: 'clinic' }])
    const { type, locationId, appId, timestamp, webhookId, ...data } = inbound
    const nested = { type, locationId, appId, timestamp, webhookId, data }
    expect((await receive(nested)).events).toMatchObject([{ kind: 'message.created' }])
  })

  test.each([
    ['of another location', { ...uninstall, locationId: 'loc_2' }],
    ['of another app at this location', { ...uninstall, appId: 'app_2' }],
    ['of an agency as a whole', ofTheAgency],
    ['of no location', { ...uninstall, locationId: undefined }],
    ['of no app', { ...uninstall, appId: undefined }],
    ['of a location that is null', { ...uninstall, locationId: null }],
    ['of a list of locations', { ...uninstall, locationId: ['loc_1'] }],
    ['of another location, with this one under data', { ...uninstall, locationId: 'loc_2', data: envelope }],
    ['of another spelling of the location', { ...uninstall, locationId: 'LOC_1' }],
    ['with nothing in it', {}],
  ])('answers 200 to an UNINSTALL %s, ignores it and reports it as foreign', async (_, body) => {
    expect(await receive(body)).toMatchObject({
      status: 200,
      events: [],
      replayed: 0,
      foreign: { vendor: 'leadconnector' },
    })
    expect(await testWebhook().parse({ ...body })).toEqual([])
  })

  test('answers 200 to a message of another location, ignores it and reports it as foreign', async () => {
    const received = await receive({ ...inbound, locationId: 'loc_2', body: 'planted' })
    expect(received).toStrictEqual({
      status: 200,
      events: [],
      foreign: {
        vendor: 'leadconnector',
        native: 'InboundMessage',
        ids: { locationId: 'loc_2', appId: 'app_1' },
      },
      replayed: 0,
      warnings: [expect.objectContaining({ code: 'degraded', vendor: 'leadconnector' })],
    })
    expect(JSON.stringify(received)).not.toContain('planted')
  })

  test('does not report an undocumented name, because it could be anything', async () => {
    const { foreign } = await receive({ type: 'planted', locationId: 'loc_2' })
    expect(foreign).toEqual({ vendor: 'leadconnector', native: null, ids: { locationId: 'loc_2' } })
  })

  test('receives events of a delivery URL, which names the location and never an app', async () => {
    expect((await receive(delivery)).events).toMatchObject([{ kind: 'message.delivery-requested' }])
    expect((await receive({ ...delivery, appId: 'app_2' })).foreign).toBeDefined()
    expect((await receive({ ...delivery, locationId: 'loc_2' })).foreign).toBeDefined()
    // With the fields of one, an event with an envelope is none.
    expect((await receive({ ...uninstall, ...delivery, type: 'UNINSTALL', appId: undefined })).foreign).toBeDefined()
  })

  test('checks location and app if it accepts unsigned deliveries too', async () => {
    const webhook = testWebhook({ acceptUnsigned: true })
    const unsigned = (locationId: string) => webhook.receive(post(bytesOf({ ...delivery, locationId }), {}))
    expect((await unsigned('loc_2')).foreign).toBeDefined()
    expect((await unsigned('loc_1')).events).toHaveLength(1)
  })

  test('receives the events of every app at its location if no app is configured', async () => {
    const options = { appId: undefined } as never
    expect((await receive({ ...uninstall, appId: 'app_2' }, options)).events).toHaveLength(1)
    expect((await receive({ ...uninstall, locationId: 'loc_2' }, options)).foreign).toBeDefined()
  })

  test('checks the location only after the signature', async () => {
    const body = bytesOf({ ...inbound, locationId: 'loc_2' })
    const forged = await testWebhook().receive(post(body, { 'x-ghl-signature': await signWith(current, bytesOf({})) }))
    expect(forged).toMatchObject({ status: 401, refusal: { reason: 'wrong-signature' } })
    expect(forged.foreign).toBeUndefined()
  })
})

describe('a function that finds the account', () => {
  test('is called with the location and the company of the event', async () => {
    const account = vi.fn(() => 'clinic')
    await receive({ ...uninstall, companyId: 'com_2' }, { account })
    await receive(ofTheAgency, { account })
    await receive({}, { account })
    expect(account.mock.calls).toEqual([
      [{ type: 'UNINSTALL', locationId: 'loc_1', companyId: 'com_2', appId: 'app_1' }],
      [{ type: 'UNINSTALL', companyId: 'com_2', appId: 'app_1' }],
      [{}],
    ])
  })

  test('can be asynchronous', async () => {
    const accounts = new Map([['loc_1', 'clinic']])
    const account = async ({ locationId = '' }) => accounts.get(locationId)
    expect((await receive(inbound, { account })).events).toMatchObject([{ account: 'clinic' }])
    expect((await receive({ ...inbound, locationId: 'loc_2' }, { account })).foreign).toMatchObject({
      ids: { locationId: 'loc_2' },
    })
  })

  test.each([undefined, null, '', 5, {}])('finds no account by returning %o', async (found) => {
    expect((await receive(inbound, { account: () => found as never })).foreign).toBeDefined()
  })

  test('that fails makes the vendor try again', async () => {
    const webhook = testWebhook({
      account: vi.fn().mockRejectedValueOnce(new Error('no connection')).mockResolvedValue('clinic'),
    })
    const request = () => signedPost(inbound)
    await expect(webhook.receive(await request())).rejects.toThrow('no connection')
    expect((await webhook.receive(await request())).events).toHaveLength(1)
  })

  test('is not called for another app if there is an appId', async () => {
    const account = vi.fn(() => 'clinic')
    const options = { account, appId: 'app_1' }
    expect((await receive({ ...uninstall, appId: 'app_2' }, options)).foreign).toBeDefined()
    expect(account).not.toHaveBeenCalled()
    expect((await receive(uninstall, options)).events).toHaveLength(1)
  })
})

describe('the same webhookId or content', () => {
  test('of two accounts, or of two locations of one account, is two events', async () => {
    const one = testWebhook({ account: ({ locationId }) => locationId })
    const both = testWebhook({ account: () => 'clinic' })
    const { webhookId: _, timestamp: __, ...bare } = inbound
    for (const webhook of [one, both])
      for (const body of [inbound, bare]) {
        const counts: number[] = []
        for (const locationId of ['loc_1', 'loc_2', 'loc_1'])
          counts.push((await webhook.receive(await signedPost({ ...body, locationId }))).events.length)
        expect(counts).toEqual([1, 1, 0])
      }
  })

  test('of a delivery request is one event for as long as it is accepted, because a text must not go out twice', async () => {
    let time = now
    const webhook = testWebhook({ now: () => time })
    expect((await webhook.receive(await signedPost(delivery))).events).toHaveLength(1)
    time += 86_399_999
    expect((await webhook.receive(await signedPost({ ...delivery, attachments: ['new'] }))).replayed).toBe(1)
    expect((await webhook.receive(await signedPost({ ...delivery, messageId: 'msg_13' }))).events).toHaveLength(1)
  })

  test('with two timestamps is two events, and without one is remembered for five minutes', async () => {
    let time = now
    const webhook = testWebhook({ now: () => time })
    const { webhookId: _, timestamp, ...bare } = unread
    const count = async (body: object) => (await webhook.receive(await signedPost(body))).events.length
    expect([await count({ ...bare, timestamp }), await count({ ...bare, timestamp })]).toEqual([1, 0])
    expect(await count({ ...bare, timestamp: '2026-01-02T09:00:02.000Z' })).toBe(1)
    expect([await count(bare), await count(bare)]).toEqual([1, 0])
    time += 300_000
    expect(await count(bare)).toBe(1)
  })
})
