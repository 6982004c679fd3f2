import { failure, hangingFetch, refusingFetch, resettingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it, vi } from 'vitest'
import {
  answer,
  assistantId,
  busy,
  failedRun,
  failedThread,
  handoff,
  inputCheckpoint,
  interruptId,
  intro,
  newThread,
  notFound,
  question,
  run,
  said,
  threadId,
  threadOf,
  toolCall,
  toolResult,
  waitingThread,
} from '../fixtures/threads.ts'
import { account, entity, ownId, refOf, useOwnIds } from '../helpers/account.ts'
import { got, posted, sentence, serve } from '../helpers/vendor.ts'

useNock()
useOwnIds()

const input = { text: 'When do you open?' }
const at = `/threads/${threadId}`
const wait = `${at}/runs/wait`
const asked = { ...question, id: ownId(1) }
const read = (thread: unknown): Exchange => ['GET', at, 200, thread]
const before = read(threadOf([]))
/** The server sends the JSON of a run as `text/plain`. */
const ran = (values: unknown, uri = wait): Exchange => [
  ...(['POST', uri, 200, JSON.stringify(values)] as const),
  { 'content-type': 'text/plain; charset=UTF-8' },
]
const attempt = {
  kind: 'ask',
  conversationId: threadId,
  messageId: ownId(1),
  mark: ownId(1),
  text: 'When do you open?',
  startedAt: '2026-11-28T09:19:00.000Z',
  deadline: expect.any(String) as unknown as string,
}
const body = {
  assistant_id: 'desk',
  input: { messages: [{ type: 'human', content: 'When do you open?', id: ownId(1) }] },
  multitask_strategy: 'reject',
  on_disconnect: 'continue',
  metadata: { parley_input: ownId(1) },
}
const message = {
  ...entity('message', answer.id, answer),
  conversationId: threadId,
  type: { value: 'text', native: 'ai' },
  direction: 'outbound',
  author: { kind: 'agent', basis: 'vendor', native: 'ai' },
  text: 'Echo: When do you open?',
  sourcesState: 'unavailable',
}

/** The run goes through this; reading goes over the wire as usual. */
const runsThrough =
  (first: typeof fetch): typeof fetch =>
  (request, init) =>
    (request as Request).method === 'POST' && (request as Request).url.includes('/runs')
      ? first(request, init)
      : fetch(request, init)

