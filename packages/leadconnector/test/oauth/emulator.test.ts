import { type Credential, memoryStore } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { defaultNow, type Fault, sandbox } from '@parley/sandbox'
import { expectClean, failure } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { movingClock, testApp } from './helpers.ts'

const clock = movingClock(defaultNow)
const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], clock })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
const usual = { ...vendor.settings }
const names = vendor.credentials as Record<string, string>
const { clientId = '', clientSecret = '', locationId = '', secondLocationId = '', companyId = '', token = '' } = names
const { authorizationCode = '', companyAuthorizationCode = '' } = names
const day = 86_400_000

beforeEach(() => {
  Object.assign(vendor.settings, usual, { rateLimit: false })
  vendor.reset()
})

const app = (options: Parameters<typeof testApp>[0] = {}) =>
  testApp({ clientId, clientSecret, baseUrl: vendor.url, clock, ...options })

const open = (credential: Credential, of = locationId, options: Parameters<typeof leadConnector>[0] = {}) =>
  leadConnector({ token: credential, locationId: of, baseUrl: vendor.url, clock, rate: false, ...options })

/** How often a token was asked for. */
const grants = () => vendor.requests.filter(({ path }) => path.startsWith('/oauth/token')).length

describe.each(['2021-07-28', 'v3'])('an app that uses the dialect %s', (version) => {
  it('is authorized, reads, and stays authorized for days with one refresh a day', async () => {
    const oauth = app({ version })
    const installation = await oauth.exchange(authorizationCode)
    expect(installation).toMatchObject({ userType: 'Location', locationId, companyId })
    expectClean(oauth, installation)
    const account = open(oauth.credential({ locationId }))
    for (const days of [0, 1, 2]) {
      const pages = await Promise.all([1, 2, 3, 4].map(() => account.conversations.list({ limit: 2 })))
      for (const { items } of pages) expect(items).toHaveLength(2)
      expect(grants()).toBe(1 + days)
      await clock.advance(day)
    }
  })

  it('reaches the locations of a company with only the company’s token', async () => {
    const oauth = app({ version })
    expect(await oauth.exchange(companyAuthorizationCode)).toMatchObject({ userType: 'Company', companyId })
    const found = []
    for await (const { id } of oauth.installedLocations({ companyId, limit: 2 })) found.push(id)
    expect(found).toHaveLength(3)
    expect(found).toContain(secondLocationId)
    const account = open(oauth.credential({ locationId: secondLocationId, companyId }), secondLocationId)
    expect((await account.conversations.list()).items.length).toBeGreaterThan(0)
    // A location's token is minted with its own refresh token.
    await clock.advance(day)
    expect((await account.conversations.list()).items.length).toBeGreaterThan(0)
    expect((await oauth.locationToken({ locationId, companyId })).locationId).toBe(locationId)
    expect((await failure(oauth.locationToken({ locationId: 'nowhere', companyId }))).code).toBe('not-found')
    expect((await failure(oauth.installedLocations({ companyId: 'nobody' }))).code).toBe('authentication')
  })
})

