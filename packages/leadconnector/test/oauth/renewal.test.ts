import { memoryStore, type StateStore } from '@parley/core'
import { expectClean, failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { stores } from '../../../core/test/state-store/stores.ts'
import {
  companyPair,
  install,
  mintCall,
  movingClock,
  pair,
  recordingStore,
  refreshCall,
  secretOf,
  testApp,
} from './helpers.ts'

useNock()

const owner = { locationId: 'loc_1' }
const day = 86_399_000
const refused = { message: 'Invalid grant: refresh token is invalid', statusCode: 400 }

describe('a token', () => {
  it('is refreshed a minute before it expires, and not earlier', async () => {
    const app = testApp()
    await install(app, '1')
    const credential = app.credential(owner)
    await app.clock.advance(day - 60_001)
    expect(await credential()).toBe(secretOf('access-1'))
    await app.clock.advance(1)
    refreshCall('1').reply(200, pair('2'))
    expect(await credential()).toBe(secretOf('access-2'))
    expect(await credential()).toBe(secretOf('access-2'))
    await app.clock.advance(day)
    refreshCall('2').reply(200, pair('3'))
    expect(await credential()).toBe(secretOf('access-3'))
  })

  it('is refreshed once for all callers of all objects that share a store', async () => {
    const app = testApp()
    await install(app, '1')
    const other = testApp({ store: app.store, clock: app.clock })
    await app.clock.advance(day)
    refreshCall('1').delay(20).reply(200, pair('2'))
    const all = [app, other].flatMap((each) => Array.from({ length: 10 }, () => each.credential(owner)({})))
    expect(new Set(await Promise.all(all))).toEqual(new Set([secretOf('access-2')]))
    expect([...app.warnings, ...other.warnings]).toEqual([])
    expect([...app.traces, ...other.traces].filter(({ operation }) => operation === 'oauth.refresh')).toHaveLength(1)
  })

  it('that was refused is refreshed once for all calls that were refused', async () => {
    const app = testApp()
    await install(app, '1')
    const rejected = secretOf('access-1')
    refreshCall('1').delay(20).reply(200, pair('2'))
    const all = [1, 2, 3, 4].map((index) => app.credential(owner)(index > 2 ? { rejected } : { rejected }))
    expect(new Set(await Promise.all(all))).toEqual(new Set([secretOf('access-2')]))
    // Somebody who comes late with the old one gets the new one without a request.
    expect(await app.credential(owner)({ rejected })).toBe(secretOf('access-2'))
    refreshCall('2').reply(200, pair('3'))
    expect(await app.credential(owner)({ rejected: secretOf('access-2') })).toBe(secretOf('access-3'))
  })

  it('is stored before a caller gets it', async () => {
    const log: string[] = []
    const app = testApp({ store: recordingStore(log) })
    await install(app, '1')
    log.push('installed')
    await app.clock.advance(day)
    refreshCall('1').reply(200, () => {
      log.push('vendor answered')
      return pair('2')
    })
    await Promise.all([1, 2, 3].map(async () => log.push(`used ${await app.credential(owner)()}`)))
    const used = `used ${secretOf('access-2')}`
    expect(log).toEqual([
      `stored location loc_1 ${secretOf('access-1')}`,
      'installed',
      'vendor answered',
      `stored location loc_1 ${secretOf('access-2')}`,
      used,
      used,
      used,
    ])
  })

  it('can be refreshed on request', async () => {
    const app = testApp()
    await install(app, '1')
    refreshCall('1').reply(200, pair('2', { scope: 'more' }))
    expect(await app.refresh(owner)).toMatchObject({ locationId: 'loc_1', scopes: ['more'] })
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
  })

  it('keeps facts about its owner that the refresh does not repeat', async () => {
    const app = testApp()
    await install(app, '1')
    const { locationId: _, companyId: __, userType: ___, ...short } = pair('2')
    refreshCall('1').reply(200, short)
    expect(await app.refresh(owner)).toMatchObject({ locationId: 'loc_1', companyId: 'com_1', userType: 'Location' })
  })

  it.each([
    ['locationId', { locationId: 'loc_2' }],
    ['locationId', { userType: 'Company' }],
    ['companyId', { companyId: 'com_2' }],
  ])('of another owner is refused by its %s', async (path, more) => {
    const app = testApp()
    await install(app, '1')
    refreshCall('1').twice().reply(200, pair('2', more))
    expect(await failure(app.refresh(owner))).toMatchObject({ code: 'response', fields: [{ path }] })
    expect(await app.credential(owner)()).toBe(secretOf('access-1'))
  })
})

describe('a refresh', () => {
  it('is repeated after a lost answer, as long as the vendor repeats its own answer', async () => {
    const app = testApp()
    await install(app, '1')
    refreshCall('1').replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
    refreshCall('1').reply(502, '<html>')
    refreshCall('1').reply(200, pair('2'))
    const before = app.clock.now()
    await app.refresh(owner)
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
    expect(app.clock.now() - before).toBeLessThan(25_000)
  })

  it('that fails keeps a valid token in use, with a warning', async () => {
    const app = testApp({ maxRetries: 0 })
    await install(app, '1')
    await app.clock.advance(day - 30_000)
    refreshCall('1').reply(503)
    expect(await app.credential(owner)()).toBe(secretOf('access-1'))
    expect(app.warnings).toMatchObject([{ code: 'degraded', operation: 'oauth.refresh' }])
    // But not one that was refused, and not one that is over.
    refreshCall('1').reply(503)
    expect((await failure(app.credential(owner)({ rejected: secretOf('access-1') }))).code).toBe('vendor-fault')
    await app.clock.advance(30_000)
    refreshCall('1').reply(503)
    expect((await failure(app.credential(owner)())).code).toBe('vendor-fault')
    refreshCall('1').reply(200, pair('2'))
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
  })

  it('that is refused for good asks to authorize again', async () => {
    const app = testApp()
    await install(app, '1')
    await app.clock.advance(day)
    refreshCall('1').reply(400, { ...refused, message: `${refused.message}: ${secretOf('refresh-1')}` })
    const error = await failure(app.credential(owner)())
    expect(error).toMatchObject({ code: 'authentication', status: 400, operation: 'oauth.refresh' })
    expect(error.message).toMatch(/authorize again/)
    expect(app.traces.filter(({ path }) => path !== '/oauth/token')).toEqual([])
    await install(app, '5', pair('5'))
    expect(await app.credential(owner)()).toBe(secretOf('access-5'))
  })

  it('keeps the refresh token of a suspended location', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await install(app, '1')
    await app.clock.advance(day - 10_000)
    for (let times = 0; times < 2; times++) {
      refreshCall('1').reply(400, { message: 'Location is not active' })
      const error = await failure(app.credential({ ...owner, companyId: 'com_1' })())
      expect(error).toMatchObject({ code: 'conflict', message: expect.stringMatching(/suspended/) })
    }
    refreshCall('1').reply(200, pair('2'))
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
  })

  it.each([
    [401, 'Invalid client: client is invalid', 'configuration'],
    [400, 'Invalid parameter: grant_type', 'invalid-request'],
    [422, 'whatever', 'invalid-request'],
  ])('with another refusal (%i %s) reports it and tries nothing else', async (status, message, kind) => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await install(app, '1')
    refreshCall('1').reply(status, { message })
    expect((await failure(app.refresh(owner))).code).toBe(kind)
  })
})

