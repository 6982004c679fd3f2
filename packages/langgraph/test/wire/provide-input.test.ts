import { failure, refusingFetch, resettingFetch } from '@parley/testkit'
import { type Exchange, type Seen, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import {
  answer,
  assistantId,
  busy,
  failedRun,
  failedThread,
  handoff,
  inputCheckpoint,
  interruptId,
  newThread,
  question,
  said,
  threadId,
  threadOf,
  waitingThread,
} from '../fixtures/threads.ts'
import { account } from '../helpers/account.ts'
import { got, posted, sentence, serve } from '../helpers/vendor.ts'

useNock()

const at = `/threads/${threadId}`
const wait = `${at}/runs/wait`
const read = (thread: unknown): Exchange => ['GET', at, 200, thread]
const ran = (values: unknown): Exchange => ['POST', wait, 200, JSON.stringify(values)]
const waits = read(waitingThread([question]))
const over = read(threadOf([question, said]))
const input = { value: 'Hello, Max here.' }
const attempt = {
  kind: 'input',
  conversationId: threadId,
  messageId: null,
  requestId: interruptId,
  after: question.id,
  text: 'Hello, Max here.',
  startedAt: '2026-11-28T09:19:00.000Z',
}
const body = {
  assistant_id: assistantId,
  command: { resume: { [interruptId]: 'Hello, Max here.' } },
  ...{ multitask_strategy: 'reject', on_disconnect: 'continue' },
  // Each input has another mark.
  metadata: { parley_input: expect.any(String) as string },
}
const history = `${at}/history`
const markOf = (request: Seen | undefined) =>
  (request?.body as Partial<typeof body> | undefined)?.metadata?.parley_input
const another = { id: '5c03e3d7468e11ad90e1184ea989fdfc', value: 'Approve?' }

const runsThrough =
  (first: typeof fetch): typeof fetch =>
  (request, init) =>
    (request as Request).method === 'POST' && (request as Request).url.includes('/runs')
      ? first(request, init)
      : fetch(request, init)

describe('messages.provideInput', () => {
  it('resumes the thread with a value that is addressed to the interrupt', async () => {
    const seen = serve(waits, ran({ messages: [question, said] }), over, ['POST', history, 200, [inputCheckpoint('a')]])
    const found = await account().adapter.messages.provideInput(threadId, { ...input, requestId: interruptId })
    expect(found).toMatchObject({ outcome: 'answered', text: 'A note by a person', attempt, conversationId: threadId })
    expect(found.messages.map(({ id }) => id)).toEqual([said.id])
    const filter = { limit: 1, metadata: body.metadata }
    expect(seen).toStrictEqual([got(at), posted(wait, body), got(at), posted(history, filter)])
    expect(markOf(seen[3])).toBe(markOf(seen[1]))
  })

  it('is a conflict if the run did nothing, because another program had given the input', async () => {
    serve(waits, ran({ messages: [question, said] }), over, ['POST', history, 200, []])
    const work = account().adapter.messages.provideInput(threadId, { ...input, requestId: interruptId })
    expect(await failure(work)).toMatchObject({ code: 'conflict' })
  })

  it('needs no id if the thread waits for one input', async () => {
    const seen = serve(waits, ran({ messages: [question, answer] }), over)
    await account().adapter.messages.provideInput(threadId, input)
    expect(seen[1]?.body).toStrictEqual(body)
  })

  it.each([true, 0, null, { decisions: [{ type: 'approve' }] }, ['a', 1]])('takes the value %j', async (value) => {
    const seen = serve(waits, ran({ messages: [question, answer] }), over)
    const found = await account().adapter.messages.provideInput(threadId, { value })
    expect(seen[1]?.body).toMatchObject({ command: { resume: { [interruptId]: value } } })
    expect(found.attempt.text).toBe(JSON.stringify(value))
  })

  it('goes on with the assistant of the last run, or else with that of the account', async () => {
    const thread = { ...waitingThread([question]), metadata: newThread.metadata }
    const seen = serve(read(thread), ran({ messages: [question, answer] }), over)
    await account().adapter.messages.provideInput(threadId, input)
    expect(seen[1]?.body).toMatchObject({ assistant_id: 'desk' })
    serve(read(thread))
    const { adapter } = account({ assistantId: undefined as never })
    expect(await failure(adapter.messages.provideInput(threadId, input))).toMatchObject({
      ...{ code: 'invalid-request', fields: [{ path: 'agentId' }] },
    })
  })

  it('asks for the id if the thread waits for several, and answers one of them', async () => {
    const thread = waitingThread([question], [handoff, another])
    serve(read(thread))
    expect(await failure(account().adapter.messages.provideInput(threadId, input))).toMatchObject({
      ...{ code: 'invalid-request', fields: [{ path: 'requestId' }], outcome: 'not-done' },
    })
    const seen = serve(read(thread), ran({ messages: [question] }), waits)
    const found = await account().adapter.messages.provideInput(threadId, { value: 'yes', requestId: another.id })
    expect(seen[1]?.body).toMatchObject({ command: { resume: { [another.id]: 'yes' } } })
    expect(found).toMatchObject({ outcome: 'needs-input', inputRequests: [{ id: interruptId }], message: null })
  })

  it('asks for no input again that a task has already got, although the thread still lists it', async () => {
    const interrupts = { a: [{ id: 'first', value: 'A?' }], b: [{ id: 'second', value: 'B?' }] }
    const thread = threadOf([question], { status: 'interrupted', interrupts })
    const tasks = [
      { interrupts: interrupts.a, result: { messages: [said] } },
      { interrupts: interrupts.b, result: null },
    ]
    const state: Exchange = ['GET', `${at}/state`, 200, { tasks }]
    serve(waits, ran({ messages: [question, said] }), read(thread), state)
    expect(await account().adapter.messages.provideInput(threadId, input)).toMatchObject({
      ...{ outcome: 'needs-input', inputRequests: [{ id: 'second' }] },
    })
    serve(read(thread), state)
    const { adapter } = account()
    expect(await failure(adapter.messages.provideInput(threadId, { ...input, requestId: 'first' }))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done' },
    })
    serve(read(thread), state)
    expect((await account().adapter.control.get(threadId)).inputRequests).toMatchObject([{ id: 'second' }])
    serve(read(thread), ['GET', `${at}/state`, 403, 'No'])
    expect((await account().adapter.control.get(threadId)).inputRequests).toHaveLength(2)
  })

  it('needs input again if the graph asks again', async () => {
    const again = { ...another, value: 'Not a number. Your age?' }
    serve(waits, ran({ __interrupt__: [again] }), read(waitingThread([question], [again])))
    expect(await account().adapter.messages.provideInput(threadId, { value: 'abc' })).toMatchObject({
      ...{ outcome: 'needs-input', inputRequests: [{ id: another.id, text: 'Not a number. Your age?' }] },
    })
  })

  it('is unanswered if the graph ends without a message', async () => {
    serve(waits, ran({ messages: [question] }), read(threadOf([question])))
    expect(await account().adapter.messages.provideInput(threadId, input)).toMatchObject({ outcome: 'unanswered' })
  })

  it('resumes an interrupt without an id with the value itself, and none of several', async () => {
    const old = { value: 'Approve?', resumable: true, ns: ['answer:1'], when: 'during' }
    const seen = serve(read(waitingThread([question], [old])), ran({ messages: [question, answer] }), over)
    const found = await account().adapter.messages.provideInput(threadId, { value: { ok: true } })
    expect(seen[1]?.body).toMatchObject({ command: { resume: { ok: true } } })
    expect(found.attempt.requestId).toBe(`${threadId}#0`)
    serve(read(waitingThread([question], [old, old])))
    const work = account().adapter.messages.provideInput(threadId, { value: 1, requestId: `${threadId}#1` })
    expect(await failure(work)).toMatchObject({ code: 'unsupported', outcome: 'not-done' })
  })

  it('takes the id that the answer to the question had, also if the server gives none', async () => {
    const old = { value: 'Approve?', when: 'during' }
    serve(read(threadOf([])), ran({ __interrupt__: [old] }), ['GET', at, 403, 'No'])
    const { adapter } = account()
    const { inputRequests = [] } = await adapter.messages.ask(threadId, { text: 'When do you open?' })
    expect(inputRequests).toMatchObject([{ id: `${threadId}#0`, text: 'Approve?' }])
    serve(read(waitingThread([question], [old])), ran({ messages: [question, answer] }), over)
    const requestId = inputRequests[0]?.id as string
    expect(await adapter.messages.provideInput(threadId, { value: 1, requestId })).toMatchObject({
      outcome: 'answered',
    })
  })

  it('warns that the server does not keep who gave the input', async () => {
    serve(waits, ran({ messages: [question, answer] }), over)
    const { warnings } = await account().adapter.messages.provideInput(threadId, { ...input, operatorId: 'max' })
    expect(warnings).toMatchObject([{ code: 'ignored-option', path: 'operatorId' }])
  })

  it.each([
    ['nothing', threadOf([question]), undefined],
    ['something else', waitingThread([question]), another.id],
    ['nothing after a failure', failedThread([question]), undefined],
  ])('is a conflict if the thread waits for %s, and nothing is sent', async (_, thread, requestId) => {
    const seen = serve(read(thread))
    const work = account().adapter.messages.provideInput(threadId, { ...input, ...(requestId && { requestId }) })
    expect(await failure(work)).toMatchObject({ code: 'conflict', outcome: 'not-done' })
    expect(seen).toHaveLength(1)
  })

  it('is a conflict if another run of the thread is going on', async () => {
    serve(waits, sentence('POST', wait, 422, busy))
    expect(await failure(account().adapter.messages.provideInput(threadId, input))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done' },
    })
  })

  it('is failed if the run fails', async () => {
    serve(waits, ran(failedRun), read(failedThread([question])))
    expect(await account().adapter.messages.provideInput(threadId, input)).toMatchObject({ outcome: 'failed', attempt })
  })

  it.each([
    [threadId, {}, 'value'],
    [threadId, undefined, 'input'],
    [threadId, { value: Number.NaN }, 'value'],
    [threadId, { value: 1, requestId: 7 }, 'requestId'],
    ['', input, 'conversation'],
  ])('refuses %o with %o before a request is sent', async (target, wrong, path) => {
    const error = await failure(account().adapter.messages.provideInput(target as never, wrong as never))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })
})

