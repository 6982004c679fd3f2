import { expectClean, failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { baseUrl, clientId, companyPair, install, pair, refreshCall, secretOf, testApp, tokenCall } from './helpers.ts'

useNock()

const code = secretOf('code')
const codeCall = (more: Record<string, string> = {}) =>
  tokenCall({ grant_type: 'authorization_code', code, redirect_uri: 'https://app.example/callback', ...more })

describe('an authorization code', () => {
  it('is exchanged for tokens, which are stored and not returned', async () => {
    const app = testApp()
    codeCall().reply(200, pair('1'))
    const installation = await app.exchange(code)
    expect(installation).toEqual({
      userType: 'Location',
      companyId: 'com_1',
      locationId: 'loc_1',
      userId: 'usr_1',
      scopes: ['conversations.readonly', 'contacts.readonly'],
      expiresAt: '2026-01-03T09:59:59.000Z',
    })
    expect(await app.installation({ locationId: 'loc_1' })).toEqual(installation)
    expect(await app.credential({ locationId: 'loc_1' })()).toBe(secretOf('access-1'))
    expectClean(installation, app.traces, app.warnings)
    expect(app.traces).toMatchObject([{ operation: 'oauth.exchange', path: '/oauth/token', status: 200 }])
  })

  it('of a company returns the approved locations, and no location of its own', async () => {
    const app = testApp()
    const installation = await install(app, 'com', { ...companyPair('com'), installToFutureLocations: true })
    expect(installation).toMatchObject({
      userType: 'Company',
      companyId: 'com_1',
      locationId: null,
      approvedLocations: ['loc_1', 'loc_2'],
      installToFutureLocations: true,
    })
    expect(await app.credential({ companyId: 'com_1' })()).toBe(secretOf('access-com'))
    expect(await app.installation({ locationId: 'loc_1' })).toBeNull()
  })

  it('can have another redirect URI and ask for a kind of token', async () => {
    const app = testApp()
    codeCall({ redirect_uri: 'https://app.example/2', user_type: 'Location' }).reply(201, pair('1'))
    await app.exchange(code, { redirectUri: 'https://app.example/2', userType: 'Location' })
  })

  it('is sent in the newer dialect, and the answer is read in both', async () => {
    const app = testApp({ version: 'v3' })
    nock(baseUrl, { reqheaders: { version: 'v3' } })
      .post('/oauth/token', {
        clientId,
        clientSecret: secretOf('client-secret'),
        grantType: 'authorization_code',
        code,
        redirectUri: 'https://app.example/callback',
      })
      .reply(200, {
        accessToken: secretOf('access-1'),
        tokenType: 'Bearer',
        expiresIn: 86_399,
        refreshToken: secretOf('refresh-1'),
        scope: 'a b',
        userType: 'Location',
        locationId: 'loc_1',
        companyId: 'com_1',
        userId: 'usr_1',
      })
    expect(await app.exchange(code)).toMatchObject({ locationId: 'loc_1', expiresAt: '2026-01-03T09:59:59.000Z' })
    expect(await app.credential({ locationId: 'loc_1' })()).toBe(secretOf('access-1'))
  })

  it('is sent with the client secret that a function returns', async () => {
    const app = testApp({ clientSecret: async () => secretOf('client-secret') })
    await install(app, '1')
    for (const clientSecret of [() => '', () => Promise.reject(new Error(secretOf('client-secret'))), () => 7]) {
      const broken = testApp({ clientSecret: clientSecret as () => string })
      expect(await failure(broken.exchange(code))).toMatchObject({ code: 'configuration', outcome: 'not-done' })
    }
  })

  it('is never sent twice', async () => {
    const app = testApp()
    codeCall().reply(503, { message: `no ${code}` })
    expect(await failure(app.exchange(code))).toMatchObject({ code: 'vendor-fault', outcome: 'unknown' })
    codeCall().replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
    expect(await failure(app.exchange(code))).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(app.traces).toHaveLength(2)
  })

  it.each([
    ['code', '', {}],
    ['code', undefined, {}],
    ['input', 'c', null],
    ['redirectUri', 'c', { redirectUri: 7 }],
    ['userType', 'c', { userType: 'location' }],
  ])('is checked before it is sent: %s', async (path, given, input) => {
    const error = await failure(testApp().exchange(given as never, input as never))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })

  it.each([
    [400, { message: 'Invalid grant: authorization code is invalid' }, 'authentication', /authorize again/],
    [401, { error: 'invalid_grant', error_description: 'used' }, 'authentication', /authorize again/],
    [401, { message: 'Invalid client: client is invalid' }, 'configuration', /LEADCONNECTOR_CLIENT_SECRET/],
    [400, { error: 'invalid_client' }, 'configuration', /LEADCONNECTOR_CLIENT_ID/],
    [401, { message: 'version header is invalid.' }, 'configuration', /"version"/],
    [400, { message: 'Missing parameter: grant_type' }, 'invalid-request', /HTTP 400/],
    [422, { message: ['redirect_uri must be a string'] }, 'invalid-request', /redirect_uri/],
    [403, { message: 'Forbidden' }, 'permission', /LEADCONNECTOR_CLIENT_ID/],
    [403, '<html>', 'permission', /edge/],
    [429, { message: 'Too Many Requests' }, 'rate-limit', /429/],
    [302, '', 'response', /redirected/],
  ])('can be refused: HTTP %i with %j', async (status, body, kind, message) => {
    const app = testApp({ maxRetries: 0 })
    codeCall().reply(status, body, status === 302 ? { location: 'https://elsewhere.example/oauth/token' } : {})
    const error = await failure(app.exchange(code))
    expect(error).toMatchObject({ code: kind, message: expect.stringMatching(message) })
    expect(await app.installation({ locationId: 'loc_1' })).toBeNull()
  })

  it('is removed from the error of a vendor that quotes it', async () => {
    const app = testApp()
    const quoted = `Invalid grant: ${code} of ${secretOf('client-secret')}`
    codeCall().reply(400, { message: quoted, error: `${code} must be a string` })
    const error = await failure(app.exchange(code))
    expect(error.vendorMessage).toBe('Invalid grant: [redacted] of [redacted]')
  })

  it.each([
    ['access_token', { ...pair('1'), access_token: undefined }],
    ['access_token', { ...pair('1'), access_token: '' }],
    ['locationId', { access_token: secretOf('access-1'), expires_in: 86_399 }],
    ['', [pair('1')]],
  ])('fails if the answer holds no token: %s', async (path, body) => {
    const app = testApp()
    codeCall().reply(200, body as nock.Body)
    const error = await failure(app.exchange(code))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown', fields: [{ path }] })
  })

  it('gives a token that lasts until it is refused if the answer has no expiry', async () => {
    const app = testApp()
    const { expires_in: _, ...answer } = pair('1')
    expect(await install(app, '1', answer)).not.toHaveProperty('expiresAt')
    await install(app, '1', { ...answer, expires_in: 'soon' })
    expect(app.warnings).toMatchObject([{ code: 'unreadable-field', path: 'expires_in', operation: 'oauth.exchange' }])
    expectClean(app.warnings)
    await app.clock.advance(400 * 86_400_000)
    const credential = app.credential({ locationId: 'loc_1' })
    expect(await credential()).toBe(secretOf('access-1'))
    refreshCall('1').reply(200, pair('2'))
    expect(await credential({ rejected: secretOf('access-1') })).toBe(secretOf('access-2'))
  })
})
