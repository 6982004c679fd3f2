import type { SendAttempt } from '@parley/core'
import { type Exchange, useNock } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import {
  answer,
  failedThread,
  interruptId,
  question,
  said,
  threadId,
  threadOf,
  toolResult,
  waitingThread,
} from '../fixtures/threads.ts'
import { account } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const read = (thread: unknown): Exchange => ['GET', `/threads/${threadId}`, 200, thread]
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
    ['answered', failedThread([question, answer])],
  ])('reports its answer as %s by the status of the thread', async (outcome, thread) => {
    serve(read(thread))
    expect(await reconcile(asked)).toMatchObject({ outcome: 'done', answer: { outcome } })
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

  it.each([
    ['is unknown if nothing is there yet', [], 23, 'unknown'],
    ['did not arrive if nothing is there when it can no longer come', [said, toolResult], 2_000, 'not-done'],
  ] as const)('%s', async (_, messages, seconds, outcome) => {
    serve(read(threadOf(messages)))
    expect(await reconcile(asked, seconds)).toMatchObject({ outcome, message: null, answer: null })
  })
})

describe('messages.reconcile of a reply', () => {
  it('finds it by the id that was chosen here', async () => {
    serve(read(threadOf([question, said])))
    expect(await reconcile(replied)).toMatchObject({ outcome: 'done', message: { id: said.id }, answer: null })
  })

  it('did not arrive if only the contact and tools wrote', async () => {
    serve(read(threadOf([question, toolResult])))
    expect(await reconcile(replied, 2_000)).toMatchObject({ outcome: 'not-done' })
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
