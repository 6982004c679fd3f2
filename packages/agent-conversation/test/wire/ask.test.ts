import type { SendAttempt } from '@parley/core'
import { failure, hangingFetch, resettingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation, olderConversation } from '../fixtures/conversations.ts'
import { badRequest, forbidden, missingRoute, notFound, serverFault } from '../fixtures/errors.ts'
import { agentMessage, manualMessage, userMessage } from '../fixtures/messages.ts'
import { account, entity, refOf } from '../helpers/account.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const async = '/conversations/c-0001/messages/async'
const sync = '/conversations/c-0001/messages'
const response = '/conversations/c-0001/messages/m-11/response-on'
const thread = '/conversations/c-0001/messages?orderDirection=ASC'
const stored: Exchange = ['POST', async, 201, userMessage]
const look = (status: string, message: object | null = null, error: string | null = null): Exchange => [
  'GET',
  response,
  200,
  { status, message, error },
]
const pending = look('pending')
const completed = look('completed', agentMessage)
const threadOf = (...messages: object[]): Exchange => ['GET', thread, 200, { messages }]
const conversationIn = (mode: string): Exchange => [
  'GET',
  '/conversations/c-0001',
  200,
  { ...listedConversation, mode },
]

const attempt = {
  kind: 'ask',
  conversationId: 'c-0001',
  messageId: 'm-11',
  text: 'Where is my parcel?',
  startedAt: '2026-02-01T08:04:10.000Z',
  deadline: expect.any(String) as unknown as string,
}
const question = { text: 'Where is my parcel?' }
const reply = {
  ...entity('message', 'm-12', agentMessage),
  conversationId: 'c-0001',
  type: { value: 'text', native: null },
  direction: 'outbound',
  author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
  channel: { value: 'api', native: 'api' },
  text: 'Your parcel left the depot today.',
  inReplyTo: 'm-11',
  sourcesState: 'inline',
  sources: [
    {
      ...entity('source', 'm-12#0', agentMessage.fullAIResponse.urlCitations[0]),
      kind: { value: 'website', native: null },
      title: 'Tracking',
      url: 'https://help.example/track',
    },
    {
      ...entity('source', 'm-12#1', agentMessage.fullAIResponse.fileCitations[0]),
      kind: { value: 'file', native: null },
      fileName: 'carriers.pdf',
      fileId: 'f-3',
    },
  ],
  isAnonymized: false,
  createdAt: '2026-02-01T08:04:11.520Z',
}
const answered = {
  outcome: 'answered',
  text: 'Your parcel left the depot today.',
  message: reply,
  messages: [reply],
  sources: reply.sources,
  sourcesState: 'inline',
  conversationId: 'c-0001',
  conversationRef: refOf('conversation', 'c-0001'),
  attempt,
  warnings: [],
}
const silent = (outcome: string) => ({
  outcome,
  text: null,
  message: null,
  messages: [],
  sources: [],
  sourcesState: 'unavailable',
  conversationId: 'c-0001',
  conversationRef: refOf('conversation', 'c-0001'),
})

