import { memoryTokenStore } from '@parley/core'
import { leadConnectorOAuth } from '@parley/leadconnector/oauth'
import { expectClean } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { secretOf, testApp } from './helpers.ts'

const input = { scopes: ['conversations.readonly', 'conversations/message.write'], state: 'state-1' }

describe('the authorize URL', () => {
  it('asks for what the vendor documents', () => {
    const url = new URL(testApp().authorizeUrl(input))
    expect(url.origin + url.pathname).toBe('https://marketplace.gohighlevel.com/v2/oauth/chooselocation')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'app1-client1',
      redirect_uri: 'https://app.example/callback',
      scope: 'conversations.readonly conversations/message.write',
      state: 'state-1',
    })
  })

  it('takes everything that can be said otherwise', () => {
    const authorizePage = 'https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation?lang=nl'
    const more = { redirectUri: 'https://app.example/other?a=b', versionId: 'ver_1', sameTab: true }
    const url = new URL(testApp({ authorizePage }).authorizeUrl({ ...input, ...more }))
    expect(url.hostname).toBe('marketplace.leadconnectorhq.com')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      lang: 'nl',
      redirect_uri: 'https://app.example/other?a=b',
      version_id: 'ver_1',
      loginWindowOpenMode: 'self',
    })
  })

  it.each([
    ['scopes', { ...input, scopes: [] }],
    ['scopes', { state: 'state-1' }],
    ['scopes[1]', { ...input, scopes: ['a', 'b c'] }],
    ['scopes[0]', { ...input, scopes: [7] }],
    ['state', { ...input, state: '' }],
    ['state', { scopes: ['a'] }],
    ['versionId', { ...input, versionId: '' }],
    ['redirectUri', { ...input, redirectUri: 7 }],
    ['input', null],
  ])('is refused for a wrong %s', (path, wrong) => {
    expect(() => testApp().authorizeUrl(wrong as never)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [expect.objectContaining({ path })] }),
    )
  })

  it('needs a redirect URI from somewhere', () => {
    const { authorizeUrl } = leadConnectorOAuth({ clientId: 'app', clientSecret: 's', store: memoryTokenStore() })
    expect(() => authorizeUrl(input)).toThrow(/redirectUri/)
    expect(authorizeUrl({ ...input, redirectUri: 'https://a.example' })).toContain('a.example')
  })
})

describe('the options', () => {
  const good = { clientId: 'app', clientSecret: 's', store: memoryTokenStore() }

  it.each([
    ['clientId', /"clientId" is missing.*LEADCONNECTOR_CLIENT_ID/, { ...good, clientId: undefined }],
    ['clientSecret', /"clientSecret" is missing.*LEADCONNECTOR_CLIENT_SECRET/, { ...good, clientSecret: undefined }],
    ['store', /"store" is missing/, { ...good, store: undefined }],
    ['store', /"store" is wrong: must be a token store/, { ...good, store: new Map() }],
    ['redirectUri', /"redirectUri" is wrong/, { ...good, redirectUri: 'app.example' }],
    ['authorizePage', /"authorizePage" is wrong/, { ...good, authorizePage: 'javascript:alert(1)' }],
    ['version', /"version" is wrong/, { ...good, version: 'v3\r\n' }],
    ['baseUrl', /"baseUrl" is wrong/, { ...good, baseUrl: 'ftp://x' }],
    ['rate', /"rate" is not an option of OAuth/, { ...good, rate: false }],
    ['raw', /"raw" is not an option of OAuth/, { ...good, raw: false }],
  ])('refuse a wrong %s', (_, message, options) => {
    expect(() => leadConnectorOAuth(options as never)).toThrow(message)
    expect(() => leadConnectorOAuth(options as never)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })

  it('come from the environment where it has them, and refuse what does not exist', () => {
    process.env['LEADCONNECTOR_CLIENT_ID'] = 'from-environment'
    process.env['LEADCONNECTOR_CLIENT_SECRET'] = 'secret'
    try {
      const { authorizeUrl } = leadConnectorOAuth({ store: memoryTokenStore() })
      expect(authorizeUrl({ ...input, redirectUri: 'https://a.example' })).toContain('client_id=from-environment')
    } finally {
      delete process.env['LEADCONNECTOR_CLIENT_ID']
      delete process.env['LEADCONNECTOR_CLIENT_SECRET']
    }
    expect(() => leadConnectorOAuth({ ...good, clientsecret: 'typo' } as never)).toThrow(/there is no option/)
  })

  it('show in nothing that is made of them', () => {
    const app = testApp({ clientSecret: secretOf('client-secret') })
    expectClean(app, app.credential({ locationId: 'loc_1' }), app.authorizeUrl(input))
  })
})

describe('an owner', () => {
  it.each([
    ['owner', null],
    ['owner', 'loc_1'],
    ['owner.locationId', { locationId: '' }],
    ['owner.locationId', { locationId: 7, companyId: 'com_1' }],
    ['owner.companyId', {}],
    ['owner.companyId', { companyId: null }],
    ['owner.companyId', { locationId: 'loc_1', companyId: '' }],
  ])('is refused for a wrong %s (%j), before anything is asked for', (path, owner) => {
    expect(() => testApp().credential(owner as never)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [expect.objectContaining({ path })] }),
    )
  })
})