describe('messages.ask', () => {
  it('reads the thread, runs the assistant, and reads what the thread waits for', async () => {
    const seen = serve(before, ran({ messages: [asked, answer] }), read(threadOf([asked, answer])))
    expect(await account().adapter.messages.ask(threadId, input)).toStrictEqual({
      ...{ outcome: 'answered', text: 'Echo: When do you open?', message, messages: [message] },
      ...{
        sources: [],
        sourcesState: 'unavailable',
        conversationId: threadId,
        conversationRef: refOf('conversation', threadId),
        attempt,
        warnings: [],
      },
    })
    expect(seen).toStrictEqual([got(at), posted(wait, body), got(at)])
  })

  it('creates a thread with an id of its own, so that creating it twice leaves one', async () => {
    const own = `/threads/${ownId(1)}/runs/wait`
    const values = { messages: [{ ...question, id: ownId(2) }, answer] }
    const first = (contact: string | null) => [
      ['POST', '/threads', 200, newThread] as Exchange,
      ran(values, own),
      ['GET', `/threads/${ownId(1)}`, 200, threadOf([])] as Exchange,
      contact,
    ]
    const [create, runIt, readIt] = first(null) as [Exchange, Exchange, Exchange]
    const seen = serve(create, runIt, readIt)
    const found = await account().adapter.messages.ask({ contact: 'ada@example.com' }, input)
    expect(found).toMatchObject({ outcome: 'answered', conversationId: ownId(1), attempt: { mark: ownId(2) } })
    expect(found.attempt).toMatchObject({ contactId: 'ada@example.com' })
    const thread = { thread_id: ownId(1), if_exists: 'do_nothing', metadata: { contact: 'ada@example.com' } }
    expect(seen[0]).toStrictEqual(posted('/threads', thread))
    expect(seen).toHaveLength(3)
  })

  it('creates a thread for a contact, and repeats it after a fault', async () => {
    const values = { messages: [{ ...question, id: ownId(2) }, answer] }
    const seen = serve(
      ['POST', '/threads', 503, 'Down'],
      ['POST', '/threads', 200, newThread],
      ran(values, `/threads/${ownId(1)}/runs/wait`),
      ['GET', `/threads/${ownId(1)}`, 200, threadOf([])],
    )
    await account().adapter.messages.ask({ contact: 'p-1' }, input)
    expect(seen[1]?.body).toStrictEqual({ thread_id: ownId(1), if_exists: 'do_nothing', metadata: { contact: 'p-1' } })
    expect(seen[0]).toStrictEqual(seen[1])
  })

  it('sends attachments by their addresses, and the options of the run', async () => {
    const seen = serve(before, ran({ messages: [asked, answer] }), read(threadOf([])))
    const config = { configurable: { tone: 'kind' } }
    const vendor = {
      langgraph: {
        ...{ config, context: { plan: 'pro' }, metadata: { label: 'vip' }, webhook: 'https://shop.test/hook' },
        ...{ input: { language: 'de' } },
        multitaskStrategy: 'enqueue',
      },
    } as const
    const attachments = [
      { url: 'https://shop.test/a.png', contentType: 'image/png' },
      { url: 'https://shop.test/b' },
      { url: 'https://shop.test/c.pdf', contentType: 'application/pdf' },
    ]
    const found = await account().adapter.messages.ask(threadId, { ...input, attachments, vendor })
    expect(found.warnings).toEqual([])
    const content = [
      { type: 'text', text: 'When do you open?' },
      { type: 'image_url', image_url: { url: 'https://shop.test/a.png' } },
      { type: 'image_url', image_url: { url: 'https://shop.test/b' } },
      { type: 'file', url: 'https://shop.test/c.pdf', mime_type: 'application/pdf' },
    ]
    expect(seen[1]?.body).toStrictEqual({
      assistant_id: 'desk',
      input: { language: 'de', messages: [{ type: 'human', content, id: ownId(1) }] },
      ...{ config, context: { plan: 'pro' }, metadata: { label: 'vip', parley_input: ownId(1) } },
      ...{ webhook: 'https://shop.test/hook', multitask_strategy: 'enqueue', on_disconnect: 'continue' },
    })
  })

  it('warns of options that a thread has no place for', async () => {
    serve(before, ran({ messages: [asked, answer] }), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, { ...input, channel: 'web', context: 'VIP' })
    expect(told(found.warnings)).toEqual(['ignored-option context', 'ignored-option channel'])
    expect(found.warnings[0]?.message).toContain('vendor.langgraph.config or vendor.langgraph.context')
  })

  it('asks the assistant that the question names, or that of the account', async () => {
    const answers = (): Exchange[] => [before, ran({ messages: [asked, answer] }), read(threadOf([]))]
    const first = serve(...answers())
    await account({ assistantId: 'night' }).adapter.messages.ask(threadId, { ...input, agentId: assistantId })
    expect(first[1]?.body).toMatchObject({ assistant_id: assistantId })
  })

  it('is refused without any assistant before a request is sent', async () => {
    const { adapter } = account({ assistantId: undefined as never })
    expect(await failure(adapter.messages.ask(threadId, input))).toMatchObject({
      ...{ code: 'invalid-request', outcome: 'not-done', fields: [{ path: 'agentId' }] },
      message: expect.stringContaining('LANGGRAPH_ASSISTANT_ID'),
    })
  })

  it('keeps the messages under the graph’s own key', async () => {
    const seen = serve(before, ran({ chat: [asked, answer] }), read(threadOf([])))
    const found = await account({ messagesKey: 'chat' }).adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'answered', text: 'Echo: When do you open?' })
    expect(seen[1]?.body).toMatchObject({ input: { chat: [{ type: 'human' }] } })
  })

  it('returns every message of the answer, and joins those that the agent wrote', async () => {
    serve(before, ran({ messages: [said, asked, intro, toolCall, toolResult, answer] }), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'answered', text: 'Let me look.\n\nEcho: When do you open?' })
    expect(found.message?.id).toBe(answer.id)
    expect(found.messages.map(({ id, type, text }) => [id, type.value, text])).toEqual([
      ['ai-a', 'text', 'Let me look.'],
      ['ai-b', 'tool', 'find_parcel'],
      ['tool-1', 'tool', '{"place":"depot"}'],
      [answer.id, 'text', 'Echo: When do you open?'],
    ])
  })

  it('is unanswered if the graph adds no text', async () => {
    for (const messages of [
      [asked],
      [asked, toolCall, toolResult],
      [asked, { ...answer, content: [] }],
      [],
      undefined,
    ]) {
      serve(before, ran({ messages }), read(threadOf([])))
      const found = await account().adapter.messages.ask(threadId, input)
      expect(found).toMatchObject({ outcome: 'unanswered', conversationId: threadId })
      expect(found.text || null).toBeNull()
    }
  }, 20_000)

  it.each([
    [{ chat: [answer], topic: 'x' }, 'chat, topic'],
    [{ messages: [asked], chat: [answer] }, 'chat'],
    [{}, 'no other'],
  ])('names the option messagesKey if the state has no answer under it', async (values, keys) => {
    serve(before, ran(values), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({
      outcome: 'unanswered',
      warnings: [{ code: 'degraded', message: expect.stringMatching(`messagesKey.*${keys}`) }],
    })
  })

  it('has no such warning if the agent is silent', async () => {
    serve(before, ran({ messages: [asked], todo: ['x'] }), read(threadOf([])))
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'unanswered', warnings: [] })
  })

  it('takes what follows the question, also after a message that the graph wrote as a human', async () => {
    const passedOn = { ...question, id: 'q-2', name: 'researcher' }
    serve(before, ran({ messages: [said, asked, passedOn, answer] }), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'answered', text: 'Echo: When do you open?' })
    expect(found.messages.map(({ id }) => id)).toEqual([answer.id])
  })

  it('takes the new messages if the graph removed the question', async () => {
    const first = read(threadOf([said, question]))
    serve(first, ran({ messages: [said, { ...question, id: 'summary' }, answer] }), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'answered', text: 'Echo: When do you open?' })
    expect(found.messages.map(({ id }) => id)).toEqual([answer.id])
  })

  it('warns if a person answered instead of the agent', async () => {
    serve(before, ran({ messages: [asked, said] }), read(threadOf([])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'answered', message: { author: { kind: 'operator' } } })
    expect(told(found.warnings)).toEqual(['degraded message.name'])
  })

  it('starts a run in the background, which is pending', async () => {
    const seen = serve(before, ['POST', `${at}/runs`, 200, run])
    const options = { ...input, vendor: { langgraph: { background: true } } }
    const found = await account().adapter.messages.ask(threadId, options)
    expect(found).toMatchObject({ outcome: 'pending', message: null, messages: [], attempt })
    expect(seen[1]).toStrictEqual(posted(`${at}/runs`, body))
  })

  it('hands over its attempt before the run, and the stored id after it', async () => {
    const seen = serve(before, ran({ messages: [asked, answer] }), read(threadOf([])))
    const told: unknown[] = []
    const onAttempt = (each: { messageId: string | null }) => void told.push([seen.length, each.messageId])
    await account().adapter.messages.ask(threadId, input, { onAttempt })
    expect(told).toEqual([
      [1, null],
      [2, ownId(1)],
    ])
  })

  it.each([
    [threadId, { text: '' }, 'text'],
    [threadId, { text: 7 }, 'text'],
    [threadId, undefined, 'input'],
    ['', input, 'conversation'],
    [undefined, input, 'conversation'],
    [{ contact: '' }, input, 'contact'],
    [threadId, { ...input, attachments: [{ content: new Blob(['x']) }] }, 'attachments[0].url'],
    [threadId, { ...input, agentId: 7 }, 'agentId'],
    [threadId, { ...input, vendor: { langgraph: { webhook: '' } } }, 'vendor.langgraph.webhook'],
    [threadId, { ...input, vendor: { langgraph: { multitaskStrategy: 'x' } } }, 'vendor.langgraph.multitaskStrategy'],
  ])('refuses %o with %o before a request is sent', async (target, wrong, path) => {
    const error = await failure(account().adapter.messages.ask(target as never, wrong as never))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })
})