describe('messages.ask', () => {
  it('sends without waiting and asks for the answer at growing intervals', async () => {
    const seen = serve(stored, ...Array.from({ length: 2 }, () => pending), completed)
    const { adapter, passed } = account()
    expect(await adapter.messages.ask('c-0001', question)).toStrictEqual(answered)
    expect(seen).toEqual([
      { method: 'POST', uri: `/external${async}`, headers: json, body: { message: 'Where is my parcel?' } },
      ...[1, 2, 3].map(() => ({ method: 'GET', uri: `/external${response}`, headers: auth, body: undefined })),
    ])
    expect(passed()).toBe(250 + 400 + 640)
  })

  it('sends the context and uploaded files, and accepts an entity as contact', async () => {
    const seen = serve(stored, completed)
    const answer = await account().adapter.messages.ask({ id: 'c-0001', contact: { id: 'u-77' } } as never, {
      ...question,
      context: 'On the order page.',
      channel: 'sms',
      attachments: [{ fileName: 'a.png', uploadId: 'store/a' }],
    })
    expect(seen[0]?.body).toEqual({
      message: 'Where is my parcel?',
      context: 'On the order page.',
      files: [{ fileName: 'a.png', storagePath: 'store/a' }],
    })
    expect([answer.contactId, told(answer.warnings)]).toEqual(['u-77', ['ignored-option channel']])
  })

  it('opens a conversation for a contact first', async () => {
    const seen = serve(['POST', '/conversations', 201, listedConversation], stored, completed)
    const answer = await account().adapter.messages.ask({ contact: 'u-77' }, question)
    expect(answer).toStrictEqual({
      ...answered,
      contactId: 'u-77',
      contactRef: refOf('contact', 'u-77'),
      attempt: { ...answered.attempt, contactId: 'u-77' },
    })
    expect(seen[0]).toEqual({
      method: 'POST',
      uri: '/external/conversations',
      headers: json,
      body: { conversationUserId: 'u-77' },
    })
  })

  it('does not ask if it is unknown whether that conversation exists', async () => {
    serve(['POST', '/conversations', 500, serverFault])
    const error = await failure(account().adapter.messages.ask({ contact: 'u-77' }, question))
    expect(error).toMatchObject({
      code: 'vendor-fault',
      operation: 'messages.ask',
      status: 500,
      outcome: 'unknown',
      retryable: false,
    })
    expect(error.message).toMatch(/The question was not sent/)
  })

  const opening: Exchange = ['POST', '/conversations', 201, listedConversation]
  const file = { fileName: 'a.txt', contentType: 'text/plain', content: new Uint8Array([1]) }
  const place = '/conversations/c-0001/message-files/upload-url'

  it.each([
    ['the question is refused', {}, ['POST', async, 400, badRequest]],
    ['the question meets the rate limit', {}, ['POST', async, 429, {}]],
    ['the key is withdrawn', {}, ['POST', async, 403, forbidden]],
    ['a file is refused', { attachments: [file] }, ['POST', place, 400, badRequest]],
    ['a file cannot be uploaded', { attachments: [file] }, ['POST', place, 500, serverFault]],
    ['a place for a file cannot be read', { attachments: [file] }, ['POST', place, 200, {}]],
  ] as [string, object, Exchange][])(
    'names the conversation that it opened and must not be repeated if %s',
    async (_, more, refusal) => {
      const attempts: SendAttempt[] = []
      const seen = serve(opening, refusal)
      const onAttempt = (attempt: SendAttempt) => void attempts.push(attempt)
      const input = { ...question, ...more }
      const asked = account({ maxRetries: 0 }).adapter.messages.ask({ contact: 'u-77' }, input, { onAttempt })
      const error = await failure(asked)
      expect(error).toMatchObject({ outcome: 'partly-done', conversationId: 'c-0001', retryable: false })
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ conversationId: 'c-0001', operation: 'messages.ask' })
      expect(error.message).toMatch(/The conversation was opened: ask in it instead \(conversationId\)\.$/)
      expect(attempts.map(({ conversationId }) => conversationId)).toEqual([null, 'c-0001'])
      expect(seen).toHaveLength(2)
    },
  )

  it('opens no conversation for a question that it refuses itself', async () => {
    const seen = serve()
    const wrong = { ...question, attachments: [{ fileName: 'a' }] } as never
    const error = await failure(account().adapter.messages.ask({ contact: 'u-77' }, wrong))
    expect(error).toMatchObject({ outcome: 'not-done' })
    expect(seen).toHaveLength(0)
  })

  it.each([
    ['running, in an older edition', ['GET', response, 200, { status: 'running' }]],
    ['null', ['GET', response, 200, null]],
    ['an empty body', ['GET', response, 200]],
    ['a word that nobody knows', look('pondering')],
    ['404, before there is an answer', ['GET', response, 404, notFound]],
    ['500', ['GET', response, 500, serverFault]],
    ['half of a body', ['GET', response, 200, '{"status":']],
  ] as [string, Exchange][])('takes %s for pending', async (_, exchange) => {
    serve(stored, exchange, completed)
    expect((await account({ maxRetries: 0 }).adapter.messages.ask('c-0001', question)).outcome).toBe('answered')
  })

  it.each([
    ['a word that nobody knows, with a message', look('responded', agentMessage)],
    ['a bare message', ['GET', response, 200, agentMessage]],
  ] as [string, Exchange][])('takes %s for the answer', async (_, exchange) => {
    serve(stored, exchange)
    expect(await account().adapter.messages.ask('c-0001', question)).toMatchObject({
      outcome: 'answered',
      text: reply.text,
    })
  })

  it('looks in the thread if the response is completed without a message', async () => {
    serve(stored, look('completed'), threadOf(userMessage, agentMessage))
    expect(await account().adapter.messages.ask('c-0001', question)).toStrictEqual(answered)
  })

  it('is unanswered if the thread has no answer either', async () => {
    serve(stored, look('completed'), threadOf(userMessage))
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toStrictEqual({ ...silent('unanswered'), attempt, warnings: [] })
  })

  it('is unanswered if the answer is empty', async () => {
    const empty = { ...agentMessage, message: '', fullAIResponse: null }
    serve(stored, look('completed', empty))
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toMatchObject({ outcome: 'unanswered', text: null, message: { id: 'm-12' } })
  })

  it('reports that the agent failed, without quoting the reason', async () => {
    serve(stored, look('failed', null, 'Mara is not a parcel'))
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toMatchObject({ ...silent('failed'), attempt })
    expect(answer.warnings).toMatchObject([{ code: 'degraded', path: 'error', raw: 'Mara is not a parcel' }])
    expect(answer.warnings[0]?.message).not.toContain('Mara')
  })

  it('reports that a person is in control, and does not wait for the agent', async () => {
    serve(stored, pending, pending, pending, conversationIn('manual'), threadOf(userMessage))
    const { adapter, passed } = account()
    expect(await adapter.messages.ask('c-0001', question)).toStrictEqual({
      ...silent('unanswered'),
      attempt,
      warnings: [],
    })
    expect(passed()).toBeLessThan(10_000)
  })

  it('returns an answer that came just before a person took over', async () => {
    serve(stored, pending, pending, pending, conversationIn('manual'), threadOf(userMessage, agentMessage))
    expect((await account().adapter.messages.ask('c-0001', question)).outcome).toBe('answered')
  })

  it('keeps waiting if the agent is in control or the control is unknown', async () => {
    serve(stored, pending, pending, pending, conversationIn('ai'), completed)
    expect((await account().adapter.messages.ask('c-0001', question)).outcome).toBe('answered')
    serve(stored, pending, pending, pending, ['GET', '/conversations/c-0001', 200, olderConversation], completed)
    expect((await account().adapter.messages.ask('c-0001', question)).outcome).toBe('answered')
  })

  it('reports that a person answered', async () => {
    serve(stored, look('completed', manualMessage))
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toMatchObject({ outcome: 'answered', message: { author: { kind: 'operator' } } })
    expect(told(answer.warnings)).toEqual(['degraded message.senderRole'])
  })

  it('is pending at the deadline of two minutes', async () => {
    const looks = Array.from({ length: 26 }, () => pending)
    const controls = Array.from({ length: 4 }, () => conversationIn('ai'))
    const seen = serve(stored, ...looks, ...controls)
    const { adapter, passed } = account()
    expect(await adapter.messages.ask('c-0001', question)).toStrictEqual({
      ...silent('pending'),
      attempt,
      warnings: [],
    })
    expect([passed(), seen.length]).toEqual([120_000, 31])
  })

  it.each([
    ['the adapter’s', { replyTimeout: 3_000 }, {}],
    ['the call’s', {}, { timeout: 3_000 }],
  ])('is pending at a deadline that %s', async (_, options, operation) => {
    serve(stored, pending, pending)
    const { adapter, passed } = account(options)
    expect((await adapter.messages.ask('c-0001', question, operation)).outcome).toBe('pending')
    expect(passed()).toBe(3_000)
  })

  it('reads the thread if the endpoint for responses does not exist', async () => {
    const missing: Exchange = ['GET', response, 404, missingRoute]
    serve(
      stored,
      missing,
      missing,
      missing,
      conversationIn('ai'),
      missing,
      threadOf(userMessage),
      threadOf(userMessage, agentMessage),
    )
    expect(await account().adapter.messages.ask('c-0001', question)).toStrictEqual(answered)
  })

  it('stays pending if the key is withdrawn after the question was stored', async () => {
    serve(stored, ['GET', response, 403, forbidden])
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toMatchObject({ ...silent('pending'), attempt })
    expect(told(answer.warnings)).toEqual(['degraded'])
  })

  it('looks with the question’s id if the send has another answer', async () => {
    serve(['POST', async, 201, { ...agentMessage, message: '' }], completed)
    expect(await account().adapter.messages.ask('c-0001', question)).toStrictEqual(answered)
  })

  it('ends with the caller’s reason when the caller aborts', async () => {
    serve(stored)
    const giveUp = new AbortController()
    const { adapter } = account({
      onRequest: () => giveUp.abort(new Error('enough')),
    })
    await expect(adapter.messages.ask('c-0001', question, { signal: giveUp.signal })).rejects.toMatchObject({
      message: 'enough',
    })
  })
})

