import { failure, useNock } from '@parley/testkit'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { baseUrl, testAccount, token, vendor } from '../helpers/account.ts'
import { cases } from './attempt.ts'
import { type Case, changed, methodOf, request } from './case.ts'

useNock()

const named = cases.map((each) => [each.route, each] as const)
const answers: Record<string, unknown> = { recording: new TextEncoder().encode('RIFF'), download: 'Speaker 0: Hello' }
const answerOf = ({ route }: Case): unknown =>
  answers[route.split('/').at(-1) as string] ?? { anything: ['as', 'it', 'came', null], traceId: 't' }

describe('over the wire', () => {
  it.each(named)('%s', async (_, each) => {
    const expected = answerOf(each)
    const isJson = typeof expected === 'object' && !(expected instanceof Uint8Array)
    const seen: { headers: Headers; text: string }[] = []
    nock(baseUrl)
      .intercept(each.uri, methodOf(each))
      .reply(async (sent: Request) => {
        seen.push({ headers: sent.headers, text: await sent.text() })
        return [200, isJson ? JSON.stringify(expected) : Buffer.from(expected as Uint8Array)]
      })
    expect(await request(testAccount(), each.route, each.input)).toStrictEqual(expected)
    const { headers, text } = seen[0] as (typeof seen)[number]
    const said = (name: string) => headers.get(name)
    expect([said('authorization'), said('version'), said('user-agent')]).toEqual([
      `Bearer ${token}`,
      each.version,
      'Parley',
    ])
    expect(said('accept')).toBe(isJson ? 'application/json' : '*/*')
    if (each.input.body instanceof FormData) {
      expect(said('content-type')).toMatch(/^multipart\/form-data; boundary=/)
      expect(text).toContain('name="fileAttachment"; filename="offer.pdf"')
      expect(text).toMatch(/name="locationId"\s+loc_1/)
    } else {
      expect(said('content-type')).toBe(each.input.body === undefined ? null : 'application/json')
      expect(text === '' ? undefined : JSON.parse(text)).toEqual(each.input.body)
    }
  })
})

describe('what is required', () => {
  const rows = cases.flatMap((each) => each.requires.map((place) => [`${each.route}: ${place}`, each, place] as const))

  it.each(rows)('%s', async (_, { route, input }, place) => {
    const places = place.split(' | ')
    const lacking = places.reduce((left, each) => changed(left, each), input)
    const error = await failure(request(testAccount(), route, lacking))
    expect(error).toMatchObject({
      code: 'invalid-request',
      operation: `native ${route}`,
      outcome: 'not-done',
      fields: [{ path: places[0], problem: expect.stringMatching(/^is required/) }],
    })
  })

  it.each(named)('%s needs nothing else', async (_, { route, input, requires, ...each }) => {
    const kept = requires
      .map((place) => place.split(' | ')[0] as string)
      .reduce<Case['input']>(
        (so, place) => changed(so, place, at(input, place)),
        input.path ? { path: input.path } : {},
      )
    const body = input.body instanceof FormData ? uploadOf(input.body) : kept.body
    vendor(each.version)
      .intercept(each.uri.split('?')[0] as string, methodOf({ route, input, requires, ...each }))
      .query(true)
      .reply(200, {})
    await request(testAccount(), route, body === undefined ? kept : { ...kept, body })
  })

  it.each(['conversationId', 'contactId'])('%s is enough to add a message', async (name) => {
    vendor().post('/conversations/messages/inbound').reply(201, {})
    await request(testAccount(), 'POST /conversations/messages/inbound', { body: { type: 'SMS', [name]: 'a' } })
  })
})

const at = (input: Case['input'], place: string): unknown =>
  place.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], input)

function uploadOf(form: FormData): FormData {
  const body = new FormData()
  body.append('locationId', String(form.get('locationId')))
  return body
}

describe('what the vendor declares no answer for', () => {
  const undeclared = cases.filter(({ route }) => /preferences|\/attachments$/.test(route))

  it.each(undeclared.map((each) => [each.route, each] as const))('%s may be answered with nothing', async (_, each) => {
    vendor(each.version).intercept(each.uri, methodOf(each)).reply(200, '')
    expect(await request(testAccount(), each.route, each.input)).toBeUndefined()
  })

  it.each(undeclared.map((each) => [each.route, each] as const))('%s may be answered with words', async (_, each) => {
    vendor(each.version).intercept(each.uri, methodOf(each)).reply(200, 'OK')
    expect(await request(testAccount(), each.route, each.input)).toBe('OK')
  })
})