/** What a vendor may send in the place of a value that it leaves unsaid. */
const unsaid = [
  ['is missing', undefined],
  ['is null', null],
  ['is an empty text', ''],
  ['is only spaces', '  '],
] as const

describe.each(stores)('an answer to a refresh that lacks a value, with tokens $name', ({ create }) => {
  it.each([...unsaid, ['is no text', false] as const])(
    'keeps the present value: the refresh token works again if the new one %s',
    async (_, refresh_token) => {
      const [store] = create()
      const app = testApp({ store })
      await install(app, '1')
      for (const name of ['2', '3']) {
        refreshCall('1').reply(200, pair(name, { refresh_token }))
        await app.refresh(owner)
        expect(await app.credential(owner)()).toBe(secretOf(`access-${name}`))
      }
      // A new one replaces it, also in another process.
      const other = testApp({ store })
      refreshCall('1').reply(200, pair('4'))
      await other.refresh(owner)
      refreshCall('4').reply(200, pair('5'))
      await app.refresh(owner)
      expect(await other.credential(owner)()).toBe(secretOf('access-5'))
    },
  )
})

describe('an answer to a refresh that lacks a value', () => {
  it.each(unsaid)('keeps what the token is for if every value %s', async (_, value) => {
    const app = testApp()
    const before = await install(app, '1', pair('1', { planId: 'plan_1' }))
    const about = ['scope', 'userType', 'companyId', 'locationId', 'userId', 'planId']
    refreshCall('1').reply(200, pair('2', Object.fromEntries(about.map((key) => [key, value]))))
    expect(await app.refresh(owner)).toEqual(before)
    expect(await app.installation(owner)).toEqual(before)
  })

  it.each(unsaid)('keeps what the token of a company is for if it %s', async (_, value) => {
    const app = testApp()
    const before = await install(app, 'com', { ...companyPair('com'), installToFutureLocations: true })
    const about = ['scope', 'userType', 'companyId', 'approvedLocations']
    const answer = companyPair('com2', Object.fromEntries(about.map((key) => [key, value === '  ' ? null : value])))
    refreshCall('com').reply(200, { ...answer, installToFutureLocations: null })
    expect(await app.refresh({ companyId: 'com_1' })).toEqual(before)
  })

  it.each([
    ...unsaid,
    ['is zero', 0],
    ['is negative', -5],
    ['is a Unix time', 1_768_473_030],
    ['is a word', 'day'],
  ] as const)('keeps the token in use until it is refused if the new one %s', async (_, expires_in) => {
    const app = testApp()
    await install(app, '1')
    await app.clock.advance(day)
    refreshCall('1').reply(200, pair('2', { expires_in }))
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
    expect(await app.installation(owner)).not.toHaveProperty('expiresAt')
    await app.clock.advance(10 * day)
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
    refreshCall('2').reply(200, pair('3'))
    expect(await app.credential(owner)({ rejected: secretOf('access-2') })).toBe(secretOf('access-3'))
  })

  it('changes nothing if it has no access token', async () => {
    for (const access_token of [undefined, null, '', '  ', false, 7]) {
      const app = testApp()
      await install(app, '1')
      refreshCall('1').twice().reply(200, pair('2', { access_token }))
      expect(await failure(app.refresh(owner))).toMatchObject({ code: 'response' })
      expect(await app.credential(owner)()).toBe(secretOf('access-1'))
      refreshCall('1').reply(200, pair('3'))
      await app.refresh(owner)
    }
  })

  it('is refused if a location’s token came in place of a company’s', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    refreshCall('com').twice().reply(200, pair('1'))
    expect(await failure(app.refresh({ companyId: 'com_1' }))).toMatchObject({ code: 'response' })
    expect(await app.credential({ companyId: 'com_1' })()).toBe(secretOf('access-com'))
  })

  it('keeps the present values of a location’s minted token', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await install(app, '1')
    const { refresh_token: _, scope: __, userId: ___, ...alone } = pair('2')
    mintCall('com').reply(200, alone)
    expect(await app.locationToken({ locationId: 'loc_1', companyId: 'com_1' })).toMatchObject({
      scopes: ['conversations.readonly', 'contacts.readonly'],
      userId: 'usr_1',
    })
    refreshCall('1').reply(200, pair('3'))
    await app.refresh(owner)
    expect(await app.credential(owner)()).toBe(secretOf('access-3'))
  })
})

