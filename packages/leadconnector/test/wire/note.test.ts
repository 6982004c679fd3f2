import type { Conversation } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { readMessage } from '../../src/read/message.ts'
import { conversationItemPayload, conversationPayload } from '../fixtures/conversations.ts'
import { nested, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages'
const sms: Conversation = readConversation(conversationItemPayload, reader().reading)
const accepted = { conversationId: 'cnv_81', messageId: 'msg_n', traceId: 't' }
/** Shape: an internal comment as a live get has it; made up. */
const comment = {
  ...smsPayload,
  id: 'msg_n',
  type: 35,
  messageType: 'TYPE_INTERNAL_COMMENT',
  body: 'Called twice.',
  userId: 'usr_9',
  attachments: [],
  dateAdded: '2026-01-02T10:00:00.000Z',
}
const attempt = {
  kind: 'note',
  conversationId: 'cnv_81',
  contactId: 'ctc_5',
  messageId: 'msg_n',
  text: 'Called twice.',
  startedAt: '2026-01-02T10:00:00.000Z',
} as const

describe('messages.note', () => {
  it('adds an internal comment as a teammate and reads it back', async () => {
    vendor()
      .post(path, {
        type: 'InternalComment',
        contactId: 'ctc_5',
        message: 'Called twice.',
        userId: 'usr_9',
        mentions: ['usr_1', 'usr_2'],
      })
      .reply(201, accepted)
    vendor().get(`${path}/msg_n`).reply(200, { message: comment })
    const input = { text: 'Called twice.', operatorId: 'usr_9', mentions: ['usr_1', 'usr_2'] }
    const sent = await testAccount().messages.note(sms, input)
    expect(sent).toStrictEqual({
      outcome: 'accepted',
      message: readMessage(comment, reader().reading),
      messageId: 'msg_n',
      conversationId: 'cnv_81',
      attempt: { ...attempt, deadline: '2026-01-02T10:01:00.000Z', operatorId: 'usr_9' },
      warnings: [],
    })
    expect(sent.message).toMatchObject({
      type: { value: 'note' },
      direction: 'internal',
      author: { kind: 'operator', id: 'usr_9' },
    })
  })

  it('reads the conversation for its contact if only its id is given', async () => {
    vendor().get('/conversations/cnv_81').reply(200, conversationPayload)
    const own = { subType: { kind: 'x' }, status: 'pending' } as const
    vendor()
      .post(path, { type: 'InternalComment', contactId: 'ctc_5', message: 'Hi', ...own })
      .reply(200, accepted)
    vendor().get(`${path}/msg_n`).reply(200, comment)
    const input = { text: 'Hi', mentions: [], vendor: { leadconnector: own } }
    expect((await testAccount().messages.note('cnv_81', input)).outcome).toBe('accepted')
  })

  it.each([
    ['a fault', 500, { statusCode: 500, message: 'Internal server error' }],
    ['a cut answer', 201, '{"messageId":'],
  ])('has an unknown outcome after %s, and is not sent again', async (_name, status, body) => {
    vendor().post(path).reply(status, body)
    expect(await testAccount().messages.note(sms, { text: 'Called twice.' })).toStrictEqual({
      outcome: 'unknown',
      message: null,
      messageId: null,
      conversationId: 'cnv_81',
      attempt: { ...attempt, deadline: '2026-01-02T10:01:00.000Z', messageId: null },
      warnings: [],
    })
  })

  it('is searched for among the comments only', async () => {
    const said = { ...comment, id: 'msg_other', messageType: 'TYPE_SMS', type: 2, source: 'api', userId: undefined }
    const thread = () =>
      vendor()
        .get('/conversations/cnv_81/messages')
        .query({ limit: '20' })
        .reply(200, nested([said, comment]))
    thread()
    const reconciled = await testAccount().messages.reconcile({ ...attempt, messageId: null })
    expect(reconciled).toStrictEqual({
      outcome: 'done',
      message: readMessage(comment, reader().reading),
      answer: null,
      attempt,
    })
    thread()
    const reply = await testAccount().messages.reconcile({ ...attempt, kind: 'reply', messageId: null })
    expect(reply.message?.id).toBe('msg_other')
  })

  it.each([
    ['cnv_81', null, 'input'],
    ['cnv_81', { text: '' }, 'text'],
    ['cnv_81', { text: 7 }, 'text'],
    ['', { text: 'Hi' }, 'conversation'],
    ['cnv_81', { text: 'Hi', operatorId: '' }, 'operatorId'],
    ['cnv_81', { text: 'Hi', mentions: 'usr_1' }, 'mentions'],
    ['cnv_81', { text: 'Hi', mentions: ['usr_1', ''] }, 'mentions[1]'],
    ['cnv_81', { text: 'Hi', vendor: { leadconnector: { html: 'x' } } }, 'vendor.leadconnector.html'],
  ])('refuses %j with %j before a request is sent', async (target, input, field) => {
    expect(await failure(testAccount().messages.note(target, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
      outcome: 'not-done',
    })
  })
})
