import { isParleyError } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, current, post, signWith, testWebhook } from './helpers.ts'
import * as payloads from './payloads.ts'

const samples = Object.values(payloads).filter((payload) => payload !== payloads.envelope)
const webhook = testWebhook({ account: () => 'clinic', replays: false, tolerance: false, skew: 1e15 })

const onlyParleyErrors = async (work: () => Promise<unknown>) => {
  try {
    await work()
  } catch (error) {
    if (!isParleyError(error)) throw error
  }
}

/** A payload of which some fields are missing, of another type or of another event. */
const broken = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.constantFrom(...samples),
    fc.dictionary(
      fc.constantFrom(
        'type',
        'id',
        'messageId',
        'conversationId',
        'contactId',
        'attachments',
        'timestamp',
        'webhookId',
        'messageType',
        'data',
        'webhookPayload',
        'dndSettings',
        'customFields',
        'to',
        'ccList',
        '__proto__',
      ),
      fc.jsonValue(),
      { maxKeys: 4 },
    ),
  )
  .map(([one, two, changes]) => JSON.parse(JSON.stringify({ ...two, ...one, ...changes })) as Record<string, unknown>)

describe('any delivery', () => {
  test('of bytes and headers makes verify answer or throw a Parley error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.dictionary(fc.constantFrom('x-ghl-signature', 'x-wh-signature', 'X-GHL-Signature', 'other'), fc.string()),
        (body, headers) =>
          onlyParleyErrors(async () => {
            const verdict = await webhook.verify({ headers, body })
            expect(verdict.ok).toBe(false)
          }),
      ),
      { numRuns: 300 },
    )
  })

  test('of signed bytes makes receive answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(bytesOf), broken.map(bytesOf)),
        async (given) => {
          const body = new Uint8Array(given)
          const received = await webhook.receive(post(body, { 'x-ghl-signature': await signWith(current, body) }))
          expect([200, 400]).toContain(received.status)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('of a JSON object becomes one event that keeps its payload', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.dictionary(fc.string(), fc.jsonValue())), async (payload) => {
        const before = JSON.stringify(payload)
        const events = await webhook.parse(payload)
        expect(events).toHaveLength(1)
        const event = parseModel('event', events[0])
        expect(event.raw).toBe(payload)
        expect(JSON.stringify(payload)).toBe(before)
        expect(JSON.parse(JSON.stringify(event))).toEqual(
          JSON.parse(JSON.stringify({ ...event, raw: JSON.parse(before) })),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('of a JSON object is accepted by a bound receiver only if it names its location and app', async () => {
    const ids = fc.constantFrom('loc_1', 'loc_2', 'app_1', '', null, 1, undefined, ['loc_1'], { id: 'loc_1' })
    await fc.assert(
      fc.asyncProperty(broken, ids, ids, async (payload, locationId, appId) => {
        const body = JSON.parse(JSON.stringify({ ...payload, locationId, appId })) as Record<string, unknown>
        const data = body['data'] as Record<string, unknown> | undefined
        const named = (name: string) => body[name] ?? (Object.hasOwn(body, name) ? body[name] : data?.[name])
        const events = await testWebhook({ tolerance: false }).parse(body)
        if (events.length > 0) expect(named('locationId')).toBe('loc_1')
        if (events.length > 0 && named('appId') !== undefined) expect(named('appId')).toBe('app_1')
        expect(await testWebhook({ locationId: 'loc_9' }).parse(body)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('has the same key if its object keys come in another order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 2 }), async (payload) => {
        const reversed = Object.fromEntries(Object.entries(payload).reverse())
        const [[one], [other]] = await Promise.all([webhook.parse(payload), webhook.parse(reversed)])
        expect(other?.dedupeKey).toBe(one?.dedupeKey)
      }),
      { numRuns: 300 },
    )
  })
})