describe('a client secret that cannot be read', () => {
  it('leaves a valid refresh token in place', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await install(app, '1')
    const broken = testApp({ store: app.store, clientSecret: () => Promise.reject(new Error('vault sealed')) })
    expect((await failure(broken.refresh(owner))).code).toBe('configuration')
    refreshCall('1').reply(200, pair('2'))
    await app.refresh(owner)
  })
})

describe('a location without a valid token', () => {
  const both = { locationId: 'loc_1', companyId: 'com_1' }

  it('fails with advice and without a request if nobody authorized it', async () => {
    const app = testApp()
    const error = await failure(app.credential(owner)())
    expect(error).toMatchObject({
      code: 'authentication',
      message: expect.stringMatching(/location loc_1.*Ask the owner to authorize/),
    })
    expect((await failure(app.credential(both)())).message).toMatch(/no token of the location loc_1/)
    expect((await failure(app.credential({ companyId: 'com_1' })())).message).toMatch(/no token of the company com_1/)
    expect((await failure(app.refresh(owner))).code).toBe('authentication')
  })

  it('gets one token from its company’s token for all callers, and refreshes that later', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    const { companyId: _, userType: __, ...minted } = pair('1', { appId: 'app1', versionId: 'ver_1' })
    mintCall('com').delay(10).reply(200, minted)
    const all = Array.from({ length: 5 }, () => app.credential(both)())
    expect(new Set(await Promise.all(all))).toEqual(new Set([secretOf('access-1')]))
    expect(await app.installation(owner)).toMatchObject({
      userType: 'Location',
      companyId: 'com_1',
      locationId: 'loc_1',
    })
    await app.clock.advance(3_600_000)
    refreshCall('1').reply(200, pair('2'))
    await app.refresh(owner)
  })

  it('gets another token if its refresh token is used up or missing', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await install(app, '1')
    refreshCall('1').reply(400, refused)
    const { refresh_token: _, ...alone } = pair('2')
    mintCall('com').reply(200, alone)
    // Its company is known from the token that was used up.
    expect(await app.credential(owner)({ rejected: secretOf('access-1') })).toBe(secretOf('access-2'))
    mintCall('com').reply(200, pair('3'))
    expect(await app.credential(owner)({ rejected: secretOf('access-2') })).toBe(secretOf('access-3'))
    const lonely = testApp()
    await install(lonely, '2', alone)
    const error = await failure(lonely.credential(owner)({ rejected: secretOf('access-2') }))
    expect(error.message).toMatch(/has no refresh token/)
  })

  it('gets a token although the company’s has to be refreshed first', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    await app.clock.advance(day)
    refreshCall('com').reply(200, companyPair('com2'))
    mintCall('com2').reply(401, { message: 'Invalid JWT', statusCode: 401 })
    refreshCall('com2').reply(200, companyPair('com3'))
    mintCall('com3').reply(200, pair('1'))
    expect(await app.credential(both)()).toBe(secretOf('access-1'))
  })

  it.each([
    [{ message: 'version header was not found.' }, 'configuration', /"version"/],
    [{ message: 'version header is invalid.' }, 'configuration', /"version"/],
    [{ message: 'The token is not authorized for this scope.' }, 'permission', /oauth\.write/],
  ])('does not refresh the company’s token for a 401 with another cause: %j', async (body, kind, message) => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    mintCall('com').reply(401, { ...body, statusCode: 401, error: 'Unauthorized' })
    const error = await failure(app.credential(both)())
    expect(error).toMatchObject({ code: kind, message: expect.stringMatching(message), status: 401 })
  })

  it.each([
    [403, 'The token does not have access to this location.', 'permission', /token of the company/],
    [400, 'Location with id loc_1 not found', 'not-found', /./],
    [403, '', 'permission', /edge/],
  ])('reports a refusal: HTTP %i with %s', async (status, text, kind, message) => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    mintCall('com').reply(status, text === '' ? '<html>' : { message: text })
    expect(await failure(app.locationToken(both))).toMatchObject({
      code: kind,
      message: expect.stringMatching(message),
    })
  })

  it('gets a token on request in both dialects', async () => {
    const app = testApp()
    await install(app, 'com', companyPair('com'))
    mintCall('com').reply(200, pair('1'))
    expectClean(await app.locationToken(both))
    expect(await app.credential(owner)()).toBe(secretOf('access-1'))
    const v3 = testApp({ version: 'v3', store: app.store })
    nock('https://services.leadconnectorhq.com', { reqheaders: { version: 'v3' } })
      .post('/oauth/location-token', { companyId: 'com_1', locationId: 'loc_1' })
      .reply(200, { accessToken: secretOf('access-2'), expiresIn: 86_399, locationId: 'loc_1' })
    await v3.locationToken(both)
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
    for (const wrong of [{ locationId: 'loc_1' }, { companyId: 'com_1' }])
      expect((await failure(app.locationToken(wrong as never))).code).toBe('invalid-request')
  })
})

