import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { threadOf } from '../fixtures/conversations.ts'
import { question } from '../fixtures/messages.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

async function image(content: string) {
  serve(['GET', '/conversations/c-1', 200, threadOf([{ ...question, type: 'IMAGE', content }])])
  const { items } = await account().adapter.messages.list('c-1')
  return items[0]?.attachments?.[0] as NonNullable<NonNullable<(typeof items)[0]['attachments']>[0]>
}

describe('an image of a message', () => {
  it('has a URL, and is read without the credential', async () => {
    const attachment = await image('https://files.test/photo.png')
    const { adapter } = account()
    expect(await adapter.attachments.url(attachment)).toStrictEqual({ url: 'https://files.test/photo.png' })
    nock('https://files.test', { badheaders: ['authorization'] })
      .get('/photo.png')
      .reply(200, Buffer.from([0x89, 0x50]), { 'content-type': 'image/png' })
    expect(await adapter.attachments.read(attachment)).toStrictEqual({
      bytes: new Uint8Array([0x89, 0x50]),
      contentType: 'image/png',
    })
  })

  it('is not fetched from a private address', async () => {
    const { adapter } = account()
    for (const address of ['http://files.test/photo.png', 'https://127.0.0.1/photo.png'])
      expect(await failure(adapter.attachments.read(await image(address)))).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: 'url' }],
      })
  })

  it.each([
    ['attachment', undefined],
    ['attachment', 'm-1#0'],
    ['attachment', { url: 'https://files.test/x' }],
    ['attachment', { id: 'a', vendor: 'other', url: 'https://files.test/x' }],
    ['attachment.url', { id: 'a' }],
  ])('is refused with a wrong %s', async (path, attachment) => {
    const { adapter } = account()
    for (const work of [adapter.attachments.url(attachment as never), adapter.attachments.read(attachment as never)])
      expect(await failure(work)).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
