import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { badRequest, missingRoute, notFound, serverFault } from '../fixtures/errors.ts'
import { bareUser, fullUser } from '../fixtures/users.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const full = {
  ...entity('contact', 'u-78', fullUser),
  name: 'Ilse Brand',
  firstName: 'Ilse',
  lastName: 'Brand',
  email: 'ilse@brand.example',
  phone: '+15550178',
  externalId: 'crm-78',
  origin: 'crm',
  customFields: { tier: 'gold' },
  isAnonymized: false,
}
const page = (hasNextPage: boolean, ...data: object[]) => ({
  currentPage: 1,
  pageSize: 50,
  totalItems: 3,
  totalPages: 2,
  hasNextPage,
  hasPreviousPage: false,
  data,
})
const list = (number: number, size = 50) =>
  `/agents/users?page=${number}&pageSize=${size}&orderBy=createdAt&orderDirection=DESC`

describe('contacts.list', () => {
  it('reads the agent’s users page by page', async () => {
    const seen = serve(['GET', list(1), 200, page(true, fullUser)], ['GET', list(2), 200, page(false, bareUser)])
    const { contacts } = account().adapter
    const first = await contacts.list()
    expect(first).toStrictEqual({ items: [full], next: expect.any(String), warnings: [], total: 3 })
    expect((await contacts.list({ cursor: first.next ?? '' })).items.map(({ id }) => id)).toEqual(['u-77'])
    expect(seen[0]).toEqual({ method: 'GET', uri: `/external${list(1)}`, headers: auth, body: undefined })
  })

  it('caps the limit', async () => {
    serve(['GET', list(1, 100), 200, page(false)])
    expect(await account().adapter.contacts.list({ limit: 500 })).toMatchObject({ items: [], next: null })
  })
})

describe('contacts.search', () => {
  it.each([
    [{ email: 'ilse@brand.example' }, 'email=ilse%40brand.example'],
    [{ phone: '+15550178' }, 'phoneNumber=%2B15550178'],
    [{ externalId: 'crm-78' }, 'fkId=crm-78'],
  ])('searches by %o', async (search, query) => {
    const seen = serve(['GET', `/users/search?${query}`, 200, { user: fullUser, conversationIds: ['c-0002'] }])
    expect(await account().adapter.contacts.search(search)).toStrictEqual({
      items: [{ ...full, conversationIds: ['c-0002'] }],
      next: null,
      warnings: [],
    })
    expect(seen).toEqual([{ method: 'GET', uri: `/external/users/search?${query}`, headers: auth, body: undefined }])
  })

  it.each([
    ['404', 404, notFound],
    ['a user that is null', 200, { user: null, conversationIds: [] }],
  ])('finds no contact with %s', async (_, status, answer) => {
    serve(['GET', '/users/search?fkId=x', status, answer])
    expect(await account().adapter.contacts.search({ externalId: 'x' })).toStrictEqual({
      items: [],
      next: null,
      warnings: [],
    })
  })

  it.each([
    { ...missingRoute, message: 'Cannot GET /external/users/search' },
    { message: 'Not Found' },
    { detail: 'Not Found' },
    'Not Found',
    '<html></html>',
    undefined,
  ])('takes only the vendor’s own words for an empty result, not a 404 with %o', async (body) => {
    serve(['GET', '/users/search?fkId=x', 404, body])
    expect(await failure(account().adapter.contacts.search({ externalId: 'x' }))).toMatchObject({ status: 404 })
  })

  it.each([
    [{ phone: '0015550178', externalId: 'crm-78', text: 'brand' }, ['local-filter', 'local-filter', 'local-filter'], 0],
    [{ phone: '+1 555 0178', text: 'BRAND' }, ['local-filter', 'local-filter'], 1],
    [{ externalId: 'other' }, ['local-filter'], 0],
  ])('filters by %o here, with a warning', async (narrowing, warnings, found) => {
    serve(['GET', '/users/search?email=ilse%40brand.example', 200, { user: fullUser, conversationIds: [] }])
    const result = await account().adapter.contacts.search({ email: 'ilse@brand.example', ...narrowing })
    expect(result.items).toHaveLength(found)
    expect(told(result.warnings)).toEqual(warnings)
  })

  it('reads the whole list for a text', async () => {
    serve(['GET', list(1, 10), 200, page(true, fullUser, bareUser)])
    const result = await account().adapter.contacts.search({ text: 'okoye', limit: 10 })
    expect(result.items.map(({ id }) => id)).toEqual(['u-77'])
    expect([result.next === null, told(result.warnings)]).toEqual([false, ['local-filter']])
  })

  it.each([[{}], [{ email: ' ' }], [undefined as never]])('is refused without a criterion: %o', async (search) => {
    expect(await failure(account().adapter.contacts.search(search))).toMatchObject({ code: 'invalid-request' })
  })

  it('has no second page', async () => {
    const error = await failure(account().adapter.contacts.search({ email: 'a@b.example', cursor: 'e30' }))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'cursor' }] })
  })
})

