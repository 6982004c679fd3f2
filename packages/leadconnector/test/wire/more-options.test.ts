import type { AnswerPart, Conversation, ReplyInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { conversationItemPayload } from '../fixtures/conversations.ts'
import { generationPayload } from '../fixtures/generation.ts'
import { nested, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const sms: Conversation = readConversation(conversationItemPayload, reader().reading)

describe('conversations.update', () => {
  const updated = {
    success: true,
    conversation: { id: 'cnv_81', locationId: 'loc_1', contactId: 'ctc_5', deleted: false },
  }

  it.each(['positive', 'negative'] as const)('sends the feedback %s in v3', async (feedback) => {
    vendor('v3').put('/conversations/cnv_81', { locationId: 'loc_1', feedback }).reply(200, updated)
    const { id } = await testAccount().conversations.update('cnv_81', { vendor: { leadconnector: { feedback } } })
    expect(id).toBe('cnv_81')
  })

  it('sends feedback in the older shape, with a count', async () => {
    const own = { feedback: { rating: 5 }, unreadCount: 3 }
    vendor()
      .put('/conversations/cnv_81', { locationId: 'loc_1', unreadCount: 3, starred: true, feedback: { rating: 5 } })
      .reply(200, updated)
    await testAccount().conversations.update('cnv_81', {
      isStarred: true,
      unread: false,
      vendor: { leadconnector: own },
    })
  })

  it.each([
    [null, 'input'],
    [{}, 'input'],
    [{ vendor: { leadconnector: { feedback: 'meh' } } }, 'vendor.leadconnector.feedback'],
    [{ vendor: { leadconnector: { feedback: 5 } } }, 'vendor.leadconnector.feedback'],
    [{ vendor: { leadconnector: { unreadCount: -1 } } }, 'vendor.leadconnector.unreadCount'],
    [{ vendor: { leadconnector: { inbox: true } } }, 'vendor.leadconnector.inbox'],
  ])('refuses %j before a request is sent', async (input, field) => {
    expect(await failure(testAccount().conversations.update('cnv_81', input as never))).toMatchObject({
      fields: [{ path: field }],
    })
  })
})

describe('messages.reply', () => {
  it('sends the vendor’s options that the contract lacks', async () => {
    const own = {
      appointmentId: 'apt_1',
      customSubtypeId: 'sub_1',
      usesNativeSchedulingAi: true,
      optimizationPeriod: '24h',
      forward: { isForwarded: true, messageId: 'msg_1', toEmail: 'bo@quill.example' },
      status: 'delivered',
    } as const
    vendor()
      .post('/conversations/messages', { type: 'Email', contactId: 'ctc_5', ...own })
      .reply(201, { conversationId: 'cnv_81', messageId: 'msg_3' })
    vendor().get('/conversations/messages/msg_3').reply(200, { message: smsPayload })
    const input: ReplyInput = { text: '', channel: 'email', vendor: { leadconnector: own } }
    expect((await testAccount().messages.reply(sms, input)).outcome).toBe('accepted')
  })

  it.each([
    ['type', 'Pigeon'],
    ['emailCc', 'a@b.example'],
    ['emailReplyMode', 'none'],
    ['optimizationPeriod', '12h'],
    ['usesNativeSchedulingAi', 'yes'],
    ['forward', 'msg_1'],
    ['status', 'sent'],
    ['templateId', 7],
  ])('refuses the option %s with the value %j', async (option, value) => {
    const input = { text: 'Hi', vendor: { leadconnector: { [option]: value } } }
    expect(await failure(testAccount().messages.reply(sms, input as never))).toMatchObject({
      fields: [{ path: `vendor.leadconnector.${option}` }],
      outcome: 'not-done',
    })
  })
})

describe('messages.stream', () => {
  const question = {
    ...smsPayload,
    id: 'msg_q',
    direction: 'inbound',
    body: 'When?',
    dateAdded: '2026-01-02T10:00:00.000Z',
  }
  const answer = { ...smsPayload, id: 'msg_a', body: 'At 8:15.', dateAdded: '2026-01-02T10:00:09.000Z' }
  const email = {
    subject: 'Hours',
    html: '<p>When?</p>',
    emailFrom: 'ada@quill.example',
    emailTo: 'desk@harbour.example',
    emailCc: ['bo@quill.example'],
    emailBcc: ['log@quill.example'],
    emailMessageId: 'eml_1',
    altId: 'ext_1',
  }

  it('asks when the iteration begins, and yields the whole answer', async () => {
    const stream = testAccount().messages.stream(sms, { text: '', channel: 'email', vendor: { leadconnector: email } })
    vendor()
      .post('/conversations/messages/inbound', {
        type: 'Email',
        conversationId: 'cnv_81',
        contactId: 'ctc_5',
        direction: 'inbound',
        ...email,
      })
      .reply(200, { success: true, conversationId: 'cnv_81', messageId: 'msg_q' })
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .reply(200, nested([answer, question]))
    vendor().get('/conversation-ai/generations').query(true).reply(200, generationPayload)
    const parts: AnswerPart[] = []
    for await (const part of stream) parts.push(part)
    expect(parts.map(({ type }) => type)).toEqual(['warning', 'text', 'sources', 'finish'])
    expect(parts[0]).toMatchObject({ warning: { code: 'no-streaming', vendor: 'leadconnector', account: 'clinic' } })
    expect(parts[1]).toEqual({ type: 'text', text: 'At 8:15.' })
    expect(parts[3]).toMatchObject({ answer: { outcome: 'answered', text: 'At 8:15.' } })
  })

  it('ends with the error of the question', async () => {
    const stream = testAccount().messages.stream(sms, { text: ' ' })
    const all = async () => {
      for await (const part of stream) expect(part.type).toBe('warning')
    }
    expect((await failure(all())).code).toBe('invalid-request')
  })
})
