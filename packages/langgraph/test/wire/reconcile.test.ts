import type { SendAttempt } from '@parley/core'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import {
  answer,
  failedThread,
  inputCheckpoint,
  interruptId,
  question,
  run,
  said,
  threadId,
  threadOf,
  toolResult,
  waitingThread,
} from '../fixtures/threads.ts'
import { account } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const read = (thread: unknown): Exchange => ['GET', `/threads/${threadId}`, 200, thread]
const historyPath = `/threads/${threadId}/history`
const history = (...checkpoints: object[]): Exchange => ['POST', historyPath, 200, checkpoints]
const running = (mark: string) => ({ ...run, status: 'running', metadata: { parley_input: mark } })
const checkpoint = (messages: object[]) => ({
  ...inputCheckpoint('another'),
  ...{ values: { messages }, created_at: '2026-11-28T09:18:38.000Z' },
})
const asked: SendAttempt = {
  kind: 'ask',
  conversationId: threadId,
  messageId: null,
  mark: question.id,
  text: question.content,
  startedAt: '2026-11-28T09:18:37.000Z',
}
const replied: SendAttempt = { ...asked, kind: 'reply', mark: said.id, text: said.content }
const given: SendAttempt = {
  ...{ kind: 'input', conversationId: threadId, messageId: null, requestId: interruptId, after: question.id },
  ...{ text: 'yes', startedAt: '2026-11-28T09:18:37.000Z' },
}

/** Reconciles so many seconds after the attempt began. */
async function reconcile(attempt: SendAttempt, seconds = 23) {
  const { adapter, clock } = account()
  if (seconds > 23) await clock.advance((seconds - 23) * 1000)
  return adapter.messages.reconcile(attempt)
}

describe('messages.reconcile of a question', () => {
  it('finds it by the id that was chosen here, with its answer', async () => {
    const seen = serve(read(threadOf([said, question, answer])))
    expect(await reconcile(asked)).toMatchObject({
      ...{ outcome: 'done', message: { id: question.id }, attempt: { messageId: question.id } },
      answer: { outcome: 'answered', text: 'Echo: When do you open?' },
    })
    expect(seen).toStrictEqual([got(`/threads/${threadId}`)])
  })

  it.each([
    ['pending', threadOf([question], { status: 'busy' })],
    ['unanswered', threadOf([question])],
    ['needs-input', waitingThread([question])],
    ['failed', failedThread([question])],
    ['needs-input', waitingThread([question, answer])],
    ['failed', failedThread([question, answer])],
    ['answered', failedThread([question, answer, { ...question, id: 'q-2' }])],
  ])('reports its answer as %s by the status of the thread', async (outcome, thread) => {
    serve(read(thread))
    expect(await reconcile(asked)).toMatchObject({ outcome: 'done', answer: { outcome } })
  })

  it.each([
    ['stopped for a person', waitingThread([question, answer])],
    ['failed', failedThread([question, answer])],
  ])('has what the agent wrote before it %s', async (_, thread) => {
    serve(read(thread))
    expect((await reconcile(asked)).answer).toMatchObject({ text: 'Echo: When do you open?', messages: [{}] })
  })

  it('goes by the order of the thread, because its messages have no time', async () => {
    const later = { ...question, id: 'q-2' }
    serve(read(threadOf([question, answer, later])))
    const { mark: _, ...unmarked } = asked
    expect(await reconcile({ ...unmarked, after: answer.id })).toMatchObject({
      outcome: 'done',
      message: { id: 'q-2' },
    })
    serve(read(threadOf([later, answer])))
    expect(await reconcile({ ...unmarked, after: answer.id }, 2_000)).toMatchObject({ outcome: 'not-done' })
  })

  it('ends the answer at the next question', async () => {
    const later = { ...question, id: 'q-2' }
    serve(read(threadOf([said, question, answer, later, { ...answer, id: 'a-2' }])))
    const { answer: found } = await reconcile(asked)
    expect(found?.messages.map(({ id }) => id)).toEqual([answer.id])
  })

  it('is unknown if nothing is there yet', async () => {
    serve(read(threadOf([])))
    expect(await reconcile(asked)).toMatchObject({ outcome: 'unknown', message: null, answer: null })
  })

  it('did not arrive if the thread does not have it and no run with its mark has begun', async () => {
    const seen = serve(read(threadOf([said, toolResult])), history())
    expect(await reconcile(asked, 2_000)).toMatchObject({ outcome: 'not-done', message: null, answer: null })
    expect(seen[1]).toStrictEqual(posted(historyPath, { limit: 1, metadata: { parley_input: question.id } }))
  })

  it('is pending while its run is going on, although the thread does not show it', async () => {
    const runs: Exchange = ['GET', `/threads/${threadId}/runs?status=running&limit=100`, 200, [running(question.id)]]
    serve(read(threadOf([said], { status: 'busy' })), runs)
    expect(await reconcile(asked, 2_000)).toMatchObject({
      ...{ outcome: 'done', message: null, answer: { outcome: 'pending', conversationId: threadId } },
    })
  })

  it('is unknown while another run is going on', async () => {
    const runs = (status: string, list: object[]): Exchange => [
      ...(['GET', `/threads/${threadId}/runs?status=${status}&limit=100`, 200, list] as const),
    ]
    serve(read(threadOf([said], { status: 'busy' })), runs('running', [running('another')]), runs('pending', []))
    expect(await reconcile(asked, 2_000)).toMatchObject({ outcome: 'unknown' })
  })

  it('is unknown while the thread is busy, because a question in the queue is not shown', async () => {
    serve(read(threadOf([said], { status: 'busy' })))
    expect(await reconcile(asked, 2_000)).toMatchObject({ outcome: 'unknown' })
  })

  it.each([
    ['its run shows in the history', history(inputCheckpoint(question.id))],
    ['the history cannot be read', ['POST', historyPath, 403, 'No']],
    ['the history is no list', ['POST', historyPath, 200, {}]],
  ] as [string, Exchange][])('is unknown if the thread does not have it, but %s', async (_, then) => {
    serve(read(threadOf([said])), then)
    expect(await reconcile(asked, 2_000)).toMatchObject({ outcome: 'unknown', message: null })
  })
})