describe('contacts.get and contacts.delete', () => {
  it('get returns one contact', async () => {
    const seen = serve(['GET', '/users/u-78', 200, fullUser])
    expect(await account().adapter.contacts.get('u-78')).toStrictEqual(full)
    expect(seen).toEqual([{ method: 'GET', uri: '/external/users/u-78', headers: auth, body: undefined }])
  })

  it('delete deletes one contact', async () => {
    const seen = serve(['DELETE', '/users/u-78', 204])
    expect(await account().adapter.contacts.delete('u-78')).toStrictEqual({ id: 'u-78', confirmed: true })
    expect(seen).toEqual([{ method: 'DELETE', uri: '/external/users/u-78', headers: auth, body: undefined }])
  })

  it('fail with `not-found` for an unknown contact', async () => {
    serve(['GET', '/users/x', 404, notFound], ['DELETE', '/users/x', 404, notFound])
    const { contacts } = account().adapter
    expect(await failure(contacts.get('x'))).toMatchObject({ code: 'not-found' })
    expect(await failure(contacts.delete('x'))).toMatchObject({ code: 'not-found', outcome: 'not-done' })
  })
})

describe('contacts.create', () => {
  const input = { firstName: 'Ilse', lastName: 'Brand', email: 'ilse@brand.example' }

  it('sends every given value', async () => {
    const seen = serve(['POST', '/users', 201, fullUser])
    const { adapter, warnings } = account()
    const contact = await adapter.contacts.create({
      ...input,
      name: 'Mrs Brand',
      phone: '+15550178',
      externalId: 'crm-78',
      customFields: { tier: 'gold' },
      country: 'AT',
      tags: ['vip'],
      vendor: {
        'agent-conversation': {
          context: 'Prefers to be called.',
          source: 'crm',
          fkUserId: 'login-78',
          skipPhoneNumberValidation: true,
          skipEmailValidation: false,
        },
      },
    })
    expect(contact).toStrictEqual(full)
    expect(seen).toEqual([
      {
        method: 'POST',
        uri: '/external/users',
        headers: json,
        body: {
          firstName: 'Ilse',
          lastName: 'Brand',
          email: 'ilse@brand.example',
          phoneNumber: '+15550178',
          fkId: 'crm-78',
          fkUserId: 'login-78',
          context: 'Prefers to be called.',
          source: 'crm',
          customData: { tier: 'gold' },
          skipPhoneNumberValidation: true,
          skipEmailValidation: false,
        },
      },
    ])
    expect(told(warnings)).toEqual(['ignored-option country', 'ignored-option tags', 'ignored-option name'])
  })

  it('accepts a full name that equals the first and last name', async () => {
    const seen = serve(['POST', '/users', 201, bareUser])
    const { adapter, warnings } = account()
    await adapter.contacts.create({ ...input, name: 'Ilse Brand' })
    expect(seen[0]?.body).toEqual(input)
    expect(warnings).toEqual([])
  })

  it('fails with `conflict` if the contact exists', async () => {
    serve(
      ['POST', '/users', 400, badRequest, { 'x-request-id': 'req-1' }],
      ['GET', '/users/search?fkId=crm-78', 404, notFound],
      ['GET', '/users/search?email=ilse%40brand.example', 200, { user: fullUser, conversationIds: [] }],
    )
    const error = await failure(account().adapter.contacts.create({ ...input, externalId: 'crm-78' }))
    expect(error).toMatchObject({
      code: 'conflict',
      status: 400,
      outcome: 'not-done',
      requestId: 'req-1',
      vendorCode: 'BAD_REQUEST',
    })
    expect(error.message).toMatch(/contacts\.search/)
    expect(JSON.stringify(error)).not.toContain('ilse')
  })

  it.each([
    ['nobody is there', 404, notFound],
    ['looking fails as well', 500, serverFault],
  ])('stays an invalid request if %s', async (_, status, answer) => {
    const details = ['email must be an email']
    serve(
      ['POST', '/users', 400, { ...badRequest, details }],
      ['GET', '/users/search?email=ilse%40brand.example', status, answer],
    )
    expect(await failure(account({ maxRetries: 0 }).adapter.contacts.create(input))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'email', problem: 'must be an email' }],
    })
  })

  it.each([
    ['firstName', { ...input, firstName: undefined as never }],
    ['firstName', { name: 'Ilse Brand', email: 'a@b.example' }],
    ['lastName', { ...input, lastName: '' }],
    ['contact', { firstName: 'I', lastName: 'B' }],
    ['email', { ...input, email: 7 as never }],
    ['customFields', { ...input, customFields: 'x' as never }],
  ])('refuses a wrong %s before a request is sent', async (path, wrong) => {
    const error = await failure(account().adapter.contacts.create(wrong))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})
