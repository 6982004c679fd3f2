import { createPublicKey, verify as verifyWithNode } from 'node:crypto'
import { type LeadConnectorWebhookOptions, leadConnectorWebhook } from '@parley/leadconnector/webhook'
import { describe, expect, test } from 'vitest'
import { legacyPublicKey, publicKey } from '../../src/webhook/webhook.ts'
import { base64, bytesOf, current, legacy, now, other, post, signedPost, signWith, testWebhook } from './helpers.ts'
import { envelope, inbound } from './payloads.ts'

const body = bytesOf(inbound)
const beforeTheEnd = { legacyUntil: '2026-09-01' }

const statusOf = async (headers: Record<string, string>, options: Parameters<typeof testWebhook>[0] = {}) => {
  const { status, refusal, events } = await testWebhook({ replays: false, ...options }).receive(post(body, headers))
  expect(events.length).toBe(status === 200 ? 1 : 0)
  return [status, refusal?.reason]
}

const proofOf = async (headers: Record<string, string>, options: Parameters<typeof testWebhook>[0] = {}) => {
  const verdict = await testWebhook(options).verify({ headers, body })
  return verdict.ok ? verdict.delivery.proof : verdict.refusal.reason
}

describe('the signature of a delivery', () => {
  test('is accepted for the bytes as they were sent', async () => {
    expect(await statusOf({ 'x-ghl-signature': await signWith(current, body) })).toEqual([200, undefined])
    expect(await proofOf({ 'X-GHL-Signature': await signWith(current, body) })).toBe('signature')
  })

  test.each([
    [
      'escapes',
      '{"locationId":"loc_1","appId":"app_1","type":"InboundMessage","body":"\\u00e4\\/","messageId":"msg_4","conversationId":"cnv_81"}',
    ],
    [
      'numbers',
      '{"locationId":"loc_1","appId":"app_1","type":"ConversationUnreadUpdate","id":"cnv_81","unreadCount":3.0e0}',
    ],
    [
      'order and spaces',
      '{ "unreadCount" : 3 , "id":"cnv_81","type":"ConversationUnreadUpdate","locationId":"loc_1","appId":"app_1" }',
    ],
  ])('is accepted for JSON that would be serialized differently: %s', async (_, text) => {
    expect(JSON.stringify(JSON.parse(text))).not.toBe(text)
    expect((await testWebhook().receive(await signedPost(text))).events).toHaveLength(1)
  })

  test('is refused if it has another key or other bytes, or is cut short', async () => {
    const good = await signWith(current, body)
    for (const signature of [
      await signWith(other, body),
      await signWith(current, bytesOf({ ...inbound, body: 'Pay here' })),
      good.slice(0, -4),
      '',
      'N/A',
    ])
      expect(await statusOf({ 'x-ghl-signature': signature })).toEqual([401, 'wrong-signature'])
  })

  test('can be made with any of several keys, so that keys can be changed', async () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${base64(await crypto.subtle.exportKey('spki', other.publicKey))}\n-----END PUBLIC KEY-----\n`
    const bare = base64(await crypto.subtle.exportKey('raw', current.publicKey))
    for (const publicKeys of [
      [pem, bare],
      [bare, other.publicKey],
    ])
      for (const key of [current, other])
        expect(await proofOf({ 'x-ghl-signature': await signWith(key, body) }, { publicKeys })).toBe('signature')
  })

  test('is required', async () => {
    expect(await statusOf({})).toEqual([401, 'unsigned'])
    expect(await statusOf({ 'x-wh-signature': 'N/A' }, beforeTheEnd)).toEqual([401, 'unsigned'])
  })

  test('can be missing if that is allowed, but cannot be wrong', async () => {
    const options = { acceptUnsigned: true }
    expect(await proofOf({}, options)).toBe('none')
    expect(await proofOf({ 'x-wh-signature': 'N/A' }, options)).toBe('none')
    expect(await statusOf({ 'x-ghl-signature': await signWith(other, body) }, options)).toEqual([
      401,
      'wrong-signature',
    ])
    expect(await proofOf({ 'x-ghl-signature': await signWith(current, body) }, options)).toBe('signature')
  })
})

describe('the old signature of a delivery', () => {
  test('is accepted until its end date', async () => {
    const headers = { 'x-wh-signature': await signWith(legacy, body) }
    expect(await proofOf(headers)).toBe('legacy-signature')
    const end = Date.parse('2026-09-01T00:00:00Z')
    const fresh = bytesOf({ ...inbound, timestamp: new Date(end - 1_000).toISOString() })
    const request = async () => post(fresh, { 'x-wh-signature': await signWith(legacy, fresh) })
    const receiveAt = async (at: number) => testWebhook({ now: () => at }).receive(await request())
    expect((await receiveAt(end - 1)).status).toBe(200)
    expect(await receiveAt(end)).toMatchObject({ status: 401, refusal: { reason: 'ended' } })
  })

  test('is refused if it is disabled', async () => {
    const headers = { 'x-wh-signature': await signWith(legacy, body) }
    expect(await statusOf(headers, { legacyUntil: false })).toEqual([401, 'ended'])
  })

  test('is refused if it is wrong', async () => {
    expect(await statusOf({ 'x-wh-signature': await signWith(current, body) })).toEqual([401, 'wrong-signature'])
  })

  test('is ignored next to the current signature', async () => {
    const [good, bad] = [await signWith(current, body), await signWith(other, body)]
    const [old, wrong] = [await signWith(legacy, body), 'AAAA']
    expect(await statusOf({ 'x-ghl-signature': bad, 'x-wh-signature': old })).toEqual([401, 'wrong-signature'])
    expect(await statusOf({ 'x-ghl-signature': good, 'x-wh-signature': wrong })).toEqual([200, undefined])
  })
})

describe('the age of a delivery', () => {
  const received = async (timestamp: string, options: Parameters<typeof testWebhook>[0] = {}) => {
    const { status, refusal } = await testWebhook(options).receive(await signedPost({ ...inbound, timestamp }))
    return [status, refusal?.reason]
  }
  const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString()

  test('can be some hours, for a retry, and not days', async () => {
    expect(await received(ago(11 * 3_600_000))).toEqual([200, undefined])
    expect(await received(ago(25 * 3_600_000))).toEqual([400, 'stale'])
  })

  test('can be as high as configured', async () => {
    expect(await received(ago(300_001), { tolerance: 300_000 })).toEqual([400, 'stale'])
    expect(await received(ago(300_000), { tolerance: 300_000 })).toEqual([200, undefined])
  })

  test('allows for clocks that differ a little', async () => {
    expect(await received(ago(-299_000))).toEqual([200, undefined])
    expect(await received(ago(-301_000))).toEqual([400, 'future'])
    expect(await received(ago(-2_000), { skew: 1_000 })).toEqual([400, 'future'])
  })

  test('is taken from a timestamp under data too', async () => {
    const nested = { type: 'ConversationUnreadUpdate', data: { id: 'cnv_81', timestamp: ago(25 * 3_600_000) } }
    expect((await testWebhook().receive(await signedPost(nested))).refusal?.reason).toBe('stale')
  })
})

test('the second delivery of an event is acknowledged and produces no event', async () => {
  const webhook = testWebhook()
  expect((await webhook.receive(await signedPost(inbound))).events).toHaveLength(1)
  expect(await webhook.receive(await signedPost({ ...inbound, extra: 1 }))).toMatchObject({
    status: 200,
    events: [],
    replayed: 1,
  })
})

describe('the vendor’s published keys', () => {
  test('verify by default', async () => {
    const webhook = leadConnectorWebhook({ account: 'clinic', locationId: 'loc_1', now: () => now })
    for (const header of ['x-ghl-signature', 'x-wh-signature']) {
      const verdict = await webhook.verify({ headers: { [header]: 'AAAA' }, body })
      expect(verdict).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature', status: 401 } })
    }
  })

  test('have the published fingerprints', () => {
    const key = (text: string) => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    expect(key(publicKey).asymmetricKeyType).toBe('ed25519')
    expect(key(legacyPublicKey).asymmetricKeyDetails?.modulusLength).toBe(4096)
    expect(verifyWithNode(null, body, key(publicKey), new Uint8Array(64))).toBe(false)
  })
})

describe('the options of a receiver', () => {
  const problem = (options: object) => {
    try {
      leadConnectorWebhook({ account: 'clinic', locationId: 'loc_1', ...options } as LeadConnectorWebhookOptions)
    } catch (error) {
      return error
    }
    return undefined
  }

  test.each([
    ['account', ''],
    ['account', undefined],
    ['locationId', undefined],
    ['locationId', ''],
    ['locationId', ['loc_1']],
    ['appId', ''],
    ['lease', 0],
    ['publicKeys', []],
    ['publicKeys', publicKey],
    ['publicKeys', ['planted, which is no key']],
    ['publicKeys', [legacyPublicKey]],
    ['publicKeys', [legacy.publicKey]],
    ['publicKeys', [current.privateKey]],
    ['legacyPublicKeys', [publicKey]],
    ['legacyUntil', 'planted, which is no day'],
    ['tolerance', -1],
    ['tolerance', true],
    ['maxBytes', 0],
    ['replays', {}],
    ['replays', { seen: () => false, forget: () => undefined }],
    ['now', 5],
    ['acceptUnsigned', 'yes'],
    ['publickeys', []],
  ])('%s: %o is refused by name, without its value', (option, value) => {
    const error = problem({ [option]: value })
    expect(error).toMatchObject({ code: 'configuration', vendor: 'leadconnector' })
    expect(String((error as Error).message)).toContain(`"${option}"`)
    expect(JSON.stringify(error)).not.toContain('planted')
  })

  test('are refused with a locator function beside a locationId, because only one can decide', () => {
    expect(problem({ account: () => 'clinic' })).toMatchObject({ fields: [{ path: 'locationId' }] })
  })

  test('are refused if they are no object', () => {
    for (const options of [undefined, null, 5])
      expect(() => leadConnectorWebhook(options as never)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })

  test('with a key in the right form that is no key fail when the key is used', async () => {
    const wrong = base64(new Uint8Array(300))
    const webhook = testWebhook({ legacyPublicKeys: [wrong] })
    const used = webhook.verify({ headers: { 'x-wh-signature': 'AAAA' }, body })
    await expect(used).rejects.toMatchObject({ code: 'configuration', fields: [{ path: 'legacyPublicKeys[0]' }] })
  })
})

test('deliveries of one event and their retries have one key, whatever else the envelope holds', async () => {
  const [first] = await testWebhook().parse(inbound)
  const [retry] = await testWebhook().parse({ ...inbound, versionId: 'app_2' })
  expect(retry?.dedupeKey).toBe(first?.dedupeKey)
  const [another] = await testWebhook().parse({ ...inbound, webhookId: `${envelope.webhookId}b` })
  expect(another?.dedupeKey).not.toBe(first?.dedupeKey)
})
