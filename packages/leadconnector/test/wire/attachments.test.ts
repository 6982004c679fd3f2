import type { Attachment, Conversation, ReplyInput, UploadInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { readMessage } from '../../src/read/message.ts'
import { conversationItemPayload } from '../fixtures/conversations.ts'
import { callPayload, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages/upload'
const sms: Conversation = readConversation(conversationItemPayload, reader().reading)
const bytes = new TextEncoder().encode('Tuesday: 8:15')
const note: UploadInput = { fileName: 'hours.txt', contentType: 'text/plain', content: bytes }
const fileUrl = 'https://files.example/hours.txt'

/** What one part of a multipart body holds. */
type Part = { headers: string; value: string }

/** A vendor that takes an upload and keeps its parts. */
function takesUpload(answer: unknown = { uploadedFiles: { 'hours.txt': fileUrl } }, status = 200): Part[] {
  const parts: Part[] = []
  vendor()
    .post(path, (body: string) => {
      const [boundary = ''] = body.split('\r\n', 1)
      for (const piece of body.split(boundary).slice(1, -1)) {
        const [headers = '', ...value] = piece.trim().split('\r\n\r\n')
        parts.push({ headers, value: value.join('\r\n\r\n') })
      }
      return true
    })
    .matchHeader('content-type', /^multipart\/form-data; boundary=/)
    .reply(status, answer as object)
  return parts
}

const field = (name: string, value: string): Part => ({
  headers: `Content-Disposition: form-data; name="${name}"`,
  value,
})
const filePart = (fileName: string, type: string, value: string): Part => ({
  headers: `Content-Disposition: form-data; name="fileAttachment"; filename="${fileName}"\r\nContent-Type: ${type}`,
  value,
})

describe('attachments.upload', () => {
  it('sends a form with the file, the conversation and the location', async () => {
    const parts = takesUpload()
    expect(await testAccount().attachments.upload(sms, note)).toStrictEqual({
      url: fileUrl,
      fileName: 'hours.txt',
      contentType: 'text/plain',
    })
    expect(parts).toEqual([
      field('locationId', 'loc_1'),
      field('conversationId', 'cnv_81'),
      filePart('hours.txt', 'text/plain', 'Tuesday: 8:15'),
    ])
  })

  it('sends a blob with its own type and the vendor’s options', async () => {
    const parts = takesUpload({ uploadedFiles: { 'HOURS_(1).TXT': fileUrl }, twilioMediaSids: ['sid_1'] })
    const input: UploadInput = {
      fileName: 'HOURS (1).TXT',
      content: new Blob([bytes], { type: 'text/x-hours' }),
      vendor: { leadconnector: { isSecureAttachment: true, chatServiceSid: 'chat_1', isGroupSms: false } },
    }
    expect(await testAccount().attachments.upload('cnv_81', input)).toStrictEqual({
      url: fileUrl,
      fileName: 'HOURS (1).TXT',
      contentType: 'text/x-hours',
      uploadId: 'sid_1',
    })
    expect(parts.slice(2)).toEqual([
      field('isSecureAttachment', 'true'),
      field('chatServiceSid', 'chat_1'),
      field('isGroupSms', 'false'),
      filePart('HOURS (1).TXT', 'text/x-hours', 'Tuesday: 8:15'),
    ])
  })

  it('is sent again after a fault, because an unused file does no harm', async () => {
    takesUpload('<html>', 502)
    const parts = takesUpload()
    await testAccount().attachments.upload(sms, note)
    expect(parts).toHaveLength(3)
  })

  it.each([
    [413, { status: 413, message: 'hours.txt is larger than 5 MB' }, 'invalid-request'],
    [415, { status: 415, message: 'File type is not supported' }, 'invalid-request'],
    [500, { statusCode: 500, message: 'Conversation with id cnv_81 not found' }, 'not-found'],
    [200, { uploadedFiles: {} }, 'response'],
    [200, {}, 'response'],
  ])('fails after HTTP %i with the body %j', async (status, body, code) => {
    takesUpload(body, status)
    expect(await failure(testAccount().attachments.upload(sms, note))).toMatchObject({ code })
  })

  it.each([
    ['', note, 'conversation'],
    [sms, null, 'input'],
    [sms, { ...note, fileName: undefined }, 'fileName'],
    [sms, { ...note, fileName: 'tool.exe' }, 'fileName'],
    [sms, { ...note, fileName: 'png' }, 'fileName'],
    [sms, { ...note, content: 'text' }, 'content'],
    [sms, { ...note, content: undefined }, 'content'],
    [sms, { ...note, contentType: 'text' }, 'contentType'],
    [
      sms,
      { ...note, vendor: { leadconnector: { isSecureAttachment: 'yes' } } },
      'vendor.leadconnector.isSecureAttachment',
    ],
    [sms, { ...note, vendor: { leadconnector: { public: true } } }, 'vendor.leadconnector.public'],
  ])('refuses the wrong input number %# before a request is sent', async (target, input, at) => {
    expect(await failure(testAccount().attachments.upload(target, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: at }],
    })
  })

  it('refuses bytes and blobs of more than 5 MB', async () => {
    const most = new Uint8Array(5 * 1024 * 1024)
    const more = new Uint8Array(5 * 1024 * 1024 + 1)
    for (const content of [more, new Blob([more])]) {
      const upload = testAccount().attachments.upload(sms, { ...note, content })
      expect(await failure(upload)).toMatchObject({
        fields: [{ path: 'content', problem: expect.stringContaining('5242880') }],
      })
    }
    takesUpload()
    await testAccount().attachments.upload(sms, { ...note, content: most })
  })

  it.each(
    'jpg JPEG png gif svg heic ai mp4 mpeg 3gp mp3 wav wave aiff aif aifc gsm ulaw ogg aac m4a amr pdf doc docx txt csv xls xlsx ppt pptx odt zip rar vcf vcard ics'.split(
      ' ',
    ),
  )('takes a file that ends in %s', async (ending) => {
    takesUpload({ uploadedFiles: { [`a.${ending}`]: fileUrl } })
    expect((await testAccount().attachments.upload(sms, { ...note, fileName: `a.${ending}` })).url).toBe(fileUrl)
  })
})

describe('the files of a message', () => {
  const sends = (body: object) =>
    vendor()
      .post('/conversations/messages', { contactId: 'ctc_5', message: 'Here.', ...body })
      .reply(201, { conversationId: 'cnv_81', messageId: 'msg_3' })
  const readsBack = () => vendor().get('/conversations/messages/msg_3').reply(200, { message: smsPayload })
  const { content } = note

  it('are uploaded one after the other and sent as URLs in their order', async () => {
    const first = takesUpload({ uploadedFiles: { 'a.txt': 'https://files.example/1' } })
    const second = takesUpload({ uploadedFiles: { 'a.txt': 'https://files.example/3' } })
    sends({
      type: 'SMS',
      attachments: ['https://files.example/1', 'https://files.example/2', 'https://files.example/3'],
    })
    readsBack()
    const attachments = [
      { fileName: 'a.txt', content },
      { url: 'https://files.example/2' },
      { fileName: 'a.txt', content: new Blob(['other']) },
    ]
    expect((await testAccount().messages.reply(sms, { text: 'Here.', attachments })).outcome).toBe('accepted')
    expect(first[1]).toEqual(field('conversationId', 'cnv_81'))
    expect(first[2]).toEqual(filePart('a.txt', 'application/octet-stream', 'Tuesday: 8:15'))
    expect(second[2]).toEqual(filePart('a.txt', 'application/octet-stream', 'other'))
  })

  it('become media objects of a WhatsApp message', async () => {
    takesUpload({ uploadedFiles: { 'a.png': 'https://files.example/a' } })
    sends({
      type: 'WhatsApp',
      whatsapp: { type: 'media', media: { type: 'image', url: 'https://files.example/a', name: 'a.png' } },
    })
    readsBack()
    const attachments = [{ fileName: 'a.png', contentType: 'image/png', content }]
    await testAccount().messages.reply(sms, { text: 'Here.', channel: 'whatsapp', attachments })
  })

  it('of a question are uploaded for the contact if there is no conversation yet', async () => {
    const parts = takesUpload({ uploadedFiles: { 'a.png': 'https://files.example/a' } })
    vendor()
      .post('/conversations/messages/inbound', {
        type: 'Live_Chat',
        contactId: 'ctc_5',
        message: 'What is this?',
        attachments: ['https://files.example/a'],
        direction: 'inbound',
      })
      .reply(403, { statusCode: 403, message: 'Forbidden' })
    const ask = testAccount().messages.ask(
      { contact: 'ctc_5' },
      { text: 'What is this?', attachments: [{ fileName: 'a.png', content }] },
    )
    expect((await failure(ask)).code).toBe('permission')
    expect(parts[1]).toEqual(field('contactId', 'ctc_5'))
  })

  it('prevent the message from being sent if an upload fails', async () => {
    takesUpload({ status: 413, message: 'too large' }, 413)
    const reply = testAccount().messages.reply(sms, { text: 'Here.', attachments: [{ fileName: 'a.txt', content }] })
    expect((await failure(reply)).code).toBe('invalid-request')
  })

  const file = { fileName: 'a.txt', content }
  it.each([
    [{ attachments: 'a' }, 'attachments'],
    [{ attachments: [null] }, 'attachments[0]'],
    [{ attachments: [{ fileName: 'a.txt' }] }, 'attachments[0].url'],
    [{ attachments: [file, { fileName: 'a.exe', content }] }, 'attachments[1].fileName'],
    [{ attachments: [{ content }] }, 'attachments[0].fileName'],
    [{ attachments: [{ fileName: 'a.txt', content: 'x' }] }, 'attachments[0].content'],
    [{ attachments: Array.from({ length: 6 }, () => file) }, 'attachments'],
    [{ channel: 'whatsapp', attachments: [file, file] }, 'attachments'],
  ])('are refused before an upload if they are wrong (number %#)', async (input, at) => {
    const reply = testAccount().messages.reply(sms, { text: 'Hi', ...input } as ReplyInput)
    expect(await failure(reply)).toMatchObject({ code: 'invalid-request', fields: [{ path: at }] })
  })
})

describe('attachments.url and attachments.read', () => {
  const [open, secure] = readMessage(smsPayload, reader().reading).attachments as [Attachment, Attachment]
  const [recording] = readMessage(callPayload, reader().reading).attachments as [Attachment]
  const signed = 'https://storage.example/slug1?signature=planted-signature'
  const storage = () => nock('https://storage.example', { badheaders: ['authorization', 'version'] })

  it('return the URL of a public file unchanged', async () => {
    expect(await testAccount().attachments.url(open)).toStrictEqual({ url: 'https://files.example/a.png' })
    nock('https://files.example', { badheaders: ['authorization', 'version'] })
      .get('/a.png')
      .reply(200, Buffer.from([1, 2, 255]), { 'content-type': 'image/png' })
    expect(await testAccount().attachments.read(open)).toStrictEqual({
      bytes: new Uint8Array([1, 2, 255]),
      contentType: 'image/png',
    })
  })

  it.each([
    ['an object', { url: signed, traceId: 't' }],
    ['another word', { signedUrl: signed }],
    ['a wrapped object', { data: { url: signed } }],
    ['a bare text', JSON.stringify(signed)],
  ])('have the API sign the URL of a private file, which it returns as %s', async (_name, body) => {
    vendor().get('/files/d/slug1').reply(200, body, { 'content-type': 'application/json' })
    expect(await testAccount().attachments.url(secure)).toStrictEqual({ url: signed })
  })

  it('return the expiry if the vendor sends one', async () => {
    vendor().get('/files/d/slug1').reply(200, { url: signed, expiresAt: 1767355200000 })
    expect(await testAccount().attachments.url(secure)).toStrictEqual({
      url: signed,
      expiresAt: '2026-01-02T12:00:00.000Z',
    })
  })

  it('send the token to the API only, whatever the attachment’s URL says', async () => {
    vendor().get('/files/d/slug1').reply(200, { url: signed })
    const elsewhere = { ...secure, url: 'https://evil.example/files/d/slug1?x=1#y' }
    expect((await testAccount().attachments.url(elsewhere)).url).toBe(signed)
  })

  it('read a private file without sending the token', async () => {
    vendor().get('/files/d/slug1').reply(200, { url: signed })
    storage().get('/slug1').query(true).reply(200, 'PDF', {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="plan.pdf"',
    })
    expect(await testAccount().attachments.read(secure)).toStrictEqual({
      bytes: new TextEncoder().encode('PDF'),
      contentType: 'application/pdf',
      fileName: 'plan.pdf',
    })
  })

  it('read the recording of a call from the API', async () => {
    vendor().get('/conversations/messages/msg_7/locations/loc_1/recording').reply(200, Buffer.from('RIFF'), {
      'content-type': 'audio/x-wav',
      'content-disposition': 'attachment; filename=call.wav',
    })
    expect(await testAccount().attachments.read(recording)).toStrictEqual({
      bytes: new TextEncoder().encode('RIFF'),
      contentType: 'audio/x-wav',
      fileName: 'call.wav',
    })
  })

  it('report a missing recording as not found, and have no URL for recordings', async () => {
    vendor()
      .get('/conversations/messages/msg_7/locations/loc_1/recording')
      .reply(400, { message: 'Recording not found for message msg_7' })
    expect((await failure(testAccount().attachments.read(recording))).code).toBe('not-found')
    expect((await failure(testAccount().attachments.url(recording))).code).toBe('unsupported')
  })

  it('name the missing scope', async () => {
    vendor()
      .get('/files/d/slug1')
      .reply(401, { statusCode: 401, message: 'The token is not authorized for this scope.' })
    const error = await failure(testAccount().attachments.url(secure))
    expect(error).toMatchObject({ code: 'permission', message: expect.stringContaining('files.readonly') })
  })

  it('fail if the answer has no URL', async () => {
    vendor().get('/files/d/slug1').reply(200, {})
    expect((await failure(testAccount().attachments.url(secure))).code).toBe('response')
  })

  it.each([
    [null, 'attachment'],
    ['msg_3#0', 'attachment'],
    [{ ...open, vendor: 'livechatai' }, 'attachment'],
    [{ ...open, id: '' }, 'attachment'],
    [{ ...open, url: null }, 'attachment.url'],
    [{ ...open, url: 7 }, 'attachment.url'],
  ])('refuse %j before a request is sent', async (attachment, at) => {
    expect(await failure(testAccount().attachments.url(attachment as never))).toMatchObject({ fields: [{ path: at }] })
    expect(await failure(testAccount().attachments.read(attachment as never))).toMatchObject({ fields: [{ path: at }] })
  })

  it.each(['http://files.example/a', 'https://10.0.0.1/a', 'https://user:pass@files.example/a', 'file:///etc/passwd'])(
    'never fetch %s',
    async (url) => {
      expect(await failure(testAccount().attachments.read({ ...open, url }))).toMatchObject({
        fields: [{ path: 'url' }],
      })
    },
  )
})
