import { isParleyError } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { type LangGraphWebhookOptions, langGraphWebhook } from '@parley/langgraph/webhook'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, webhook as delivery, failedRun, question, run, threadId } from '../fixtures/threads.ts'

const now = Date.parse('2026-11-28T09:18:42.000Z')

const receiver = (options: Partial<LangGraphWebhookOptions> = {}) =>
  langGraphWebhook({ account: 'shop', allowUnsigned: true, now: () => now, raw: true, ...options })

/** The server sends JSON as text. */
const post = (body: BodyInit) =>
  new Request('https://app.example/hooks', {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
  })

const receive = (body: unknown, options: Partial<LangGraphWebhookOptions> = {}) =>
  receiver(options).receive(post(JSON.stringify(body)))

describe('the webhook of a run', () => {
  it('says that the thread has changed', async () => {
    const { events, status, warnings } = await receive(delivery)
    expect([status, warnings]).toEqual([200, []])
    expect(parseModel('event', events[0])).toStrictEqual({
      ...{ kind: 'conversation.updated', native: 'run.success', vendor: 'langgraph', account: 'shop' },
      ...{ conversation: `langgraph:shop/conversation/${threadId}`, occurredAt: '2026-11-28T09:18:41.123Z' },
      dedupeKey: `langgraph:shop:run:${run.run_id}:success`,
      raw: delivery,
    })
  })

  it('has no text of a message, because nothing proves its origin', async () => {
    const { events } = await receive(delivery, { raw: false })
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`${question.content}|${answer.id}`))
    expect(events[0]).not.toHaveProperty('raw')
  })

  it.each([
    [{ status: 'error', values: failedRun }, 'run.error'],
    [{ status: 'interrupted' }, 'run.interrupted'],
    [{ status: null }, 'run'],
    [{ status: 'paused' }, 'run.paused'],
  ])('with %j is %s', async (fields, native) => {
    const { events } = await receive({ ...delivery, ...fields })
    expect(events).toMatchObject([{ kind: 'conversation.updated', native }])
  })

  it('is one event for a run and a status, however often it is delivered', async () => {
    const hooks = receiver()
    const first = await hooks.receive(post(JSON.stringify(delivery)))
    const again = await hooks.receive(post(JSON.stringify({ ...delivery, webhook_sent_at: '2026-11-28T09:20:00Z' })))
    expect([first.events.length, again.events.length, again.status]).toEqual([1, 0, 200])
    const failed = await hooks.receive(post(JSON.stringify({ ...delivery, status: 'error' })))
    expect(failed.events).toHaveLength(1)
  })

  it('has the time of the last change where the run has no end', async () => {
    const { events } = await receive({ ...delivery, run_ended_at: null })
    expect(events).toMatchObject([{ occurredAt: '2026-11-28T09:18:41.123Z' }])
  })

  it('is refused unless unsigned deliveries are allowed', async () => {
    for (const allowUnsigned of [undefined, false]) {
      const { status, events, refusal } = await receive(delivery, { allowUnsigned: allowUnsigned as boolean })
      expect([status, events, refusal?.reason]).toEqual([401, [], 'unsigned'])
    }
  })

  it.each([
    ['account', ''],
    ['allowUnsigned', 'yes'],
    ['secret', 'x'],
  ])('refuses the option %s: %o', (name, value) => {
    try {
      receiver({ [name]: value } as never)
    } catch (error) {
      if (isParleyError(error)) return expect(error).toMatchObject({ code: 'configuration', fields: [{ path: name }] })
      throw error
    }
    return expect.unreachable()
  })

  it('throws for no body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify({ ...delivery, run_id: 7 }))),
        async (body) => {
          const { status, events } = await receiver({ replays: false }).receive(post(body))
          expect(status).toBeGreaterThanOrEqual(200)
          for (const event of events) parseModel('event', event)
        },
      ),
      { numRuns: 200 },
    )
  })
})
