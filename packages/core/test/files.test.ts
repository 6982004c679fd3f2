import { describe, expect, test } from 'vitest'
import { checkFile, download } from '../src/operations.ts'
import { acme, failure } from './helpers/acme.ts'
import { serve } from './helpers/serve.ts'

const call = () => acme('https://acme.test').begin('attachments.upload')
const content = new Uint8Array([1, 2, 3])

describe('checkFile', () => {
  test.each([
    [{ fileName: 'a.bin', content }, 'application/octet-stream'],
    [{ fileName: 'a.png', content, contentType: 'image/png' }, 'image/png'],
    [
      { fileName: 'a.txt', content: new Blob(['x'], { type: 'text/plain; charset=utf-8' }) },
      'text/plain;charset=utf-8',
    ],
    [{ fileName: 'a.txt', content: new Blob(['x']) }, 'application/octet-stream'],
    [{ fileName: 'a.png', content: new Blob(['x'], { type: 'text/plain' }), contentType: 'image/png' }, 'image/png'],
  ])('accepts %o as %s', (input, contentType) => {
    const file = checkFile(call(), input)
    expect({ ...file, contentType: file.contentType.replace('; ', ';') }).toEqual({ ...input, contentType })
    expect(file.content).toBe(input.content)
  })

  test.each([
    [{ fileName: 'a', content: 'text' }, 'content', 'must be a Blob or a Uint8Array'],
    [{ fileName: 'a' }, 'content', 'must be a Blob or a Uint8Array'],
    [{ fileName: 'a', content: new Uint8Array(11) }, 'content', 'must have at most 10 bytes'],
    [{ fileName: 'a', content: new Blob(['12345678901']) }, 'content', 'must have at most 10 bytes'],
    [{ fileName: ' ', content }, 'fileName', 'must be a non-empty string'],
    [{ content }, 'fileName', 'must be a non-empty string'],
    [{ fileName: 'a', content, contentType: 'png' }, 'contentType', 'must be a media type such as image/png'],
    [
      { fileName: 'a', content, contentType: 'image/png\r\nx: y' },
      'contentType',
      'must be a media type such as image/png',
    ],
    [{ fileName: 'a', content, contentType: 7 }, 'contentType', 'must be a media type such as image/png'],
  ])('refuses %o', async (input, path, problem) => {
    const refused = async (at: string) => checkFile(call(), input, at, 10)
    expect(await failure(refused(''))).toMatchObject({ code: 'invalid-request', fields: [{ path, problem }] })
    expect(await failure(refused('attachments[2]'))).toMatchObject({ fields: [{ path: `attachments[2].${path}` }] })
  })
})

describe('download', () => {
  test.each([
    ['attachment; filename="a \\"b\\".png"', 'a "b".png'],
    ["attachment; filename=stand-in.txt; filename*=UTF-8''%E2%82%AC%20rates.txt", '€ rates.txt'],
    ["attachment; filename=plain.txt; filename*=UTF-8''%E2%8", 'plain.txt'],
    ['attachment; filename=plain.txt', 'plain.txt'],
    ['inline', undefined],
  ])('reads the bytes and the name in %j', async (disposition, fileName) => {
    const server = await serve((response) =>
      response
        .writeHead(200, { 'content-type': 'image/png', 'content-disposition': disposition })
        .end(Buffer.from([0xff, 0xd8])),
    )
    const file = await download(acme(server.url).begin('attachments.read'), `${server.url}/a/b`)
    expect(file).toStrictEqual({
      bytes: new Uint8Array([0xff, 0xd8]),
      contentType: 'image/png',
      ...(fileName !== undefined && { fileName }),
    })
    expect(server.received[0]?.headers).not.toHaveProperty('authorization')
  })

  test('leaves missing headers unset, and reports the storage’s refusal as an error', async () => {
    const server = await serve((response, _, count) => response.writeHead(count === 1 ? 200 : 403).end('x'))
    const begin = () => acme(server.url).begin('attachments.read')
    expect(await download(begin(), server.url)).toStrictEqual({ bytes: new Uint8Array([120]) })
    expect(await failure(download(begin(), server.url))).toMatchObject({ code: 'permission' })
    expect(await failure(download(call(), 'http://acme.test/x'))).toMatchObject({ code: 'invalid-request' })
  })
})