describe('tokens at the emulated vendor', () => {
  async function stored(change: Record<string, unknown>, about: Record<string, unknown> = {}) {
    const store = memoryStore()
    const oauth = app({ store })
    await oauth.exchange(authorizationCode)
    const key = ['leadconnector', clientId, 'location', locationId].join('/')
    const kept = JSON.parse((await store.get(key)) as string) as { about: object }
    await store.set(key, JSON.stringify({ ...kept, ...change, about: { ...kept.about, ...about } }))
    return oauth
  }

  it('are replaced once for all refused calls if they were revoked', async () => {
    const oauth = await stored({ accessToken: 'planted-revoked' })
    const account = open(oauth.credential({ locationId }))
    const pages = await Promise.all([1, 2, 3].map(() => account.conversations.list({ limit: 1 })))
    for (const { items } of pages) expect(items).toHaveLength(1)
    expect(grants()).toBe(2)
  })

  it('are replaced if they ended without our knowledge', async () => {
    const oauth = await stored({}, { expiresAt: '2099-01-01T00:00:00.000Z' })
    await clock.advance(2 * day)
    expect((await open(oauth.credential({ locationId })).conversations.list({ limit: 1 })).items).toHaveLength(1)
    expect(grants()).toBe(2)
  })

  it('that another process refreshed can be repeated for thirty seconds, and not later', async () => {
    const oauth = app()
    await oauth.exchange(authorizationCode)
    const copy = async () => {
      const store = memoryStore()
      const key = ['leadconnector', clientId, 'location', locationId].join('/')
      await store.set(key, (await oauth.store.get(key)) as string)
      return app({ store })
    }
    const [soon, late] = [await copy(), await copy()]
    await oauth.refresh({ locationId })
    await clock.advance(30_000)
    await soon.refresh({ locationId })
    expect(await soon.credential({ locationId })()).toBe(await oauth.credential({ locationId })())
    await clock.advance(1)
    const error = await failure(late.refresh({ locationId }))
    expect(error).toMatchObject({ code: 'authentication', message: expect.stringMatching(/authorize again/) })
    // With the company's token the location is reached all the same.
    await late.exchange(companyAuthorizationCode)
    expect((await late.refresh({ locationId })).locationId).toBe(locationId)
  })

  it('of a suspended location are kept until it is active again', async () => {
    const oauth = app()
    await oauth.exchange(authorizationCode)
    await clock.advance(day)
    vendor.settings.locationSuspended = true
    const account = open(oauth.credential({ locationId }))
    expect((await failure(account.conversations.list())).code).toBe('conflict')
    vendor.settings.locationSuspended = false
    expect((await account.conversations.list({ limit: 1 })).items).toHaveLength(1)
  })

  it.each([
    { kind: 'reset', after: true },
    { kind: 'truncate' },
    { kind: 'html', after: true },
    { kind: 'status', status: 503, after: true },
  ] satisfies Fault[])('survive a refresh whose answer was lost: $kind', async (fault) => {
    const oauth = app()
    await oauth.exchange(authorizationCode)
    vendor.faults.next(fault)
    await oauth.refresh({ locationId })
    expect(vendor.faults.pending()).toBe(0)
    expect(grants()).toBe(3)
    expect((await open(oauth.credential({ locationId })).conversations.list({ limit: 1 })).items).toHaveLength(1)
    await oauth.refresh({ locationId })
  })

  it.each([
    ['an unknown version', { version: { conversations: 'v9' } }, 'configuration', /version/],
    ['a version that is not sent', { fetch: withoutVersion }, 'configuration', /version/],
  ])('are not refreshed for %s', async (_, options, kind, message) => {
    const oauth = app()
    await oauth.exchange(authorizationCode)
    const error = await failure(open(oauth.credential({ locationId }), locationId, options).conversations.list())
    expect(error).toMatchObject({ code: kind, status: 401, message: expect.stringMatching(message) })
    expect(grants()).toBe(1)
  })

  it('are not refreshed for a missing scope or another location', async () => {
    const oauth = app()
    await oauth.exchange(companyAuthorizationCode)
    const company = open(oauth.credential({ companyId }))
    expect(await failure(company.agents.list())).toMatchObject({ code: 'permission' })
    expect(grants()).toBe(1)
    await oauth.locationToken({ companyId, locationId })
    const other = open(oauth.credential({ locationId }), secondLocationId)
    expect((await failure(other.conversations.list())).code).toBe('permission')
    expect(grants()).toBe(1)
  })
})

describe('a private integration token', () => {
  it('works as a string, and from a function that is called again after a refusal', async () => {
    expect((await open(token).conversations.list({ limit: 1 })).items).toHaveLength(1)
    const asked: unknown[] = []
    const rotated = open(({ rejected }) => {
      asked.push(rejected)
      return rejected === undefined ? 'pit-rotated-away' : token
    })
    expect((await rotated.conversations.list({ limit: 1 })).items).toHaveLength(1)
    expect(asked).toEqual([undefined, 'pit-rotated-away'])
    expect(grants()).toBe(0)
  })
})

async function withoutVersion(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  const headers = new Headers(request.headers)
  headers.delete('version')
  return fetch(new Request(request, { headers }))
}
