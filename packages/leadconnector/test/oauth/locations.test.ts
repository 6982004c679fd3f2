import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { baseUrl, companyPair, install, refreshCall, secretOf, testApp } from './helpers.ts'

useNock()

const reqheaders = { authorization: `Bearer ${secretOf('access-com')}`, version: '2021-07-28', 'user-agent': 'Parley' }
const row = (id: string, more: object = {}) => ({ _id: id, name: `Shop ${id}`, address: '1 Canal Street', ...more })
const query = { companyId: 'com_1', appId: 'app1' }

async function connected(options: Parameters<typeof testApp>[0] = {}) {
  const app = testApp(options)
  await install(app, 'com', companyPair('com'))
  return app
}

describe('the locations of a company', () => {
  it('are read page by page', async () => {
    const app = await connected()
    const list = (skip: number) =>
      nock(baseUrl, { reqheaders })
        .get('/oauth/installedLocations')
        .query({ ...query, skip, limit: 2 })
    const installed = { isInstalled: true, versionId: 'ver_1', installedAt: '2026-01-01T00:00:00Z' }
    list(0).reply(200, { locations: [row('a', installed), row('b')], count: 3 })
    list(2).reply(200, { locations: [row('c', { isInstalled: false, address: null })], count: 3 })
    const found = []
    for await (const location of app.installedLocations({ companyId: 'com_1', limit: 2 })) found.push(location)
    expect(found).toEqual([
      { id: 'a', name: 'Shop a', address: '1 Canal Street', ...installed, installedAt: '2026-01-01T00:00:00.000Z' },
      { id: 'b', name: 'Shop b', address: '1 Canal Street' },
      { id: 'c', name: 'Shop c', address: null, isInstalled: false },
    ])
  })

  it('can be filtered and resumed', async () => {
    const app = await connected()
    const filters = { query: 'shop', isInstalled: 'true', locationId: 'a' }
    const list = (skip: number) =>
      nock(baseUrl, { reqheaders })
        .get('/oauth/installedLocations')
        .query({ companyId: 'com_1', appId: 'other', ...filters, skip, limit: 20 })
    const input = { companyId: 'com_1', appId: 'other', search: 'shop', isInstalled: true, locationId: 'a' }
    list(0).reply(200, { locations: Array.from({ length: 20 }, (_, index) => row(String(index))) })
    const page = await app.installedLocations(input)
    expect(page.items).toHaveLength(20)
    list(20).reply(200, { locations: [] })
    expect(await app.installedLocations({ ...input, cursor: page.next as string })).toEqual({
      items: [],
      next: null,
      warnings: [],
    })
  })

  it('do not end at a count that is smaller than the list', async () => {
    const app = await connected()
    const list = (skip: number) =>
      nock(baseUrl, { reqheaders })
        .get('/oauth/installedLocations')
        .query({ ...query, skip, limit: 2 })
    list(0).reply(200, { locations: [row('a'), row('b')], count: 0 })
    list(2).reply(200, { locations: [row('c')], count: 0 })
    list(3).reply(200, { locations: [], count: 0 })
    const found = []
    for await (const { id } of app.installedLocations({ companyId: 'com_1', limit: 2 })) found.push(id)
    expect(found).toEqual(['a', 'b', 'c'])
  })

  it('are read in the newer dialect', async () => {
    const app = testApp({ version: 'v3' })
    await nock(baseUrl).post('/oauth/token').reply(200, companyPair('com'))
    await app.exchange('c')
    const list = (page: object) =>
      nock(baseUrl, { reqheaders: { ...reqheaders, version: 'v3' } })
        .get('/oauth/installed-locations')
        .query({ ...query, pageSize: 1, ...page })
    const pagination = { hasPrevPage: false, currentPageSize: 1, totalRecords: 2 }
    list({}).reply(200, { items: [row('a')], pagination: { ...pagination, hasNextPage: true, nextPageToken: 'next' } })
    list({ pageToken: 'next' }).reply(200, {
      items: [row('b')],
      pagination: { ...pagination, hasNextPage: false, nextPageToken: 'next' },
    })
    const pages = []
    for await (const page of app.installedLocations({ companyId: 'com_1', limit: 1 }).pages()) pages.push(page)
    expect(pages.map(({ items, total }) => [items[0]?.id, total])).toEqual([
      ['a', 2],
      ['b', 2],
    ])
  })

  it('drop an item that cannot be read with a warning, and fail without the list', async () => {
    const app = await connected()
    const list = () => nock(baseUrl).get('/oauth/installedLocations').query(true)
    list().reply(200, { locations: [row('a'), null, { name: 'no id' }], count: 3 })
    const { items, warnings } = await app.installedLocations({ companyId: 'com_1' })
    expect(items.map(({ id }) => id)).toEqual(['a'])
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['bad-item', 'locations[1]'],
      ['bad-item', 'locations[2]._id'],
    ])
    list().reply(200, { locations: [], count: 3 })
    expect(await app.installedLocations({ companyId: 'com_1' })).toMatchObject({ items: [], next: null })
    list().reply(200, { count: 3 })
    expect(await failure(app.installedLocations({ companyId: 'com_1' }))).toMatchObject({
      code: 'response',
      fields: [{ path: 'locations' }],
    })
  })

  it('refresh the company’s token once after it is refused', async () => {
    const app = await connected()
    const list = () => nock(baseUrl).get('/oauth/installedLocations').query(true)
    list().reply(401, { message: 'Invalid JWT' })
    refreshCall('com').reply(200, companyPair('com2'))
    list()
      .matchHeader('authorization', `Bearer ${secretOf('access-com2')}`)
      .reply(401, { message: 'Invalid JWT' })
    expect(await failure(app.installedLocations({ companyId: 'com_1' }))).toMatchObject({
      code: 'authentication',
      message: expect.stringMatching(/refused the token of the company/),
    })
  })

  it.each([
    [401, { message: 'version header was not found.' }, 'configuration', /"version"/],
    [401, { message: 'The token is not authorized for this scope.' }, 'permission', /oauth\.readonly/],
    [404, { error: { code: 'NOT_FOUND', message: 'Company not found' } }, 'not-found', /NOT_FOUND/],
  ])(
    'do not refresh the company’s token after another refusal: HTTP %i with %j',
    async (status, body, kind, message) => {
      const app = await connected()
      nock(baseUrl).get('/oauth/installedLocations').query(true).reply(status, body)
      const error = await failure(app.installedLocations({ companyId: 'com_1' }))
      expect(error).toMatchObject({ code: kind, message: expect.stringMatching(message) })
    },
  )

  it('do not send the token to the target of a redirect', async () => {
    const app = await connected()
    nock(baseUrl)
      .get('/oauth/installedLocations')
      .query(true)
      .reply(302, '', { location: 'https://elsewhere.example/' })
    expect((await failure(app.installedLocations({ companyId: 'com_1' }))).code).toBe('response')
  })

  it.each([
    ['query', null],
    ['companyId', {}],
    ['companyId', { companyId: 7 }],
    ['limit', { companyId: 'com_1', limit: 0 }],
    ['search', { companyId: 'com_1', search: '' }],
    ['cursor', { companyId: 'com_1', cursor: 'x' }],
  ])('are refused with a wrong %s before a request is sent', async (path, wrong) => {
    const app = await connected()
    const error = await failure((async () => app.installedLocations(wrong as never))())
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