describe('messages.ask at a thread that waits for a person', () => {
  it('is refused, because the server would answer and drop the hand-off', async () => {
    const seen = serve(read(waitingThread([question])))
    expect(await failure(account().adapter.messages.ask(threadId, input))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done', message: expect.stringContaining('messages.provideInput') },
    })
    expect(seen).toStrictEqual([got(at)])
  })

  it('is sent if the thread was stopped without a question', async () => {
    serve(
      read(waitingThread([question], [])),
      ['GET', `${at}/state`, 200, { tasks: [{ interrupts: [], result: null }] }],
      ran({ messages: [asked, answer] }),
      read(waitingThread([asked, answer], [])),
      ['GET', `${at}/state`, 200, { tasks: [{ interrupts: [], result: null }] }],
    )
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered' })
  })

  it('is refused if only the state of the thread says so, as at an older server', async () => {
    const thread = threadOf([question], { status: 'interrupted', interrupts: undefined })
    serve(read(thread), ['GET', `${at}/state`, 200, { tasks: [{ interrupts: [{ value: 'Approve?' }] }] }])
    expect(await failure(account().adapter.messages.ask(threadId, input))).toMatchObject({ code: 'conflict' })
  })
})

describe('messages.ask that ends in an interrupt', () => {
  it('needs input, and says for what', async () => {
    serve(before, ran({ __interrupt__: [handoff] }), read(waitingThread([asked])))
    expect(await account().adapter.messages.ask(threadId, input)).toStrictEqual({
      ...{ outcome: 'needs-input', text: null, message: null, messages: [] },
      ...{
        sources: [],
        sourcesState: 'unavailable',
        conversationId: threadId,
        conversationRef: refOf('conversation', threadId),
        attempt,
        warnings: [],
      },
      inputRequests: [{ id: interruptId, text: 'I want a human', raw: handoff.value }],
    })
  })

  it('has what the agent wrote before it, in its text too', async () => {
    const stopped = waitingThread([said, asked, intro, toolCall])
    serve(read(threadOf([said])), ran({ __interrupt__: [handoff] }), read(stopped))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'needs-input', text: 'Let me look.', message: { id: intro.id } })
    expect(found.messages.map(({ id }) => id)).toEqual([intro.id, toolCall.id])
  })

  it('warns if the thread cannot be read, because what was written before may be missing', async () => {
    serve(before, ran({ __interrupt__: [handoff] }), ['GET', at, 403, 'No'])
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'needs-input', inputRequests: [{ id: interruptId }] })
    expect(told(found.warnings)).toEqual(['degraded'])
  })

  it('has all requests, although the result of the run has only the last one', async () => {
    const [left, right] = ['left', 'right'].map((id) => ({ id, value: `Approve ${id}?` })) as [object, object]
    const thread = threadOf([asked], { status: 'interrupted', interrupts: { 'task-1': [left], 'task-2': [right] } })
    const tasks = [left, right].map((interrupt) => ({ interrupts: [interrupt], result: null }))
    serve(before, ran({ __interrupt__: [right] }), read(thread), ['GET', `${at}/state`, 200, { tasks }])
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found.inputRequests?.map(({ id, text }) => [id, text])).toEqual([
      ['left', 'Approve left?'],
      ['right', 'Approve right?'],
    ])
  })

  it('needs input although the result of the run has messages, where another branch of the graph waits', async () => {
    serve(before, ran({ messages: [asked, { ...answer, content: 'right alone' }] }), read(waitingThread([asked])))
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({
      ...{ outcome: 'needs-input', message: null, inputRequests: [{ id: interruptId }] },
    })
  })

  it('has the requests of the result if the thread cannot be read', async () => {
    const gone: Exchange = ['GET', at, 403, 'No']
    serve(before, ran({ __interrupt__: [handoff] }), gone)
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({
      ...{ outcome: 'needs-input', inputRequests: [{ id: interruptId }] },
    })
    serve(before, ran({ messages: [{ ...question, id: ownId(2) }, answer] }), gone)
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered' })
  })

  it('reads the thread if the graph stopped before a node and asks nothing', async () => {
    const stopped = waitingThread([asked, intro], [])
    serve(before, ran({ __interrupt__: [] }), read(stopped), read(stopped))
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({
      ...{ outcome: 'answered', text: 'Let me look.' },
    })
  })
})

