import type { Conversation, Message } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { readEmail, readMessage } from '../../src/read/message.ts'
import { conversationItemPayload } from '../fixtures/conversations.ts'
import { emailMessagePayload, emailPayload, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages'
const sms: Conversation = readConversation(conversationItemPayload, reader().reading)

describe('a reply with `sendAt`', () => {
  it.each([
    ['2026-01-02T12:00:00.000Z', 1767355200],
    ['2026-01-02T12:00:00.001Z', 1767355201],
    ['2026-01-02T13:00:00+01:00', 1767355200],
  ])('at %s is scheduled in whole seconds, never early', async (sendAt, scheduledTimestamp) => {
    vendor()
      .post(path, { type: 'SMS', contactId: 'ctc_5', message: 'Tomorrow!', scheduledTimestamp })
      .reply(201, { conversationId: 'cnv_81', messageId: 'msg_s' })
    const scheduled = { ...smsPayload, id: 'msg_s', status: 'scheduled', source: 'api' }
    vendor().get(`${path}/msg_s`).reply(200, { message: scheduled })
    const sent = await testAccount().messages.reply(sms, { text: 'Tomorrow!', sendAt })
    expect(sent).toMatchObject({ outcome: 'accepted', message: { status: { value: 'scheduled' } }, warnings: [] })
  })

  it.each(['2026-01-02T10:00:00.000Z', '2025-01-01T00:00:00.000Z', 'tomorrow', 7, ''])(
    'at %j is refused before a request is sent',
    async (sendAt) => {
      const reply = testAccount().messages.reply(sms, { text: 'Hi', sendAt: sendAt as string })
      expect(await failure(reply)).toMatchObject({ code: 'invalid-request', fields: [{ path: 'sendAt' }] })
    },
  )
})

describe('messages.cancel', () => {
  const message: Message = readMessage(smsPayload, reader().reading)
  const mail: Message = readMessage(emailMessagePayload, reader().reading)
  const done = { status: 200, message: 'Scheduled message cancelled successfully' }
  const cancels = (route: string, body: unknown = done) =>
    vendor()
      .delete(route)
      .reply(200, body as object)

  it('cancels a scheduled message', async () => {
    cancels(`${path}/msg_3/schedule`)
    expect(await testAccount().messages.cancel(message)).toStrictEqual({ id: 'msg_3', confirmed: true })
  })

  it('cancels an email under the id of its newest email', async () => {
    cancels(`${path}/email/eml_2/schedule`)
    expect(await testAccount().messages.cancel(mail)).toStrictEqual({ id: 'msg_9', confirmed: true })
    cancels(`${path}/email/eml_2/schedule`)
    const single: Message = readEmail(emailPayload, reader().reading)
    expect(await testAccount().messages.cancel(single)).toStrictEqual({ id: 'eml_2', confirmed: true })
  })

  it('looks up the channel of a bare id', async () => {
    vendor().get(`${path}/msg_3`).reply(200, { message: smsPayload })
    cancels(`${path}/msg_3/schedule`)
    expect((await testAccount().messages.cancel('msg_3')).confirmed).toBe(true)
    vendor().get(`${path}/msg_9`).reply(200, { message: emailMessagePayload })
    cancels(`${path}/email/eml_2/schedule`)
    expect((await testAccount().messages.cancel('msg_9')).id).toBe('msg_9')
    vendor().get(`${path}/eml_2`).reply(400, { message: 'Message does not exist with id eml_2' })
    cancels(`${path}/email/eml_2/schedule`)
    expect((await testAccount().messages.cancel('eml_2')).id).toBe('eml_2')
    vendor().get(`${path}/msg_3`).reply(403, { message: 'Forbidden' })
    expect((await failure(testAccount().messages.cancel('msg_3'))).code).toBe('permission')
  })

  it.each([
    ['an unknown message', { status: 404, message: 'Message not found' }, 'not-found'],
    ['one in words', { status: 400, message: 'Message not found' }, 'not-found'],
    ['one that went out', { status: 400, message: 'Message is not scheduled' }, 'conflict'],
    ['one that is being sent', { status: 409, message: 'Message is being sent' }, 'conflict'],
  ])('fails if a 200 reports a failure of %s', async (_name, body, code) => {
    cancels(`${path}/msg_3/schedule`, body)
    expect(await failure(testAccount().messages.cancel(message))).toMatchObject({
      code,
      status: 200,
      outcome: 'not-done',
    })
  })

  it('is not confirmed by an answer without a status', async () => {
    cancels(`${path}/msg_3/schedule`, { message: 'ok' })
    expect(await testAccount().messages.cancel(message)).toStrictEqual({ id: 'msg_3', confirmed: false })
  })

  it('is not sent again if its outcome is unknown', async () => {
    vendor().delete(`${path}/msg_3/schedule`).reply(502, '<html>')
    expect(await failure(testAccount().messages.cancel(message))).toMatchObject({
      code: 'vendor-fault',
      outcome: 'unknown',
    })
  })

  it.each(['', null, {}, { ...message, vendor: 'livechatai' }])(
    'refuses %j before a request is sent',
    async (target) => {
      expect(await failure(testAccount().messages.cancel(target as never))).toMatchObject({
        fields: [{ path: 'message' }],
      })
    },
  )
})