describe('messages.ask in one request', () => {
  const vendor = { 'agent-conversation': { sync: true } }

  it('returns the reply', async () => {
    const seen = serve(['POST', sync, 201, agentMessage])
    expect(await account().adapter.messages.ask('c-0001', { ...question, vendor })).toStrictEqual(answered)
    expect(seen).toEqual([
      { method: 'POST', uri: `/external${sync}`, headers: json, body: { message: 'Where is my parcel?' } },
    ])
  })

  it('looks for the answer if the question is echoed', async () => {
    serve(['POST', sync, 201, userMessage], completed)
    expect(await account().adapter.messages.ask('c-0001', { ...question, vendor })).toStrictEqual(answered)
  })

  it('matches the question’s id if the author is unknown', async () => {
    serve(['POST', sync, 201, { ...agentMessage, senderRole: 'supervisor' }])
    const answer = await account().adapter.messages.ask('c-0001', { ...question, vendor })
    expect(answer).toMatchObject({ outcome: 'answered', attempt: { messageId: 'm-11' } })
    serve(['POST', sync, 201, { ...userMessage, senderRole: 'visitor' }], completed)
    expect((await account().adapter.messages.ask('c-0001', { ...question, vendor })).outcome).toBe('answered')
  })

  it.each([
    ['404', 404, missingRoute],
    ['404 without a body', 404, undefined],
    ['405', 405, undefined],
  ])('works on a deployment that answers the other way with %s', async (_, status, answer) => {
    serve(['POST', async, status, answer], ['POST', sync, 201, agentMessage])
    const result = await account().adapter.messages.ask('c-0001', question)
    expect(result).toMatchObject({ outcome: 'answered', text: reply.text })
    expect(told(result.warnings)).toEqual(['degraded'])
  })

  it('waits until the deadline, less the time for reading back', async () => {
    let signal: AbortSignal | undefined
    const { adapter, passed } = account({
      fetch: (input, init) => {
        const request = input as Request
        if (request.method === 'POST') signal = request.signal
        return hangingFetch(input, init)
      },
    })
    const answer = await adapter.messages.ask('c-0001', { ...question, vendor })
    expect(answer).toMatchObject({ ...silent('unknown'), attempt: { ...attempt, messageId: null } })
    expect([signal?.aborted, passed()]).toEqual([true, 120_000])
  })
})

