import { failure, refusingFetch, resettingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import {
  answer,
  assistantId,
  intro,
  notFound,
  question,
  said,
  threadId,
  threadOf,
  toolCall,
  toolResult,
  waitingThread,
} from '../fixtures/threads.ts'
import { account, entity, ownId, useOwnIds } from '../helpers/account.ts'
import { got, posted, sentence, serve } from '../helpers/vendor.ts'

useNock()
useOwnIds()

const at = `/threads/${threadId}`
const read = (thread: unknown): Exchange => ['GET', at, 200, thread]

describe('messages.list', () => {
  const messages = [question, intro, toolCall, toolResult, answer, said]

  it('reads the thread whole, newest first, without times', async () => {
    const seen = serve(read(threadOf(messages)))
    const { items, next, warnings } = await account().adapter.messages.list(threadId)
    expect(items.map(({ id }) => id)).toEqual(messages.map(({ id }) => id).reverse())
    expect(items.every((message) => !('createdAt' in message))).toBe(true)
    expect([next, told(warnings)]).toEqual([null, []])
    expect(seen).toStrictEqual([got(at)])
  })

  it('can be asked for the oldest first, and in pages', async () => {
    serve(...Array.from({ length: 3 }, () => read(threadOf(messages))))
    const { adapter } = account()
    const found: string[] = []
    for await (const { id } of adapter.messages.list(threadId, { order: 'asc', limit: 2 })) found.push(id)
    expect(found).toEqual(messages.map(({ id }) => id))
  })

  it('has no messages in a thread without values', async () => {
    serve(read({ ...threadOf([]), values: null }))
    expect((await account().adapter.messages.list(threadId)).items).toEqual([])
  })

  it('names the assistant of the last run as the author of its messages', async () => {
    serve(read(threadOf([answer])))
    const { items } = await account().adapter.messages.list(threadId)
    expect(items[0]?.author).toStrictEqual({ kind: 'agent', basis: 'vendor', native: 'ai', id: assistantId })
  })

  it('skips a message that cannot be read, and warns', async () => {
    serve(read(threadOf([question, 7 as never, answer])))
    const { items, warnings } = await account().adapter.messages.list(threadId)
    expect(items.map(({ id }) => id)).toEqual([answer.id, question.id])
    expect(warnings.map(({ code }) => code)).toEqual(['bad-item'])
  })

  it('is not found if there is no such thread', async () => {
    serve(sentence('GET', at, 404, notFound))
    expect(await failure(account().adapter.messages.list(threadId))).toMatchObject({ code: 'not-found' })
  })
})

describe('messages.reply', () => {
  const state = `${at}/state`
  const done: Exchange = ['POST', state, 200, { checkpoint: { thread_id: threadId, checkpoint_ns: '' } }]
  const payload = { type: 'ai', id: ownId(1), name: 'operator', content: 'One moment.' }
  const input = { text: 'One moment.' }
  const attempt = {
    ...{ kind: 'reply', conversationId: threadId, messageId: ownId(1), mark: ownId(1), text: 'One moment.' },
    startedAt: '2026-11-28T09:19:00.000Z',
  }

  it('adds a message to the state of the thread', async () => {
    const seen = serve(read(threadOf([question])), done)
    expect(await account().adapter.messages.reply(threadId, input)).toMatchObject({
      ...{ outcome: 'accepted', messageId: ownId(1), conversationId: threadId, attempt, warnings: [] },
      message: {
        ...entity('message', ownId(1), payload),
        author: { kind: 'operator', basis: 'inferred', native: 'ai', name: 'operator' },
        ...{ text: 'One moment.', direction: 'outbound', externalId: ownId(1) },
      },
    })
    expect(seen).toStrictEqual([got(at), posted(state, { values: { messages: [payload] } })])
  })

  it('marks it by the account’s name, and keeps the id of the operator', async () => {
    const seen = serve(read(threadOf([])), done)
    const options = { ...input, operatorId: 'max', vendor: { langgraph: { asNode: 'answer' } } }
    const { adapter } = account({ operatorName: 'team', messagesKey: 'chat' })
    const { message } = await adapter.messages.reply(threadId, options)
    expect(message?.author).toMatchObject({ kind: 'operator', id: 'max', name: 'team' })
    const chat = [{ ...payload, name: 'team', additional_kwargs: { operator_id: 'max' } }]
    expect(seen[1]?.body).toStrictEqual({ values: { chat }, as_node: 'answer' })
  })

  it('is refused while the thread waits for a person', async () => {
    const seen = serve(read(waitingThread([question])))
    expect(await failure(account().adapter.messages.reply(threadId, input))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done' },
    })
    expect(seen).toHaveLength(1)
  })

  it('is a conflict in a thread without a graph, and says what to do', async () => {
    serve(read(threadOf([])), sentence('POST', state, 400, `Thread ${threadId} has no graph ID`))
    expect(await failure(account().adapter.messages.reply(threadId, input))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done', message: expect.stringContaining('graphId') },
    })
  })

  it('is accepted if its response is lost and the message is in the thread', async () => {
    const lost = account({
      fetch: (request, init) =>
        (request as Request).method === 'POST' ? resettingFetch(request, init) : fetch(request, init),
    })
    serve(read(threadOf([])), read(threadOf([payload])))
    expect(await lost.adapter.messages.reply(threadId, input)).toMatchObject({ outcome: 'accepted', attempt })
    serve(read(threadOf([])), read(threadOf([])), read(threadOf([])))
    expect(await lost.adapter.messages.reply(threadId, input)).toMatchObject({ outcome: 'unknown', messageId: null })
  })

  it('throws if it was not sent', async () => {
    serve(read(threadOf([])))
    const { adapter } = account({
      fetch: (request, init) =>
        (request as Request).method === 'POST' ? refusingFetch(request, init) : fetch(request, init),
    })
    expect(await failure(adapter.messages.reply(threadId, input))).toMatchObject({
      code: 'network',
      outcome: 'not-done',
    })
  })

  it.each([
    [{ ...input, sendAt: '2027-01-01T00:00:00.000Z' }, 'unsupported', 'sendAt'],
    [{ ...input, attachments: [{ url: 'https://shop.test/a.png' }] }, 'unsupported', 'attachments'],
    [{ text: '' }, 'invalid-request', 'text'],
    [{ ...input, operatorId: 7 }, 'invalid-request', 'operatorId'],
  ])('refuses %o before a request is sent', async (wrong, code, path) => {
    expect(await failure(account().adapter.messages.reply(threadId, wrong as never))).toMatchObject({
      ...{ code, outcome: 'not-done', fields: [{ path }] },
    })
  })

  it('names the files that a reply cannot have', async () => {
    const attachments = [{ url: 'https://shop.test/a.png' }]
    const error = await failure(account().adapter.messages.reply(threadId, { ...input, attachments }))
    expect(error.message).toMatch(/attachments cannot be sent: a reply is only text/)
  })

  it('ignores what a message of a thread lacks, and says so', async () => {
    serve(read(threadOf([])), done)
    const { warnings } = await account().adapter.messages.reply(threadId, { ...input, html: '<b>x</b>', subject: 'x' })
    expect(told(warnings)).toEqual(['ignored-option html', 'ignored-option subject'])
  })
})
