import { bindCursor, encodeCursor, type MessageQuery } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readEmail, readMessage } from '../../src/read/message.ts'
import { emailMessagePayload, emailPayload, flat, nested, smsPayload, thread } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/cnv_81/messages'
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id)

describe('messages.list', () => {
  it.each([
    ['nested', nested],
    ['flat', flat],
  ])('reads a page in which the list is %s', async (_shape, shape) => {
    vendor()
      .get(path)
      .query({ limit: '20' })
      .reply(200, shape([smsPayload]))
    expect(await testAccount().messages.list('cnv_81')).toStrictEqual({
      items: [readMessage(smsPayload, reader().reading)],
      next: null,
      warnings: [],
    })
  })

  it('continues after the last message that the vendor names', async () => {
    const all = thread(3)
    vendor()
      .get(path)
      .query({ limit: '2' })
      .reply(200, nested(all.slice(0, 2), true))
    vendor()
      .get(path)
      .query({ limit: '2', lastMessageId: 'msg_2' })
      .reply(200, nested(all.slice(2)))
    const read: string[] = []
    for await (const { id } of testAccount().messages.list('cnv_81', { limit: 2 })) read.push(id)
    expect(read).toEqual(['msg_3', 'msg_2', 'msg_1'])
  })

  it('continues after its own last message if the vendor names none', async () => {
    vendor()
      .get(path)
      .query(true)
      .reply(200, { nextPage: true, messages: thread(2) })
    vendor().get(path).query({ limit: '20', lastMessageId: 'msg_1' }).reply(200, flat([]))
    const account = testAccount()
    const { next } = await account.messages.list('cnv_81')
    expect(await account.messages.list('cnv_81', { cursor: next as string })).toMatchObject({ items: [], next: null })
  })

  it('ends at an empty page, and fails if the cursor does not move', async () => {
    vendor().get(path).query(true).reply(200, flat([], true))
    expect((await testAccount().messages.list('cnv_81')).next).toBeNull()
    vendor()
      .get(path)
      .query(true)
      .twice()
      .reply(200, nested(thread(2), true))
    const read = async () => {
      for await (const _ of testAccount().messages.list('cnv_81'));
    }
    expect(await failure(read())).toMatchObject({ code: 'response' })
  })

  it('sorts a page and keeps the order of messages of one instant', async () => {
    const at = (id: string, dateAdded: string) => ({ ...smsPayload, id, dateAdded })
    const page = [at('b', '2026-01-01T00:00:00Z'), at('c', '2026-01-01T00:00:00Z'), at('a', '2026-01-02T00:00:00Z')]
    vendor().get(path).query(true).reply(200, nested(page))
    expect(ids(await testAccount().messages.list('cnv_81'))).toEqual(['a', 'b', 'c'])
  })

  it('keeps the vendor’s order if a message has no time', async () => {
    const page = [
      { ...smsPayload, id: 'a', dateAdded: undefined },
      { ...smsPayload, id: 'b' },
    ]
    vendor().get(path).query(true).reply(200, nested(page))
    expect(ids(await testAccount().messages.list('cnv_81'))).toEqual(['a', 'b'])
  })

  it('returns the whole thread on one page with the oldest message first', async () => {
    const all = thread(3)
    vendor()
      .get(path)
      .query({ limit: '100' })
      .reply(200, nested(all.slice(0, 2), true))
    vendor()
      .get(path)
      .query({ limit: '100', lastMessageId: 'msg_2' })
      .reply(200, nested(all.slice(2)))
    const page = await testAccount().messages.list('cnv_81', { order: 'asc' })
    expect(ids(page)).toEqual(['msg_1', 'msg_2', 'msg_3'])
    expect(page.next).toBeNull()
    expect(page.warnings).toMatchObject([{ code: 'degraded' }])
  })

  it('continues from its position with the oldest message first although a message was added', async () => {
    vendor()
      .get(path)
      .query({ limit: '100' })
      .reply(200, nested(thread(3)))
    vendor()
      .get(path)
      .query({ limit: '100' })
      .reply(200, nested(thread(4)))
    const account = testAccount()
    const first = await account.messages.list('cnv_81', { order: 'asc', limit: 2 })
    expect(ids(first)).toEqual(['msg_1', 'msg_2'])
    const second = await account.messages.list('cnv_81', { order: 'asc', limit: 2, cursor: first.next as string })
    expect(ids(second)).toEqual(['msg_3', 'msg_4'])
    expect(second.next).toBeNull()
  })

  it('refuses a position outside of the conversation with the oldest message first', async () => {
    vendor()
      .get(path)
      .query(true)
      .reply(200, nested(thread(2)))
    const { vendor: name, account } = testAccount()
    const place = { vendor: name, account, scope: 'loc_1', operation: 'messages.list', of: 'cnv_81' }
    const query: MessageQuery = { order: 'asc' }
    const cursor = bindCursor(encodeCursor({ after: 'msg_99' }), place, query)
    expect(await failure(testAccount().messages.list('cnv_81', { order: 'asc', cursor }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'cursor' }],
    })
  })

  it('fails if the cursor does not move with the oldest message first', async () => {
    vendor()
      .get(path)
      .query(true)
      .twice()
      .reply(200, nested(thread(2), true))
    expect(await failure(testAccount().messages.list('cnv_81', { order: 'asc' }))).toMatchObject({ code: 'response' })
  })

  it('sends the types, and reads the bodies of emails if asked for', async () => {
    vendor()
      .get(path)
      .query({ limit: '20', type: 'TYPE_EMAIL,TYPE_SMS' })
      .reply(200, nested([emailMessagePayload, { ...emailMessagePayload, id: 'msg_10' }, smsPayload]))
    vendor().get('/conversations/messages/email/eml_2').reply(200, emailPayload)
    vendor().get('/conversations/messages/email/eml_2').reply(400, { message: 'Email does not exist', statusCode: 400 })
    const page = await testAccount().messages.list('cnv_81', {
      vendor: { leadconnector: { types: ['TYPE_EMAIL', 'TYPE_SMS'], emailBodies: true } },
    })
    const texts = page.items.map(({ id, text }) => [id, text]).sort()
    expect(texts.filter(([, text]) => text === 'Tuesday & 8:15\nSee you')).toHaveLength(1)
    expect(texts.filter(([, text]) => text === undefined)).toHaveLength(1)
    expect(page.warnings).toMatchObject([{ code: 'degraded' }])
  })

  it.each([
    [
      'Hi,\r\n\r\nClinic <desk@clinic.example> wrote:\r\n> See <https://clinic.example/a?b=1&c=2>\r\n> a < b > c',
      undefined,
    ],
    [
      '<p>Caf&eacute;,</p><p>Clinic &lt;desk@clinic.example&gt; wrote <a@b.example>&hellip;</p>',
      'Café,\nClinic <desk@clinic.example> wrote <a@b.example>…',
    ],
  ])('keeps the text of the email %j', async (body, text) => {
    vendor().get('/conversations/messages/msg_9').reply(200, emailMessagePayload)
    vendor()
      .get('/conversations/messages/email/eml_2')
      .reply(200, { ...emailPayload, body })
    const message = await testAccount().messages.get('msg_9')
    expect(message.text).toBe(text ?? body)
    expect(message.html).toBe(text && body)
  })

  it('refuses options that do not exist', async () => {
    const query = { vendor: { leadconnector: { emailBody: true } } } as object
    expect(await failure(testAccount().messages.list('cnv_81', query))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'vendor.leadconnector.emailBody' }],
    })
  })

  it.each([
    ['', 'conversation', {}],
    [7, 'conversation', {}],
    [null, 'conversation', {}],
    ['c', 'limit', { limit: 0 }],
    ['c', 'limit', { limit: 1.5 }],
    ['c', 'limit', { limit: '3' }],
    ['c', 'order', { order: 'newest' }],
    ['c', 'cursor', { cursor: 'forged' }],
  ])('refuses %j (%s) with %j before a request is sent', async (target, field, query) => {
    expect(await failure(testAccount().messages.list(target as string, query as object))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})

describe('messages.get', () => {
  it.each([
    ['flat', smsPayload],
    ['wrapped', { message: smsPayload, traceId: 't' }],
  ])('reads an answer in which the message is %s', async (_shape, body) => {
    vendor().get('/conversations/messages/msg_3').reply(200, body)
    expect(await testAccount().messages.get('msg_3')).toStrictEqual(readMessage(smsPayload, reader().reading))
  })

  it.each([
    ['flat', emailPayload],
    ['wrapped', { emailMessage: emailPayload }],
  ])('reads the newest email behind a message (%s)', async (_shape, body) => {
    vendor().get('/conversations/messages/msg_9').reply(200, { message: emailMessagePayload })
    vendor().get('/conversations/messages/email/eml_2').reply(200, body)
    const email = readEmail(emailPayload, reader().reading)
    const message = await testAccount().messages.get('msg_9')
    expect(message).toStrictEqual({
      ...readMessage(emailMessagePayload, reader().reading),
      text: email.text,
      html: email.html,
      email: { ids: ['eml_1', 'eml_2'], ...email.email },
      inReplyTo: 'eml_1',
      attachments: email.attachments?.map((attachment) => ({
        ...attachment,
        id: 'msg_9#0',
        ref: 'leadconnector:clinic/attachment/msg_9#0',
      })),
    })
  })

  const unknown = { statusCode: 400, message: 'Message does not exist with id eml_2', error: 'Bad Request' }

  it('reads a single email by its own id', async () => {
    vendor().get('/conversations/messages/eml_2').reply(400, unknown)
    vendor().get('/conversations/messages/email/eml_2').reply(200, emailPayload)
    expect(await testAccount().messages.get('eml_2')).toStrictEqual(readEmail(emailPayload, reader().reading))
  })

  it.each([400, 404, 422])(
    'fails with `not-found` if the id is neither a message nor an email (HTTP %i)',
    async (status) => {
      vendor().get('/conversations/messages/eml_2').reply(400, unknown)
      vendor().get('/conversations/messages/email/eml_2').reply(status, { message: 'id is wrong', statusCode: status })
      expect(await failure(testAccount().messages.get('eml_2'))).toMatchObject({ code: 'not-found', status: 400 })
    },
  )
})
