import { failure, resettingFetch, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { threadOf } from '../fixtures/conversations.ts'
import { errorBody } from '../fixtures/errors.ts'
import { agentAnswer, question, replied, replyAnswer, teammateAnswer } from '../fixtures/messages.ts'
import { account, entity } from '../helpers/account.ts'
import { posted, serve } from '../helpers/vendor.ts'

useNock()

const uri = '/conversations/c-1/reply'
const input = { text: 'I have asked the carrier.' }
const accepted: Exchange = ['POST', uri, 200, replyAnswer()]
const message = {
  ...entity('message', 'm-3', replied),
  conversationId: 'c-1',
  type: { value: 'text', native: 'TEXT' },
  direction: 'outbound',
  author: {
    kind: 'operator',
    basis: 'vendor',
    native: 'AGENT',
    id: 'u-1',
    name: 'Teo Marsh',
    email: 'teo@shop.test',
    avatarUrl: 'https://shop.test/teo.png',
  },
  text: 'I have asked the carrier.',
  sourcesState: 'unavailable',
  createdAt: '2026-02-01T08:04:14.000Z',
}
const attempt = {
  kind: 'reply',
  conversationId: 'c-1',
  messageId: 'm-3',
  text: 'I have asked the carrier.',
  startedAt: '2026-02-01T08:04:10.000Z',
  deadline: expect.any(String) as unknown as string,
  operatorId: 'u-1',
}
const postFails: typeof fetch = (request, init) =>
  (request as Request).method === 'POST' ? resettingFetch(request, init) : fetch(request, init)

describe('messages.reply', () => {
  it('sends as the teammate of the account', async () => {
    const seen = serve(accepted)
    expect(await account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input)).toStrictEqual({
      outcome: 'accepted',
      message,
      messageId: 'm-3',
      conversationId: 'c-1',
      attempt,
      warnings: [],
    })
    expect(seen).toStrictEqual([
      posted(uri, { message: 'I have asked the carrier.', userId: 'u-1', messageType: 'TEXT' }),
    ])
  })

  it('sends as the teammate of the call, and warns about ignored values', async () => {
    const seen = serve(accepted)
    const sent = await account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', {
      text: 'https://shop.test/photo.png',
      operatorId: 'u-2',
      html: '<p>',
      subject: 'x',
      channel: 'sms',
      inReplyTo: 'm-1',
      vendor: { livechatai: { messageType: 'IMAGE' } },
    })
    expect(seen[0]?.body).toStrictEqual({
      message: 'https://shop.test/photo.png',
      userId: 'u-2',
      messageType: 'IMAGE',
    })
    expect(told(sent.warnings)).toEqual([
      'ignored-option html',
      'ignored-option subject',
      'ignored-option channel',
      'ignored-option inReplyTo',
    ])
  })

  it('is refused without a teammate', async () => {
    const error = await failure(account().adapter.messages.reply('c-1', input))
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not-done', fields: [{ path: 'operatorId' }] })
    expect(error.message).toMatch(/operatorId.*option operatorId.*LIVECHATAI_OPERATOR_ID/)
  })

  it.each([
    [{ status: 'success', data: { messageId: 'm-3', message: 'sent' } }, 'm-3', ['unreadable-field message']],
    [{ status: 'success', data: { messageId: 'm-3' } }, 'm-3', []],
    [{ status: 'success' }, null, []],
    [undefined, null, []],
  ])('is accepted with any successful answer: %o', async (body, messageId, warned) => {
    serve(['POST', uri, 200, body])
    const sent = await account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input)
    expect(sent).toMatchObject({ outcome: 'accepted', message: null, messageId, attempt: { messageId } })
    expect(told(sent.warnings)).toEqual(warned)
  })

  it('reads back after a lost answer, and is not sent again', async () => {
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer, teammateAnswer])])
    const { adapter } = account({ operatorId: 'u-1', fetch: postFails })
    const sent = await adapter.messages.reply('c-1', input)
    expect(sent).toMatchObject({ outcome: 'accepted', message: { id: 'm-3', author: { kind: 'operator' } }, attempt })
  })

  it('has an unknown outcome if the reply is not found', async () => {
    const thread: Exchange = ['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])]
    serve(thread, thread, thread)
    expect(await account({ operatorId: 'u-1', fetch: postFails }).adapter.messages.reply('c-1', input)).toStrictEqual({
      outcome: 'unknown',
      message: null,
      messageId: null,
      conversationId: 'c-1',
      attempt: { ...attempt, messageId: null },
      warnings: [],
    })
  })

  it('throws the vendor’s refusal', async () => {
    serve(['POST', uri, 404, errorBody('User not found', 'NOT_FOUND')])
    const error = await failure(account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input))
    expect(error).toMatchObject({
      ...{ code: 'not-found', outcome: 'not-done', fields: [{ path: 'operatorId', problem: 'does not exist' }] },
    })
    expect(error.message).toMatch(/no teammate has this id \(operatorId\)/)
  })

  it('says which of the two ids may be missing, if the vendor does not', async () => {
    serve(['POST', uri, 404, errorBody('Not found', 'NOT_FOUND')])
    const error = await failure(account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input))
    expect(error.message).toContain('Either the conversation or the operatorId does not exist.')
  })

  it('says nothing of the operator if the conversation is missing', async () => {
    serve(['POST', uri, 404, errorBody('Conversation not found', 'NOT_FOUND')])
    const error = await failure(account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input))
    expect(error).not.toHaveProperty('fields')
    expect(error.message).not.toContain('operatorId')
  })

  it('names the caller’s field if the vendor names its own', async () => {
    serve(['POST', uri, 400, errorBody('userId must be a string', 'BAD_REQUEST')])
    const error = await failure(account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', input))
    expect(error).toMatchObject({ fields: [{ path: 'operatorId' }] })
  })

  it.each([
    [{ text: ' ' }, 'text'],
    [{ text: 'x', operatorId: 7 }, 'operatorId'],
    [{ text: 'x', attachments: [{}] }, 'attachments'],
    [{ text: 'http://shop.test/a.png', vendor: { livechatai: { messageType: 'IMAGE' } } }, 'text'],
    [null, 'input'],
  ])('refuses %o before a request is sent', async (wrong, path) => {
    const error = await failure(account({ operatorId: 'u-1' }).adapter.messages.reply('c-1', wrong as never))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })
})

describe('a reply with `sendAt`', () => {
  it('is refused, because the vendor would send it at once', async () => {
    const { adapter } = account({ operatorId: 'u-1' })
    const sendAt = '2027-01-01T09:00:00.000Z'
    expect(await failure(adapter.messages.reply('c-1', { text: 'x', sendAt }))).toMatchObject({
      code: 'unsupported',
      fields: [{ path: 'sendAt' }],
      outcome: 'not-done',
    })
  })
})
