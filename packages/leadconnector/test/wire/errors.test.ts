import { InvalidRequestError, isParleyError } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { agentPayload } from '../fixtures/agents.ts'
import { conversationPayload } from '../fixtures/conversations.ts'
import { baseUrl, movingClock, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/cnv_81'
const get = () => testAccount().conversations.get('cnv_81')
const trace = '0b1d6c1e-0000-4000-8000-000000000009'

describe('an error answer of the vendor', () => {
  const cases: [string, number, object | string, object][] = [
    [
      'an unknown id as 400',
      400,
      { message: 'Conversation with id cnv_81 not found', error: 'Bad Request', statusCode: 400, traceId: trace },
      { code: 'not-found', status: 400, requestId: trace, vendorMessage: 'Conversation with id cnv_81 not found' },
    ],
    ['an unknown id as 500', 500, { message: 'Conversation with id cnv_81 not found' }, { code: 'not-found' }],
    ['an unknown agent', 400, { message: 'No Agent found for the id: agt_x' }, { code: 'not-found' }],
    ['an unknown message', 400, { message: 'Message does not exist with id m' }, { code: 'not-found' }],
    ['an unknown id as 404', 404, { statusCode: 404, message: 'Not Found' }, { code: 'not-found' }],
    ['what exists', 400, { message: 'It already exists!' }, { code: 'conflict' }],
    ['a conflict', 409, { statusCode: 409 }, { code: 'conflict' }],
    [
      'a bad token',
      401,
      { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' },
      { code: 'authentication', message: expect.stringContaining('LEADCONNECTOR_TOKEN') },
    ],
    [
      'a missing scope',
      401,
      { statusCode: 401, message: 'The token is not authorized for this scope.' },
      { code: 'permission', message: expect.stringContaining('needs conversations.readonly') },
    ],
    [
      'a missing version',
      401,
      { statusCode: 401, message: 'version header was not found.' },
      { code: 'configuration', message: expect.stringContaining('option "version"') },
    ],
    [
      'a wrong version',
      401,
      { statusCode: 401, message: 'version header is invalid.' },
      { code: 'configuration', message: expect.stringContaining('option "version"') },
    ],
    [
      'another location',
      403,
      { statusCode: 403, message: 'The token does not have access to this location.', error: 'Forbidden' },
      { code: 'permission', message: expect.stringContaining('LEADCONNECTOR_LOCATION_ID') },
    ],
    [
      'a foreign provider',
      400,
      { message: "You don't have access to the conversationProvider with id prv_1" },
      { code: 'permission', message: expect.stringContaining('marketplace app') },
    ],
    [
      'a provider that is not there',
      401,
      { message: 'No conversation provider found for this message' },
      { code: 'permission', message: expect.stringContaining('marketplace app') },
    ],
    ['the edge', 403, '<html>blocked</html>', { code: 'permission', message: expect.stringContaining('edge') }],
    ['too large a file', 413, { status: 413, message: 'Too large' }, { code: 'invalid-request', status: 413 }],
    [
      'a wrapped error',
      404,
      { error: { code: 'LOCATION_UNKNOWN', message: 'Nothing here' } },
      { code: 'not-found', vendorCode: 'LOCATION_UNKNOWN', vendorMessage: 'Nothing here' },
    ],
    ['a bare error', 400, { error: 'Bad things' }, { code: 'invalid-request', vendorMessage: 'Bad things' }],
    ['an empty body', 400, '', { code: 'invalid-request' }],
    [
      'a failure inside a 200',
      200,
      { status: 404, message: 'Scheduled message not there' },
      { code: 'not-found', status: 200, vendorMessage: 'Scheduled message not there' },
    ],
    ['a conflict inside a 200', 200, { statusCode: 409, message: 'x' }, { code: 'conflict' }],
    ['a refusal inside a 200', 200, { statusCode: 422, message: 'x' }, { code: 'invalid-request' }],
  ]

  it.each(cases)('becomes an error of the right kind: %s', async (_name, status, body, error) => {
    vendor().get(path).reply(status, body)
    expect(await failure(get())).toMatchObject({
      vendor: 'leadconnector',
      account: 'clinic',
      operation: 'conversations.get',
      ...error,
    })
  })

  it.each([
    ['a text', 'name must be a string'],
    ['a list', ['name must be a string']],
  ])('names the fields of %s in the same way', async (_name, message) => {
    vendor().get(path).reply(422, { statusCode: 422, message, error: 'Unprocessable Entity' })
    expect(await failure(get())).toMatchObject({
      code: 'invalid-request',
      message: 'leadconnector "clinic", conversations.get: the request was refused (name); HTTP 422.',
      fields: [{ path: 'name', problem: 'must be a string' }],
      vendorMessage: 'name must be a string',
    })
  })

  it('keeps the grammar of the validator and no value of a customer', async () => {
    const message = [
      'property locationId should not exist',
      'each value in attachments must be a string',
      'mode must be one of the following values: off, suggestive',
      'conversationProviderId is required',
      'whatsapp.media.url must be a URL address',
      'I must say that planted words are here: hello!',
      'note must be "planted words"',
      'everything is lost',
      'name must be planted words',
      'tags must contain at least 2 elements',
      'goal must be longer than or equal to 3 characters',
      7,
    ]
    vendor().get(path).reply(422, { statusCode: 422, message })
    const error = await testAccount()
      .conversations.get('cnv_81')
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    if (!isParleyError(error)) throw new Error('not ours')
    expect(error.fields).toEqual([
      { path: 'locationId', problem: 'should not exist' },
      { path: 'attachments', problem: 'each value must be a string' },
      { path: 'mode', problem: 'must be one of the following values' },
      { path: 'conversationProviderId', problem: 'is required' },
      { path: 'whatsapp.media.url', problem: 'must be a URL address' },
      { path: 'tags', problem: 'must contain at least 2 elements' },
      { path: 'goal', problem: 'must be longer than or equal to 3 characters' },
    ])
    expect(JSON.stringify(error)).not.toContain('planted')
  })

  it('is thrown if a 200 reports that the write did not succeed', async () => {
    vendor().delete(path).times(3).reply(200, { success: false })
    expect(await failure(testAccount().conversations.delete('cnv_81'))).toMatchObject({ code: 'vendor-fault' })
  })
})

describe('the token', () => {
  it.each(['version header is invalid.', 'The token is not authorized for this scope.'])(
    'is not read again after "%s"',
    async (message) => {
      let asked = 0
      const account = testAccount({ token: () => `t${asked++}` })
      nock(baseUrl).get(path).reply(401, { statusCode: 401, message })
      await failure(account.conversations.get('cnv_81'))
      expect(asked).toBe(1)
    },
  )
})

describe('the rate limit', () => {
  const tooMany = { statusCode: 429, message: 'Too Many Requests' }

  it.each([
    ['the vendor’s window', { 'x-ratelimit-interval-milliseconds': '4000' }, 4_000],
    ['ten seconds when nothing is said', {}, 10_000],
    ['what Retry-After says', { 'retry-after': '2', 'x-ratelimit-interval-milliseconds': '4000' }, 2_000],
  ])('is waited for if the header is %s', async (_name, headers, waited) => {
    vendor().get(path).reply(429, tooMany, headers)
    vendor().get(path).reply(200, conversationPayload)
    const account = testAccount()
    const started = account.clock.now()
    await account.conversations.get('cnv_81')
    expect(account.clock.now() - started).toBe(waited)
  })

  it.each(['86400000', '1768473030', '1768473030000', '-1', '0', 'Infinity', '', 'soon', '4000, 9000'])(
    'is waited for ten seconds if the vendor’s window makes no sense (%j)',
    async (windowMs) => {
      const headers = { 'x-ratelimit-interval-milliseconds': windowMs }
      vendor().get(path).reply(429, tooMany, headers)
      vendor()
        .get(path)
        .reply(200, conversationPayload, { ...headers, 'x-ratelimit-remaining': '0' })
      const account = testAccount()
      const started = account.clock.now()
      await account.conversations.get('cnv_81')
      expect(account.clock.now() - started).toBe(10_000)
      expect(account.rateLimitStatus()).toMatchObject({ windowMs: 10_000 })
    },
  )

  it.each([
    [String(5 * 3_600_000), 5 * 3_600_000],
    ['99999999999', undefined],
    ['-1', undefined],
    ['soon', undefined],
  ])('of a day ends at the vendor’s time if that makes sense: %s', async (reset, wait) => {
    const headers = { 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': reset }
    vendor().get(path).reply(200, conversationPayload, headers)
    const account = testAccount()
    await account.conversations.get('cnv_81')
    const { daily } = account.rateLimitStatus()
    expect(daily?.resetsAt).toBe(wait && account.clock.now() + wait)
    expect(await failure(account.conversations.get('cnv_81'))).toMatchObject({
      code: 'rate-limit',
      retryAfterMs: wait ?? 60_000,
    })
  })

  it('adds up to a tenth to a wait, so that programs do not return together', async () => {
    vendor().get(path).reply(429, tooMany)
    vendor().get(path).reply(200, conversationPayload)
    const account = testAccount({ random: () => 0.5 })
    await account.conversations.get('cnv_81')
    expect(account.clock.waits[0]).toBe(10_500)
  })

  it('does not make a request wait for the next day', async () => {
    vendor().get(path).reply(429, tooMany, { 'x-ratelimit-daily-remaining': '0' })
    expect(await failure(get())).toMatchObject({ code: 'rate-limit', status: 429, retryable: true })
  })

  it('is shared by the accounts of a location and read from the headers', async () => {
    const clock = movingClock()
    const [one, two, other] = ['loc_1', 'loc_1', 'loc_2'].map((locationId) => testAccount({ clock, locationId }))
    const headers = {
      'x-ratelimit-max': '100',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-interval-milliseconds': '10000',
    }
    vendor().get(path).reply(200, conversationPayload, headers)
    vendor().get(path).twice().reply(200, conversationPayload)
    await one?.conversations.get('cnv_81')
    await other?.conversations.get('cnv_81')
    expect(clock.waits).toEqual([])
    await two?.conversations.get('cnv_81')
    expect(clock.waits).toEqual([10_000])
  })
})

describe('an answer that is not the expected JSON', () => {
  it.each([
    ['null', null, ''],
    ['a list', [], ''],
    ['an object without an id', { contactId: 'c' }, 'id'],
  ])('fails with `response` if the entity is %s', async (_name, body, field) => {
    vendor().get(path).reply(200, JSON.stringify(body), { 'content-type': 'application/json' })
    expect(await failure(get())).toMatchObject({ code: 'response', fields: [{ path: field }] })
  })

  it.each([
    ['agents.get', '/conversation-ai/agents/a', () => testAccount().agents.get('a')],
    ['messages.get', '/conversations/messages/m', () => testAccount().messages.get('m')],
  ])('fails with `response` if the answer to %s is a number', async (operation, route, read) => {
    vendor().get(route).reply(200, '7')
    expect(await failure(read())).toMatchObject({ code: 'response', operation })
  })
})

describe('the Version header', () => {
  it('can be set for each family of endpoints', async () => {
    const account = testAccount({ version: { conversationAI: 'v3', contacts: '2023-02-21' } })
    vendor('v3').get('/conversation-ai/agents/agt_m41').reply(200, agentPayload)
    vendor('2023-02-21')
      .get('/contacts/ctc_5')
      .reply(200, { contact: { id: 'ctc_5' } })
    vendor('2021-04-15').get(path).reply(200, conversationPayload)
    await account.agents.get('agt_m41')
    await account.contacts.get('ctc_5')
    await account.conversations.get('cnv_81')
  })
})

describe('an id', () => {
  it.each(['', '  ', 7, null, undefined, {}, []])(
    'such as %j is refused by every operation before a request is sent',
    async (id) => {
      const { agents, conversations, messages, sources, generations, contacts } = testAccount()
      const given = id as string
      for (const promise of [
        agents.get(given),
        conversations.get(given),
        conversations.update(given, { unread: false }),
        conversations.delete(given),
        messages.get(given),
        messages.reply(given, { text: 'Hi' }),
        sources.list(given),
        generations.get(given),
        contacts.get(given),
      ]) {
        const error = await failure(promise)
        expect(error).toBeInstanceOf(Error)
        expect(error.code).toBe(new InvalidRequestError({ message: '' }).code)
        expect(error.fields).toHaveLength(1)
      }
    },
  )
})
