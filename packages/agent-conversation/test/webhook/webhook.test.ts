import { type AgentConversationWebhookOptions, agentConversationWebhook } from '@parley/agent-conversation/webhook'
import { type Event, isParleyError, type WebhookTrigger } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { memoryReplays } from '@parley/core/webhook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const now = Date.parse('2026-01-02T09:00:02.000Z')
const secret = 'planted-secret'

const testWebhook = (options: Partial<AgentConversationWebhookOptions> = {}) =>
  agentConversationWebhook({ account: 'hotline', secret, now: () => now, raw: true, ...options })

/** The flat body that the vendor's own integration reads; content made up. */
const payload = {
  conversationId: 'c-0001',
  messageId: 'm-0002',
  userId: 'u-0001',
  message: 'We open at nine.',
  timestamp: '2026-01-02T09:00:01.000Z',
}

const base = {
  vendor: 'agent-conversation',
  account: 'hotline',
  occurredAt: '2026-01-02T09:00:01.000Z',
  raw: payload,
}
const conversation = 'agent-conversation:hotline/conversation/c-0001'
const contact = 'agent-conversation:hotline/contact/u-0001'
const message = 'agent-conversation:hotline/message/m-0002'
const byContent = expect.stringMatching(/^agent-conversation:hotline:sha256:[\da-f]{64}$/)

const post = (body: BodyInit, headers: Record<string, string>) =>
  new Request('https://app.example/hooks', { method: 'POST', body, headers })

async function receive(
  body: object,
  { trigger, ...options }: Partial<AgentConversationWebhookOptions> & { trigger?: WebhookTrigger } = {},
) {
  const webhook = testWebhook(options)
  const headers = trigger ? await webhook.headers(trigger) : { 'x-parley-secret': secret }
  return webhook.receive(post(JSON.stringify(body), headers))
}

const eventOf = async (body: object, trigger?: WebhookTrigger): Promise<Event> => {
  const { events, warnings } = await receive(body, trigger ? { trigger } : {})
  expect(warnings).toEqual([])
  return parseModel('event', events[0])
}

describe('the kind of an event, which follows from its registration', () => {
  test('is a message that was added for the trigger of messages', async () => {
    expect(await eventOf(payload, 'message.created')).toStrictEqual({
      ...base,
      kind: 'message.created',
      native: 'each_message',
      dedupeKey: 'agent-conversation:hotline:message:c-0001:m-0002',
      message,
      conversation,
      contact,
    })
  })

  test.each([
    ['conversation.created', 'start_dialog'],
    ['conversation.ended', 'end_dialog'],
    ['conversation.archived', 'auto_archive_conversation'],
    ['chat.unavailable', 'chat_currently_unavailable'],
    ['manual', 'manual'],
  ] as const)('is %s', async (kind, native) => {
    expect(await eventOf(payload, kind)).toStrictEqual({
      ...base,
      kind,
      native,
      dedupeKey: byContent,
      conversation,
      contact,
    })
  })

  test('is a conversation with something new if the body is empty', async () => {
    expect(await eventOf(payload)).toStrictEqual({
      ...base,
      kind: 'conversation.updated',
      native: null,
      dedupeKey: byContent,
      conversation,
      contact,
    })
  })

  test('is taken from an option if no header names it, and first of all from the body', async () => {
    const webhook = testWebhook({ trigger: 'message.created' })
    expect(await webhook.parse(payload)).toMatchObject([{ kind: 'message.created', native: 'each_message' }])
    const onThreadEnd = { ...payload, event: 'onThreadEnd' }
    expect(await webhook.parse(onThreadEnd)).toMatchObject([{ kind: 'conversation.ended', native: 'onThreadEnd' }])
  })

  test('is unknown for an unknown trigger', async () => {
    const webhook = testWebhook()
    const headers = { 'x-parley-secret': secret, 'x-parley-trigger': 'moon_landing' }
    const { events } = await webhook.receive(post(JSON.stringify(payload), headers))
    expect(events).toMatchObject([{ kind: 'unknown', native: 'moon_landing', raw: payload }])
  })

  test('is a conversation with something new for a message without an id', async () => {
    const { messageId: _, ...body } = payload
    expect(await eventOf(body, 'message.created')).toMatchObject({
      kind: 'conversation.updated',
      conversation,
      contact,
    })
  })
})

