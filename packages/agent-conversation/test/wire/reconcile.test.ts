import type { SendAttempt } from '@parley/core'
import { failure } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation } from '../fixtures/conversations.ts'
import { missingRoute, notFound } from '../fixtures/errors.ts'
import { agentMessage, manualMessage, userMessage } from '../fixtures/messages.ts'
import { account } from '../helpers/account.ts'
import { auth, serve } from '../helpers/vendor.ts'

useNock()

const thread = (...messages: object[]): Exchange => [
  'GET',
  '/conversations/c-0001/messages?orderDirection=ASC',
  200,
  { messages },
]
const response = (body: unknown, status = 200): Exchange => [
  'GET',
  '/conversations/c-0001/messages/m-11/response-on',
  status,
  body,
]
const conversation = (mode: string): Exchange => ['GET', '/conversations/c-0001', 200, { ...listedConversation, mode }]

/** The account's clock stands at 08:04:10. */
const asked: SendAttempt = {
  kind: 'ask',
  conversationId: 'c-0001',
  messageId: null,
  text: 'Where is my parcel?',
  startedAt: '2026-02-01T08:02:00.000Z',
}
/** The same so long ago that it must have arrived if it ever does, also for an attempt that another process made. */
const old: SendAttempt = { ...asked, startedAt: '2026-02-01T07:50:00.000Z' }
const replied: SendAttempt = { ...asked, kind: 'reply', text: 'I will call you.' }

