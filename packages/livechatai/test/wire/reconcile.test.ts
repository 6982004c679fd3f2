import type { SendAttempt } from '@parley/core'
import { failure } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { conversationPage, threadOf } from '../fixtures/conversations.ts'
import { agentAnswer, image, question, teammate, teammateAnswer } from '../fixtures/messages.ts'
import { account, refOf } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const asked: SendAttempt = {
  kind: 'ask',
  conversationId: 'c-1',
  messageId: null,
  text: '  Where is   my parcel? ',
  startedAt: '2026-02-01T08:04:10.000Z',
}
const replied: SendAttempt = { ...asked, kind: 'reply', text: 'I have asked the carrier.' }
const thread = (messages: object[], fields: object = {}): Exchange => [
  'GET',
  '/conversations/c-1',
  200,
  threadOf(messages, fields),
]
const later = (seconds: number) => {
  const { clock, ...rest } = laterClock(seconds)
  return account({ clock, ...rest })
}
const laterClock = (seconds: number) => ({
  clock: { now: () => Date.parse('2026-02-01T08:04:10.000Z') + seconds * 1_000, after: () => () => {} },
})
const reconcile = (attempt: SendAttempt, seconds = 5) => later(seconds).adapter.messages.reconcile(attempt)

describe('messages.reconcile', () => {
  it('finds the question and its answer', async () => {
    const seen = serve(thread([agentAnswer, question]))
    expect(await reconcile(asked)).toMatchObject({
      outcome: 'done',
      message: { id: 'm-1' },
      answer: {
        outcome: 'answered',
        text: 'It left the **depot** today.',
        message: { id: 'm-2' },
        sources: [{ id: 's-1' }, { id: 'm-2#1' }],
        sourcesState: 'inline',
        conversationId: 'c-1',
        conversationRef: refOf('conversation', 'c-1'),
        contactId: 'p-1',
        contactRef: refOf('contact', 'p-1'),
        attempt: { ...asked, messageId: 'm-1' },
      },
    })
    expect(seen).toStrictEqual([got('/conversations/c-1')])
  })

  it('matches the id if there is one', async () => {
    serve(thread([{ ...question, content: 'changed', createdAt: null }, agentAnswer]))
    expect(await reconcile({ ...asked, messageId: 'm-1' })).toMatchObject({
      outcome: 'done',
      answer: { outcome: 'answered' },
    })
  })

  it.each([
    ['pending', 5, {}],
    ['unanswered', 5, { isAgent: true, agent: teammate }],
    // The vendor answers within the request; after ten minutes there is none to come.
    ['unanswered', 700, {}],
  ])('reports a question without an answer as %s after %i s', async (outcome, seconds, fields) => {
    serve(thread([question], fields))
    expect(await reconcile(asked, seconds)).toMatchObject({ outcome: 'done', answer: { outcome, message: null } })
  })

  it('does not take the answer to a later question', async () => {
    serve(thread([question, { ...question, id: 'm-1b', content: 'Hello?' }, agentAnswer]))
    expect(await reconcile(asked)).toMatchObject({ outcome: 'done', answer: { outcome: 'pending' } })
  })

  it('finds a reply, even one without its teammate, and an image', async () => {
    serve(thread([question, agentAnswer, teammateAnswer]))
    expect(await reconcile(replied)).toMatchObject({ outcome: 'done', message: { id: 'm-3' }, answer: null })
    serve(thread([question, { ...teammateAnswer, agent: null }]))
    expect(await reconcile(replied)).toMatchObject({ outcome: 'done', message: { id: 'm-3' } })
    serve(thread([image]))
    expect(await reconcile({ ...asked, text: image.content })).toMatchObject({
      outcome: 'done',
      message: { id: 'm-4' },
    })
  })

  it.each([
    ['nothing is there yet', [], 700, 'unknown'],
    // A question may take two minutes and a minute to show; this attempt was stored, so ten more for another clock.
    ['nothing is there after 13 minutes', [agentAnswer], 781, 'not-done'],
    ['the same was said an hour before', [{ ...question, createdAt: '2026-02-01T07:00:00Z' }], 781, 'not-done'],
    ['the same was said just before', [{ ...question, createdAt: '2026-02-01T08:03:00Z' }], 781, 'unknown'],
    ['something else was said since', [{ ...question, content: 'Hello' }], 781, 'unknown'],
    ['the same was said at no known time', [{ ...question, createdAt: null }], 781, 'unknown'],
    ['the same was said by the agent', [{ ...agentAnswer, content: question.content }], 781, 'not-done'],
  ])('finds no message if %s', async (_, messages, seconds, outcome) => {
    serve(thread(messages))
    expect(await reconcile(asked, seconds)).toMatchObject({ outcome, message: null, answer: null })
  })

  it.each([
    ['another teammate', teammateAnswer, { operatorId: 'tm-other' }, 'not-done'],
    ['a teammate, and nobody was named', teammateAnswer, {}, 'unknown'],
    ['an assistant without a teammate', { ...agentAnswer, source: [] }, {}, 'unknown'],
    ['the agent, with its sources', agentAnswer, {}, 'not-done'],
    ['the contact', question, {}, 'not-done'],
  ])('of a reply does not match if %s wrote the same text', async (_, message, fields, outcome) => {
    serve(thread([{ ...message, content: 'Other words' }]))
    expect(await reconcile({ ...replied, ...fields }, 781)).toMatchObject({ outcome })
  })

  it('reports nothing about a conversation without its messages', async () => {
    serve(thread(null as never))
    expect(await reconcile(asked, 781)).toMatchObject({ outcome: 'unknown' })
  })

  it('looks for a question that opened a conversation', async () => {
    const list = '/conversations?agentId=bot-1&sort=desc&page=1&perPage=100'
    const opening = { ...asked, conversationId: null }
    serve(
      ['GET', list, 200, conversationPage([{ id: 'c-1', createdAt: '2026-02-01T08:04:09Z' }])],
      thread([question, agentAnswer]),
    )
    expect(await reconcile(opening)).toMatchObject({
      outcome: 'done',
      message: { id: 'm-1' },
      answer: {
        outcome: 'answered',
        conversationId: 'c-1',
        conversationRef: refOf('conversation', 'c-1'),
        attempt: { conversationId: 'c-1', messageId: 'm-1' },
      },
    })
    serve(['GET', list, 200, conversationPage([])])
    expect(await reconcile(opening, 500)).toMatchObject({ outcome: 'unknown' })
  })

  it.each([
    [undefined, 'attempt'],
    [{ ...asked, kind: 'note' }, 'attempt.kind'],
    [{ ...asked, kind: undefined }, 'attempt.kind'],
    [{ ...replied, conversationId: null }, 'attempt.conversationId'],
    [{ ...asked, text: 3 }, 'attempt.text'],
    [{ ...asked, sendAt: 'soon' }, 'attempt.sendAt'],
    [{ ...asked, after: {} }, 'attempt.after'],
    [{ ...asked, messageId: 7 }, 'attempt.messageId'],
    [{ ...asked, startedAt: 'soon' }, 'attempt.startedAt'],
  ])('refuses %o', async (attempt, path) => {
    const error = await failure(reconcile(attempt as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