describe('the conversation of an event', () => {
  test.each([[{ conversationId: 'c-0001' }], [{ conversation: { id: 'c-0001' } }], [{ conversation_id: 'c-0001' }]])(
    'is taken from %j',
    async (body) => {
      expect(await eventOf(body, 'conversation.ended')).toMatchObject({ kind: 'conversation.ended', conversation })
    },
  )

  test.each([[{ threadId: 'conv_9' }], [{ thread_id: 'conv_9' }]])(
    'is looked up in the account by %j',
    async (body) => {
      expect(await eventOf(body, 'conversation.ended')).toStrictEqual({
        kind: 'account.changed',
        vendor: 'agent-conversation',
        account: 'hotline',
        native: 'end_dialog',
        dedupeKey: byContent,
        threadId: 'conv_9',
        raw: body,
      })
    },
  )

  test('is missing if the body has no id, so that the whole account has to be synchronized', async () => {
    expect(await eventOf({}, 'message.created')).toMatchObject({ kind: 'account.changed', native: 'each_message' })
  })

  test('can be a number, and cannot be an empty string or an object', async () => {
    expect(await eventOf({ conversationId: 7 })).toMatchObject({
      conversation: 'agent-conversation:hotline/conversation/7',
    })
    for (const conversationId of ['', {}, null, true])
      expect(await eventOf({ conversationId })).toMatchObject({ kind: 'account.changed' })
  })
})

describe('the secret of a delivery', () => {
  const refusal = async (headers: Record<string, string>, options: Partial<AgentConversationWebhookOptions> = {}) => {
    const received = await testWebhook(options).receive(post(JSON.stringify(payload), headers))
    return [received.status, received.refusal?.reason]
  }

  test('is required, and has to match to the last character', async () => {
    expect(await refusal({})).toEqual([401, 'unsigned'])
    expect(await refusal({ 'x-parley-secret': '' })).toEqual([401, 'unsigned'])
    for (const given of ['planted-secreT', 'planted-secret2', 'planted-secre', 'p', 'undefined'])
      expect(await refusal({ 'x-parley-secret': given })).toEqual([401, 'wrong-signature'])
    expect(await refusal({ 'X-Parley-Secret': secret })).toEqual([200, undefined])
  })

  test('can be in a header of any name', async () => {
    expect(await refusal({ authorization: 'Bearer 1' }, { header: 'Authorization', secret: 'Bearer 1' })).toEqual([
      200,
      undefined,
    ])
    const webhook = testWebhook({ header: 'Authorization', secret: 'Bearer 1' })
    expect(await webhook.headers('manual')).toEqual({ authorization: 'Bearer 1', 'x-parley-trigger': 'manual' })
  })

  test('can be one of several that a function returns', async () => {
    let known: string | string[] = 'one'
    const options = { secret: async () => known }
    expect(await refusal({ 'x-parley-secret': 'two' }, options)).toEqual([401, 'wrong-signature'])
    known = ['two', 'one']
    for (const given of known) expect(await refusal({ 'x-parley-secret': given }, options)).toEqual([200, undefined])
    expect(await testWebhook(options).headers('manual')).toMatchObject({ 'x-parley-secret': 'two' })
  })

  test.each([undefined, '', ' ', [], [''], ['one', undefined], 5])(
    'accepts no delivery if it is %o',
    async (nothing) => {
      const webhook = testWebhook({ secret: (() => nothing) as never })
      const delivery = { headers: { 'x-parley-secret': 'undefined' }, body: new TextEncoder().encode('{}') }
      await expect(webhook.verify(delivery)).rejects.toMatchObject({
        code: 'configuration',
        fields: [{ path: 'secret' }],
      })
      expect(() => testWebhook({ secret: nothing as never })).toThrow(
        expect.objectContaining({ code: 'configuration' }),
      )
    },
  )

  test('is in no error and no result', async () => {
    const webhook = testWebhook()
    const received = await webhook.receive(post('{}', { 'x-parley-secret': `${secret}!` }))
    expect(JSON.stringify(received)).not.toContain('planted')
    expect(() => testWebhook({ header: 'not a header' })).toThrow(
      /^agent-conversation webhook: option "header" must be/,
    )
    expect(() => testWebhook({ trigger: 'each_message' as never })).toThrow(/option "trigger"/)
  })
})

