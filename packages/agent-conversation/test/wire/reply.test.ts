import { failure, hangingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { fullConversation, listedConversation, olderConversation } from '../fixtures/conversations.ts'
import { badRequest, forbidden, notFound, serverFault } from '../fixtures/errors.ts'
import { manualMessage } from '../fixtures/messages.ts'
import { account, entity } from '../helpers/account.ts'
import { json, serve } from '../helpers/vendor.ts'

useNock()

const path = '/conversations/c-0001/send-manual-message'
const thread = '/conversations/c-0001/messages?orderDirection=ASC'
const conversation = (answer: object, status = 200): Exchange => ['GET', '/conversations/c-0001', status, answer]
const attempt = {
  kind: 'reply',
  conversationId: 'c-0001',
  messageId: 'm-13',
  text: 'I will call you.',
  startedAt: '2026-02-01T08:04:10.000Z',
  deadline: expect.any(String) as unknown as string,
}
const message = {
  ...entity('message', 'm-13', manualMessage),
  conversationId: 'c-0001',
  type: { value: 'text', native: null },
  direction: 'outbound',
  author: { kind: 'operator', basis: 'vendor', native: 'manual_assistant' },
  channel: { value: 'web', native: 'live_chat' },
  text: 'I will call you.',
  inReplyTo: 'm-11',
  sourcesState: 'unavailable',
  isAnonymized: false,
  createdAt: '2026-02-01T08:04:12.000Z',
}
const sent = { outcome: 'accepted', message, messageId: 'm-13', conversationId: 'c-0001', attempt, warnings: [] }
const reply = { text: 'I will call you.' }

describe('messages.reply', () => {
  it('sends as an operator', async () => {
    const seen = serve(['POST', path, 200, manualMessage])
    const result = await account({ operatorId: 'p-1' }).adapter.messages.reply('c-0001', {
      ...reply,
      inReplyTo: 'm-11',
      attachments: [{ fileName: 'a.png', uploadId: 'store/a' }],
    })
    expect(result).toStrictEqual({ ...sent, attempt: { ...attempt, operatorId: 'p-1' } })
    expect(seen).toEqual([
      {
        method: 'POST',
        uri: `/external${path}`,
        headers: json,
        body: {
          message: 'I will call you.',
          conversationMessageId: 'm-11',
          authorId: 'p-1',
          files: [{ fileName: 'a.png', storagePath: 'store/a' }],
        },
      },
    ])
  })

  it('is attributed to the operator of the call, with a warning about ignored values', async () => {
    const seen = serve(['POST', path, 200, manualMessage])
    const result = await account({ operatorId: 'p-1' }).adapter.messages.reply('c-0001', {
      ...reply,
      operatorId: 'p-2',
      html: '<p>I will call you.</p>',
      subject: 'Call',
      channel: 'sms',
    })
    expect(seen[0]?.body).toEqual({ message: 'I will call you.', authorId: 'p-2' })
    expect(told(result.warnings)).toEqual(['ignored-option html', 'ignored-option subject', 'ignored-option channel'])
  })

  it.each([
    ['nothing', undefined],
    ['something without an id', { ok: true }],
  ])('is accepted if the answer is %s', async (_, answer) => {
    serve(['POST', path, 200, answer])
    expect(await account().adapter.messages.reply('c-0001', reply)).toMatchObject({
      outcome: 'accepted',
      message: null,
      messageId: null,
    })
  })

  it.each([
    ['empty', undefined],
    ['the documented 400', badRequest],
  ])('fails with `conflict` and advice while the agent is in control (%s)', async (_, answer) => {
    serve(['POST', path, 400, answer], conversation(listedConversation))
    const error = await failure(account().adapter.messages.reply('c-0001', reply))
    expect(error).toMatchObject({ code: 'conflict', status: 400, outcome: 'not-done', operation: 'messages.reply' })
    expect(error.message).toMatch(/agent is in control.*control\.takeOver/)
  })

  it('fails with `conflict` during a call', async () => {
    serve(['POST', path, 400], conversation(fullConversation))
    const error = await failure(account().adapter.messages.reply('c-0001', reply))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(error.message).toMatch(/voice/)
  })

  it.each([
    ['says nothing of the mode', conversation(olderConversation)],
    ['cannot be read', conversation(serverFault, 500)],
  ])('fails with `conflict` and both causes if the conversation %s', async (_, exchange) => {
    serve(['POST', path, 400], exchange)
    const error = await failure(account({ maxRetries: 0 }).adapter.messages.reply('c-0001', reply))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(error.message).toMatch(/control\.takeOver.*voice/)
  })

  it('fails because the control just changed, if the mode is manual and the refusal is empty', async () => {
    serve(['POST', path, 400], conversation({ ...listedConversation, mode: 'manual' }))
    expect(await failure(account().adapter.messages.reply('c-0001', reply))).toMatchObject({ code: 'conflict' })
  })

  it.each([
    ['names a field', [['POST', path, 400, { ...badRequest, details: ['authorId must be a UUID'] }]]],
    [
      'comes in manual mode and says something',
      [['POST', path, 400, badRequest], conversation({ ...listedConversation, mode: 'manual' })],
    ],
  ] as [string, Exchange[]][])('fails with `invalid-request` if the refusal %s', async (_, exchanges) => {
    serve(...exchanges)
    expect(await failure(account().adapter.messages.reply('c-0001', reply))).toMatchObject({ code: 'invalid-request' })
  })

  it.each([
    ['authorId does not exist', 'operatorId'],
    ['message should not be empty', 'text'],
    ['conversationMessageId must be a UUID', 'inReplyTo'],
    ['somethingElse must be a UUID', 'somethingElse'],
  ])('names the caller’s field if the vendor says "%s"', async (said, name) => {
    serve(['POST', path, 400, { ...badRequest, details: [said] }])
    const error = await failure(account().adapter.messages.reply('c-0001', reply))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: name }] })
    expect(error.message).toContain(`(${name})`)
  })

  it.each([
    [403, forbidden, 'authentication'],
    [404, notFound, 'not-found'],
  ])('throws after HTTP %i', async (status, answer, code) => {
    serve(['POST', path, status, answer])
    expect(await failure(account().adapter.messages.reply('c-0001', reply))).toMatchObject({
      code,
      outcome: 'not-done',
    })
  })

  it('reads back and finds a reply without an answer', async () => {
    const fetch: typeof globalThis.fetch = (input, init) =>
      (input as Request).method === 'POST' ? hangingFetch(input, init) : globalThis.fetch(input, init)
    serve(['GET', thread, 200, { messages: [manualMessage] }])
    expect(await account({ fetch }).adapter.messages.reply('c-0001', reply)).toStrictEqual(sent)
  })

  it('has an unknown outcome if the reply cannot be found, and never sends it again', async () => {
    const contact = { ...manualMessage, id: 'm-1', senderRole: 'conversation_user' }
    const agent = { ...manualMessage, id: 'm-2', senderRole: 'assistant' }
    const messages = [contact, agent]
    const seen = serve(
      ['POST', path, 502, '<html>'],
      ['GET', thread, 200, { messages }],
      ['GET', thread, 200, { messages }],
    )
    const result = await account().adapter.messages.reply('c-0001', reply)
    expect(result).toStrictEqual({
      outcome: 'unknown',
      message: null,
      messageId: null,
      conversationId: 'c-0001',
      attempt: { ...attempt, messageId: null },
      warnings: [],
    })
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it.each([
    ['conversation', '', reply],
    ['input', 'c', null as never],
    ['text', 'c', { text: ' ' }],
    ['inReplyTo', 'c', { ...reply, inReplyTo: 7 as never }],
    ['operatorId', 'c', { ...reply, operatorId: {} as never }],
    ['attachments[0].uploadId', 'c', { ...reply, attachments: [null as never] }],
  ])('refuses a wrong %s before a request is sent', async (field, id, input) => {
    const error = await failure(account().adapter.messages.reply(id, input))
    expect(error).toMatchObject({ code: 'invalid-request' })
    expect(String((error['fields'] as { path: string }[])[0]?.path)).toContain(field.split('[')[0])
  })
})