describe('the stored tokens', () => {
  const key = 'leadconnector/app1-client1/location/loc_1'

  it('have a key made of the app and the owner, which is unique', async () => {
    const store = memoryStore()
    const app = testApp({ store })
    await install(app, '1')
    expect(await store.get(key)).toBeTypeOf('string')
    const odd = testApp({ store, clientId: 'app1-client1/location' })
    expect(await odd.installation(owner)).toBeNull()
    expect(await app.installation({ locationId: 'loc_1/../loc_1' })).toBeNull()
  })

  it.each([
    ['no JSON', secretOf('x')],
    ['a text', '"planted"'],
    ['a list', '[]'],
    ['no access token', '{"about":{"userType":"Location","locationId":"loc_1"}}'],
    ['an access token that is none', '{"accessToken":7,"about":{"userType":"Location","locationId":"loc_1"}}'],
    [
      'a refresh token that is none',
      '{"accessToken":"planted","refreshToken":{},"about":{"userType":"Location","locationId":"l"}}',
    ],
    ['nobody’s', '{"accessToken":"planted","about":{"userType":"Location"}}'],
    ['somebody unknown’s', '{"accessToken":"planted","about":{"userType":"User","locationId":"loc_1"}}'],
    [
      'an end that is none',
      '{"accessToken":"planted","about":{"userType":"Company","locationId":null,"expiresAt":"soon"}}',
    ],
    ['a prototype', '{"__proto__":{"accessToken":"planted","about":{"userType":"Company","locationId":null}}}'],
  ])('are checked before use: %s', async (_, text) => {
    const store = memoryStore()
    await store.set(key, text)
    const app = testApp({ store })
    for (const work of [app.credential(owner)(), app.installation(owner), app.refresh(owner)]) {
      const error = await failure(work)
      expect(error).toMatchObject({ code: 'configuration', message: expect.stringContaining(key) })
    }
    // A new installation mends it.
    await install(app, '1')
    expect(await app.credential(owner)()).toBe(secretOf('access-1'))
  })

  it('are read back whole, without unknown values', async () => {
    const store = memoryStore()
    const app = testApp({ store })
    const installation = await install(app, 'com', {
      ...companyPair('com'),
      installToFutureLocations: false,
      planId: 'p',
    })
    const company = 'leadconnector/app1-client1/company/com_1'
    const kept = JSON.parse((await store.get(company)) as string) as { about: object }
    await store.set(company, JSON.stringify({ ...kept, extra: 1, about: { ...kept.about, extra: 1, userId: 7 } }))
    const { userId: _, ...rest } = installation
    expect(await app.installation({ companyId: 'com_1' })).toEqual(rest)
  })

  it('can be deleted', async () => {
    const app = testApp()
    await install(app, '1')
    await app.forget(owner)
    expect(await app.installation(owner)).toBeNull()
    expect((await failure(app.credential(owner)())).code).toBe('authentication')
    await app.forget(owner)
  })
})