describe('messages.ask that fails', () => {
  it('is failed if the run failed, which comes with HTTP 200', async () => {
    const seen = serve(before, ran(failedRun), read(failedThread([asked])))
    const { adapter } = account({ raw: false })
    const found = await adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'failed', text: null, message: null, messages: [], attempt })
    expect(told(found.warnings)).toEqual(['degraded __error__'])
    expect(JSON.stringify(found)).not.toContain('the model is down')
    expect(seen).toHaveLength(3)
  })

  it('has what the agent wrote before it failed', async () => {
    serve(before, ran(failedRun), read(failedThread([asked, intro])))
    const found = await account().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'failed', text: 'Let me look.', messages: [{ id: intro.id }] })
    // Meanwhile another run has begun, so the thread does not show where this one ended.
    serve(before, ran(failedRun), read(threadOf([asked, intro, answer])))
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'failed', messages: [] })
  })

  it('has the server’s explanation only with the option raw', async () => {
    serve(before, ran(failedRun), read(failedThread([asked])))
    const { warnings } = await account().adapter.messages.ask(threadId, input)
    expect(warnings).toMatchObject([{ raw: failedRun.__error__ }])
  })

  it('is a conflict if the thread is busy, and is not sent again', async () => {
    const seen = serve(before, sentence('POST', wait, 422, busy))
    expect(await failure(account().adapter.messages.ask(threadId, input))).toMatchObject({
      ...{ code: 'conflict', status: 422, outcome: 'not-done', message: expect.stringContaining('multitaskStrategy') },
    })
    expect(seen).toHaveLength(2)
  })

  it('is not found if the thread or the assistant does not exist', async () => {
    serve(sentence('GET', at, 404, notFound))
    expect(await failure(account().adapter.messages.ask(threadId, input))).toMatchObject({ code: 'not-found' })
    serve(before, sentence('POST', wait, 404, 'No assistant found for "nobody". Make sure the assistant ID is …'))
    const { adapter } = account({ assistantId: 'nobody' })
    expect(await failure(adapter.messages.ask(threadId, input))).toMatchObject({
      ...{ code: 'not-found', outcome: 'not-done', fields: [{ path: 'assistantId' }] },
    })
  })

  it('deletes a new thread if the assistant does not exist, and says so if it cannot', async () => {
    const own = `/threads/${ownId(1)}`
    const nobody = sentence('POST', `${own}/runs/wait`, 404, 'No assistant found for "desk".')
    const seen = serve(['POST', '/threads', 200, newThread], nobody, ['DELETE', own, 204])
    const error = await failure(account().adapter.messages.ask({ contact: 'p-1' }, input))
    expect(error).toMatchObject({ code: 'not-found', outcome: 'not-done', status: 404 })
    expect(error.conversationId).toBeUndefined()
    expect(seen.at(-1)).toStrictEqual(got(own, 'DELETE'))
    vi.mocked(crypto.randomUUID).mockReturnValueOnce(ownId(1))
    serve(['POST', '/threads', 200, newThread], nobody, ['DELETE', own, 403, 'No'])
    expect(await failure(account().adapter.messages.ask({ contact: 'p-1' }, input))).toMatchObject({
      ...{ code: 'not-found', outcome: 'partly-done', conversationId: ownId(1) },
    })
  })

  it('is partly done if a new thread was created and the question was refused', async () => {
    serve(['POST', '/threads', 200, newThread], sentence('POST', `/threads/${ownId(1)}/runs/wait`, 403, 'Not for you.'))
    expect(await failure(account().adapter.messages.ask({ contact: 'p-1' }, input))).toMatchObject({
      ...{ code: 'permission', outcome: 'partly-done', conversationId: ownId(1) },
    })
  })

  it('throws if the question was not sent', async () => {
    serve(before)
    const { adapter } = account({ fetch: runsThrough(refusingFetch) })
    expect(await failure(adapter.messages.ask(threadId, input))).toMatchObject({
      ...{ code: 'network', outcome: 'not-done' },
    })
  })
})