describe('what the transport does', () => {
  it('stays: a read is tried again, a write is not', async () => {
    vendor().get('/conversations/cnv_1').times(3).reply(503)
    vendor().post('/conversations/messages').reply(503)
    const account = testAccount()
    const path = { conversationId: 'cnv_1' }
    expect((await failure(account.native.request('GET /conversations/{conversationId}', { path }))).status).toBe(503)
    const body = { type: 'SMS', contactId: 'ctc_5', message: 'Hello' }
    expect(await failure(account.native.request('POST /conversations/messages', { body }))).toMatchObject({
      code: 'vendor-fault',
      outcome: 'unknown',
    })
  })

  it.each(cases.filter((each) => methodOf(each) !== 'GET').map((each) => [each.route, each] as const))(
    '%s is repeated only where that does no harm',
    async (route, each) => {
      let count = 0
      nock(baseUrl)
        .intercept(each.uri, methodOf(each))
        .times(3)
        .reply(() => {
          count++
          return [502]
        })
      await failure(request(testAccount(), route, each.input))
      nock.cleanAll()
      const isHarmless = /^(PUT|DELETE) /.test(route) ? !harmful.includes(route) : harmless.includes(route)
      expect(count).toBe(isHarmless ? 3 : 1)
    },
  )

  it.each([
    [400, { message: 'No Agent found for the id: agt_x', error: 'Bad Request', statusCode: 400 }, 'not-found'],
    [401, { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' }, 'authentication'],
    [401, { statusCode: 401, message: 'version header is invalid.' }, 'configuration'],
    [401, { statusCode: 401, message: 'The token is not authorized for this scope.' }, 'permission'],
    [422, { statusCode: 422, message: ['name must be a string'] }, 'invalid-request'],
  ])('maps %i %j to %s', async (status, body, code) => {
    vendor().get('/conversation-ai/agents/agt_x').reply(status, body)
    const error = await failure(
      testAccount().native.request('GET /conversation-ai/agents/{agentId}', { path: { agentId: 'agt_x' } }),
    )
    expect(error).toMatchObject({ code, status, operation: 'native GET /conversation-ai/agents/{agentId}' })
  })

  it('throws what a cancellation says inside its 200', async () => {
    vendor().delete('/conversations/messages/msg_1/schedule').reply(200, { status: 404, message: 'Message not found' })
    const cancel = testAccount().native.request('DELETE /conversations/messages/{messageId}/schedule', {
      path: { messageId: 'msg_1' },
    })
    expect((await failure(cancel)).code).toBe('not-found')
  })
})

/** What neither PUT nor DELETE says: it only reads, sets what it is given, or knows the contact by its email. */
const harmless: string[] = [
  'PATCH /conversation-ai/agents/{agentId}/followup-settings',
  'POST /contacts/search',
  'POST /contacts/upsert',
]

/** What would add to counters again, or fail the second time although the first one was carried out. */
const harmful: string[] = [
  'PUT /conversations/messages/email/{id}/status',
  'DELETE /conversations/messages/{messageId}/schedule',
  'DELETE /conversations/messages/email/{emailMessageId}/schedule',
]

describe('the version', () => {
  it('is that of the option, by family', async () => {
    const account = testAccount({ version: { conversations: 'v3', users: '2023-02-21' } })
    vendor('v3').get('/conversations/cnv_1').reply(200, {})
    vendor('2023-02-21').get('/users/usr_1').reply(200, {})
    vendor('2021-07-28').get('/contacts/ctc_1').reply(200, {})
    await account.native.request('GET /conversations/{conversationId}', { path: { conversationId: 'cnv_1' } })
    await account.native.request('GET /users/{userId}', { path: { userId: 'usr_1' } })
    await account.native.request('GET /contacts/{contactId}', { path: { contactId: 'ctc_1' } })
  })

  it.each(['version', 'Version', 'VERSION'])(
    'of a request can be given as %s, also where a path has its own',
    async (name) => {
      vendor('2027-01-01').get('/conversations/cnv_1').reply(200, {})
      vendor('2027-01-01').get('/conversation-ai/agents/agt_1/actions').reply(200, {})
      const { native } = testAccount()
      const headers = { [name]: '2027-01-01' }
      await native.request('GET /conversations/{conversationId}', { path: { conversationId: 'cnv_1' } }, { headers })
      await native.request('GET /conversation-ai/agents/{agentId}/actions', { path: { agentId: 'agt_1' } }, { headers })
    },
  )

  it('of what v3 dropped is the one before it, also where the adapter is on v3', async () => {
    const account = testAccount({ version: { conversations: 'v3' } })
    for (const each of cases.filter(({ route }) => route.includes('/preferences/'))) {
      vendor('2021-04-15').intercept(each.uri, methodOf(each)).reply(200, [])
      expect(await request(account, each.route, each.input)).toEqual([])
    }
  })

  it('can be given, the credential cannot', async () => {
    vendor().get('/conversations/cnv_1').reply(200, {})
    const headers = { Authorization: 'Bearer another' }
    await testAccount().native.request(
      'GET /conversations/{conversationId}',
      { path: { conversationId: 'cnv_1' } },
      { headers },
    )
  })
})