describe('messages.ask whose send is not answered', () => {
  /** Fails the sends and lets the reads through. */
  const failing = (send: typeof fetch): typeof fetch => {
    const { fetch: through } = { fetch: globalThis.fetch }
    return (input, init) => ((input as Request).method === 'POST' ? send(input, init) : through(input, init))
  }

  it.each([
    ['hangs', hangingFetch],
    ['is reset', resettingFetch],
  ])('that %s is read back, found and waited for', async (_, send) => {
    const at = '2026-02-01T08:04:10.900Z'
    const seen = serve(threadOf({ ...userMessage, createdAt: at }), completed)
    const tries: unknown[] = []
    const { adapter } = account({ fetch: failing(send), onRequest: ({ method }) => tries.push(method) })
    expect(await adapter.messages.ask('c-0001', question)).toStrictEqual(answered)
    expect(seen).toHaveLength(2)
    expect(tries).toEqual(['POST', 'GET', 'GET'])
  })

  it.each([
    ['500', ['POST', async, 500, serverFault]],
    ['504', ['POST', async, 504, '<html>Gateway</html>']],
    ['201 and an HTML page', ['POST', async, 201, '<html>']],
    ['201 and half of the body', ['POST', async, 201, '{"id":"m-1']],
    ['201 and something without an id', ['POST', async, 201, { message: 'x' }]],
    ['201 and nothing', ['POST', async, 201]],
  ] as [string, Exchange][])('after %s finds question and answer in the thread', async (_, exchange) => {
    serve(exchange, threadOf(userMessage, agentMessage))
    const answer = await account().adapter.messages.ask('c-0001', question)
    expect(answer).toMatchObject({ outcome: 'answered', text: reply.text, attempt })
  })

  it('has an unknown outcome if it cannot be found, and is never sent again', async () => {
    serve(['POST', async, 500, serverFault], threadOf(), ['GET', thread, 500, serverFault])
    const answer = await account({ maxRetries: 0 }).adapter.messages.ask('c-0001', question)
    expect(answer).toStrictEqual({ ...silent('unknown'), attempt: { ...attempt, messageId: null }, warnings: [] })
  })

  it('does not match the same text of an hour ago', async () => {
    const earlier = { ...userMessage, id: 'm-1', createdAt: '2026-02-01T07:04:10Z' }
    serve(['POST', async, 500, serverFault], threadOf(earlier), threadOf(earlier))
    expect((await account().adapter.messages.ask('c-0001', question)).outcome).toBe('unknown')
  })
})