describe('a state store that fails', () => {
  const broken = (
    method: 'get' | 'set' | 'delete' | 'lock',
    error: unknown,
  ): { store: StateStore; isBroken: boolean } => {
    const store = memoryStore()
    const both = {
      isBroken: true,
      store: {
        ...store,
        [method]: (...given: [never, never]) => (both.isBroken ? Promise.reject(error) : store[method](...given)),
      } as StateStore,
    }
    return both
  }

  it.each(['get', 'set', 'delete', 'lock'] as const)('in %s causes a Parley error without a secret', async (method) => {
    const quoting = new Error(`values ('{"accessToken":"${secretOf('access-1')}","refreshToken":"planted"}') in row 1`)
    const both = broken(method, quoting)
    both.isBroken = false
    const app = testApp({ store: both.store })
    await install(app, '1')
    both.isBroken = true
    if (method === 'set') refreshCall('1').reply(200, pair('2'))
    const work = {
      get: app.credential(owner),
      set: () => app.refresh(owner),
      delete: () => app.forget(owner),
      lock: () => app.refresh(owner),
    }
    const error = await failure(work[method]())
    expect(error).toMatchObject({ code: 'configuration', message: expect.stringContaining(`failed to ${method}`) })
    expect(String(error.cause)).toMatch(/in row 1/)
  })

  it('does not lose a pair that the vendor issues once, which is stored as soon as possible', async () => {
    const both = broken('set', new Error('disk full'))
    both.isBroken = false
    const log: string[] = []
    const app = testApp({ store: recordingStore(log, both.store) })
    await install(app, '1')
    both.isBroken = true
    await app.clock.advance(day)
    refreshCall('1').reply(200, pair('2'))
    // Not used as long as it is not stored.
    for (let times = 0; times < 2; times++) expect((await failure(app.credential(owner)())).code).toBe('configuration')
    both.isBroken = false
    expect(await app.credential(owner)()).toBe(secretOf('access-2'))
    expect(log.at(-1)).toBe(`stored location loc_1 ${secretOf('access-2')}`)
  })

  it('does not overwrite a token that another process stored since', async () => {
    const both = broken('set', new Error('disk full'))
    both.isBroken = false
    const app = testApp({ store: both.store })
    await install(app, '1')
    both.isBroken = true
    refreshCall('1').reply(200, pair('2'))
    await failure(app.refresh(owner))
    both.isBroken = false
    const other = testApp({ store: both.store })
    await install(other, '9', pair('9'))
    expect(await app.credential(owner)({ rejected: secretOf('access-1') })).toBe(secretOf('access-9'))
    expect(await other.credential(owner)()).toBe(secretOf('access-9'))
    refreshCall('9').reply(200, pair('10'))
    expect(await app.credential(owner)({ rejected: secretOf('access-9') })).toBe(secretOf('access-10'))
  })

  it('in get still accepts a new installation, which may repair it', async () => {
    const both = broken('get', new Error('damaged'))
    const app = testApp({ store: both.store })
    await install(app, '1')
    both.isBroken = false
    expect(await app.credential(owner)()).toBe(secretOf('access-1'))
  })

  it('to lock is detected', async () => {
    const app = testApp({ store: { ...memoryStore(), lock: async () => undefined as never } })
    expect((await failure(app.credential(owner)())).message).toMatch(/did not run/)
  })
})

