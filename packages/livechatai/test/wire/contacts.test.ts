import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { contactPage, listedContact, retrievedContact } from '../fixtures/contacts.ts'
import { errorBody } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const contact = {
  ...entity('contact', 'p-1', retrievedContact),
  name: 'Rosa Lind',
  email: 'rosa@shop.test',
  phone: null,
  externalId: 'crm-88',
  country: 'AT',
  agentId: 'bot-1',
  origin: 'website',
  customFields: { tier: 'gold', orders: 3 },
  createdAt: '2026-01-01T08:00:00.000Z',
  updatedAt: '2026-02-01T08:00:00.000Z',
}
const first = '/contacts?agentId=bot-1&page=1&limit=10'
const stored = { status: 'success', contactId: 'p-1' }
const upsert = (body: object = stored, status = 200): ['POST', string, number, object] => [
  'POST',
  '/contacts',
  status,
  body,
]
const retrieve = (body: object = retrievedContact): ['GET', string, number, object] => [
  'GET',
  '/contacts/p-1',
  200,
  body,
]

describe('contacts.list', () => {
  it('reads one page and requests its agent once', async () => {
    const seen = serve(['GET', first, 200, { ...contactPage([listedContact], 1, 2), agentId: 'bot-7' }])
    const { next, ...page } = await account().adapter.contacts.list()
    expect(page).toStrictEqual({
      items: [
        {
          ...entity('contact', 'p-1', listedContact),
          name: 'Rosa Lind',
          email: 'rosa@shop.test',
          phone: '+43 1 555 0100',
          externalId: 'crm-88',
          country: 'AT',
          agentId: 'bot-7',
          createdAt: '2026-01-01T08:00:00.000Z',
        },
      ],
      warnings: [],
      total: 12,
    })
    expect(next).toEqual(expect.any(String))
    expect(seen).toStrictEqual([got(first)])
  })

  it('continues after the page in pages of the same size', async () => {
    serve(
      ['GET', '/contacts?agentId=bot-9&page=1&limit=100', 200, contactPage([listedContact], 1, 2)],
      ['GET', '/contacts?agentId=bot-9&page=2&limit=100', 200, contactPage([{ id: 'p-2' }], 2, 2)],
    )
    const { adapter } = account()
    const query = { limit: 400, vendor: { livechatai: { agentId: 'bot-9' } } }
    const { next } = await adapter.contacts.list(query)
    const second = await adapter.contacts.list({ ...query, cursor: next as string })
    expect(second).toMatchObject({ items: [{ id: 'p-2' }], next: null })
  })

  it.each([
    'x',
    'e30',
    btoa(JSON.stringify({ page: 0, size: 10, before: [] })),
    btoa('{"page":2,"size":1000,"before":[]}'),
  ])('refuses the forged cursor %s', async (cursor) => {
    const error = await failure(account().adapter.contacts.list({ cursor }))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'cursor' }] })
  })
})

describe('contacts.get', () => {
  it('reads the contact without an envelope', async () => {
    const seen = serve(retrieve())
    expect(await account().adapter.contacts.get('p-1')).toStrictEqual(contact)
    expect(seen).toStrictEqual([got('/contacts/p-1')])
  })

  it('reads the contact in an envelope too', async () => {
    serve(retrieve({ status: 'success', data: retrievedContact }))
    expect(await account().adapter.contacts.get('p-1')).toStrictEqual(contact)
  })
})

describe('contacts.upsert', () => {
  it('is sent again after a fault, because the external id identifies the contact', async () => {
    const seen = serve(upsert({}, 502), upsert(), retrieve())
    expect((await account().adapter.contacts.upsert({ externalId: 'crm-88', name: 'Rosa' })).id).toBe('p-1')
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  })

  it('stores by external id, and reads back the contact', async () => {
    const seen = serve(upsert(), retrieve())
    const { adapter, warnings } = account()
    const result = await adapter.contacts.upsert({
      externalId: 'crm-88',
      firstName: 'Rosa',
      lastName: 'Lind',
      email: 'rosa@shop.test',
      phone: '+43 1 555 0100',
      customFields: { tier: 'gold', orders: 3, colour: 'red' },
      country: 'AT',
      tags: ['vip'],
      vendor: { livechatai: { userHash: 'h' } },
    })
    expect(result).toStrictEqual(contact)
    expect(seen).toStrictEqual([
      posted('/contacts', {
        agentId: 'bot-1',
        distinctId: 'crm-88',
        name: 'Rosa Lind',
        email: 'rosa@shop.test',
        phone: '+43 1 555 0100',
        userHash: 'h',
        attributes: { tier: 'gold', orders: 3, colour: 'red' },
      }),
      got('/contacts/p-1'),
    ])
    expect(told(warnings)).toEqual(['ignored-option country', 'ignored-option tags', 'degraded customFields.colour'])
  })

  it('updates a contact by its id, and sends its external id again', async () => {
    const seen = serve(retrieve({ ...retrievedContact, agentId: 'bot-5' }), upsert(), retrieve())
    await account().adapter.contacts.upsert({ id: 'p-1', name: 'Rosa' })
    expect(seen[1]).toStrictEqual(
      posted('/contacts', { agentId: 'bot-5', distinctId: 'crm-88', contactId: 'p-1', name: 'Rosa' }),
    )
  })

  it('can change the external id', async () => {
    const seen = serve(upsert(), retrieve())
    await account().adapter.contacts.upsert({
      id: 'p-1',
      externalId: 'crm-89',
      vendor: { livechatai: { agentId: 'b' } },
    })
    expect(seen[0]).toStrictEqual(posted('/contacts', { agentId: 'b', distinctId: 'crm-89', contactId: 'p-1' }))
  })

  it('cannot update a contact without an external id', async () => {
    serve(retrieve({ ...retrievedContact, distinctId: null }))
    const error = await failure(account().adapter.contacts.upsert({ id: 'p-1', name: 'Rosa' }))
    expect(error).toMatchObject({ code: 'unsupported', outcome: 'not-done', fields: [{ path: 'externalId' }] })
  })

  it.each([
    [{}, 'externalId'],
    [{ externalId: '' }, 'externalId'],
    [{ externalId: 7 }, 'externalId'],
    [{ externalId: 'x', email: 7 }, 'email'],
    [{ externalId: 'x', customFields: [] }, 'customFields'],
    [{ externalId: 'x', customFields: { a: { b: 1 } } }, 'customFields.a'],
    [{ id: '' }, 'id'],
    [undefined, 'input'],
  ])('refuses %o before a request is sent', async (input, path) => {
    const error = await failure(account().adapter.contacts.upsert(input as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })

  it('returns the known values if only reading back fails', async () => {
    serve(upsert(), ['GET', '/contacts/p-1', 404, errorBody('Contact not found', 'NOT_FOUND')])
    const { adapter, warnings } = account()
    expect(await adapter.contacts.upsert({ externalId: 'crm-88' })).toStrictEqual({
      ...entity('contact', 'p-1'),
      externalId: 'crm-88',
    })
    expect(told(warnings)).toEqual(['degraded'])
  })

  it('has an unknown outcome if the answer to the write cannot be read', async () => {
    serve(upsert({ status: 'success' }))
    const error = await failure(account().adapter.contacts.upsert({ externalId: 'crm-88' }))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown' })
  })
})