describe('messages.provideInput without a response', () => {
  const lost = (first: typeof fetch = resettingFetch) => account({ fetch: runsThrough(first) })

  it('was taken if the thread no longer waits, once it is not busy, although it still lists the request', async () => {
    const working = read({ ...waitingThread([question]), status: 'busy' })
    serve(waits, working, working, over)
    expect(await lost().adapter.messages.provideInput(threadId, input)).toMatchObject({
      ...{ outcome: 'answered', text: 'A note by a person', attempt },
    })
  })

  it('was taken if the thread waits for something else', async () => {
    serve(waits, read(waitingThread([question], [another])))
    expect(await lost().adapter.messages.provideInput(threadId, input)).toMatchObject({
      ...{ outcome: 'needs-input', inputRequests: [{ id: another.id }] },
    })
  })

  it('has an unknown outcome while the thread waits for it, and is never given again', async () => {
    let runs = 0
    const counting: typeof fetch = (...request) => {
      runs++
      return resettingFetch(...request)
    }
    serve(waits, waits)
    expect(await lost(counting).adapter.messages.provideInput(threadId, input)).toMatchObject({ outcome: 'unknown' })
    expect(runs).toBe(1)
  })

  it('has an unknown outcome if the thread is busy until the deadline, or cannot be read', async () => {
    const working = read({ ...waitingThread([question]), status: 'busy' })
    serve(waits, working, working)
    const options = { timeout: 3_000 }
    expect(await lost().adapter.messages.provideInput(threadId, input, options)).toMatchObject({ outcome: 'unknown' })
    serve(waits, ['GET', at, 403, 'No'])
    expect(await lost().adapter.messages.provideInput(threadId, input)).toMatchObject({ outcome: 'unknown' })
  })

  it('throws if the input was not sent', async () => {
    serve(waits)
    expect(await failure(lost(refusingFetch).adapter.messages.provideInput(threadId, input))).toMatchObject({
      ...{ code: 'network', outcome: 'not-done' },
    })
  })
})