describe('a lock that was lost', () => {
  /** A store whose lock lets everybody in, as one does whose lease has run out. */
  const open = (): StateStore => ({ ...memoryStore(), lock: (_, work) => work() })

  it('does not overwrite newer tokens', async () => {
    const store = open()
    const clock = movingClock()
    const [slow, quick] = [testApp({ store, clock }), testApp({ store, clock })]
    await install(slow, '1')
    let answer = (_: Record<string, unknown>) => {}
    const asked = new Promise<void>((resolve) => {
      refreshCall('1').reply(200, () => {
        resolve()
        return new Promise((done) => {
          answer = done
        })
      })
    })
    const late = slow.refresh(owner)
    await asked
    // Meanwhile the other one gets the same pair (the vendor's grace), and later the next one.
    refreshCall('1').reply(200, pair('2'))
    await quick.refresh(owner)
    refreshCall('2').reply(200, pair('3'))
    await quick.refresh(owner)
    answer(pair('2'))
    await late
    for (const app of [slow, quick]) expect(await app.credential(owner)()).toBe(secretOf('access-3'))
  })

  it('explains a refusal by another process that was first', async () => {
    const store = open()
    const app = testApp({ store })
    await install(app, '1')
    refreshCall('1').reply(400, async () => {
      const other = testApp({ store })
      await install(other, '2', pair('2'))
      return refused
    })
    expect(await app.credential(owner)({ rejected: secretOf('access-1') })).toBe(secretOf('access-2'))
  })
})
