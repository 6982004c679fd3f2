import { describe, expect, test } from 'vitest'
import { download } from '../../src/operations.ts'
import { expiryOf } from '../../src/transport/redirect.ts'
import { acme, failure } from '../helpers/acme.ts'
import { serve } from '../helpers/serve.ts'
import { createTestClock } from '../helpers/test-clock.ts'

const now = createTestClock().now()
const seconds = (at: number) => String(Math.floor(at / 1000))
const amz = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
const token = (claims: object) => `a.${btoa(JSON.stringify(claims)).replace(/=+$/, '')}.c`

/** Addresses as storages sign them, which end at that time. */
const signed: Record<string, (end: number) => string> = {
  'Amazon, version 4': (end) => `X-Amz-Date=${amz(end - 900_000)}&X-Amz-Expires=900&X-Amz-Signature=planted`,
  'Google, version 4': (end) => `X-Goog-Date=${amz(end - 900_000)}&X-Goog-Expires=900&X-Goog-Signature=planted`,
  'Amazon, version 2': (end) => `AWSAccessKeyId=planted&Expires=${seconds(end)}&Signature=planted`,
  Azure: (end) => `sv=2024&se=${encodeURIComponent(new Date(end).toISOString())}&sig=planted`,
  'a token': (end) => `token=${token({ exp: end / 1000 })}`,
  milliseconds: (end) => `expires=${end}&signature=planted`,
}

describe('the expiry of a signed URL', () => {
  test.each(Object.entries(signed))('is read from its parameters: %s', (_, query) => {
    expect(expiryOf(`https://files.example.com/a?${query(now)}`)).toBe(now)
  })

  test.each([
    '',
    'expires=900',
    'expires=never',
    'se=south-east',
    'X-Amz-Expires=900',
    'X-Amz-Date=20260115T103000Z',
    'X-Amz-Date=today&X-Amz-Expires=900',
    'X-Amz-Date=20260115T103000Z&X-Amz-Expires=-5',
    'token=abc',
    'token=a.b.c',
    `token=${token({ exp: 'soon' })}`,
    'exp=5',
  ])('is not guessed: %j', (query) => {
    expect(expiryOf(`https://files.example.com/a?${query}`)).toBeUndefined()
  })

  test('is missing for an invalid URL', () => {
    expect(expiryOf('nowhere')).toBeUndefined()
  })
})

const fetched = async (query: string, status: number, body = '') => {
  const server = await serve((response) => response.writeHead(status, { 'content-type': 'application/xml' }).end(body))
  const error = await failure(download(acme(server.url).begin('attachments.read'), `${server.url}/a?${query}`))
  expect(server.received).toHaveLength(1)
  return error
}
const expired = {
  code: 'invalid-request',
  retryable: false,
  fields: [{ path: 'url', problem: 'has expired' }],
  message: expect.stringMatching(/the address of the file has expired \(url\); HTTP .*attachments\.url/),
}
const xml = (code: string, message = '') =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`

describe('an expired URL', () => {
  test.each(Object.entries(signed))(
    'is reported as expired, with advice on how to get a new one: %s',
    async (_, query) => {
      for (const status of [400, 401, 403, 410])
        expect(await fetched(query(now - 1000), status, xml('AccessDenied'))).toMatchObject({ ...expired, status })
    },
  )

  test.each([
    [403, xml('AccessDenied', 'Request has expired')],
    [400, xml('ExpiredToken', 'The provided token has expired.')],
    [403, xml('ExpiredToken', 'The provided token is no good.')],
    [403, xml('AuthenticationFailed', 'Signature not valid in the specified time frame')],
    [400, '{"statusCode":"400","error":"InvalidJWT","message":"\\"exp\\" claim timestamp check failed"}'],
    [401, 'token expired'],
  ])('is recognized from the storage’s answer: %d %s', async (status, body) => {
    expect(await fetched('', status, body)).toMatchObject({ ...expired, status })
  })

  test('of an upload has the advice to upload again', async () => {
    const server = await serve((response) => response.writeHead(403).end(xml('AccessDenied', 'Request has expired')))
    const call = acme(server.url).begin('attachments.upload')
    const work = call.requestElsewhere(server.url, { method: 'PUT', body: new Blob(['x']), idempotent: true })
    expect(await failure(work)).toMatchObject({
      ...expired,
      message: expect.stringContaining('Upload the file again'),
    })
  })
})

describe('another refusal of a storage', () => {
  test.each([401, 403])('with HTTP %d is not about the credential, which was not sent', async (status) => {
    const error = await fetched(signed['Amazon, version 4']?.(now + 60_000) ?? '', status, xml('SignatureDoesNotMatch'))
    expect(error).toMatchObject({ code: 'permission', vendorCode: 'SignatureDoesNotMatch' })
    expect(error.message).toContain('no credential was sent')
    expect(error.message).not.toContain('the credential lacks')
    expect(error.fields).toBeUndefined()
  })

  test('for a missing file is not-found, even if its URL is expired too', async () => {
    const query = signed['Amazon, version 4']?.(now - 1000) ?? ''
    expect(await fetched(query, 404, xml('NoSuchKey'))).toMatchObject({ code: 'not-found', vendorCode: 'NoSuchKey' })
    expect(await fetched('', 410)).toMatchObject({ code: 'not-found' })
  })
})
