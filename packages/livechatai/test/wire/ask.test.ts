import { failure, hangingFetch, resettingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { conversationPage, documentedConversation, threadOf } from '../fixtures/conversations.ts'
import { errorBody } from '../fixtures/errors.ts'
import { agentAnswer, answered, question, sent, teammate, teammateAnswer } from '../fixtures/messages.ts'
import { account, entity, refOf } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const input = { text: 'Where is my parcel?' }
const attempt = {
  kind: 'ask',
  conversationId: 'c-1',
  messageId: 'm-1',
  text: 'Where is my parcel?',
  startedAt: '2026-02-01T08:04:10.000Z',
  deadline: expect.any(String) as unknown as string,
}
const unsent = { ...attempt, messageId: null }
const body = {
  question: 'Where is my parcel?',
  agentId: 'bot-1',
  conversationId: 'c-1',
  messageType: 'TEXT',
  streaming: false,
}
const send = (status: number, answer: unknown, headers = {}): Exchange => [
  'POST',
  '/conversations',
  status,
  answer,
  headers,
]
const thread = (messages: object[], fields: object = {}): Exchange => [
  'GET',
  '/conversations/c-1',
  200,
  threadOf(messages, fields),
]
const sources = [
  {
    ...entity('source', 'm-2#0', sent.links[0]),
    kind: { value: 'website', native: 'WEBSITE' },
    url: 'https://shop.test/tracking',
  },
  { ...entity('source', 'm-2#1', sent.links[1]), kind: { value: 'text', native: 'TEXT' }, url: null },
]
const message = {
  ...entity('message', 'm-2', sent),
  conversationId: 'c-1',
  contactId: 'p-1',
  type: { value: 'text', native: null },
  direction: 'outbound',
  author: { kind: 'agent', basis: 'vendor' },
  text: 'It left the **depot** today.',
  inReplyTo: 'm-1',
  sourcesState: 'inline',
  sources,
}

/** The send goes through this; reading back goes over the wire as usual. */
const firstThrough =
  (first: typeof fetch, rest: typeof fetch = fetch): typeof fetch =>
  (request, init) =>
    (request as Request).method === 'POST' ? first(request, init) : rest(request, init)

describe('messages.ask', () => {
  it('sends the question and returns the answer', async () => {
    const seen = serve(send(200, answered()))
    expect(await account().adapter.messages.ask('c-1', input)).toStrictEqual({
      outcome: 'answered',
      text: 'It left the **depot** today.',
      message,
      messages: [message],
      sources,
      sourcesState: 'inline',
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      contactId: 'p-1',
      contactRef: refOf('contact', 'p-1'),
      attempt: { ...attempt, contactId: 'p-1' },
      warnings: [],
    })
    expect(seen).toStrictEqual([posted('/conversations', body)])
  })

  it('sends the vendor’s own options', async () => {
    const seen = serve(send(200, answered()))
    const vendor = {
      livechatai: { responseFormat: 'PLAIN', messageType: 'IMAGE', ip: '203.0.113.7', country: 'AT' },
    } as const
    const text = 'https://shop.test/photo.png'
    const answer = await account().adapter.messages.ask('c-1', { text, channel: 'slack', context: 'VIP', vendor })
    expect(seen[0]?.body).toStrictEqual({
      question: text,
      agentId: 'bot-1',
      conversationId: 'c-1',
      messageType: 'IMAGE',
      streaming: false,
      responseFormat: 'PLAIN',
      integrationType: 'SLACK',
      ip: '203.0.113.7',
      country: 'AT',
    })
    expect(told(answer.warnings)).toEqual(['ignored-option context'])
  })

  it('opens a conversation with a contact', async () => {
    const { conversationId: _, ...opening } = body
    const seen = serve(send(200, answered()))
    const { adapter } = account()
    const known = await adapter.messages.ask({ contact: 'p-1' }, input)
    expect(known).toMatchObject({
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      contactId: 'p-1',
      contactRef: refOf('contact', 'p-1'),
      attempt,
      warnings: [],
    })
    expect(seen).toStrictEqual([posted('/conversations', { ...opening, contactId: 'p-1' })])
  })

  it('asks the agent of the conversation', async () => {
    serve([
      'GET',
      '/conversations/chat_1',
      200,
      { status: 'success', data: { ...documentedConversation, id: 'chat_1' } },
    ])
    const { adapter } = account()
    const conversation = await adapter.conversations.get('chat_1')
    const seen = serve(send(200, answered({ ...sent, conversationId: 'chat_1' })))
    await adapter.messages.ask(conversation, input)
    expect(seen[0]?.body).toMatchObject({ agentId: 'clx1234567890abcdef', conversationId: 'chat_1' })
  })

  it('warns if the vendor took another contact', async () => {
    serve(send(200, answered({ ...sent, contactId: 'p-9' })))
    const answer = await account().adapter.messages.ask({ contact: 'p-1' }, input)
    expect(answer).toMatchObject({ outcome: 'answered', contactId: 'p-9' })
    expect(told(answer.warnings)).toEqual(['degraded'])
  })

  it.each(['', null, undefined])('is unanswered if the answer is empty (%s)', async (nothing) => {
    serve(send(200, answered({ ...sent, response: nothing, responseMessageId: nothing, links: nothing })))
    expect(await account().adapter.messages.ask('c-1', input)).toStrictEqual({
      outcome: 'unanswered',
      text: null,
      message: null,
      messages: [],
      sources: [],
      sourcesState: 'unavailable',
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      contactId: 'p-1',
      contactRef: refOf('contact', 'p-1'),
      attempt: { ...attempt, contactId: 'p-1' },
      warnings: [],
    })
  })

  it('finds the message of an answer without an id', async () => {
    const { responseMessageId: _, ...rest } = sent
    serve(send(200, answered(rest)), thread([question, agentAnswer]))
    const answer = await account().adapter.messages.ask('c-1', input)
    expect(answer).toMatchObject({ outcome: 'answered', message: { id: 'm-2' }, warnings: [] })
    serve(send(200, answered(rest)), ['GET', '/conversations/c-1', 404, errorBody('Gone', 'NOT_FOUND')])
    const without = await account().adapter.messages.ask('c-1', input)
    expect(without).toMatchObject({ outcome: 'answered', text: 'It left the **depot** today.', message: null })
    expect(told(without.warnings)).toEqual(['degraded'])
  })

  it.each([
    ['c-1', { text: '' }, 'text'],
    ['c-1', { text: 7 }, 'text'],
    ['c-1', undefined, 'input'],
    ['', input, 'conversation'],
    [undefined, input, 'conversation'],
    [{ contact: '' }, input, 'contact'],
    [{ contact: {} }, input, 'contact'],
    ['c-1', { ...input, attachments: [{ url: 'https://shop.test/a.png' }] }, 'attachments'],
    ['c-1', { ...input, vendor: { livechatai: { messageType: 'IMAGE' } } }, 'text'],
    ['c-1', { ...input, vendor: { livechatai: { messageType: 'VIDEO' } } }, 'vendor.livechatai.messageType'],
    ['c-1', { ...input, vendor: { livechatai: { responseFormat: 'HTML' } } }, 'vendor.livechatai.responseFormat'],
  ])('refuses %o with %o before a request is sent', async (target, wrong, path) => {
    const error = await failure(account().adapter.messages.ask(target as never, wrong as never))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })

  it('says that the vendor takes no files, and how an image is sent', async () => {
    const attachments = [{ content: new Blob(['x']), fileName: 'a.txt' }]
    const error = await failure(account().adapter.messages.ask('c-1', { ...input, attachments }))
    expect(error.message).toMatch(
      /attachments cannot be sent: this vendor takes no files.*vendor\.livechatai\.messageType/,
    )
  })

  it('throws the vendor’s refusal', async () => {
    const seen = serve(send(404, errorBody('Conversation not found', 'NOT_FOUND')))
    const error = await failure(account().adapter.messages.ask('c-1', input))
    expect(error).toMatchObject({ code: 'not-found', outcome: 'not-done' })
    expect(seen).toHaveLength(1)
  })

  it('throws if the question was not sent', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const { adapter } = account({
      fetch: async () => {
        throw new TypeError('fetch failed', { cause: refused })
      },
    })
    expect(await failure(adapter.messages.ask('c-1', input))).toMatchObject({ code: 'network', outcome: 'not-done' })
  })
})

