import type { Attachment } from '@parley/core'
import { failure } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation } from '../fixtures/conversations.ts'
import { forbidden, notFound, serverFault } from '../fixtures/errors.ts'
import { agentMessage, manualMessage, userMessage } from '../fixtures/messages.ts'
import { account, entity } from '../helpers/account.ts'
import { serveStorage, storage } from '../helpers/storage.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const place = '/conversations/c-0001/message-files/upload-url'
const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
const signed = (name: string): Exchange => [
  'POST',
  place,
  200,
  { signedUrl: `${storage}/${name}?signature=s`, storagePath: `store/${name}` },
]
const asked = (fileName: string, contentType: string) => ({
  method: 'POST',
  uri: `/external${place}`,
  headers: json,
  body: { fileName, contentType },
})

describe('attachments.upload', () => {
  it('asks for a URL and puts the bytes there without the key', async () => {
    const seen = serve(signed('a'))
    const stored = serveStorage('PUT', '/a?signature=s')
    const file = { fileName: 'photo.png', contentType: 'image/png', content: bytes }
    expect(await account().adapter.attachments.upload('c-0001', file)).toStrictEqual({
      fileName: 'photo.png',
      contentType: 'image/png',
      uploadId: 'store/a',
    })
    expect(seen).toStrictEqual([asked('photo.png', 'image/png')])
    expect(stored).toStrictEqual([
      { method: 'PUT', path: '/a?signature=s', headers: { 'content-type': 'image/png' }, bytes },
    ])
  })

  it('accepts a blob with its type', async () => {
    const seen = serve(signed('a'))
    const stored = serveStorage('PUT', '/a?signature=s')
    const content = new Blob([bytes], { type: 'image/png' })
    await account().adapter.attachments.upload('c-0001', { fileName: 'photo.png', content })
    expect([seen[0]?.body, stored[0]?.headers, stored[0]?.bytes]).toEqual([
      { fileName: 'photo.png', contentType: 'image/png' },
      { 'content-type': 'image/png' },
      bytes,
    ])
  })

  it('puts the bytes again after a fault of the storage, and not after a refusal', async () => {
    serve(signed('a'))
    serveStorage('PUT', '/a?signature=s', 503)
    serveStorage('PUT', '/a?signature=s')
    const { adapter } = account()
    const file = { fileName: 'a', content: bytes }
    expect(await adapter.attachments.upload('c-0001', file)).toMatchObject({ uploadId: 'store/a' })
    serve(signed('a'))
    serveStorage('PUT', '/a?signature=s', 403)
    expect(await failure(adapter.attachments.upload('c-0001', file))).toMatchObject({ code: 'permission' })
  })

  it('tells an expired URL from a missing right', async () => {
    const query = 'X-Amz-Date=20200101T000000Z&X-Amz-Expires=900'
    serve(['POST', place, 200, { signedUrl: `${storage}/a?${query}`, storagePath: 'store/a' }])
    serveStorage('PUT', `/a?${query}`, 403)
    const work = account().adapter.attachments.upload('c-0001', { fileName: 'a', content: bytes })
    expect(await failure(work)).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'url', problem: 'has expired' }],
      message: expect.stringContaining('Upload the file again'),
    })
  })

  it('sends only the name of a file, without folders', async () => {
    const seen = serve(signed('a'))
    serveStorage('PUT', '/a?signature=s')
    const file = { fileName: '../../photo\u202egnp.png', contentType: 'image/png', content: bytes }
    expect(await account().adapter.attachments.upload('c-0001', file)).toMatchObject({ fileName: 'photognp.png' })
    expect(seen).toStrictEqual([asked('photognp.png', 'image/png')])
  })

  it.each([
    ['signedUrl', { storagePath: 'store/a' }],
    ['storagePath', { signedUrl: `${storage}/a` }],
    ['signedUrl', undefined],
  ])('fails without a %s in the answer', async (path, body) => {
    serve(['POST', place, 200, body])
    const work = account().adapter.attachments.upload('c-0001', { fileName: 'a', content: bytes })
    expect(await failure(work)).toMatchObject({ code: 'response', fields: [{ path }] })
  })

  it.each(['http://storage.example/a', 'https://10.0.0.1/a', 'https://user:pw@storage.example/a', 'nowhere'])(
    'never sends a file to %s',
    async (signedUrl) => {
      serve(['POST', place, 200, { signedUrl, storagePath: 's' }])
      const work = account().adapter.attachments.upload('c-0001', { fileName: 'a', content: bytes })
      expect(await failure(work)).toMatchObject({ code: 'invalid-request', fields: [{ path: 'url' }] })
    },
  )

  it.each([
    ['conversation', '', { fileName: 'a', content: bytes }],
    ['input', 'c', null],
    ['content', 'c', { fileName: 'a', content: 'text' }],
    ['fileName', 'c', { content: bytes }],
    ['contentType', 'c', { fileName: 'a', content: bytes, contentType: 'png' }],
  ])('refuses a wrong %s before a request is sent', async (path, target, input) => {
    expect(await failure(account().adapter.attachments.upload(target, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })
})

describe('the files of a message', () => {
  const attachments = [
    { fileName: 'old.pdf', uploadId: 'store/old' },
    { fileName: 'photo.png', contentType: 'image/png', content: bytes },
    { fileName: 'note.txt', content: new Blob(['hello'], { type: 'text/plain' }) },
  ]
  const files = [
    { fileName: 'old.pdf', storagePath: 'store/old' },
    { fileName: 'photo.png', storagePath: 'store/a' },
    { fileName: 'note.txt', storagePath: 'store/b' },
  ]
  const uploads = () => {
    serveStorage('PUT', '/a?signature=s')
    serveStorage('PUT', '/b?signature=s')
    return [signed('a'), signed('b')]
  }

  it('are uploaded before a question that is asked without waiting', async () => {
    const seen = serve(
      ...uploads(),
      ['POST', '/conversations/c-0001/messages/async', 201, userMessage],
      [
        'GET',
        '/conversations/c-0001/messages/m-11/response-on',
        200,
        { status: 'completed', message: agentMessage, error: null },
      ],
    )
    const { adapter } = account()
    expect(await adapter.messages.ask('c-0001', { text: 'Where?', attachments })).toMatchObject({ outcome: 'answered' })
    expect(seen[2]?.body).toStrictEqual({ message: 'Where?', files })
  })

  it('are uploaded before a question that is asked in one request', async () => {
    const seen = serve(...uploads(), ['POST', '/conversations/c-0001/messages', 201, agentMessage])
    const vendor = { 'agent-conversation': { sync: true } }
    await account().adapter.messages.ask('c-0001', { text: 'Where?', attachments, vendor })
    expect(seen[2]?.body).toStrictEqual({ message: 'Where?', files })
  })

  it('are uploaded to the conversation that is opened for the question', async () => {
    serveStorage('PUT', '/a?signature=s')
    const seen = serve(['POST', '/conversations', 201, listedConversation], signed('a'), [
      'POST',
      '/conversations/c-0001/messages',
      201,
      agentMessage,
    ])
    const vendor = { 'agent-conversation': { sync: true } }
    const input = { text: 'Where?', attachments: [attachments[1] as object], vendor }
    await account().adapter.messages.ask({ contact: 'u-77' }, input)
    expect(seen.map(({ uri }) => uri)).toEqual([
      '/external/conversations',
      `/external${place}`,
      '/external/conversations/c-0001/messages',
    ])
  })

  it('are uploaded before a reply', async () => {
    const seen = serve(...uploads(), ['POST', '/conversations/c-0001/send-manual-message', 200, manualMessage])
    const { adapter } = account()
    expect(await adapter.messages.reply('c-0001', { text: 'Here.', attachments })).toMatchObject({
      outcome: 'accepted',
    })
    expect(seen[2]?.body).toStrictEqual({ message: 'Here.', files })
  })

  it('that cannot be uploaded prevent the message from being sent', async () => {
    const { adapter } = account({ maxRetries: 0 })
    for (const send of [
      () => adapter.messages.ask('c-0001', { text: 'x', attachments }),
      () => adapter.messages.reply('c-0001', { text: 'x', attachments }),
    ]) {
      serve(['POST', place, 500, serverFault])
      expect(await failure(send())).toMatchObject({ code: 'vendor-fault', outcome: 'not-done', status: 500 })
      serve(['POST', place, 403, forbidden])
      expect(await failure(send())).toMatchObject({ code: 'authentication', outcome: 'not-done' })
      serve(signed('a'))
      serveStorage('PUT', '/a?signature=s', 403)
      expect(await failure(send())).toMatchObject({ code: 'permission' })
    }
  })

  it.each([
    ['attachments[0].content', [{ fileName: 'a', content: 'text' }]],
    ['attachments[0].fileName', [{ content: bytes }]],
    ['attachments[1].contentType', [attachments[0], { fileName: 'a', content: bytes, contentType: 7 }]],
    ['attachments[0].url', [{ url: 'https://shop.example/a.png', fileName: 'a' }]],
    ['attachments[0].uploadId', [{ fileName: 'a' }]],
  ])('with a wrong %s are refused before a request is sent', async (path, wrong) => {
    const { adapter } = account()
    const input = { text: 'x', attachments: wrong as never }
    for (const work of [adapter.messages.ask({ contact: 'u' }, input), adapter.messages.reply('c', input)])
      expect(await failure(work)).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})

describe('attachments.url and attachments.read', () => {
  const raw = { id: 'file/1', fileName: 'manual.pdf', openAIFileId: 'f', createdAt: '2026-02-01T08:00:00Z' }
  const attachment = {
    ...entity('attachment', 'file/1', raw),
    ref: 'agent-conversation:hotline/attachment/file%2F1',
    access: 'fetchable',
    conversationId: 'c-0001',
    fileName: 'manual.pdf',
  } as unknown as Attachment
  const uri = '/conversations/c-0001/message-files/file%2F1/signed-url'
  const address: Exchange = ['GET', uri, 200, { signedUrl: `${storage}/m?signature=s`, fileId: 'file/1' }]

  it('take the attachment of a message and request a new URL each time', async () => {
    const thread = { messages: [{ ...userMessage, files: [raw] }] }
    const seen = serve(['GET', '/conversations/c-0001/messages?orderDirection=DESC', 200, thread], address, address)
    const { adapter } = account()
    const [message] = (await adapter.messages.list('c-0001')).items
    expect(message?.attachments).toStrictEqual([attachment])
    for (const given of [message?.attachments?.[0] as Attachment, JSON.parse(JSON.stringify(attachment))])
      expect(await adapter.attachments.url(given)).toStrictEqual({ url: `${storage}/m?signature=s` })
    expect(seen[1]).toStrictEqual({ method: 'GET', uri: `/external${uri}`, headers: auth, body: undefined })
  })

  it('read the file without the key, under the name in the message', async () => {
    const { adapter } = account()
    serve(address, address)
    const body = Buffer.from([1, 2, 255])
    const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="0815"' }
    const stored = serveStorage('GET', '/m?signature=s', 200, body, headers)
    expect(await adapter.attachments.read(attachment)).toStrictEqual({
      bytes: new Uint8Array([1, 2, 255]),
      contentType: 'application/pdf',
      fileName: 'manual.pdf',
    })
    expect(stored[0]?.headers).toEqual({})
    serveStorage('GET', '/m?signature=s', 200, body)
    const { fileName: _, ...nameless } = attachment
    expect(await adapter.attachments.read(nameless)).toStrictEqual({ bytes: new Uint8Array([1, 2, 255]) })
  })

  it('fail with `not-found` for a missing file and for an expired URL', async () => {
    const { adapter } = account()
    serve(['GET', uri, 404, notFound])
    expect(await failure(adapter.attachments.url(attachment))).toMatchObject({ code: 'not-found' })
    serve(address)
    serveStorage('GET', '/m?signature=s', 403)
    expect(await failure(adapter.attachments.read(attachment))).toMatchObject({ code: 'permission' })
    serve(['GET', uri, 200, {}])
    expect(await failure(adapter.attachments.url(attachment))).toMatchObject({ fields: [{ path: 'signedUrl' }] })
  })

  it.each([
    ['attachment', undefined],
    ['attachment', { ...attachment, id: '' }],
    ['attachment', { ...attachment, vendor: 'other' }],
    ['attachment.conversationId', { ...attachment, conversationId: undefined }],
  ])('refuse a wrong %s', async (path, wrong) => {
    const { adapter } = account()
    for (const work of [adapter.attachments.url(wrong as never), adapter.attachments.read(wrong as never)])
      expect(await failure(work)).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