describe('messages.reconcile of a question', () => {
  it('finds question and answer with one request', async () => {
    const seen = serve(thread(userMessage, agentMessage))
    const { outcome, message, answer } = await account().adapter.messages.reconcile(asked)
    expect([outcome, message?.id, answer?.outcome, answer?.text]).toEqual([
      'done',
      'm-11',
      'answered',
      'Your parcel left the depot today.',
    ])
    expect(answer?.attempt).toStrictEqual({ ...asked, messageId: 'm-11' })
    expect(seen).toEqual([
      {
        method: 'GET',
        uri: '/external/conversations/c-0001/messages?orderDirection=ASC',
        headers: auth,
        body: undefined,
      },
    ])
  })

  it('takes the agent’s next message if an edition names no question', async () => {
    const unnamed = { ...agentMessage, conversationMessageId: null }
    serve(thread(userMessage, unnamed))
    expect((await account().adapter.messages.reconcile(asked)).answer).toMatchObject({
      outcome: 'answered',
      message: { id: 'm-12' },
    })
  })

  it('does not take a message sent after the contact’s next one', async () => {
    const again = { ...userMessage, id: 'm-11b', message: 'Hello?', createdAt: '2026-02-01T08:04:11Z' }
    const unnamed = { ...agentMessage, conversationMessageId: null }
    serve(thread(userMessage, again, unnamed), response({ status: 'pending' }), conversation('ai'))
    expect((await account().adapter.messages.reconcile(asked)).answer?.outcome).toBe('pending')
  })

  it('prefers the agent’s answer to a person’s', async () => {
    serve(thread(userMessage, { ...manualMessage, createdAt: userMessage.createdAt }, agentMessage))
    expect((await account().adapter.messages.reconcile(asked)).answer?.message?.id).toBe('m-12')
  })

  it.each([
    ['pending', 'pending', [response({ status: 'pending', message: null, error: null }), conversation('ai')]],
    ['unanswered', 'pending in manual mode', [response({ status: 'pending' }), conversation('manual')]],
    ['failed', 'failed', [response({ status: 'failed', message: null, error: 'x' })]],
    ['answered', 'completed a moment ago', [response({ status: 'completed', message: agentMessage })]],
    ['unanswered', 'completed without a text', [response({ status: 'completed', message: null }), thread(userMessage)]],
    ['pending', 'not served', [response(missingRoute, 404), conversation('ai')]],
  ] as [string, string, Exchange[]][])('is %s if the response is %s', async (outcome, _, exchanges) => {
    serve(thread(userMessage), ...exchanges)
    const reconciled = await account().adapter.messages.reconcile({ ...asked, messageId: 'm-11' })
    expect([reconciled.outcome, reconciled.message?.id, reconciled.answer?.outcome]).toEqual(['done', 'm-11', outcome])
  })

  it('has an unknown outcome if the question had an id and does not appear', async () => {
    serve(thread())
    const reconciled = await account().adapter.messages.reconcile({ ...old, messageId: 'm-11' })
    expect(reconciled).toMatchObject({ outcome: 'unknown', message: null, answer: null })
  })

  const at = (createdAt: string | undefined, text: string = userMessage.message) => ({
    ...userMessage,
    createdAt,
    message: text,
  })
  it.each([
    ['nothing like it is there after 14 minutes', 'not-done', old, []],
    ['nothing like it is there yet', 'unknown', { ...old, startedAt: '2026-02-01T07:51:30.000Z' }, []],
    ['the same words are an hour older', 'not-done', old, [at('2026-02-01T06:50:00Z')]],
    ['the same words are nine minutes older: clocks differ', 'unknown', old, [at('2026-02-01T07:41:00Z')]],
    ['the same words have no time', 'unknown', old, [at(undefined)]],
    ['other words came since', 'unknown', old, [at('2026-02-01T08:03:00Z', 'Where is my parcel, please?')]],
    ['only the agent spoke', 'not-done', old, [{ ...agentMessage, message: userMessage.message }]],
  ])('if %s: %s', async (_, outcome, attempt, messages) => {
    serve(thread(...messages))
    expect(await account().adapter.messages.reconcile(attempt)).toMatchObject({ outcome, message: null, answer: null })
  })

  it.each([
    ['whole seconds', '2026-02-01T08:02:00Z', asked.text],
    ['white space', '2026-02-01T08:02:05Z', ' Where is  my\nparcel? '],
  ])('continues despite %s', async (_, createdAt, text) => {
    serve(thread(at(createdAt, text), agentMessage))
    const attempt = { ...asked, startedAt: '2026-02-01T08:02:00.900Z' }
    expect((await account().adapter.messages.reconcile(attempt)).outcome).toBe('done')
  })

  it('is unknown if the conversation is gone', async () => {
    serve(['GET', '/conversations/c-0001/messages?orderDirection=ASC', 404, notFound])
    expect(await account().adapter.messages.reconcile(asked)).toMatchObject({ outcome: 'unknown', message: null })
  })
})

describe('messages.reconcile of a reply', () => {
  it('finds the reply', async () => {
    serve(thread(userMessage, { ...manualMessage, id: 'm-9', senderRole: 'conversation_user' }, manualMessage))
    const reconciled = await account().adapter.messages.reconcile(replied)
    expect(reconciled).toMatchObject({ outcome: 'done', message: { id: 'm-13' }, answer: null })
  })

  it('does not match the agent’s or the contact’s message with the same text', async () => {
    const same = { ...manualMessage, senderRole: 'assistant' }
    serve(thread(same, { ...same, id: 'm-14', senderRole: 'conversation_user' }))
    const longAgo = { ...replied, startedAt: old.startedAt }
    expect(await account().adapter.messages.reconcile(longAgo)).toMatchObject({ outcome: 'not-done', message: null })
  })
})

describe('messages.reconcile', () => {
  it.each([
    ['attempt', undefined as never],
    ['attempt.kind', { ...asked, kind: 'note' as never }],
    ['attempt.conversationId', { ...replied, conversationId: null }],
    ['attempt.text', { ...asked, text: 3 as never }],
    ['attempt.startedAt', { ...asked, startedAt: 'now' }],
    ['attempt.messageId', { ...asked, messageId: 7 as never }],
  ])('refuses a wrong %s', async (path, attempt) => {
    const error = await failure(account().adapter.messages.reconcile(attempt))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