describe('messages.ask that is refused', () => {
  it.each([
    [
      400,
      { ...badRequest, details: ['message must be a string'] },
      { code: 'invalid-request', fields: [{ path: 'message' }] },
    ],
    [403, forbidden, { code: 'authentication' }],
    [404, notFound, { code: 'not-found' }],
    [422, undefined, { code: 'invalid-request' }],
  ])('throws after HTTP %i', async (status, answer, expected) => {
    serve(['POST', async, status, answer])
    const error = await failure(account().adapter.messages.ask('c-0001', question))
    expect(error).toMatchObject({ ...expected, status, outcome: 'not-done', operation: 'messages.ask' })
  })

  it.each([
    ['input', 'c', undefined as never],
    ['text', 'c', {} as never],
    ['text', 'c', { text: '' }],
    ['text', 'c', { text: 7 as never }],
    ['context', 'c', { text: 'x', context: {} as never }],
    ['attachments', 'c', { text: 'x', attachments: {} as never }],
    ['attachments[0].url', 'c', { text: 'x', attachments: [{ url: 'https://x.example/a' }] }],
    ['attachments[0].uploadId', 'c', { text: 'x', attachments: [{ fileName: 'a' }] }],
    ['attachments[1].fileName', 'c', { text: 'x', attachments: [{ fileName: 'a', uploadId: 'b' }, { uploadId: 'b' }] }],
    ['conversation', '', { text: 'x' }],
    ['conversation', undefined as never, { text: 'x' }],
    ['contact', { contact: null as never }, { text: 'x' }],
    ['contact', { contact: '' }, { text: 'x' }],
  ])('is refused with a wrong %s before a request is sent', async (path, target, input) => {
    const error = await failure(account().adapter.messages.ask(target, input))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })
})