describe('messages.ask that is not answered', () => {
  it('finds question and answer by reading back', async () => {
    const seen = serve(thread([question, agentAnswer]))
    const { adapter, passed } = account({ fetch: firstThrough(resettingFetch) })
    const answer = await adapter.messages.ask('c-1', input)
    expect(answer).toMatchObject({ outcome: 'answered', message: { id: 'm-2' }, attempt, contactId: 'p-1' })
    expect(answer.sources).toMatchObject([{ id: 's-1', score: { value: 0.19 } }, { id: 'm-2#1' }])
    expect(seen).toStrictEqual([got('/conversations/c-1')])
    expect(passed()).toBe(1_000)
  })

  it('waits at least a minute for the model, then reads back and waits', async () => {
    serve(thread([]), thread([question]), thread([question]), thread([question, agentAnswer]))
    const { adapter, passed } = account({ fetch: firstThrough(hangingFetch) })
    expect(await adapter.messages.ask('c-1', input)).toMatchObject({ outcome: 'answered', attempt })
    expect(passed()).toBe(60_000 + 1_000 + 2_000 + 250 + 400)
  })

  it('is pending at the deadline, and unanswered if a person has taken over', async () => {
    const { adapter, passed } = account({ fetch: firstThrough(resettingFetch) })
    serve(thread([question]), thread([question]))
    expect(await adapter.messages.ask('c-1', input, { timeout: 3_000 })).toMatchObject({ outcome: 'pending', attempt })
    expect(passed()).toBe(3_000)
    serve(thread([question], { isAgent: true, agent: teammate }))
    const silent = await account({ fetch: firstThrough(resettingFetch) }).adapter.messages.ask('c-1', input)
    expect(silent).toMatchObject({ outcome: 'unanswered', message: null })
  })

  it('continues after failures to read, and stops at a definite refusal', async () => {
    const { adapter, warnings } = account({ fetch: firstThrough(resettingFetch), maxRetries: 0 })
    serve(thread([question]), ['GET', '/conversations/c-1', 503, 'Down'], thread([question, agentAnswer]))
    expect(await adapter.messages.ask('c-1', input)).toMatchObject({ outcome: 'answered' })
    const second = account({ fetch: firstThrough(resettingFetch), maxRetries: 0 })
    serve(thread([question]), ['GET', '/conversations/c-1', 403, errorBody('No', 'FORBIDDEN')])
    expect(await second.adapter.messages.ask('c-1', input)).toMatchObject({ outcome: 'pending' })
    expect([told(warnings), told(second.warnings)]).toEqual([[], ['degraded']])
  })

  it('has an unknown outcome if the question is not found, and is never sent again', async () => {
    let posts = 0
    const counting: typeof fetch = async (...request) => {
      posts++
      return resettingFetch(...request)
    }
    serve(thread([]), thread([agentAnswer, { ...question, id: 'm-0', createdAt: '2026-02-01T07:00:00.000Z' }]))
    const { adapter } = account({ fetch: firstThrough(counting) })
    expect(await adapter.messages.ask('c-1', input)).toStrictEqual({
      outcome: 'unknown',
      text: null,
      message: null,
      messages: [],
      sources: [],
      sourcesState: 'unavailable',
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      attempt: unsent,
      warnings: [],
    })
    expect(posts).toBe(1)
  })

  it.each([
    ['a fault', send(500, errorBody('Something broke', 'INTERNAL_ERROR'))],
    ['a page', send(200, '<html>')],
    ['a cut body', send(200, '{"status":"success","data":{"conv')],
    ['an answer without data', send(200, { status: 'success' })],
    ['an error of unknown kind in a 200', send(200, errorBody('Something broke', 'WHATEVER'))],
  ])('reads back after %s', async (_, exchange) => {
    serve(exchange, thread([question, agentAnswer]))
    expect(await account().adapter.messages.ask('c-1', input)).toMatchObject({ outcome: 'answered', attempt })
  })

  it('finds a question that opened a conversation among the conversations opened since', async () => {
    const list = '/conversations?agentId=bot-1&sort=desc&page=1&perPage=100'
    const opened = (id: string, createdAt: string) => ({ id, createdAt })
    const seen = serve(
      [
        'GET',
        list,
        200,
        conversationPage([
          opened('c-2', '2026-02-01T08:04:11Z'),
          opened('c-1', '2026-02-01T08:04:10Z'),
          opened('c-0', '2026-02-01T08:00:00Z'),
          opened('c-old', '2026-02-01T07:54:00Z'),
        ]),
      ],
      thread([question, agentAnswer]),
      ['GET', '/conversations/c-2', 200, threadOf([{ ...question, content: 'Hello' }])],
      // Opened before the attempt by the vendor's clock, which may be behind.
      ['GET', '/conversations/c-0', 200, threadOf([])],
    )
    const { adapter } = account({ fetch: firstThrough(resettingFetch) })
    const answer = await adapter.messages.ask({ contact: 'p-1' }, input)
    expect(answer).toMatchObject({
      outcome: 'answered',
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      contactId: 'p-1',
      contactRef: refOf('contact', 'p-1'),
      attempt,
    })
    expect(seen.map(({ uri }) => uri)).toEqual([
      `/api/v2${list}`,
      '/api/v2/conversations/c-1',
      '/api/v2/conversations/c-2',
      '/api/v2/conversations/c-0',
    ])
  })

  it('does not choose between two equal questions', async () => {
    const list = '/conversations?agentId=bot-1&sort=desc&page=1&perPage=100'
    const both = [
      { id: 'c-1', createdAt: '2026-02-01T08:04:10Z' },
      { id: 'c-2', createdAt: '2026-02-01T08:04:11Z' },
    ]
    const look: Exchange[] = [
      ['GET', list, 200, conversationPage(both)],
      thread([question]),
      ['GET', '/conversations/c-2', 200, threadOf([question])],
    ]
    serve(...look, ...look)
    const { adapter } = account({ fetch: firstThrough(resettingFetch) })
    const answer = await adapter.messages.ask({ contact: 'p-1' }, input)
    expect(answer).toMatchObject({ outcome: 'unknown', conversationId: null, contactId: 'p-1' })
  })

  it('does not return a person’s answer as the agent’s', async () => {
    serve(thread([question, teammateAnswer], { isAgent: true }))
    const { adapter } = account({ fetch: firstThrough(resettingFetch) })
    expect(await adapter.messages.ask('c-1', input)).toMatchObject({ outcome: 'unanswered', message: null })
  })

  it('ends with the caller’s reason when the caller aborts', async () => {
    const controller = new AbortController()
    const giveUp: typeof fetch = (...request) => {
      controller.abort(new Error('enough'))
      return hangingFetch(...request)
    }
    const work = account({ fetch: giveUp }).adapter.messages.ask('c-1', input, { signal: controller.signal })
    await expect(work).rejects.toMatchObject({ message: 'enough' })
  })
})