describe('the agent of an event', () => {
  const named = [{ agentId: 'a-0002' }, { agent: { id: 'a-0002' } }, { agent_id: 'a-0002' }]

  test.each(named)('from the body (%j) has to be the account’s if that is configured', async (agent) => {
    const body = { ...payload, ...agent }
    expect(await receive(body, { agentId: 'a-0001' })).toMatchObject({
      status: 200,
      events: [],
      foreign: { vendor: 'agent-conversation', native: null, ids: { agentId: 'a-0002' } },
    })
    expect(JSON.stringify((await receive(body, { agentId: 'a-0001' })).warnings)).not.toContain('nine')
    expect((await receive(body, { agentId: 'a-0002' })).events).toHaveLength(1)
    expect((await receive(body)).events).toHaveLength(1)
  })

  test('is not required in the body, because the vendor documents no body', async () => {
    expect((await receive(payload, { agentId: 'a-0001' })).events).toHaveLength(1)
  })
})

describe('two deliveries', () => {
  test('for two accounts that share a store are two events', async () => {
    const replays = memoryReplays({ now: () => now })
    for (const body of [payload, { conversationId: 'c-0001' }])
      for (const account of ['hotline', 'shop'])
        expect((await receive(body, { account, replays, trigger: 'message.created' })).events).toHaveLength(1)
  })

  test('are told apart if their ids hold the separator', async () => {
    const webhook = testWebhook({ trigger: 'message.created' })
    const keyOf = async (conversationId: string, messageId: string) =>
      (await webhook.parse({ conversationId, messageId }))[0]?.dedupeKey
    expect(await keyOf('a:b', 'c')).not.toBe(await keyOf('a', 'b:c'))
  })

  test('about one message are one event by the message’s id', async () => {
    const webhook = testWebhook()
    const headers = await webhook.headers('message.created')
    const send = (body: object) => webhook.receive(post(JSON.stringify(body), headers))
    expect((await send(payload)).events).toHaveLength(1)
    expect(await send({ ...payload, timestamp: '2026-01-02T09:00:09.000Z' })).toMatchObject({
      status: 200,
      replayed: 1,
    })
    expect((await send({ ...payload, messageId: 'm-0003' })).events).toHaveLength(1)
  })

  test('about anything else are one event by their content for five minutes', async () => {
    let time = now
    const webhook = testWebhook({ now: () => time })
    const send = async (trigger: WebhookTrigger) =>
      (await webhook.receive(post('{"conversationId":"c-0001"}', await webhook.headers(trigger)))).replayed
    expect(await send('manual')).toBe(0)
    expect(await send('conversation.ended')).toBe(0)
    time += 299_999
    expect(await send('manual')).toBe(1)
    time += 1
    expect(await send('manual')).toBe(0)
  })
})

describe('any delivery', () => {
  test('of 10 MB is refused', async () => {
    const received = await testWebhook().receive(post('x'.repeat(10_485_760), { 'x-parley-secret': secret }))
    expect(received).toMatchObject({ status: 413, refusal: { reason: 'too-large' } })
  })

  test('of any bytes gets an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json()), async (body) => {
        const received = await testWebhook().receive(post(body as BodyInit, { 'x-parley-secret': secret }))
        expect([200, 400]).toContain(received.status)
      }),
    )
  })

  test('of a JSON object becomes one event that keeps it', async () => {
    const fields = fc.constantFrom(...Object.keys(payload), 'conversation', 'user', 'threadId', 'event', '__proto__')
    const triggers = fc.constantFrom(undefined, 'message.created', 'manual', 'conversation.ended')
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.oneof(fields, fc.string()), fc.jsonValue()),
        triggers,
        async (body, trigger) => {
          const webhook = testWebhook(trigger === undefined ? {} : { trigger: trigger as WebhookTrigger })
          const [event, ...others] = await webhook.parse(body)
          expect(others).toEqual([])
          expect(parseModel('event', event).raw).toBe(body)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('that is no JSON object is refused', async () => {
    await expect(testWebhook().parse('text' as never)).rejects.toSatisfy(isParleyError)
  })
})