describe('messages.reconcile of a reply', () => {
  it('finds it by the id that was chosen here', async () => {
    serve(read(threadOf([question, said])))
    expect(await reconcile(replied)).toMatchObject({ outcome: 'done', message: { id: said.id }, answer: null })
  })

  it('did not arrive if only the contact and tools wrote', async () => {
    serve(read(threadOf([question, toolResult])), history(checkpoint([question])))
    expect(await reconcile(replied, 2_000)).toMatchObject({ outcome: 'not-done' })
  })

  it('did not arrive if the history does not have it, back to the time before it', async () => {
    const old = { ...checkpoint([]), created_at: '2026-11-28T08:00:00.000Z' }
    const full = Array(100).fill(checkpoint([question]))
    const seen = serve(read(threadOf([question])), history(...full), history(...full.slice(1), old))
    expect(await reconcile(replied, 2_000)).toMatchObject({ outcome: 'not-done' })
    expect(seen.slice(1)).toStrictEqual([
      posted(historyPath, { limit: 100 }),
      posted(historyPath, { limit: 100, before: '1f1eb954-6f26-6060-8001-853a1db4c8c5' }),
    ])
  })

  it.each([
    ['the graph removed it later', [history(checkpoint([question]), checkpoint([question, said]))]],
    ['the history cannot be read', [['POST', historyPath, 403, 'No']]],
    ['the history has no ids to go on from', [history(...Array(100).fill({ values: {} }))]],
    ['the history does not end', Array(20).fill(history(...Array(100).fill(checkpoint([]))))],
  ] as [string, Exchange[]][])('is unknown if the thread does not have it, but %s', async (_, then) => {
    serve(read(threadOf([question])), ...then)
    expect(await reconcile(replied, 2_000)).toMatchObject({ outcome: 'unknown', message: null })
  })
})

describe('messages.reconcile of an input', () => {
  it('was taken if the thread no longer waits for it, and has the answer since', async () => {
    serve(read(threadOf([question, said])), read(threadOf([question, said])))
    expect(await reconcile(given)).toMatchObject({
      ...{ outcome: 'done', message: null, answer: { outcome: 'answered', text: 'A note by a person' } },
    })
  })

  it('was taken if the run after it failed', async () => {
    serve(read(failedThread([question])), read(failedThread([question])))
    expect(await reconcile(given)).toMatchObject({ outcome: 'done', answer: { outcome: 'failed' } })
  })

  it.each([
    ['while the thread is busy, although it still lists the request', { ...waitingThread([question]), status: 'busy' }],
    ['while the thread waits, which may be for the same again', waitingThread([question])],
  ])('is unknown %s', async (_, thread) => {
    serve(read(thread))
    expect(await reconcile(given, 2_000)).toMatchObject({ outcome: 'unknown', answer: null })
  })
})
