import { memoryStore } from '@parley/core'
import { leadConnectorOAuth } from '@parley/leadconnector/oauth'
import { expectClean } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { secretOf, testApp } from './helpers.ts'

const input = { scopes: ['conversations.readonly', 'conversations/message.write'], state: 'state-1' }

describe('the authorize URL', () => {
  it('has the documented parameters', () => {
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

  it('takes every option', () => {
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
  ])('is refused with a wrong %s', (path, wrong) => {
    expect(() => testApp().authorizeUrl(wrong as never)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [expect.objectContaining({ path })] }),
    )
  })

  it('needs a redirect URI in the options or in the call', () => {
    const { authorizeUrl } = leadConnectorOAuth({ clientId: 'app', clientSecret: 's', store: memoryStore() })
    expect(() => authorizeUrl(input)).toThrow(/redirectUri/)
    expect(authorizeUrl({ ...input, redirectUri: 'https://a.example' })).toContain('a.example')
  })
})

describe('the options of the OAuth app', () => {
  const good = { clientId: 'app', clientSecret: 's', store: memoryStore() }

  it.each([
    ['clientId', /"clientId" is missing.*LEADCONNECTOR_CLIENT_ID/, { ...good, clientId: undefined }],
    ['clientSecret', /"clientSecret" is missing.*LEADCONNECTOR_CLIENT_SECRET/, { ...good, clientSecret: undefined }],
    ['store', /"store" is missing/, { ...good, store: undefined }],
    ['store', /"store" is invalid: must be a state store/, { ...good, store: new Map() }],
    ['redirectUri', /"redirectUri" is invalid/, { ...good, redirectUri: 'app.example' }],
    ['authorizePage', /"authorizePage" is invalid/, { ...good, authorizePage: 'javascript:alert(1)' }],
    ['version', /"version" is invalid/, { ...good, version: 'v3\r\n' }],
    ['baseUrl', /"baseUrl" is invalid/, { ...good, baseUrl: 'ftp://x' }],
    ['rate', /"rate" is not an option of OAuth/, { ...good, rate: false }],
    ['raw', /"raw" is not an option of OAuth/, { ...good, raw: false }],
  ])('are refused with a wrong %s', (_, message, options) => {
    expect(() => leadConnectorOAuth(options as never)).toThrow(message)
    expect(() => leadConnectorOAuth(options as never)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })

  it('are read from the environment, and unknown ones are refused', () => {
    process.env['LEADCONNECTOR_CLIENT_ID'] = 'from-environment'
    process.env['LEADCONNECTOR_CLIENT_SECRET'] = 'secret'
    try {
      const { authorizeUrl } = leadConnectorOAuth({ store: memoryStore() })
      expect(authorizeUrl({ ...input, redirectUri: 'https://a.example' })).toContain('client_id=from-environment')
    } finally {
      delete process.env['LEADCONNECTOR_CLIENT_ID']
      delete process.env['LEADCONNECTOR_CLIENT_SECRET']
    }
    expect(() => leadConnectorOAuth({ ...good, clientsecret: 'typo' } as never)).toThrow(/there is no option/)
  })

  it('do not show the client secret in any object made from them', () => {
    const app = testApp({ clientSecret: secretOf('client-secret') })
    expectClean(app, app.credential({ locationId: 'loc_1' }), app.authorizeUrl(input))
  })
})

describe('the owner of a token', () => {
  it.each([
    ['owner', null],
    ['owner', 'loc_1'],
    ['owner.locationId', { locationId: '' }],
    ['owner.locationId', { locationId: 7, companyId: 'com_1' }],
    ['owner.companyId', {}],
    ['owner.companyId', { companyId: null }],
    ['owner.companyId', { locationId: 'loc_1', companyId: '' }],
  ])('is refused with a wrong %s (%j) before a request is sent', (path, owner) => {
    expect(() => testApp().credential(owner as never)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [expect.objectContaining({ path })] }),
    )
  })
})