describe('messages.ask without a response', () => {
  const lost = (first: typeof fetch = resettingFetch) => account({ fetch: runsThrough(first) })

  it('finds question and answer in the thread', async () => {
    const seen = serve(before, read(threadOf([asked, answer])))
    const found = await lost().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({
      outcome: 'answered',
      message: { id: answer.id, author: { id: assistantId } },
      attempt,
    })
    expect(seen).toStrictEqual([got(at), got(at)])
  })

  it('waits while the thread is busy', async () => {
    const working = threadOf([asked], { status: 'busy' })
    serve(before, read(working), read(working), read(threadOf([asked, answer])))
    expect(await lost().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered' })
  })

  it('is pending at the deadline', async () => {
    const working = threadOf([asked], { status: 'busy' })
    serve(before, read(working), read(working))
    const found = await lost().adapter.messages.ask(threadId, input, { timeout: 3_000 })
    expect(found).toMatchObject({ outcome: 'pending', attempt })
  })

  it('needs input if the thread is interrupted, and is failed if the run failed', async () => {
    serve(before, read(waitingThread([asked])))
    expect(await lost().adapter.messages.ask(threadId, input)).toMatchObject({
      ...{ outcome: 'needs-input', inputRequests: [{ id: interruptId }] },
    })
    serve(before, read(failedThread([{ ...question, id: ownId(2) }])))
    expect(await lost().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'failed', message: null })
  })

  it.each([
    ['is going on', [], 1],
    ['waits for its turn', [['GET', `${at}/runs?status=running&limit=100`, 200, []]], 2],
  ] as [string, Exchange[], number][])('waits for the answer if its run %s', async (_, first, count) => {
    const own: Exchange = [
      ...(['GET', `${at}/runs?status=${count === 1 ? 'running' : 'pending'}&limit=100`, 200] as const),
      [{ ...run, metadata: { parley_input: ownId(1) } }],
    ]
    const seen = serve(before, ...first, own, read(threadOf([asked, answer])))
    expect(await lost().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered', attempt })
    expect(seen).toHaveLength(count + 2)
  })

  it('is pending at the deadline if its run is going on', async () => {
    const hidden = read(threadOf([], { status: 'busy' }))
    const own = [{ ...run, metadata: { parley_input: ownId(1) } }]
    serve(before, ['GET', `${at}/runs?status=running&limit=100`, 200, own], hidden, hidden, hidden)
    const found = await lost().adapter.messages.ask(threadId, input, { timeout: 2_000 })
    expect(found).toMatchObject({ outcome: 'pending', attempt })
  })

  it('waits for the answer if the run shows in the history, although the thread shows no question', async () => {
    const hidden = threadOf([], { status: 'busy', values: undefined })
    const begun: Exchange = ['POST', `${at}/history`, 200, [inputCheckpoint(ownId(1))]]
    const seen = serve(before, read(hidden), read(hidden), read(hidden), begun, read(threadOf([asked, answer])))
    expect(await lost().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered', attempt })
    expect(seen[4]?.body).toStrictEqual({ limit: 1, metadata: { parley_input: ownId(1) } })
  })

  it.each([
    ['no run shows', ['POST', `${at}/history`, 200, []]],
    ['the history cannot be read', ['POST', `${at}/history`, 403, 'No']],
  ] as [string, Exchange][])('has an unknown outcome if the thread shows no question and %s', async (_, history) => {
    const hidden = threadOf([], { status: 'busy' })
    serve(before, read(hidden), read(hidden), read(hidden), history)
    const found = await lost().adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'unknown', attempt: { ...attempt, messageId: null } })
  })

  it('has an unknown outcome if the result says nothing and the thread does not have the question', async () => {
    const idle = read(threadOf([]))
    serve(before, ran(null), idle, idle, idle, ['POST', `${at}/history`, 200, []])
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'unknown' })
  })

  it('has an unknown outcome if the question is not in the thread, and is never sent again', async () => {
    let runs = 0
    const counting: typeof fetch = (...request) => {
      runs++
      return resettingFetch(...request)
    }
    serve(before, read(threadOf([])), read(threadOf([])))
    const found = await lost(counting).adapter.messages.ask(threadId, input)
    expect(found).toMatchObject({ outcome: 'unknown', attempt: { ...attempt, messageId: null } })
    expect(runs).toBe(1)
  })

  it.each([
    ['a fault', ['POST', wait, 500, 'Internal Server Error']],
    ['a cut body', ['POST', wait, 200, '{"messages":[{"con']],
    ['a page', ['POST', wait, 200, '<html>']],
    ['an empty answer', ['POST', wait, 200, '']],
    ['a list', ['POST', wait, 200, []]],
  ] as [string, Exchange][])('reads the thread after %s', async (_, exchange) => {
    serve(before, exchange, read(threadOf([asked, answer])))
    expect(await account().adapter.messages.ask(threadId, input)).toMatchObject({ outcome: 'answered' })
  })

  it('ends with the caller’s reason when the caller aborts', async () => {
    serve(before)
    const controller = new AbortController()
    const giveUp: typeof fetch = (...request) => {
      controller.abort(new Error('enough'))
      return hangingFetch(...request)
    }
    const work = lost(giveUp).adapter.messages.ask(threadId, input, { signal: controller.signal })
    await expect(work).rejects.toMatchObject({ message: 'enough' })
  })
})
