import type { Conversation, ReplyInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { readMessage } from '../../src/read/message.ts'
import { conversationItemPayload, conversationPayload } from '../fixtures/conversations.ts'
import { activityPayload, nested, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages'
const sms: Conversation = readConversation(conversationItemPayload, reader().reading)
const accepted = { conversationId: 'cnv_81', messageId: 'msg_4', msg: 'Message queued successfully.', traceId: 't' }
const sentPayload = { ...smsPayload, id: 'msg_4', status: 'pending', source: 'api', body: 'Come by.' }
const readsBack = () => vendor().get('/conversations/messages/msg_4').reply(200, { message: sentPayload })

describe('messages.reply', () => {
  it.each([200, 201])('sends over the channel of the conversation and reads back (HTTP %i)', async (status) => {
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Come by.' }).reply(status, accepted)
    readsBack()
    expect(await testAccount().messages.reply(sms, { text: 'Come by.' })).toStrictEqual({
      outcome: 'accepted',
      message: readMessage(sentPayload, reader().reading),
      messageId: 'msg_4',
      conversationId: 'cnv_81',
      attempt: {
        kind: 'reply',
        conversationId: 'cnv_81',
        contactId: 'ctc_5',
        messageId: 'msg_4',
        text: 'Come by.',
        startedAt: '2026-01-02T10:00:00.000Z',
        deadline: '2026-01-02T10:01:00.000Z',
      },
      warnings: [],
    })
  })

  it('stays accepted if reading back fails', async () => {
    vendor().post(path).reply(201, accepted)
    vendor().get('/conversations/messages/msg_4').reply(403, { message: 'no', statusCode: 403 })
    const sent = await testAccount().messages.reply(sms, { text: 'Come by.' })
    expect(sent).toMatchObject({
      outcome: 'accepted',
      message: null,
      messageId: 'msg_4',
      warnings: [{ code: 'degraded' }],
    })
  })

  it.each([
    ['sms', 'SMS'],
    ['email', 'Email'],
    ['instagram', 'IG'],
    ['messenger', 'FB'],
    ['tiktok', 'TIKTOK'],
    ['web', 'Live_Chat'],
    ['whatsapp', 'WhatsApp'],
  ] as const)('sends over %s as %s', async (channel, type) => {
    vendor().post(path, { type, contactId: 'ctc_5', message: 'Hi' }).reply(201, accepted)
    readsBack()
    expect((await testAccount().messages.reply(sms, { text: 'Hi', channel })).outcome).toBe('accepted')
  })

  it.each(['google', 'voice', 'internal', 'pigeon', 'constructor'])('refuses to send over %s', async (channel) => {
    expect(await failure(testAccount().messages.reply(sms, { text: 'Hi', channel: channel as 'sms' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'channel' }],
      outcome: 'not-done',
    })
  })

  it('sends an email with all of its fields', async () => {
    vendor()
      .post(path, {
        type: 'Email',
        contactId: 'ctc_5',
        message: 'Hi',
        html: '<p>Hi</p>',
        subject: 'Your slot',
        attachments: ['https://files.example/plan.pdf'],
        replyMessageId: 'eml_1',
        emailFrom: 'desk@harbour.example',
        emailTo: 'ada@quill.example',
        emailCc: ['bo@quill.example'],
        emailBcc: ['log@harbour.example'],
        emailReplyMode: 'reply_all',
        threadId: 'thr_1',
      })
      .reply(201, { ...accepted, emailMessageId: 'eml_9' })
    readsBack()
    const sent = await testAccount().messages.reply(sms, {
      text: 'Hi',
      channel: 'email',
      html: '<p>Hi</p>',
      subject: 'Your slot',
      inReplyTo: 'eml_1',
      attachments: [{ url: 'https://files.example/plan.pdf' }],
      vendor: {
        leadconnector: {
          emailFrom: 'desk@harbour.example',
          emailTo: 'ada@quill.example',
          emailCc: ['bo@quill.example'],
          emailBcc: ['log@harbour.example'],
          emailReplyMode: 'reply_all',
          threadId: 'thr_1',
        },
      },
    })
    expect(sent.warnings).toEqual([])
  })

  it.each([
    [{ url: 'https://f.example/a.PNG?x=1' }, { type: 'image', url: 'https://f.example/a.PNG?x=1' }],
    [
      { url: 'https://f.example/a', contentType: 'video/mp4' },
      { type: 'video', url: 'https://f.example/a' },
    ],
    [
      { url: 'https://f.example/a', fileName: 'note.ogg' },
      { type: 'audio', url: 'https://f.example/a', name: 'note.ogg' },
    ],
    [
      { url: 'https://f.example/a.png', contentType: 'application/pdf', fileName: 'plan.pdf' },
      { type: 'document', url: 'https://f.example/a.png', name: 'plan.pdf' },
    ],
  ])('sends %j over WhatsApp as a media object', async (attachment, media) => {
    vendor()
      .post(path, { type: 'WhatsApp', contactId: 'ctc_5', whatsapp: { type: 'media', media } })
      .reply(201, accepted)
    readsBack()
    const input: ReplyInput = { text: '', channel: 'whatsapp', attachments: [attachment] }
    expect((await testAccount().messages.reply(sms, input)).outcome).toBe('accepted')
  })

  it('sends over a custom provider', async () => {
    const own = { type: 'Custom', conversationProviderId: 'prv_1', fromNumber: '+1', toNumber: '+2' } as const
    vendor()
      .post(path, { ...own, contactId: 'ctc_5', message: 'Hi' })
      .reply(201, accepted)
    readsBack()
    await testAccount().messages.reply(sms, { text: 'Hi', vendor: { leadconnector: own } })
    const without = { text: 'Hi', vendor: { leadconnector: { type: 'Custom' } } } as const
    expect(await failure(testAccount().messages.reply(sms, without))).toMatchObject({
      fields: [{ path: 'vendor.leadconnector.conversationProviderId' }],
    })
  })

  it('warns about values that have no effect', async () => {
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi' }).reply(201, accepted)
    readsBack()
    const input = { text: 'Hi', html: '<p>', subject: 's', operatorId: 'usr_9' }
    const { warnings } = await testAccount().messages.reply(sms, input)
    expect(warnings.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([
      ['ignored-option', 'operatorId'],
      ['ignored-option', 'html'],
      ['ignored-option', 'subject'],
    ])
  })

  it('reads the conversation if only its id is given', async () => {
    vendor().get('/conversations/cnv_81').reply(200, conversationPayload)
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi' }).reply(201, accepted)
    readsBack()
    expect((await testAccount().messages.reply('cnv_81', { text: 'Hi' })).outcome).toBe('accepted')
  })

  it('looks for a channel in the messages if the last one had none', async () => {
    const live = { ...smsPayload, messageType: 'TYPE_LIVE_CHAT' }
    vendor()
      .get('/conversations/cnv_81')
      .reply(200, { ...conversationPayload, lastMessageType: 31 })
    vendor()
      .get('/conversations/cnv_81/messages')
      .query({ limit: '20' })
      .reply(200, nested([activityPayload, live]))
    vendor().post(path, { type: 'Live_Chat', contactId: 'ctc_5', message: 'Hi' }).reply(201, accepted)
    readsBack()
    expect((await testAccount().messages.reply('cnv_81', { text: 'Hi' })).outcome).toBe('accepted')
  })

  it('asks for a channel if none can be derived', async () => {
    vendor()
      .get('/conversations/cnv_81')
      .reply(200, { ...conversationPayload, lastMessageType: 31 })
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .reply(200, nested([activityPayload]))
    expect(await failure(testAccount().messages.reply('cnv_81', { text: 'Hi' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'channel' }],
    })
  })

  it('sends a message again with a status only if the validator wants one', async () => {
    const message = ['status must be a valid enum value']
    const wanted = { statusCode: 422, message, error: 'Unprocessable Entity' }
    const older = { statusCode: 400, message: message[0], error: 'Bad Request' }
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi' }).reply(400, older)
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi', status: 'pending' }).reply(201, accepted)
    readsBack()
    expect((await testAccount().messages.reply(sms, { text: 'Hi' })).outcome).toBe('accepted')
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi' }).reply(422, wanted)
    vendor().post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Hi', status: 'pending' }).reply(201, accepted)
    readsBack()
    expect((await testAccount().messages.reply(sms, { text: 'Hi' })).outcome).toBe('accepted')
    // A status that was asked for is not exchanged for another one.
    vendor().post(path).reply(400, older)
    const read = { text: 'Hi', vendor: { leadconnector: { status: 'read' as const } } }
    expect(await failure(testAccount().messages.reply(sms, read))).toMatchObject({ code: 'invalid-request' })
    vendor().post(path).twice().reply(422, wanted)
    expect(await failure(testAccount().messages.reply(sms, { text: 'Hi' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'status', problem: 'must be a valid enum value' }],
    })
  })

  const unknown = {
    outcome: 'unknown',
    message: null,
    messageId: null,
    conversationId: 'cnv_81',
    attempt: {
      kind: 'reply',
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      messageId: null,
      text: 'Hi',
      startedAt: '2026-01-02T10:00:00.000Z',
      deadline: '2026-01-02T10:01:00.000Z',
    },
    warnings: [],
  }

  it.each([
    ['a fault', 500, { statusCode: 500, message: 'Internal server error' }],
    ['a page of the edge', 502, '<html>'],
    ['a good status without an id', 201, {}],
    ['a good status without a body', 201, undefined],
    ['a cut answer', 201, '{"messageId":'],
  ])('has an unknown outcome after %s, and is not sent again', async (_name, status, body) => {
    vendor().post(path).reply(status, body)
    expect(await testAccount().messages.reply(sms, { text: 'Hi' })).toStrictEqual(unknown)
  })

  it('has an unknown outcome after a broken connection or no answer', async () => {
    vendor()
      .post(path)
      .replyWithError(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))
    expect(await testAccount().messages.reply(sms, { text: 'Hi' })).toStrictEqual(unknown)
    expect(await testAccount({ fetch: hang }).messages.reply(sms, { text: 'Hi' })).toStrictEqual(unknown)
  })

  it.each([
    [{ text: '' }, 'text'],
    [{ text: 7 }, 'text'],
    [{}, 'text'],
    [{ text: 'Hi', attachments: [{ uploadId: 'u' }] }, 'attachments[0].url'],
    [
      { text: 'Hi', channel: 'whatsapp', attachments: [{ url: 'https://a.test/1' }, { url: 'https://a.test/2' }] },
      'attachments',
    ],
    [{ text: 'Hi', attachments: [{ url: 'a' }] }, 'attachments[0].url'],
    [{ text: 'Hi', attachments: [{ url: 'https://a.test/1\r\nb' }] }, 'attachments[0].url'],
    [{ text: 'Hi', vendor: { leadconnector: { subType: 'a' } } }, 'vendor.leadconnector.subType'],
  ])('refuses %j before a request is sent', async (input, field) => {
    expect(await failure(testAccount().messages.reply(sms, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})

/** A vendor that never answers. */
const hang: typeof fetch = (input, init) =>
  new Promise((_resolve, reject) => {
    const signal = input instanceof Request ? input.signal : init?.signal
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
